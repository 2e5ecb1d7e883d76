"""The picture of a season's end: a bar for each of the first people, by points. Names stand beside it as text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.picture import WIDTH, Fill, Picture
from bot.text import clip, number
from storage.boards import Row

MOST = 10  # people
TOP, ROW, BAR = 100, 62, 46  # heights: the heading, a line, its bar
BARS, FULL = 150, 400  # where bars begin, and how long the longest is
FILLS: tuple[Fill, ...] = ("solid", "hatched", "open")  # of first, second and third; the rest are open


def draw(rows: Sequence[Row]) -> bytes:
    """Places and points as a PNG, 800 pixels wide, to be read at half of that."""
    picture = Picture(TOP + len(rows) * ROW + 20)
    picture.text(30, 44, "Final points, by place", size=40)
    picture.line(30, TOP - 16, WIDTH - 60, 2)
    most = max((row.points for row in rows), default=0)
    for n, row in enumerate(rows):
        _draw_row(picture, TOP + n * ROW + ROW // 2, row, most)
    picture.line(BARS - 2, TOP, 2, len(rows) * ROW)
    return picture.png()


def _draw_row(picture: Picture, middle: int, row: Row, most: int) -> None:
    picture.text(BARS - 24, middle, f"{row.rank}.", "right", size=40)
    width = round(FULL * max(row.points, 0) / most) if most > 0 else 0
    if width:
        picture.bar(BARS, middle - BAR // 2, max(width, 6), BAR, FILLS[min(row.rank, len(FILLS)) - 1])
    picture.text(BARS + width + 16, middle, number(row.points), size=36)


def alt_text(rows: Sequence[Row]) -> str:
    """What the picture shows, with the names that stand beside it: at most 1,024 characters."""
    told = (f"{row.rank}. {clip(row.name, 32)}: {number(row.points)}" for row in rows)
    return clip(f"Final points, by place. {'; '.join(told)}.", 1024)
