"""Whether a claim joins those who are for a motion and those who are against it, or divides them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.argue.ratings import Ratings
from bot.small import LABEL_FROM

SIDES = ("for", "against")  # without one of them there is nothing to bridge
BRIDGE_FROM = 0.6  # the score from which a claim is common ground


class Standing(StrEnum):
    COMMON_GROUND = "common ground"
    SHARED_DISAGREEMENT = "shared disagreement"
    DISPUTED = "disputed"
    UNSETTLED = "no clear view yet"  # most pass, or a stance is at odds with itself: nobody stands against another
    NEEDS_RATINGS = "needs more ratings"


@dataclass(frozen=True)
class Verdict:
    """What may be said of a claim; the score is there once nothing is missing, and missing is (stance, ratings)."""

    standing: Standing
    score: float | None = None
    missing: tuple[tuple[str, int], ...] = ()


def judge_claim(by_stance: Mapping[str, Ratings], people: Mapping[str, int]) -> Verdict:
    """Where a claim stands, from its ratings by stance and from how many people hold each stance on the motion."""
    groups = {stance: by_stance.get(stance, Ratings()) for stance in list_groups(people)}
    missing = tuple((stance, LABEL_FROM - g.total) for stance, g in groups.items() if g.total < LABEL_FROM)
    if missing:
        return Verdict(Standing.NEEDS_RATINGS, missing=missing)
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


def _name_standing(groups: Collection[Ratings], score: float) -> Standing:
    leanings = [group.agree - group.disagree for group in groups]
    if score >= BRIDGE_FROM and min(leanings) > 0:
        return Standing.COMMON_GROUND
    if bridge([group.mirror() for group in groups]) >= BRIDGE_FROM and max(leanings) < 0:
        return Standing.SHARED_DISAGREEMENT
    return Standing.DISPUTED if min(leanings) < 0 < max(leanings) else Standing.UNSETTLED
