"""Whether a claim joins those who are for a motion and those who are against it, or divides them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.argue.ratings import Ratings, add_up
from bot.small import LABEL_FROM, TOLD_FROM

SIDES = ("for", "against")  # without one of them there is nothing to bridge
BRIDGE_FROM = 0.6  # the score from which a claim is common ground


class Standing(StrEnum):
    COMMON_GROUND = "common ground"
    SHARED_DISAGREEMENT = "shared disagreement"
    DIFFERENT = "stances differ"  # one leans to agreeing, another to disagreeing
    UNSETTLED = "no clear view yet"  # most pass, or a stance is at odds with itself: nobody stands against another
    NEEDS_RATINGS = "needs more ratings"


@dataclass(frozen=True)
class Verdict:
    """What may be said of a claim: the score once nothing is missing, or the one stance that is, and its ratings."""

    standing: Standing
    score: float | None = None
    missing: tuple[str, int] | None = None


def judge_claim(by_stance: Mapping[str, Ratings], people: Mapping[str, int]) -> Verdict:
    """Where a claim stands, from its ratings by stance and from how many people hold each stance on the motion."""
    groups = {stance: by_stance.get(stance, Ratings()) for stance in list_groups(people)}
    if any(group.total < LABEL_FROM for group in groups.values()):
        return Verdict(Standing.NEEDS_RATINGS, missing=_find_missing(groups, add_up(by_stance.values()).total))
    score = bridge(groups.values())
    return Verdict(_name_standing(groups.values(), score), score)


def list_groups(people: Mapping[str, int]) -> list[str]:
    """The stances that count: both sides always, any other (unsure) once enough people hold it to be able to rate.

    One undecided member could otherwise keep every claim from ever being called common ground.
    """
    return [*SIDES, *sorted(s for s, count in people.items() if s not in SIDES and count >= LABEL_FROM)]


def bridge(groups: Collection[Ratings]) -> float:
    """0 to 1: how far every group agrees, one group's refusal not being outvoted by another's size.

    The geometric mean of p(agree) * (1 - p(disagree)) over the groups. After Polis' group-informed consensus (Small et
    al. 2021, doi 10.6035/recerca.5516), a plain product, which marks down small and many groups.
    """
    return math.prod(_endorse(group) for group in groups) ** (1 / len(groups))


def _endorse(group: Ratings) -> float:
    """p(agree) * (1 - p(disagree)) with Jeffreys' prior, (x + 1/2) / (n + 1)."""
    agree = (group.agree + 0.5) / (group.total + 1)
    disagree = (group.disagree + 0.5) / (group.total + 1)
    return agree * (1 - disagree)


def _find_missing(groups: Mapping[str, Ratings], total: int) -> tuple[str, int] | None:
    """The stance of which ratings are missing and how many, where saying so tells nobody's stance.

    It says how many of a stance have rated, and so how many of those who rated stand elsewhere: among three people it
    would tell where each stands. So it is said only of one stance, the others having enough, and only where as many
    have rated from elsewhere as it takes for a share: five besides whoever looks.
    """
    few = [(stance, group.total) for stance, group in groups.items() if group.total < LABEL_FROM]
    stance, there = few[0]
    return (stance, LABEL_FROM - there) if len(few) == 1 and total - there >= TOLD_FROM else None


def _name_standing(groups: Collection[Ratings], score: float) -> Standing:
    leanings = [group.agree - group.disagree for group in groups]
    if score >= BRIDGE_FROM and min(leanings) > 0:
        return Standing.COMMON_GROUND
    if bridge([group.mirror() for group in groups]) >= BRIDGE_FROM and max(leanings) < 0:
        return Standing.SHARED_DISAGREEMENT
    return Standing.DIFFERENT if min(leanings) < 0 < max(leanings) else Standing.UNSETTLED
