"""The picture of a map: both sides, each claim with an answer to it, where it stands and how many rated it."""

from __future__ import annotations

from bot.argue import rules
from bot.argue.map.standings import SIGNS, Page, Row
from bot.picture import WIDTH, Fill, Picture, Shape
from bot.text import count
from bot.votes import SIDES

MARKS: dict[str, tuple[Shape, Fill]] = {"for": ("square", "hatched"), "against": ("diamond", "solid")}
TOP, HEAD, BOTTOM = 74, 56, 70  # heights: the title, the headings, the legend
ROW, LINE, GAP = 46, 34, 26  # heights: a claim, each line below it, the space after it
LEFT = {"for": 30, "against": 415}
INDENT, MARK, BAR, FULL = 40, 30, 200, 70  # widths; BAR is where bars begin, FULL how long the longest is


def draw(page: Page) -> bytes:
    """A page's claims as a PNG, 800 pixels wide, to be read at half of that. It says numbers, not members' words."""
    heights = {side: sum(measure(row) for row in rows) for side, rows in page.sides.items()}
    picture = Picture(TOP + HEAD + max(*heights.values(), ROW) + BOTTOM)
    picture.text(30, 38, _title(page), size=36)
    most = max((row.total or 0 for rows in page.sides.values() for row in rows), default=0)
    for side, rows in page.sides.items():
        picture.text(LEFT[side], TOP + HEAD // 2 - 6, SIDES[side], size=30)
        picture.line(LEFT[side], TOP + HEAD - 12, 355, 2)
        _draw_side(picture, LEFT[side], TOP + HEAD, rows, most)
    bottom = TOP + HEAD + max(*heights.values(), ROW) + BOTTOM // 2
    picture.line(30, bottom - BOTTOM // 2 + 4, WIDTH - 60, 2)
    for x, side in ((44, "for"), (180, "against")):
        picture.mark(x, bottom, MARK, *MARKS[side])
        picture.text(x + 26, bottom, SIDES[side], size=26)
    picture.bar(370, bottom - 12, 60, 24, "open")
    picture.text(442, bottom, "how many rated it", size=26)
    return picture.png()


def alt_text(page: Page) -> str:
    """What the picture shows, in words: at most 1,024 characters."""
    told = [f"{_title(page)}."]
    for side, rows in page.sides.items():
        told.append(f"{SIDES[side]}: {'; '.join(map(_say, rows)) or 'none'}.")
    return " ".join(told)


def _title(page: Page) -> str:
    return "Where claims stand" if page.parent is None else f"Where answers to #{page.parent} stand"


def _draw_side(picture: Picture, left: int, top: int, rows: tuple[Row, ...], most: int) -> None:
    above = top
    for row in rows:
        middle, x = top + ROW // 2, left + (INDENT if row.listed else 0)
        if row.listed:
            picture.line(left + MARK // 2, above, 3, middle - above)
            picture.line(left + MARK // 2, middle, INDENT, 3)
        else:
            above = middle + MARK // 2
        picture.mark(x + MARK // 2, middle, MARK, *MARKS[row.node.side])
        picture.text(x + MARK + 10, middle, f"#{row.node.number}")
        if row.total is not None:
            _draw_bar(picture, left + BAR, middle, row.total, most)
        for n, words in enumerate(_list_lines(row)):
            picture.text(x + MARK + 10, top + ROW + n * LINE + LINE // 2 - 6, words, size=24)
        top += measure(row)


def _draw_bar(picture: Picture, x: int, y: int, total: int, most: int) -> None:
    width = max(round(FULL * total / most), 8)
    picture.bar(x, y - 12, width, 24, "open")
    picture.text(x + width + 8, y, f"{total:,}", size=24)


def measure(row: Row) -> int:
    """How many pixels high a claim and the space after it are."""
    return ROW + len(_list_lines(row)) * LINE + GAP


def _list_lines(row: Row) -> list[str]:
    """What stands below a claim: where it stands and, if it is listed under another, what it does to that."""
    node = row.node
    link = [_say_link(row)] if row.listed and node.link else []
    return [f"{SIGNS[row.verdict.standing]} {row.verdict.standing}", *link]


def _say_link(row: Row) -> str:
    return "calls it not relevant" if row.node.link == "beside" else f"{row.node.link} it"


def _say(row: Row) -> str:
    node = row.node
    link = f" ({SIDES[node.side]}, {rules.say_link(node.link, node.parent)})" if row.listed and node.link else ""
    total = f", {count(row.total, 'rating')}" if row.total is not None else ""
    return f"#{node.number}{link} {row.verdict.standing}{total}"
