"""The picture of agreement by stance: for each claim the shares of those who agree, as the ends of a dumb-bell."""

from __future__ import annotations

from collections.abc import Sequence

from bot.argue.map.standings import SIGNS, Row, say_shares
from bot.picture import WIDTH, Fill, Picture, Shape
from bot.votes import VOTES

TITLE = "Who agrees, by stance"
MARKS: dict[str, tuple[Shape, Fill]] = {
    "for": ("square", "hatched"),
    "against": ("diamond", "solid"),
    "unsure": ("circle", "open"),
}
TOP, HEAD, ROW, BOTTOM, MARK = 76, 66, 66, 24, 24  # heights, and the size of a mark
AXIS, LONG = 200, 205  # where 0 % is, and how far from there 100 % is
COLUMNS = {"for": 530, "against": 655, "unsure": 770}  # where numbers end
LANES = {"for": -12, "unsure": 0, "against": 12}  # so that marks of like shares can be told apart


def draw(rows: Sequence[Row]) -> bytes:
    """The shares of these claims as a PNG, 800 pixels wide, to be read at half of that."""
    picture = Picture(TOP + HEAD + len(rows) * ROW + BOTTOM)
    picture.text(30, 38, TITLE, size=36)
    for percent in (0, 50, 100):
        picture.text(_place(percent), TOP + 14, f"{percent} %", "middle", size=24)
        picture.line(_place(percent) - 1, TOP + 34, 2, HEAD - 34 + len(rows) * ROW)
    for stance, x in COLUMNS.items():
        picture.text(x, TOP + 8, VOTES[stance], "right", size=24)
        picture.mark(x - 30, TOP + 40, MARK, *MARKS[stance])
    for n, row in enumerate(rows):
        _draw_row(picture, TOP + HEAD + n * ROW + ROW // 2, row)
    return picture.png()


def alt_text(rows: Sequence[Row]) -> str:
    """What the picture shows, in words: at most 1,024 characters."""
    return f"{TITLE}. {'; '.join(f'#{row.node.number} {say_shares(row)}' for row in rows)}."


def _draw_row(picture: Picture, y: int, row: Row) -> None:
    shares = row.shares
    picture.text(30, y, f"#{row.node.number} {SIGNS[row.verdict.standing]}", size=26)
    low, high = min(shares.values()), max(shares.values())
    picture.line(30, y + ROW // 2, WIDTH - 60, 1)
    picture.bar(_place(low), y - 4, max(_place(high) - _place(low), 8), 8, "solid")
    for stance, percent in shares.items():
        picture.mark(_place(percent), y + LANES[stance], MARK, *MARKS[stance])
    for stance, x in COLUMNS.items():
        told = f"{shares[stance]} %" if stance in shares else "–"
        picture.text(x, y, told, "right", size=26)


def _place(percent: int) -> int:
    return AXIS + round(LONG * percent / 100)
