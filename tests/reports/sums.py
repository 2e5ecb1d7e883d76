"""What boards, standings and pages of people should say, added up from the answers one by one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from storage import boards, quiz
from storage.periods import ALL, name_periods
from tests.reports.truth import Row

Sums = dict[Hashable, tuple[int, ...]]


DAY = 86_400_000  # ms
EVERYBODY = 1000


def read_sums(session: Session, guild_id: int, rows: Sequence[Row], now: int, theme: str) -> list[Sums]:
    """What the bot's own queries say: of all time, of today, in a theme, in each round, and each one's themes."""
    rounds = {row.round.id for row in rows}
    people = {row.answer.user_id for row in rows}
    return [
        read_board(session, guild_id, ALL, ""),
        read_board(session, guild_id, name_periods(now, "UTC")[0], ""),
        read_board(session, guild_id, ALL, theme),
        {(id, user): sums for id in rounds for user, sums in by_user(quiz.sum_round(session, guild_id, id)).items()},
        {(u, t): (right, many) for u in people for t, right, many in boards.list_own_themes(session, guild_id, u)},
    ]


def read_board(session: Session, guild_id: int, period: str, theme: str) -> Sums:
    board = boards.get_board(session, guild_id, period, theme, 0, EVERYBODY)
    return {row.user_id: (row.points, row.right, row.answered) for row in board.rows}


def add_up(rows: Sequence[Row], now: int, theme: str) -> list[Sums]:
    """The same, answer by answer. Boards hold what is closed and not void; a standing holds everybody."""
    known = [row for row in rows if row.asked.closed_at is not None and not row.asked.void]
    mine = _sum(known, lambda row: (row.answer.user_id, row.asked.theme))
    return [
        _sum(known, _user),
        _sum((row for row in known if (row.asked.closed_at or 0) // DAY == now // DAY), _user),
        _sum((row for row in known if row.asked.theme == theme), _user),
        _sum(rows, lambda row: (row.round.id, row.answer.user_id)),
        {key: sums[1:] for key, sums in mine.items()},
    ]


def by_user(rows: Iterable[Any]) -> Sums:
    return {user: (points, right, answered) for user, _, points, right, answered in rows}


def _sum(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> Sums:
    """(points, right, answered) of what has the same key; what is void is none of the answered."""
    sums: Sums = {}
    for row in rows:
        worth = (row.answer.points, row.answer.right, 1 - row.asked.void)
        before = sums.get(key(row), (0, 0, 0))
        sums[key(row)] = tuple(a + b for a, b in zip(before, worth, strict=True))
    return sums


def _user(row: Row) -> Hashable:
    return row.answer.user_id
