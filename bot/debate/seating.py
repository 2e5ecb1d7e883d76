"""Who has a seat and who waits for one: sides never differ by more than one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bot.debate.formats import OTHER, Side


@dataclass(frozen=True)
class Wish:
    """Somebody who wants to speak for a side."""

    user_id: int
    side: str


def choose_seated(wishes: Sequence[Wish], most: int) -> set[int]:
    """Who of these, in the order in which they came, has a seat; `most` are on a side.

    Whoever came first sits first, but nobody sits where their side would be ahead by more than one.
    """
    seated: set[int] = set()
    number = {"for": 0, "against": 0}

    def fits(side: str) -> bool:
        return number[side] < most and number[side] <= number[OTHER[side]]

    while found := next((w for w in wishes if w.user_id not in seated and fits(w.side)), None):
        seated.add(found.user_id)
        number[found.side] += 1
    return seated


def choose_side(wishes: Sequence[Wish], seed: int) -> Side:
    """The side that needs somebody: the one fewer want to speak for, by the debate's seed where both are even."""
    lead = sum(1 if wish.side == "for" else -1 for wish in wishes)
    if lead == 0:
        return random.Random(seed + len(wishes)).choice(("for", "against"))
    return "against" if lead > 0 else "for"


def choose_speaker(seated: Sequence[int], turn: int) -> int | None:
    """Who of a side speaks in its turn number `turn` (from 0): one after the other; None if nobody is there."""
    return seated[turn % len(seated)] if seated else None
