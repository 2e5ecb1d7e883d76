"""A board as it is shown: its lines, a page of it with buttons to turn, and when a season was."""

from __future__ import annotations

from bot.kit import Card
from bot.text import count, moment, name
from storage.boards import Board, Row
from storage.periods import read_clock
from storage.seasons import Kept

PAGE = 10


def say_row(row: Row) -> str:
    """A line of a board: rank, name, points, right of answered."""
    return f"**{row.rank}.** {name(row.name)} · **{count(row.points, 'point')}** · {row.right} of {row.answered} right"


def say_season(season: Kept) -> str:
    """When a season was, under its heading."""
    if season.ended_at is None:
        return f"-# From {moment(season.started_at, 'D')}, and still running"
    days = say_days(season.started_at, season.ended_at)
    return f"-# {days[0].upper()}{days[1:]}"


def say_days(start: int, end: int) -> str:
    """`from … to …` or, within a day, `on …`; the day is UTC's, since every reader's own is shown."""
    if read_clock(start, "UTC").date() == read_clock(end, "UTC").date():
        return f"on {moment(start, 'D')}"
    return f"from {moment(start, 'D')} to {moment(end, 'D')}"


def draw_board(heading: str, board: Board, nobody: str, route: str, *ids: int | str) -> Card:
    """A page of a board; `nobody` is said if no one is on it. The page is the last id of the route."""
    card = Card().text(heading)
    if not board.rows:
        return card.text(nobody)
    card.text("\n".join(map(say_row, board.rows)))
    return card.turning(board.page, board.last, count(board.people, "person", "people"), route, *ids)
