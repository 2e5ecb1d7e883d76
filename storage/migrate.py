"""Bring the database to the schema of this program: Alembic, run at every start."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.db import Database


class TooNew(Exception):
    """The database was written by a newer version of this program."""


def migrate(db: Database) -> None:
    """Run the migrations that are still missing, in one transaction; TooNew if the database is ahead of us."""
    db.run(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = set(MigrationContext.configure(connection).get_current_heads())
    if not current <= known:
        raise TooNew(", ".join(sorted(current - known)))
    command.upgrade(config, "head")
