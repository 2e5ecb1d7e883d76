"""How often a claim was agreed with, disagreed with and passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.small import TOLD_FROM

VALUES = {"agree": 1, "disagree": -1, "pass": 0}  # as in Polis


@dataclass(frozen=True)
class Ratings:
    """Numbers of ratings; passing is one, not having been asked is none.

    `gone` are those among them of people who had their data deleted. They count in every figure, but whether a figure
    is shown depends on `people`: one person who rates and deletes again and again could otherwise pass for many.
    """

    agree: int = 0
    disagree: int = 0
    passed: int = 0
    gone: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def people(self) -> int:
        """How many surely different people rated."""
        return self.total - self.gone

    def mirror(self) -> Ratings:
        """The ratings that the opposite claim would have got."""
        return Ratings(self.disagree, self.agree, self.passed, self.gone)

    def __add__(self, other: Ratings) -> Ratings:
        agree, disagree = self.agree + other.agree, self.disagree + other.disagree
        return Ratings(agree, disagree, self.passed + other.passed, self.gone + other.gone)


def count_ratings(said: Iterable[tuple[int, str]]) -> Ratings:
    """The ratings of people: who, and what they said. Ids below zero are of people who had their data deleted."""
    said = list(said)
    votes = Counter(vote for _, vote in said)
    return Ratings(votes["agree"], votes["disagree"], votes["pass"], sum(person < 0 for person, _ in said))


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
    return {stance for stance, ratings in by_stance.items() if ratings.people >= TOLD_FROM}
