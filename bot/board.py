"""A board as it is shown: its lines, a page of it with buttons to turn, and when a season was."""

from __future__ import annotations

from bot.kit import Card
from bot.text import count, moment, name, number
from storage.boards import Board, Row
from storage.seasons import Kept

PAGE = 10


def say_row(row: Row) -> str:
    """A line of a board: rank, name, points, right of answered."""
    return f"**{row.rank}.** {name(row.name)} · **{number(row.points)}** · {row.right} of {row.answered} right"


def say_season(season: Kept) -> str:
    """When a season was, under its heading."""
    until = f" to {moment(season.ended_at, 'D')}" if season.ended_at else ", and still running"
    return f"-# From {moment(season.started_at, 'D')}{until}"


def draw_board(heading: str, board: Board, nobody: str, route: str, *ids: int | str) -> Card:
    """A page of a board; `nobody` is said if no one is on it. The page is the last id of the route."""
    card = Card().text(heading)
    if not board.rows:
        return card.text(nobody)
    card.text("\n".join(map(say_row, board.rows)))
    return card.turning(board.page, board.last, count(board.people, "person", "people"), route, *ids)
