"""Which claims somebody is asked to rate next: what is new or matters more often, but nothing never."""

from __future__ import annotations

import heapq
import random
from collections.abc import Collection, Mapping

from bot.argue.ratings import Ratings

HAND = 5  # claims that are dealt at a time


def deal(claims: Mapping[int, Ratings], rated: Collection[int], seed: int) -> list[int]:
    """Ids of up to five claims that this person hasn't rated, drawn by their priority, the first drawn first.

    A claim's author is asked like everyone: writing a claim down is not agreeing with it, and nobody agrees unasked.
    Drawing without replacement as a race: each waits an exponential time at the rate of its weight, the shortest wait
    is drawn first (Efraimidis and Spirakis 2006, Weighted random sampling with a reservoir).
    """
    chance = random.Random(seed)
    waits = {id: chance.expovariate(priority(claims[id])) for id in sorted(claims.keys() - set(rated))}
    return heapq.nsmallest(HAND, waits, key=waits.__getitem__)


def priority(ratings: Ratings) -> float:
    """The weight of a claim in the draw, above 0 (Polis, conversation.clj: importance-metric and priority-metric).

    Polis multiplies by 1 + extremity, the claim's distance on its map of opinions. Here is no such map: it is 0.
    """
    agree = (ratings.agree + 1) / (ratings.total + 2)
    passed = (ratings.passed + 1) / (ratings.total + 2)
    newness: float = 1 + 8 * 2 ** (-ratings.total / 5)
    return (agree * (1 - passed) * newness) ** 2
