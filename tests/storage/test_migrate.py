"""Migrations: from nothing to the tables of today, all or nothing, and never backwards."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from storage.db import Database, Unusable
from storage.migrate import SCRIPTS, TooNew, migrate
from storage.tables import Base

HEADER = """
from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = {head!r}
"""


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    database = Database(f"sqlite:///{tmp_path / 'bare.db'}")
    yield database
    database.close()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the migrations, to which a test adds one."""
    return Path(shutil.copytree(SCRIPTS, tmp_path / "100% mine", ignore=shutil.ignore_patterns("__pycache__")))


def head(scripts: Path) -> str:
    return max(path.name[:4] for path in (scripts / "versions").glob("[0-9]*.py"))


def add(scripts: Path, upgrade: str) -> None:
    code = HEADER.format(head=head(scripts)) + "\n\ndef upgrade() -> None:\n" + upgrade
    (scripts / "versions" / "9999_added.py").write_text(code)


def ask(db: Database, sql: str) -> list[Any]:
    """What another program that opens the file is answered."""
    with closing(sqlite3.connect(str(db._write_engine.url.database))) as other:
        return other.execute(sql).fetchall()


def schema(db: Database) -> list[Any]:
    return ask(db, "SELECT name, sql FROM sqlite_schema ORDER BY name")


def test_migrating_an_empty_database_gives_the_tables_of_the_program(bare: Database) -> None:
    migrate(bare)
    assert bare.run(lambda c: compare_metadata(MigrationContext.configure(c), Base.metadata)) == []


def test_every_table_stays_strict(bare: Database) -> None:
    migrate(bare)
    kept = ask(bare, "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'")
    tables = sorted(Base.metadata.tables)
    assert sorted(kept) == sorted([("alembic_version", 0), *((name, 1) for name in tables)])


def test_partial_indexes_keep_their_condition(bare: Database) -> None:
    migrate(bare)
    kept = ask(bare, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'")
    indexes = [index for table in Base.metadata.tables.values() for index in table.indexes]
    partial = [index.name for index in indexes if index.dialect_options["sqlite"]["where"] is not None]
    assert sorted(kept) == sorted((name,) for name in partial)
    assert ("uq_rounds_channel_open",) in kept


def test_every_constraint_has_a_name() -> None:
    nameless = [c for table in Base.metadata.tables.values() for c in table.constraints if c.name is None]
    assert nameless == []


def test_migrating_twice_changes_nothing(bare: Database) -> None:
    migrate(bare)
    before = schema(bare)
    migrate(bare)
    assert schema(bare) == before


def test_a_database_of_a_newer_version_is_refused_and_left_alone(bare: Database) -> None:
    migrate(bare)
    bare.run(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9998'")))
    before = schema(bare)
    with pytest.raises(TooNew, match=r"^9998$"):
        migrate(bare)
    assert schema(bare) == before


def test_a_migration_that_fails_leaves_the_old_schema(bare: Database, scripts: Path) -> None:
    migrate(bare)
    before = schema(bare)
    add(scripts, '    op.create_table("half", sa.Column("id", sa.Integer()))\n    raise ZeroDivisionError\n')
    with pytest.raises(ZeroDivisionError):
        migrate(bare, scripts)
    assert schema(bare) == before
    assert ask(bare, "SELECT version_num FROM alembic_version") == [(head(SCRIPTS),)]


def test_a_failed_first_migration_leaves_nothing(bare: Database, scripts: Path) -> None:
    add(scripts, "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        migrate(bare, scripts)
    assert schema(bare) == []


def test_a_migration_that_the_database_refuses_is_told_in_one_line(bare: Database, scripts: Path) -> None:
    add(scripts, '    op.execute("SELECT * FROM nowhere")\n')
    with pytest.raises(Unusable) as caught:
        migrate(bare, scripts)
    assert str(caught.value) == "no such table: nowhere"
    assert schema(bare) == []


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(bare: Database, scripts: Path) -> None:
    migrate(bare)
    bare.run(lambda c: [c.execute(text(row)) for row in (ROUND, ASKED)])
    add(
        scripts,
        '    with op.batch_alter_table("rounds") as batch:\n        batch.alter_column("silent", nullable=True)\n',
    )
    migrate(bare, scripts)
    assert ask(bare, "SELECT (SELECT count(*) FROM rounds), (SELECT count(*) FROM asked)") == [(1, 1)]
    assert ask(bare, "SELECT strict FROM pragma_table_list WHERE name = 'rounds'") == [(1,)]


async def test_foreign_keys_hold_again_after_a_migration(bare: Database) -> None:
    migrate(bare)
    assert await bare.write(lambda session: session.execute(text("PRAGMA foreign_keys")).scalar()) == 1


ROUND = """
INSERT INTO rounds (guild_id, id, channel_id, home_id, starter_id, subject, seconds, scoring, seed, length, state,
    position, silent, due_at, version, started_at)
VALUES (1, 2, 3, 3, 4, 'Shapes', 20, 'accuracy', 1, 1, 'asking', 0, 0, 0, 0, 0)
"""
ASKED = "INSERT INTO asked (guild_id, round_id, position, question_id, theme, item) VALUES (1, 2, 0, 'q', 't', '{}')"


def test_what_was_played_before_is_on_boards_after_the_migration(bare: Database, scripts: Path) -> None:
    later = [script for script in (scripts / "versions").glob("0*.py") if script.name >= "0003"]
    kept = [(script.rename(script.with_suffix(".txt")), script) for script in later]
    migrate(bare, scripts)
    for at, theme, void in ((JANUARY, "shapes/size", 0), (JANUARY + DAY, "shapes/shape", 0), (JANUARY, "maps/sea", 1)):
        bare.run(partial(_play, at=at, theme=theme, void=void))
    for aside, script in kept:
        aside.rename(script)
    migrate(bare, scripts)
    shown = ask(bare, 'SELECT period, theme, user_id, points, "right", answered FROM tallies ORDER BY period, theme')
    assert shown == [
        ("all", "", 5, 200, 2, 2),
        ("all", "shapes", 5, 200, 2, 2),
        ("all", "shapes/shape", 5, 100, 1, 1),
        ("all", "shapes/size", 5, 100, 1, 1),
        ("day:2027-01-16", "", 5, 100, 1, 1),
        ("day:2027-01-16", "shapes", 5, 100, 1, 1),
        ("day:2027-01-16", "shapes/shape", 5, 100, 1, 1),
        *(
            (period, *rest)
            for period in ("month:2027-01", "week:2027-01-11")
            for rest in (
                ("", 5, 200, 2, 2),
                ("shapes", 5, 200, 2, 2),
                ("shapes/shape", 5, 100, 1, 1),
                ("shapes/size", 5, 100, 1, 1),
            )
        ),
    ]


JANUARY, DAY = 1_800_000_000_000, 86_400_000  # 2027-01-15 08:00 UTC, a Friday
OVER = """
INSERT INTO rounds (guild_id, id, channel_id, home_id, starter_id, subject, seconds, scoring, seed, length, state,
    position, silent, due_at, version, started_at)
SELECT 1, count(*), 3, 3, 4, 'Shapes', 20, 'accuracy', 1, 1, 'over', 0, 0, 0, 0, 0 FROM rounds
"""
CLOSED = """
INSERT INTO asked (guild_id, round_id, position, question_id, theme, item, closed_at, void)
SELECT 1, max(id), 0, 'q', :theme, '{}', :at, :void FROM rounds
"""
ANSWERED = """
INSERT INTO answers (guild_id, round_id, position, user_id, given, "right", points, took, at)
SELECT 1, max(id), 0, 5, '[0]', 1, 100, 1, 0 FROM rounds
"""


def _play(connection: Connection, at: int, theme: str, void: int) -> None:
    """A round of one question that person 5 answered rightly, as the version before kept it."""
    connection.execute(text(OVER))
    connection.execute(text(CLOSED), {"at": at, "theme": theme, "void": void})
    connection.execute(text(ANSWERED))
