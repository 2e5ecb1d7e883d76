"""The picture of somebody's calibration: the share that was right at each level of certainty, month by month."""

from __future__ import annotations

from fractions import Fraction

from bot.picture import WIDTH, Fill, Picture
from bot.quiz.calibration import LEVELS, Calibration, Cell, bounds, describe, pays

FILLS: dict[int, Fill] = {1: "open", 2: "hatched", 3: "solid"}
TOP, HEAD, ROW, BAR, GAP = 130, 48, 42, 28, 22  # heights: the heading, a level's, a line, its bar, what is between
BARS, FULL = 176, 240  # where bars begin, and how long all right would be


def draw(calibration: Calibration) -> bytes:
    """The shares as a PNG, 800 pixels wide, to be read at half of that."""
    rows = 1 + len(calibration.months)
    section = HEAD + rows * ROW + GAP
    picture = Picture(TOP + len(LEVELS) * section)
    picture.text(30, 36, "How sure, and how often right", size=34)
    mid, high = bounds()
    picture.text(_place(mid) + 6, 100, f"{float(mid):.0%}", "right", size=26)
    picture.text(_place(high) - 6, 100, f"{float(high):.0%}", size=26)
    for level in LEVELS:
        _draw_level(picture, TOP + (level - 1) * section, level, calibration)
    return picture.png()


def alt_text(calibration: Calibration) -> str:
    """What the picture shows, in words: at most 1,024 characters."""
    lines = ["How sure, and how often right."]
    for level, title in LEVELS.items():
        cells = [("over all", calibration.overall[level - 1])]
        cells += [(month, row[level - 1]) for month, row in calibration.months]
        told = "; ".join(f"{when} {describe(cell)}" for when, cell in cells if cell.answers) or "no answers"
        lines.append(f"{title.title()}, pays {pays(level)}: {told}.")
    return " ".join(lines)


def _draw_level(picture: Picture, top: int, level: int, calibration: Calibration) -> None:
    picture.line(30, top, WIDTH - 60, 2)
    picture.text(30, top + HEAD // 2 + 4, f"{LEVELS[level].title()}: pays most {pays(level)} right")
    rows = [("over all", calibration.overall), *calibration.months]
    for row, (when, cells) in enumerate(rows):
        _draw_row(picture, top + HEAD + row * ROW + ROW // 2, when, cells[level - 1], FILLS[level])


def _draw_row(picture: Picture, y: int, when: str, cell: Cell, fill: Fill) -> None:
    picture.text(BARS - 14, y, when, "right", size=26)
    picture.line(BARS - 2, y - ROW // 2, 2, ROW)
    if cell.share is not None and (width := round(FULL * cell.share)):
        picture.bar(BARS, y - BAR // 2, width, BAR, fill)
    if cell.share is not None:
        for bound in bounds():
            picture.line(_place(bound) - 1, y - ROW // 2, 3, ROW)
        picture.text(BARS + FULL + 12, y, describe(cell), size=26)
    else:
        picture.text(BARS + 12, y, describe(cell), size=26)


def _place(bound: Fraction) -> int:
    return BARS + round(FULL * bound)
