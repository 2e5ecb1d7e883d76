"""The picture of who chooses what: the share of each option among people of low, middle and high score."""

from __future__ import annotations

from collections.abc import Collection

from bot.picture import WIDTH, Fill, Picture
from bot.questions.analysis import Third, Thirds, name_option
from content.pack import LETTERS

LEVELS: tuple[tuple[str, Fill], ...] = (("low", "open"), ("middle", "hatched"), ("high", "solid"))
TOP, ROW, BAR, GAP = 156, 40, 30, 28  # heights: the heading, a line, its bar, the space between options
BARS, FULL = 264, 410  # where bars begin, and how long all people would be


def draw(thirds: Thirds, key: Collection[int]) -> bytes:
    """The shares as a PNG, 800 pixels wide, to be read at half of that. Letters are in the authored order."""
    options = range(len(thirds[0].picks))
    picture = Picture(TOP + len(options) * (len(LEVELS) * ROW + GAP))
    picture.text(30, 36, "Share of each option, by score third", size=34)
    picture.text(30, 82, "Score: right answers to the round's other questions", size=26)
    picture.text(30, 122, _people(thirds), size=26)
    for option in options:
        _draw_option(picture, TOP + option * (len(LEVELS) * ROW + GAP), option, thirds, option in key)
    return picture.png()


def _draw_option(picture: Picture, top: int, option: int, thirds: Thirds, right: bool) -> None:
    picture.line(30, top, WIDTH - 60, 2)
    top += GAP // 2
    middle = top + len(LEVELS) * ROW // 2
    picture.text(82, middle - (18 if right else 0), LETTERS[option], "middle", size=48)
    if right:
        picture.text(82, middle + 28, "✓ right", "middle")
    for row, (third, (level, fill)) in enumerate(zip(thirds, LEVELS, strict=True)):
        y = top + row * ROW + ROW // 2
        width = round(FULL * (third.share(option) or 0))
        picture.text(BARS - 14, y, level, "right")
        picture.line(BARS - 2, y - ROW // 2, 2, ROW)
        if width:
            picture.bar(BARS, y - BAR // 2, width, BAR, fill)
        picture.text(BARS + width + 12, y, _percent(third, option))


def alt_text(thirds: Thirds, key: Collection[int]) -> str:
    """What the picture shows, in words: at most 1,024 characters."""
    lines = [f"Share of each option, by score third. {_people(thirds)}."]
    for option in range(len(thirds[0].picks)):
        shares = zip(thirds, LEVELS, strict=True)
        told = ", ".join(f"{level} {_percent(third, option)}" for third, (level, _) in shares)
        lines.append(f"{name_option(key, option)}: {told}.")
    return " ".join(lines)


def _people(thirds: Thirds) -> str:
    return "People: " + ", ".join(f"{level} {third.people}" for third, (level, _) in zip(thirds, LEVELS, strict=True))


def _percent(third: Third, option: int) -> str:
    share = third.share(option)
    return "no one" if share is None else f"{share:.0%}"
