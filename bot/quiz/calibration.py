"""Calibration: how often somebody was right when they said how sure they were, by month and over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.judge import CERTAIN
from bot.text import count
from storage.periods import read_clock

LEVELS = {1: "low", 2: "mid", 3: "high"}
MONTHS = 6
LEAST = 5  # answers, below which a share says nothing


@dataclass(frozen=True)
class Cell:
    """Answers of one level of certainty, and how many of them were right."""

    answers: int = 0
    right: int = 0

    @property
    def share(self) -> Fraction | None:
        """The share that was right; None where there are too few answers to say."""
        return Fraction(self.right, self.answers) if self.answers >= LEAST else None


@dataclass(frozen=True)
class Calibration:
    """Cells by level, low to high: over all, and by month (`Nov 2026`), the newest first."""

    overall: tuple[Cell, Cell, Cell]
    months: tuple[tuple[str, tuple[Cell, Cell, Cell]], ...]


def weigh(answers: Iterable[tuple[int, bool, int]], zone: str) -> Calibration:
    """What (certainty, right, ms) of one person come to; months are those of an IANA zone, the last with answers."""
    overall: list[tuple[int, bool]] = []
    by_month: dict[tuple[int, int], list[tuple[int, bool]]] = defaultdict(list)
    for certainty, right, at in answers:
        day = read_clock(at, zone)
        by_month[day.year, day.month].append((certainty, right))
        overall.append((certainty, right))
    newest = sorted(by_month, reverse=True)[:MONTHS]
    months = tuple((f"{date(*month, 1):%b %Y}", _sum(by_month[month])) for month in newest)
    return Calibration(_sum(overall), months)


def bounds() -> tuple[Fraction, Fraction]:
    """The chances of being right from which mid pays more than low, and high more than mid: 2/3 and 4/5.

    With a chance p a level pays p * right + (1 - p) * wrong on average; two levels pay alike where these cross.
    The marks 1/0, 2/-2 and 3/-6 are those of Moodle's certainty-based marking; A. R. Gardner-Medwin,
    "Confidence-Based Marking", in Bryan and Clegg, Innovative Assessment in Higher Education, 2006.
    """
    return _crossing(1, 2), _crossing(2, 3)


def best_level(share: Fraction) -> int:
    """The level that would have paid most for answers of which this share was right."""
    mid, high = bounds()
    return 1 if share < mid else 2 if share < high else 3


def describe(cell: Cell) -> str:
    """A cell in words: `75% right, 9 of 12`."""
    if not cell.answers:
        return "no answers"
    if cell.share is None:
        return f"{count(cell.answers, 'answer')}, too few to say"
    return f"{float(cell.share):.0%} right, {cell.right:,} of {cell.answers:,}"


def pays(level: int) -> str:
    """When a level pays most, in words."""
    mid, high = (f"{float(bound):.0%}" for bound in bounds())
    return {1: f"below {mid}", 2: f"from {mid} to {high}", 3: f"above {high}"}[level]


def _crossing(lower: int, upper: int) -> Fraction:
    (right, wrong), (more, less) = CERTAIN[lower], CERTAIN[upper]
    return Fraction(wrong - less, more - right + wrong - less)


def _sum(answers: Iterable[tuple[int, bool]]) -> tuple[Cell, Cell, Cell]:
    counts = dict.fromkeys(LEVELS, Cell())
    for level, right in answers:
        cell = counts[level]
        counts[level] = Cell(cell.answers + 1, cell.right + right)
    return counts[1], counts[2], counts[3]
