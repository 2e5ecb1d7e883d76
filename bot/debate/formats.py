"""The formats of a structured debate: their phases in order, each as a step with its kind, its side and its length."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from storage.tables import Phase

Side = Literal["for", "against"]

OTHER: Final[dict[str, Side]] = {"for": "against", "against": "for"}
FORMATS: Final = {"oxford": "Oxford", "duel": "Duel", "circle": "Circle"}
ABOUT: Final = {
    "oxford": "openings, each side restates the other, rebuttals, questions from the audience, closings",
    "duel": "openings, cross-questions, closings; one against one",
    "circle": "speeches in turn, and questions that go to the chair",
}
SEATS: Final = {"oxford": 3, "duel": 1, "circle": 6}  # a side
VOTING: Final = ("before", "after")
GATHERING: Final = {"live": 30 * 60_000, "async": 24 * 60 * 60_000}  # ms in which seats are taken
GRACE: Final = 60_000  # ms that a live speaker who is not there is waited for
MINUTE: Final = 60_000  # ms that a side can ask for once, where it is live
JUDGING: Final = 60  # seconds that the other side has, live, to say whether a restatement is fair
RELAYING: Final = 60  # seconds that the chair has, live, to relay a question
HOUR: Final = 3_600_000

# What a turn of each kind is called, and how many seconds it has where the pace is live.
KINDS: Final = {
    "before": ("Vote before the debate", 120),
    "opening": ("Opening", 180),
    "speech": ("Speech", 120),
    "cross": ("Cross-question", 120),
    "restatement": ("Restatement of the other side's best point", 90),
    "rebuttal": ("Rebuttal", 180),
    "question": ("Answer to a question", 90),
    "closing": ("Closing", 120),
    "after": ("Vote after the debate", 120),
}

# The kinds in order; `a` is the side that speaks first, `b` the other, a bare kind is nobody's in particular. A
# restatement comes twice: the second is opened only if the first was found not quite fair. Questions come in pairs:
# both sides answer the same one.
TABLES: Final = {
    "oxford": (
        "before",
        *("opening a", "opening b"),
        *("restatement a", "restatement a", "restatement b", "restatement b"),
        *("rebuttal a", "rebuttal b"),
        *("question a", "question b", "question b", "question a", "question a", "question b"),
        *("closing a", "closing b"),
        "after",
    ),
    "duel": (
        "before",
        *("opening a", "opening b"),
        *("cross a", "cross b"),
        *("closing a", "closing b"),
        "after",
    ),
    "circle": (
        "before",
        *("speech a", "speech b", "question a", "question b"),
        *("speech b", "speech a", "question b", "question a"),
        *("speech a", "speech b", "question a", "question b"),
        "after",
    ),
}


@dataclass(frozen=True)
class Step:
    """One phase of a format; `side` is None where people vote."""

    kind: str
    side: Side | None


def first_side(seed: int) -> Side:
    """The side that speaks first: left to chance, by the debate's seed."""
    return random.Random(seed).choice(("for", "against"))


def list_steps(format: str, first: Side) -> tuple[Step, ...]:
    """The phases of a format, in order, with `first` speaking first."""
    return tuple(_read(row, first) for row in TABLES[format])


def length(kind: str, pace: str, hours: int) -> int:
    """How long (ms) a phase is open."""
    return KINDS[kind][1] * 1000 if pace == "live" else hours * HOUR


def wait(seconds: int, pace: str, hours: int) -> int:
    """How long (ms) something beside a turn is waited for: so many seconds live, else as long as a turn."""
    return seconds * 1000 if pace == "live" else hours * HOUR


def grace(kind: str, pace: str) -> int:
    """How long (ms) after its deadline a phase waits for a speaker."""
    return GRACE if pace == "live" and kind not in VOTING else 0


def takes_questions(phases: Sequence[Phase]) -> bool:
    """Whether the audience can still ask something, with these phases to come."""
    return any(phase.kind == "question" and phase.opened_at is None for phase in phases)


def is_second_try(kinds: Sequence[tuple[str, str | None]], position: int) -> bool:
    """Whether a phase is the second restatement of its side; `kinds` are (kind, side) of all phases."""
    return position > 0 and kinds[position][0] == "restatement" and kinds[position - 1] == kinds[position]


def name_turn(kinds: Sequence[tuple[str, str | None]], position: int) -> str:
    """What a phase is called; `kinds` are (kind, side) of all phases."""
    return KINDS[kinds[position][0]][0] + (", second try" if is_second_try(kinds, position) else "")


def question_place(kinds: Sequence[tuple[str, str | None]], position: int) -> int:
    """The first phase of the pair in which both sides answer the question that this phase is about."""
    before = sum(kind == "question" for kind, _ in kinds[:position])
    return position - before % 2


def _read(row: str, first: Side) -> Step:
    kind, _, letter = row.partition(" ")
    side = {"": None, "a": first, "b": OTHER[first]}[letter]
    return Step(kind, side)
