"""The picture of a debate: how votes moved, as far as may be shown, and how much each side spoke and cited."""

from __future__ import annotations

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
LINE, HEAD, ROW, BAR, GAP = 42, 56, 44, 32, 16  # heights: a line above, a section's heading, a row, its bar, a gap
EDGE, COLUMN = 30, 520  # where all begins, and where what each side had does
BARS, FULL = 290, 110  # where bars of moves begin, and how long the longest is
LEFT, RIGHT, END = 212, 308, 480  # where ribbons begin and end, and where the votes do
FLOW, THIN, VOTE = 190, 32, 68  # heights: of all ribbons, about; of the thinnest, for a number beside it; of a vote
SIDE, HALF, THICK = 168, 60, 20  # heights: of what is compared between the sides, of one side in it, of its bar

Bar = tuple[str, Fill, int, str]  # its label, its pattern, how long it is, and its number as it is read


def draw(shown: Shown, spent: Spent) -> bytes:
    """The audience's result, airtime and citations as a PNG, 800 pixels wide, to be read at half of that.

    It is wider than high, as Discord shows what is high narrow: what each side had stands beside the votes.
    """
    lines, notes, sides = _list_lines(shown), _list_notes(shown), _list_sides(spent)
    top, flow = EDGE + LINE * len(lines), _measure_flow(shown)
    votes = 3 * ROW + flow if shown.moves else 0
    bottom = top + max(votes, len(sides) * SIDE)
    picture = Picture(bottom + len(notes) * ROW + GAP)
    for n, line in enumerate(lines):
        picture.text(EDGE, EDGE + 8 + n * LINE, line, size=28 if n else 38)
    if shown.moves:
        _draw_moves(picture, top, shown.moves)
    if flow:
        _draw_flow(picture, top + 3 * ROW, shown)
    for n, (title, pair, told) in enumerate(sides):
        _draw_sides(picture, COLUMN if shown.moves else EDGE, top + n * SIDE, title, pair, told)
    for n, note in enumerate(notes):
        picture.text(EDGE, bottom + n * ROW + ROW // 2, note, size=26)
    return picture.png()


def alt_text(shown: Shown, spent: Spent) -> str:
    """What the picture shows, in words: at most 1,024 characters."""
    lines = list(_list_lines(shown))
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
        for title, (one, other) in (("Words", spent.words), ("§ cited", spent.cited))
    ]
    if spent.seconds:
        one, other = spent.seconds
        sides.insert(0, ("Time taken", spent.seconds, (say_seconds(one), say_seconds(other))))
    return sides


def _draw_sides(picture: Picture, left: int, top: int, title: str, pair: Pair, told: tuple[str, str]) -> None:
    """What each side had of something, one below the other, from `left` to the picture's edge."""
    width = WIDTH - EDGE - left
    picture.text(left, top + ROW // 2, title)
    fills: tuple[Fill, Fill] = ("hatched", "solid")
    for n, (label, fill) in enumerate(zip(("For", "Against"), fills, strict=True)):
        y = top + ROW + n * HALF
        picture.text(left, y + ROW // 3, label, size=24)
        picture.text(left + width, y + ROW // 3, told[n], "right", size=24)
        if pair[n]:
            picture.bar(left, y + ROW * 2 // 3, max(round(width * pair[n] / max(pair)), 6), THICK, fill)


def _draw_moves(picture: Picture, top: int, moves: Moves) -> None:
    bars: list[Bar] = [(*DIRECTIONS[name], n, f"{n:,}") for name, n in _list_moves(moves)]
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
    picture.text(EDGE, top + HEAD // 2 + 4, "Before")
    picture.text(END, top + HEAD // 2 + 4, "After", "right")
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
        picture.text(EDGE, starts[1][vote] - low, VOTES[vote])
        picture.text(END, ends[1][vote], VOTES[vote], "right")
        if shown.before:
            picture.text(EDGE, starts[1][vote] + low, f"of {shown.before[n]:,}", size=26)


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


def _list_lines(shown: Shown) -> tuple[str, ...]:
    """What stands above all, and of whom it is said."""
    if shown.moves:
        return TITLE, say_verdict(shown), f"{shown.people:,} people voted both before and after"
    if shown.people == 0:
        return "Too few to read", f"Nobody voted twice; {TWICE_FROM} people are needed"
    more = count(TWICE_FROM - shown.people, "more is", "more are")
    return "Too few to read", f"{count(shown.people, 'person', 'people')} voted twice; {more} needed"


def _say_flow(shown: Shown, n: int) -> str:
    vote = ORDER[n]
    of = f" (of {shown.before[n]:,})" if shown.before else ""
    told = [f"{people:,} to {VOTES[now]}" for (was, now), people in _list_ribbons(shown).items() if was == vote]
    return f"From {VOTES[vote]}{of}: {', '.join(told) or 'none shown'}"
