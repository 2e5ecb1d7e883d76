"""Boards find their rows by an index, and load a page and no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from storage import boards, tallies
from storage.boards import Row
from storage.db import Database
from storage.members import set_hidden
from storage.tallies import Worth
from tests.storage.test_plans import explain

GUILD, NOW = 1, 1_800_000_000_000
BOARD = "SEARCH tallies USING {covering}INDEX ix_tallies_board (guild_id=? AND period=? AND theme=?{more})"


async def add(db: Database, points: dict[int, int]) -> None:
    worths = [Worth("shapes/size", NOW, user, many, 1, 1) for user, many in points.items()]
    await db.write(tallies.change, GUILD, worths, NOW)


@pytest.mark.parametrize(
    ("query", "args"),
    [
        (boards.get_board, (GUILD, "all", "", 3, 10)),
        (boards.get_own, (GUILD, "all", 5)),
        (boards.list_own_themes, (GUILD, 5)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_no_board_goes_through_a_whole_table(
    db: Database, query: Callable[..., object], args: tuple[object, ...]
) -> None:
    await add(db, {5: 1})
    steps = list(explain(db, query, args))
    assert [step for step in steps if step.startswith("SCAN") and "anon" not in step] == []
    assert [step for step in steps if "tallies" in step and "INDEX" not in step] == []


async def test_a_board_is_read_in_the_order_of_its_index(db: Database) -> None:
    await add(db, {5: 1})
    steps = list(explain(db, boards.get_board, (GUILD, "all", "", 0, 10)))
    assert BOARD.format(covering="", more="") in steps
    assert steps.count("USE TEMP B-TREE FOR ORDER BY") == 1  # of the page itself, for its names


async def test_ranks_are_shared_and_skipped_wherever_a_page_begins(db: Database) -> None:
    await add(db, {1: 30, 2: 20, 3: 20, 4: 20, 5: 10})
    shown = [await db.read(boards.get_board, GUILD, "all", "", page, 2) for page in range(3)]
    assert [(row.user_id, row.rank) for board in shown for row in board.rows] == [
        (1, 1),
        (2, 2),
        (3, 2),
        (4, 2),
        (5, 5),
    ]
    assert [(board.people, board.page, board.last) for board in shown] == [(5, 0, 2), (5, 1, 2), (5, 2, 2)]


async def test_a_page_past_the_end_is_the_last_one(db: Database) -> None:
    await add(db, {1: 30, 2: 20})
    board = await db.read(boards.get_board, GUILD, "all", "shapes", 9, 1)
    assert (board.page, [row.user_id for row in board.rows]) == (1, [2])


async def test_who_hides_takes_no_rank_from_others_and_keeps_their_own(db: Database) -> None:
    await add(db, {1: 30, 2: 20, 3: 10})
    await db.write(set_hidden, GUILD, 2, "Ann", True)
    board = await db.read(boards.get_board, GUILD, "all", "", 0, 10)
    assert [(row.user_id, row.rank) for row in board.rows] == [(1, 1), (3, 2)]
    assert await db.read(boards.get_own, GUILD, "all", 2) == (Row(2, 2, "", 20, 1, 1), 3)
    assert await db.read(boards.get_own, GUILD, "all", 3) == (Row(2, 3, "", 10, 1, 1), 2)


async def test_what_comes_to_nothing_is_on_no_board(db: Database) -> None:
    await add(db, {1: 30})
    await db.write(tallies.change, GUILD, [Worth("shapes/size", NOW, 1, -30, -1, -1)], NOW)
    assert (await db.read(boards.get_board, GUILD, "all", "", 0, 10)).rows == ()


async def test_old_days_are_deleted_when_a_question_closes(db: Database) -> None:
    def kept(session: Session) -> list[str]:
        return [name for name in ("day:2027-01-15", "week:2027-01-11", "all") if _has(session, name)]

    await add(db, {1: 30})
    assert await db.read(kept) == ["day:2027-01-15", "week:2027-01-11", "all"]
    await db.write(tallies.count_question, GUILD, 9, 0, NOW + 4 * 86_400_000)
    assert await db.read(kept) == ["week:2027-01-11", "all"]
    await db.write(tallies.count_question, GUILD, 9, 0, NOW + 9 * 86_400_000)
    assert await db.read(kept) == ["all"]


def _has(session: Session, period: str) -> bool:
    return bool(boards.get_board(session, GUILD, period, "", 0, 10).rows)
