"""Bring the database to the schema of this program: Alembic, run at every start."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.db import Database

SCRIPTS = Path(__file__).parent / "migrations"


class TooNew(Exception):
    """The database was written by a newer version of this program."""


def migrate(db: Database, scripts: Path = SCRIPTS) -> None:
    """Run the migrations that are still missing, in one transaction; TooNew if the database is ahead of us."""
    db.run(partial(_upgrade, scripts))


def _upgrade(scripts: Path, connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = set(MigrationContext.configure(connection).get_current_heads())
    if not current <= known:
        raise TooNew(", ".join(sorted(current - known)))
    command.upgrade(config, "head")
