"""The health of a motion over its past debates: whether it is lopsided, and which of its wordings is put next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bot.debate.formats import OTHER
from bot.votes import VOTES

LOPSIDED = Fraction(3, 4)  # of all ballots before a debate; above it a motion hardly divides anybody
DEBATES = 3  # from which ballots before them are judged
DECIDED = 10  # debates from which their outcomes are judged
CRITICAL = Fraction(3841, 1000)  # chi-square with one degree of freedom: above it in 5 % of fair motions
MIRROR = OTHER | {"unsure": "unsure"}

Wording = Literal["plain", "mirrored"]  # mirrored says the opposite, so its For is the plain wording's Against


@dataclass(frozen=True)
class Held:
    """A debate that was held: its wording, its ballots before (number by vote), and the side that it moved people to.

    Votes and side are as they were given, on the wording that was put. `side` is None if no shift was called.
    """

    wording: Wording
    before: Mapping[str, int]
    side: str | None


@dataclass(frozen=True)
class Health:
    """What is wrong with a motion, by its plain wording: the side that most hold beforehand, that most debates favour.

    None: nothing, or too few debates to tell.
    """

    lopsided: str | None
    favoured: str | None


def examine(debates: Sequence[Held]) -> Health:
    """The health of a motion, from all of its debates in any order."""
    before = {vote: sum(_read_plainly(debate).get(vote, 0) for debate in debates) for vote in VOTES}
    sides = [MIRROR[held.side] if held.wording == "mirrored" else held.side for held in debates if held.side]
    one, other = sides.count("for"), sides.count("against")
    return Health(
        _find_lopsided(before) if len(debates) >= DEBATES else None,
        ("for" if one > other else "against") if is_imbalanced(one, other) else None,
    )


def is_imbalanced(one: int, other: int) -> bool:
    """Whether one side was favoured in more debates than chance explains; False for fewer than DECIDED of them."""
    return one + other >= DECIDED and balance(one, other) > CRITICAL


def balance(one: int, other: int) -> Fraction:
    """T = (A² + N²)/μ - n, from debates that favoured one side (A) and the other (N); there is at least one.

    n = A + N, and μ = n/2 are expected of each side. It is the sum of (A - μ)²/μ and (N - μ)²/μ, distributed as
    chi-square with one degree of freedom if sides are equal: Tabbycat, `tabbycat/motions/statistics.py`.
    """
    decided = one + other
    return Fraction(one**2 + other**2) / Fraction(decided, 2) - decided


def choose_wording(plain: int, mirrored: int) -> Wording:
    """The wording that was put less often, so that they alternate and a framing's effect can be seen; first plain."""
    return "mirrored" if mirrored < plain else "plain"


def _read_plainly(held: Held) -> dict[str, int]:
    """Ballots as votes on the plain wording."""
    turn = MIRROR if held.wording == "mirrored" else {vote: vote for vote in VOTES}
    return {turn[vote]: number for vote, number in held.before.items()}


def _find_lopsided(before: Mapping[str, int]) -> str | None:
    total = sum(before.values())
    return next((side for side in ("for", "against") if total and Fraction(before[side], total) > LOPSIDED), None)
