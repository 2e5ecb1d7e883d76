"""Who went from which vote to which: the table of nine cells, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.small import SPLIT_FROM, TWICE_FROM

ORDER = ("for", "unsure", "against")  # Unsure lies between the sides, so half of the way is a move too
PARTS = {  # the cells (before, after) of each direction
    "to_for": (("unsure", "for"), ("against", "for"), ("against", "unsure")),
    "stayed": (("for", "for"), ("unsure", "unsure"), ("against", "against")),
    "to_against": (("for", "against"), ("for", "unsure"), ("unsure", "against")),
}

Cell = tuple[str, str]  # a vote before and a vote after
Table = Mapping[Cell, int]  # how many people; all nine cells
Three = tuple[int, int, int]


@dataclass(frozen=True)
class Moves:
    """How many people moved towards a side, from wherever to wherever, and how many voted the same twice."""

    to_for: int
    stayed: int
    to_against: int

    @property
    def people(self) -> int:
        return self.to_for + self.stayed + self.to_against

    @property
    def net(self) -> int:
        """Those who moved towards For, less those who moved towards Against."""
        return self.to_for - self.to_against

    @property
    def points(self) -> Fraction:
        """The net shift in percentage points of all who voted twice; above 0 it is towards For."""
        return Fraction(100 * self.net, self.people)


@dataclass(frozen=True)
class Shown:
    """What may be shown of people who voted twice; of fewer than TWICE_FROM only how many they are.

    `cells` holds those directions of PARTS that may be split. `before` (by ORDER) is None where it would tell how
    large a small cell is.
    """

    people: int
    moves: Moves | None = None
    cells: Table | None = None
    before: Three | None = None


def tabulate(pairs: Iterable[Cell]) -> dict[Cell, int]:
    """How many people there are in each cell."""
    table = {(before, after): 0 for before in ORDER for after in ORDER}
    for pair in pairs:
        table[pair] += 1
    return table


def sum_moves(table: Table) -> Moves:
    """How many people moved which way."""
    return Moves(*(sum(_pick(table, direction)) for direction in ("to_for", "stayed", "to_against")))


def show(table: Table) -> Shown:
    """What may be shown of a table.

    A cell of 1 to 4 people could tell how somebody voted; so could totals from which it can be worked out. The moves
    are ten people or more split in three, and name no ballot: who moved towards For may have ended Unsure. They are
    always shown. A direction is split into its three cells only if none is small: of one that is not split, any cell
    may be the small one. Totals before the debate are shown if no small cell follows from them and the rest. Totals
    after it are not: with those before, they leave hardly a cell hidden.
    """
    people = sum(table.values())
    if people < TWICE_FROM:
        return Shown(people)
    three = {direction: _pick(table, direction) for direction in PARTS}
    moves = sum_moves(table)
    cells = {cell: table[cell] for name, part in PARTS.items() if not _is_telling(three[name]) for cell in part}
    lone = 1 in (moves.to_for, moves.stayed, moves.to_against)  # that the totals are left out would tell on this one
    before = None if lone or _can_be_worked_out(table) else _totals_before(table)
    return Shown(people, moves, cells, before)


def _pick(table: Table, direction: str) -> Three:
    one, two, three = (table[cell] for cell in PARTS[direction])
    return one, two, three


def _totals_before(table: Table) -> Three:
    one, two, three = (sum(table[before, after] for after in ORDER) for before in ORDER)
    return one, two, three


def _is_telling(cells: Iterable[int]) -> bool:
    return any(0 < n < SPLIT_FROM for n in cells)


def _can_be_worked_out(table: Table) -> bool:
    """Whether only one size of some small cell agrees with the moves, the cells that are shown and the totals before.

    With x people Unsure -> For and y Unsure -> Against, the totals leave one size for each cell of those who stayed.
    """
    if not _is_telling(table.values()):
        return False
    total_for, total_unsure, total_against = _totals_before(table)
    ups, downs = list(_alike(_pick(table, "to_for"))), list(_alike(_pick(table, "to_against")))
    up, down = sum(ups[0]), sum(downs[0])
    stays = {
        (x, y): (total_for - down + y, total_unsure - x - y, total_against - up + x)
        for x in {one for one, _, _ in ups}
        for y in {three for _, _, three in downs}
    }
    true = _pick(table, "stayed")
    stays = {xy: three for xy, three in stays.items() if _looks_like(three, true)}
    ups = [three for three in ups if any(x == three[0] for x, _ in stays)]
    downs = [three for three in downs if any(y == three[2] for _, y in stays)]
    possible = {"to_for": ups, "stayed": list(stays.values()), "to_against": downs}
    return any(
        0 < table[cell] < SPLIT_FROM and len({three[n] for three in possible[direction]}) == 1
        for direction, part in PARTS.items()
        for n, cell in enumerate(part)
    )


def _alike(true: Three) -> Iterator[Three]:
    """Every way to make up a direction that would be shown in the same way."""
    if not _is_telling(true):
        yield true
        return
    total = sum(true)
    for one in range(total + 1):
        for two in range(total - one + 1):
            three = (one, two, total - one - two)
            if _looks_like(three, true):
                yield three


def _looks_like(three: Three, true: Three) -> bool:
    return three == true if not _is_telling(true) else min(three) >= 0 and _is_telling(three)
