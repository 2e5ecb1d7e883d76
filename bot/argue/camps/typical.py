"""What is typical of a stance: claims it agrees or disagrees with by a majority, and more than everyone else does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.argue.ratings import Ratings, add_up
from bot.small import TOLD_FROM

SHOWN = 3  # claims a stance
SIGNIFICANT = 1.2816  # z, one-sided at 90 %


@dataclass(frozen=True)
class Typical:
    """A claim's id, whether the stance agrees with it, and how many times as likely as the others it is to."""

    claim: int
    agrees: bool
    ratio: float


def find_typical(claims: Mapping[int, Mapping[str, Ratings]], stance: str) -> list[Typical]:
    """Up to three claims that tell a stance from the others, the most telling first, from ratings by claim and stance.

    Both z-tests must be significant: that most of the stance say so, and that more of it do than of the others (Polis,
    repness.clj and stats.clj). Where few rated, in the stance or outside it, nothing is said.
    """
    found: list[tuple[float, Typical]] = []
    for id, by_stance in sorted(claims.items()):
        own = by_stance.get(stance, Ratings())
        rest = add_up(ratings for other, ratings in by_stance.items() if other != stance)
        if min(own.total, rest.total) >= TOLD_FROM:
            found += [_weigh(id, True, own, rest), _weigh(id, False, own.mirror(), rest.mirror())]
    telling = sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])
    return [typical for _, typical in telling[:SHOWN]]


def _weigh(claim: int, agrees: bool, own: Ratings, rest: Ratings) -> tuple[float, Typical]:
    """How telling agreement is, 0 if not significant: ratio * z of difference * share * z of majority (Polis)."""
    share, share_of_rest = ((group.agree + 1) / (group.total + 2) for group in (own, rest))
    ratio = share / share_of_rest
    majority = score_majority(own.agree, own.total)
    difference = score_difference(own.agree, own.total, rest.agree, rest.total)
    significant = min(majority, difference) > SIGNIFICANT
    return (ratio * difference * share * majority if significant else 0), Typical(claim, agrees, ratio)


def score_majority(part: int, whole: int) -> float:
    """z of the share being one half (Polis, stats.clj prop-test: one is added to both numbers)."""
    return 2 * math.sqrt(whole + 1) * ((part + 1) / (whole + 1) - 0.5)


def score_difference(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """z of both shares being the same, 0 if all are in both (Polis, stats.clj two-prop-test: one is added to each)."""
    pooled = (part + other_part + 2) / (whole + other_whole + 2)
    if pooled == 1:
        return 0
    spread = math.sqrt(pooled * (1 - pooled) * (1 / (whole + 1) + 1 / (other_whole + 1)))
    return ((part + 1) / (whole + 1) - (other_part + 1) / (other_whole + 1)) / spread
