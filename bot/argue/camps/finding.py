"""Hidden camps: groups of people who think alike that no stance names, shown only where chance is no explanation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.argue.bridging import BRIDGE_FROM, bridge
from bot.argue.ratings import Ratings
from bot.small import CAMPS_FROM

RATED_FROM = 7  # claims that somebody must have rated, or all if there are fewer (Polis, conversation.clj: in-conv)
SIGNIFICANT = 0.05
BROADLY = 0.75  # the share of claims seen alike from which agreement is broad; our choice

Vote = int | None  # 1 agrees, -1 disagrees, 0 passes, None has not rated


class NoCamps(StrEnum):
    NOT_AVAILABLE = "not available"  # numpy is missing: the extra [camps] is not installed
    TOO_FEW = "too few people"
    BROAD_AGREEMENT = "broad agreement, no camps"
    NOT_FOUND = "no camps"


@dataclass(frozen=True)
class Camps:
    """The camp of each voter, 0 being the largest and None for who rated too little; p of the structure by chance."""

    of: tuple[int | None, ...]
    p: float


def find_camps(votes: Sequence[Sequence[Vote]], seed: int) -> Camps | NoCamps:
    """The camps among voters, each with a vote on the same claims in the same order; the seed is 0 or more.

    Shown if twelve people rated enough, a permutation test gives p <= .05 and no camp has fewer than three: among few
    people k-means finds camps in noise as tidy as real ones. Takes a second for 200 voters and 40 claims.
    """
    try:
        import numpy as np

        from bot.argue.camps.clusters import centre, compare_with_chance, split
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        return NoCamps.NOT_AVAILABLE
    voters = _choose_voters(votes)
    if len(voters) < CAMPS_FROM:
        return NoCamps.TOO_FEW
    chance = np.random.default_rng(seed)
    centred = centre(np.array([votes[voter] for voter in voters], dtype=np.float64))
    p, p_of_second = compare_with_chance(centred, chance)
    labels = split(centred, 2 if p_of_second <= SIGNIFICANT else 1, chance) if p <= SIGNIFICANT else None
    if labels is None:
        return NoCamps.BROAD_AGREEMENT if _agree_broadly([votes[voter] for voter in voters]) else NoCamps.NOT_FOUND
    camp = dict(zip(voters, _number(labels.tolist()), strict=True))
    return Camps(tuple(camp.get(voter) for voter in range(len(votes))), p)


def _choose_voters(votes: Sequence[Sequence[Vote]]) -> list[int]:
    """Those who rated enough, in an order that depends on their votes alone: then so does the result."""
    enough = [voter for voter, own in enumerate(votes) if len(own) - own.count(None) >= min(RATED_FROM, len(own))]
    return sorted(enough, key=lambda voter: [2 if vote is None else vote for vote in votes[voter]])


def _agree_broadly(votes: Sequence[Sequence[Vote]]) -> bool:
    """Whether most claims would be common ground or shared disagreement if all were one group."""
    claims = [Ratings(column.count(1), column.count(-1), column.count(0)) for column in zip(*votes, strict=True)]
    alike = [max(bridge([claim]), bridge([claim.mirror()])) >= BRIDGE_FROM for claim in claims]
    return sum(alike) >= BROADLY * len(alike)


def _number(labels: Iterable[int]) -> list[int]:
    """The labels counted from 0, the largest camp first."""
    labels = list(labels)
    number = {label: i for i, (label, _) in enumerate(Counter(labels).most_common())}
    return [number[label] for label in labels]
