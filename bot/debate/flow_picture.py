"""The picture of a debate: how votes moved, as far as may be shown, and how much each side spoke and cited."""

from __future__ import annotations

from collections.abc import Sequence

from bot.debate.flows import ORDER, PARTS, Cell, Moves, Shown, Table
from bot.debate.recap import Pair, Spent, say_seconds
from bot.debate.swing import say_verdict
from bot.picture import WIDTH, Fill, Picture
from bot.small import TWICE_FROM
from bot.text import count
from bot.votes import VOTES

DIRECTIONS: dict[str, tuple[str, Fill]] = {
    "to_for": ("towards For", "hatched"),
    "stayed": ("voted the same", "open"),
    "to_against": ("towards Against", "solid"),
}
TITLE, WHY = "How votes moved", "Not split, as a part has fewer than five people:"
TOP, HEAD, ROW, BAR, GAP = 156, 60, 44, 32, 24  # heights: the heading, a section's, a line, its bar, what is between
BARS, FULL = 276, 290  # where bars begin, and how long the longest is
LEFT, RIGHT = 250, 550  # where ribbons begin and end
SIDE = HEAD + 2 * ROW + GAP  # height of what is compared between the sides
FLOW, THIN, VOTE = 240, 34, 72  # heights: of all ribbons, about; of the thinnest, for a number beside it; of a vote

Bar = tuple[str, Fill, int, str]  # its label, its pattern, how long it is, and its number as it is read


def draw(shown: Shown, spent: Spent) -> bytes:
    """The audience's result, airtime and citations as a PNG, 800 pixels wide, to be read at half of that."""
    flow, notes, sides = _measure_flow(shown), _list_notes(shown), _list_sides(spent)
    votes = (3 if shown.moves else 0) * ROW + flow + len(notes) * ROW
    picture = Picture(TOP + votes + len(sides) * SIDE)
    for y, line, size in zip((40, 88, 126), (TITLE, *_say_people(shown)), (38, 28, 28), strict=True):
        picture.text(30, y, line, size=size)
    if shown.moves:
        _draw_bars(picture, TOP, [(*DIRECTIONS[name], n, f"{n:,}") for name, n in _list_moves(shown.moves)])
    if flow:
        _draw_flow(picture, TOP + 3 * ROW, shown)
    for n, note in enumerate(notes):
        picture.text(30, TOP + 3 * ROW + flow + n * ROW + ROW // 2, note, size=26)
    for n, (title, pair, told) in enumerate(sides):
        _draw_sides(picture, TOP + votes + n * SIDE, title, pair, told)
    return picture.png()


def alt_text(shown: Shown, spent: Spent) -> str:
    """What the picture shows, in words: at most 1,024 characters."""
    lines = [TITLE, *_say_people(shown)]
    if shown.moves:
        lines.append("; ".join(f"{DIRECTIONS[name][0]} {n:,}" for name, n in _list_moves(shown.moves)))
    if _measure_flow(shown):
        lines += [_say_flow(shown, n) for n in range(len(ORDER))]
    lines += [" ".join(_list_notes(shown))] if _list_notes(shown) else []
    lines += [f"{title}: For {told[0]}, Against {told[1]}" for title, _, told in _list_sides(spent)]
    return ". ".join(lines) + "."


def _list_sides(spent: Spent) -> list[tuple[str, Pair, tuple[str, str]]]:
    """What is compared between the sides: its title, For and Against, and both as they are read."""
    sides = [
        (title, (one, other), (f"{one:,}", f"{other:,}"))
        for title, (one, other) in (("Words", spent.words), ("Sources cited", spent.cited))
    ]
    if spent.seconds:
        one, other = spent.seconds
        sides.insert(0, ("Time taken", spent.seconds, (say_seconds(one), say_seconds(other))))
    return sides


def _draw_sides(picture: Picture, top: int, title: str, pair: Pair, told: tuple[str, str]) -> None:
    picture.line(30, top + GAP // 2, WIDTH - 60, 2)
    picture.text(30, top + HEAD // 2 + 8, title)
    _draw_bars(picture, top + HEAD, [("For", "hatched", pair[0], told[0]), ("Against", "solid", pair[1], told[1])])


def _draw_bars(picture: Picture, top: int, bars: Sequence[Bar]) -> None:
    most = max(length for _, _, length, _ in bars)
    for n, (label, fill, length, number) in enumerate(bars):
        y = top + n * ROW + ROW // 2
        width = max(round(FULL * length / most), 6) if length else 0
        picture.text(BARS - 14, y, label, "right")
        picture.line(BARS - 2, y - ROW // 2, 2, ROW)
        if width:
            picture.bar(BARS, y - BAR // 2, width, BAR, fill)
        picture.text(BARS + width + 12, y, number)


def _draw_flow(picture: Picture, top: int, shown: Shown) -> None:
    """Ribbons from the vote before, on the left, to the vote after; their number stands at both ends."""
    picture.line(30, top + GAP // 2, WIDTH - 60, 2)
    picture.text(30, top + HEAD // 2 + 8, "Before")
    picture.text(WIDTH - 30, top + HEAD // 2 + 8, "After", "right")
    people = _list_ribbons(shown)
    heights = _find_heights(people)
    starts, ends = (_stack(heights, end, top + HEAD) for end in (0, 1))
    for cell in sorted(people, key=lambda cell: -people[cell]):  # thin ones lie upon thick ones
        x, y, height = RIGHT - LEFT, starts[0][cell], heights[cell]
        picture.ribbon(LEFT, y, x, height, ends[0][cell] - y, _find_fill(cell))
        picture.text(LEFT - 10, y + height // 2, f"{people[cell]:,}", "right", size=26)
        picture.text(RIGHT + 10, ends[0][cell] + height // 2, f"{people[cell]:,}", size=26)
    for n, vote in enumerate(ORDER):
        low = 16 if shown.before else 0
        picture.text(30, starts[1][vote] - low, VOTES[vote])
        picture.text(WIDTH - 30, ends[1][vote], VOTES[vote], "right")
        if shown.before:
            picture.text(30, starts[1][vote] + low, f"of {shown.before[n]:,}", size=26)


def _measure_flow(shown: Shown) -> int:
    """How high the ribbons are with their heading; 0 where none may be shown."""
    heights = _find_heights(_list_ribbons(shown))
    return HEAD + max(_stack(heights, end, 0)[2] for end in (0, 1)) if heights else 0


def _list_ribbons(shown: Shown) -> dict[Cell, int]:
    """The people of each cell that may be shown and has some, in the order of votes."""
    cells = shown.cells or {}
    return {(was, now): cells[was, now] for was in ORDER for now in ORDER if cells.get((was, now))}


def _find_heights(people: Table) -> dict[Cell, int]:
    total = sum(people.values())
    return {cell: max(THIN, round(FLOW * n / total)) for cell, n in people.items()}


def _stack(heights: Table, end: int, top: int) -> tuple[dict[Cell, int], dict[str, int], int]:
    """Where ribbons begin (end 0) or end (end 1) one below the other, the middle of each vote, and the bottom."""
    places: dict[Cell, int] = {}
    middles: dict[str, int] = {}
    for vote in ORDER:
        cells = [cell for cell in heights if cell[end] == vote]
        height = sum(heights[cell] for cell in cells)
        middles[vote] = top + max(height, VOTE) // 2
        y = middles[vote] - height // 2
        for cell in cells:
            places[cell], y = y, y + heights[cell]
        top += max(height, VOTE) + GAP
    return places, middles, top


def _find_fill(cell: Cell) -> Fill:
    return next(fill for name, (_, fill) in DIRECTIONS.items() if cell in PARTS[name])


def _list_moves(moves: Moves) -> list[tuple[str, int]]:
    return [("to_for", moves.to_for), ("stayed", moves.stayed), ("to_against", moves.to_against)]


def _list_notes(shown: Shown) -> list[str]:
    """The lines that say which directions are not split into ribbons, if any."""
    if shown.moves is None or shown.cells is None:
        return []
    apart = [label for name, (label, _) in DIRECTIONS.items() if PARTS[name][0] not in shown.cells]
    return [WHY, ", ".join(apart)] if apart else []


def _say_people(shown: Shown) -> tuple[str, str]:
    if shown.moves:
        return say_verdict(shown), f"{shown.people:,} people voted both before and after"
    if shown.people == 0:
        return "Too few to read", f"Nobody voted twice; {TWICE_FROM} people are needed"
    more = count(TWICE_FROM - shown.people, "more is", "more are")
    return "Too few to read", f"{count(shown.people, 'person', 'people')} voted twice; {more} needed"


def _say_flow(shown: Shown, n: int) -> str:
    vote = ORDER[n]
    of = f" (of {shown.before[n]:,})" if shown.before else ""
    told = [f"{people:,} to {VOTES[now]}" for (was, now), people in _list_ribbons(shown).items() if was == vote]
    return f"From {VOTES[vote]}{of}: {', '.join(told) or 'none shown'}"
