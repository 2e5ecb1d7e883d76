"""How often a claim was agreed with, disagreed with and passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.small import TOLD_FROM

VALUES = {"agree": 1, "disagree": -1, "pass": 0}  # as in Polis


@dataclass(frozen=True)
class Ratings:
    """Numbers of people; passing is a rating, not having been asked is none."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed

    def mirror(self) -> Ratings:
        """The ratings that the opposite claim would have got."""
        return Ratings(self.disagree, self.agree, self.passed)

    def __add__(self, other: Ratings) -> Ratings:
        return Ratings(self.agree + other.agree, self.disagree + other.disagree, self.passed + other.passed)


def count_ratings(said: Iterable[tuple[int, str]]) -> Ratings:
    """The ratings of people: who, and what they said."""
    votes = Counter(vote for _, vote in said)
    return Ratings(votes["agree"], votes["disagree"], votes["pass"])


def add_up(ratings: Iterable[Ratings]) -> Ratings:
    """The ratings of everybody, from those of each stance."""
    return sum(ratings, Ratings())


def share_agreement(by_stance: Mapping[str, Ratings]) -> dict[str, int]:
    """Percent of each stance that agrees, without those of which so few rated that it would tell who.

    Don't show how many of all agree beside it: what is left out here could be had by subtraction.
    """
    told = list_told(by_stance)
    return {stance: round(100 * of.agree / of.total) for stance, of in by_stance.items() if stance in told}


def list_told(by_stance: Mapping[str, Ratings]) -> set[str]:
    """The stances of which so many people have rated that it may be told what they say."""
    return {stance for stance, ratings in by_stance.items() if ratings.total >= TOLD_FROM}
