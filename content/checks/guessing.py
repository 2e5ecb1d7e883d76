"""Guessing: neither the place nor the length of an option says which one is right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from content.checks.asked import Asked
from content.checks.chance import chi_square
from content.faults import Flaw
from content.pack import LETTERS, Several, Single, TrueFalse, Who

LEAST_P = 0.05  # the usual level: keys thrown by fair dice fail once in twenty packs
LENGTH_RATIO = (0.9, 1.1)
LONGEST_SPREAD = 2.0  # standard deviations above chance: fair dice go further once in forty packs
TRUE_SHARE = (0.35, 0.65)
LEAST_QUESTIONS = 6  # fewer of a kind say nothing about a habit
QUESTIONS = ("questions",)


class Positions(NamedTuple):
    """How often each letter is right, how often chance would make it so, and the p value (None: too few)."""

    observed: tuple[int, ...]
    expected: tuple[float, ...]
    p: float | None


class Longest(NamedTuple):
    """In what share of questions the right option is the longest, and from what share on that tells."""

    share: float
    bound: float


def positions(pack: Asked) -> Positions:
    """Where the right option stands in questions with one: n options expect 1/n of the question each."""
    asked = [question for question in pack.questions if isinstance(question, Single | Who)]
    keyed: Counter[str] = Counter(question.key for question in asked)
    expected = [sum(1 / len(q.options) for q in asked if at < len(q.options)) for at in range(len(LETTERS))]
    observed = [keyed[letter] for letter in LETTERS]
    return Positions(tuple(observed), tuple(expected), chi_square(observed, expected))


def uneven_positions(pack: Asked) -> Iterator[Flaw]:
    found = positions(pack)
    if found.p is not None and found.p <= LEAST_P:
        counts = ", ".join(f"{letter} {n}" for letter, n in zip(LETTERS, found.observed, strict=True))
        message = f"the places of right options are uneven ({counts}; p = {found.p:.3f})"
        yield Flaw(QUESTIONS, f"{message}; spread the keys until p is above {LEAST_P}")


def length_ratio(pack: Asked) -> float | None:
    """The median, over questions with options, of mean length of right to mean length of wrong options."""
    asked = [question for question in pack.questions if isinstance(question, Single | Several)]
    ratios = [_mean(right) / _mean(wrong) for right, wrong in map(_lengths, asked) if wrong]
    return median(ratios) if len(ratios) >= LEAST_QUESTIONS else None


def telling_lengths(pack: Asked) -> Iterator[Flaw]:
    ratio = length_ratio(pack)
    low, high = LENGTH_RATIO
    if ratio is not None and not low <= ratio <= high:
        longer = "longer" if ratio > 1 else "shorter"
        message = f"right options are {longer} than wrong ones (median ratio {ratio:.2f})"
        yield Flaw(QUESTIONS, f"{message}; bring it between {low} and {high}")


def longest(pack: Asked) -> Longest | None:
    """How often the one right option is strictly the longest, against 1/n for n options.

    The bound is two standard deviations of that sum of chances above its mean.
    """
    asked = [question for question in pack.questions if isinstance(question, Single)]
    if len(asked) < LEAST_QUESTIONS:
        return None
    hits = sum(max(right) > max(wrong) for right, wrong in map(_lengths, asked))
    chances = [1 / len(question.options) for question in asked]
    spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
    return Longest(hits / len(asked), (sum(chances) + LONGEST_SPREAD * spread) / len(asked))


def telling_longest(pack: Asked) -> Iterator[Flaw]:
    found = longest(pack)
    if found is not None and found.share > found.bound:
        message = f"the right option is the longest in {found.share:.0%} of the questions with one right option"
        yield Flaw(QUESTIONS, f"{message}; chance explains at most {found.bound:.0%}")


def true_share(pack: Asked) -> float | None:
    """The share of true statements among the true-or-false questions."""
    keys = [question.key for question in pack.questions if isinstance(question, TrueFalse)]
    return sum(keys) / len(keys) if len(keys) >= LEAST_QUESTIONS else None


def telling_truths(pack: Asked) -> Iterator[Flaw]:
    share = true_share(pack)
    low, high = TRUE_SHARE
    if share is not None and not low <= share <= high:
        message = f"{share:.0%} of the true-or-false statements are true"
        yield Flaw(QUESTIONS, f"{message}; bring it between {low:.0%} and {high:.0%}")


def _lengths(question: Single | Several) -> tuple[list[int], list[int]]:
    """The lengths of right and of wrong options."""
    letters = LETTERS[: len(question.options)]
    lengths = [(letter in question.key, len(option)) for letter, option in zip(letters, question.options, strict=True)]
    return [n for right, n in lengths if right], [n for right, n in lengths if not right]


def _mean(numbers: list[int]) -> float:
    return sum(numbers) / len(numbers)
