"""A board as it is shown: its lines, and a page of it with buttons to turn."""

from __future__ import annotations

from bot.kit import Card
from bot.text import count, name
from storage.boards import Board, Row

PAGE = 10


def say_row(row: Row) -> str:
    """A line of a board: rank, name, points, right of answered."""
    points = f"{row.points:,}".replace("-", "\u2212")
    return f"**{row.rank}.** {name(row.name)} · **{points}** · {row.right} of {row.answered} right"


def add_page(card: Card, board: Board, route: str, *ids: int | str) -> Card:
    """Add a page of a board that has people on it; the page is the last id of the route."""
    card.text("\n".join(map(say_row, board.rows)))
    return card.turning(board.page, board.last, count(board.people, "person", "people"), route, *ids)
