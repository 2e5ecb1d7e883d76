"""Every table: a row of two people in each, of whom one is handed their data and has it deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Integer, Table, insert, select, update
from sqlalchemy.orm import Session

from bot.privacy.actions import list_rows
from bot.privacy.handing_out import write_file
from storage import privacy
from storage.db import Database
from storage.tables import Asked, Base, Round

GUILD, ELSEWHERE = 77, 78
BOB, CAROL, NOBODY = 123_456_789_012_345_678, 223_456_789_012_345_678, -42
HOLDS_A_PERSON = {"user_id", "author_id", "starter_id", "chair_id", "speaker_id", "giver_id", "writer_id"}
HOLDS_A_PERSON |= {"moderator_id", "editor_id", "maker_id"}
HOLDS_NO_PERSON = {"guild_id", "channel_id", "home_id", "opening_id", "schedule_id", "round_id", "question_id"}
HOLDS_NO_PERSON |= {"message_id", "role_id", "started_id", "event_id", "moderator_role_id", "review_channel_id"}
HOLDS_NO_PERSON |= {"quiz_channel_id", "deck_id", "tell_channel_id", "ruling_id", "thread_id", "motion_id"}
HOLDS_NO_PERSON |= {"prompt_id", "gallery_id", "result_id", "result_channel_id", "debate_id", "speech_id", "subject_id"}
TABLES = Base.metadata.sorted_tables
PEOPLE = [(table, column.name) for table in TABLES for column in table.c if column.name in HOLDS_A_PERSON]
NAMING = {(table.__tablename__, name) for table, name in privacy.TEXTS}  # what names people as digits


def make_row(table: Table, guild_id: int, n: int, person: int) -> dict[str, Any]:
    """The row `n` of a table, in which every person is the same."""
    row: dict[str, Any] = {}
    for column in table.c:
        whole = isinstance(column.type, Integer)
        row[column.name] = n if whole else f"words {n}"
        if (table.name, column.name) in NAMING:
            row[column.name] = json.dumps({"user_id": person, "n": n})
    people = {name: person for of, name in PEOPLE if of is table}
    return row | {"guild_id": guild_id} | people


@pytest.fixture
async def rows(db: Database) -> Database:
    """A database in which bob has a row in each table of two servers, and carol has one in each table of one."""

    def fill(session: Session) -> None:
        for guild_id, n, person in ((GUILD, 1, BOB), (GUILD, 2, CAROL), (ELSEWHERE, 3, BOB)):
            for table in TABLES:
                if table.name != "settings":  # of which a server has one
                    session.execute(insert(table).values(make_row(table, guild_id, n, person)))

    await db.write(fill)
    return db


def read_files(folder: Path) -> bytes:
    """The database as it lies on the disk, with its journal."""
    return b"".join(file.read_bytes() for file in folder.glob("test.db*"))


async def read_all(db: Database, guild_id: int) -> dict[str, list[dict[str, Any]]]:
    def read(session: Session) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for table in TABLES:
            here = select(table).where(table.c.guild_id == guild_id).order_by(*table.primary_key)
            found[table.name] = [dict(row) for row in session.execute(here).mappings()]
        return found

    return await db.read(read)


def test_every_column_that_can_hold_a_person_is_handled() -> None:
    handled = {(column.of.name, column.name) for column in privacy.COLUMNS}
    assert {(table.name, name) for table, name in PEOPLE} == handled


def test_every_id_is_known_to_be_a_persons_or_not() -> None:
    ids = {column.name for table in TABLES for column in table.c if column.name.endswith("_id")}
    assert ids - HOLDS_NO_PERSON - HOLDS_A_PERSON == set()


async def test_after_deleting_no_table_holds_the_id_and_nobody_elses_row_changes(rows: Database) -> None:
    before, elsewhere = await read_all(rows, GUILD), await read_all(rows, ELSEWHERE)
    changed = await rows.write(privacy.forget, GUILD, BOB, NOBODY)
    after = await read_all(rows, GUILD)
    assert changed == len(privacy.COLUMNS)
    assert str(BOB) not in str(after)
    theirs = {name: [row for row in found if str(CAROL) in str(row)] for name, found in before.items()}
    assert theirs == {name: [row for row in found if str(CAROL) in str(row)] for name, found in after.items()}
    assert await read_all(rows, ELSEWHERE) == elsewhere


async def test_rows_stay_but_for_those_that_count_for_nobody_else(rows: Database) -> None:
    before = await read_all(rows, GUILD)
    await rows.write(privacy.forget, GUILD, BOB, NOBODY)
    after = await read_all(rows, GUILD)
    fewer = {name for name in before if len(before[name]) != len(after[name])}
    assert fewer == {"drafts", "reminders", "reviews", "ratings", "stances", "ballots", "debate_ballots"}
    (answer,) = [row for row in after["answers"] if row["user_id"] == NOBODY]
    assert answer | {"user_id": BOB} == next(row for row in before["answers"] if row["user_id"] == BOB)


async def test_deleting_takes_out_a_persons_words(rows: Database) -> None:
    await rows.write(privacy.forget, GUILD, BOB, NOBODY)
    after = await read_all(rows, GUILD)
    kept = {
        (table, name, row[name])
        for table, name in (
            *(
                ("members", "name"),
                ("claims", "text"),
                ("claims", "state"),
                ("speeches", "text"),
                ("speeches", "state"),
            ),
            *(("fairness", "why"), ("fairness", "state"), ("deltas", "reason"), ("deltas", "state"), ("flags", "note")),
            *(("reports", "note"), ("questions", "tell_channel_id"), ("debates", "chair_id")),
        )
        for row in after[table]
        if "2" not in str(row[name])
    }
    assert kept == {
        *(("members", "name", "somebody"), ("claims", "text", ""), ("claims", "state", "removed")),
        *(
            ("speeches", "text", ""),
            ("speeches", "state", "void"),
            ("fairness", "why", ""),
            ("fairness", "state", "void"),
        ),
        *(("deltas", "reason", ""), ("deltas", "state", "removed"), ("flags", "note", ""), ("reports", "note", "")),
        *(("questions", "tell_channel_id", None), ("debates", "chair_id", None)),
    }


async def test_deleting_twice_changes_nothing_more(rows: Database) -> None:
    await rows.write(privacy.forget, GUILD, BOB, NOBODY)
    after = await read_all(rows, GUILD)
    assert await rows.write(privacy.forget, GUILD, BOB, NOBODY - 1) == 0
    assert await read_all(rows, GUILD) == after


async def test_where_somebody_elses_row_names_a_person_it_does_so_no_more(rows: Database) -> None:
    """Such as a draft about their message, or a post that waits."""

    def add(session: Session) -> None:
        for n, (table, name) in enumerate(privacy.TEXTS, start=9):
            of = Base.metadata.tables[table.__tablename__]
            session.execute(insert(of).values(make_row(of, GUILD, n, CAROL) | {name: json.dumps([BOB, 5])}))

    await rows.write(add)
    await rows.write(privacy.forget, GUILD, BOB, NOBODY)
    after = str(await read_all(rows, GUILD))
    assert (str(BOB) in after, after.count(f"[{NOBODY}, 5]")) == (False, len(privacy.TEXTS))


async def test_all_rows_are_handed_out_and_nobody_elses_id_with_them(rows: Database) -> None:
    found = await rows.read(list_rows, GUILD, BOB)
    assert sum(map(len, found.values())) == len(privacy.COLUMNS) - 1
    _, data = write_file(found, {})
    assert (str(BOB) in data.decode(), str(CAROL) in data.decode()) == (False, False)
    named = {name: sorted(rows[0]) for name, rows in json.loads(data)["rows"].items()}
    assert named["ratings"] == ["at", "impact", "number", "vote", "why"]
    assert [name for name in named if name.startswith("deltas")] == ["deltas as giver"]  # who wrote is not told
    assert named["rounds as starter"] == sorted(set(Round.__table__.c.keys()) - {"guild_id", "starter_id", "seed"})


async def test_an_answer_is_handed_out_once_its_question_is_closed(rows: Database) -> None:
    def open_again(session: Session) -> None:
        session.execute(update(Asked).values(closed_at=None))

    await rows.write(open_again)
    assert "answers" not in await rows.read(list_rows, GUILD, BOB)


async def test_the_files_themselves_hold_the_id_no_more(rows: Database, tmp_path: Path) -> None:
    def forget_everywhere(session: Session) -> None:
        for guild_id in (GUILD, ELSEWHERE):
            privacy.forget(session, guild_id, BOB, NOBODY)

    written = (BOB.to_bytes(8, "big"), str(BOB).encode())
    before = read_files(tmp_path)
    assert [id in before for id in written] == [True, True]
    await rows.write(forget_everywhere)
    rows.close()
    after = read_files(tmp_path)
    assert [id in after for id in written] == [False, False]
