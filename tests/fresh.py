"""A database with all tables and nothing in them: migrated once, then copied."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from storage.db import Database
from storage.migrate import migrate


def open_fresh(path: Path) -> Database:
    """A database in a file that is not there yet."""
    shutil.copy(_migrate_once(), path)
    return Database(f"sqlite:///{path}")


@cache  # the migrations take half the time of setting up a stage, and there are two thousand of those
def _migrate_once() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    db = Database(f"sqlite:///{folder / 'empty.db'}")
    migrate(db)
    db.close()  # which leaves all of it in the one file
    return folder / "empty.db"
