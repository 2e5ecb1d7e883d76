"""The quiz decides: which questions are drawn, how people rank, how divided they were."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.item import Item

T = TypeVar("T")

START = 4_000  # ms between the opening and the first question
THREAD = 60_000  # ms to wait for the thread; then the round begins in the channel
OPENING = 60 * 60_000  # ms to wait for the card of a scheduled round to be posted
READING = 9_000  # ms for reading a reveal before the next question
RETURN = 5_000  # ms that an open question gets at least when the bot comes back
EDITED = 60_000  # ms after an answer in which its card is edited, however much there is to send
SILENT = 2  # questions in a row without an answer, then the round waits
PAUSE = 30 * 60_000  # ms that a paused round waits before it ends by itself
A_WEEK = timedelta(days=7)
REMIND = 4 * 60 * 60_000  # ms before a daily question closes


@dataclass(frozen=True)
class Score:
    """Somebody's sum over a round or a period."""

    user_id: int
    name: str
    points: int
    right: int
    answered: int


@dataclass(frozen=True)
class Ranked:
    rank: int
    score: Score


def pick(items: Sequence[Item], many: int, seed: int, last_asked: Mapping[str, int]) -> list[Item]:
    """Up to `many` of the items, by chance, those never or longest not asked (ms by id) before others."""
    chance = random.Random(seed)
    mixed = sorted(chance.sample(items, len(items)), key=lambda item: last_asked.get(item.id, 0))
    return chance.sample(mixed[:many], min(many, len(items)))


def rank(scores: Iterable[Score]) -> list[Ranked]:
    """Best first; equal points share a rank, and the ranks after a tie are skipped (1, 1, 3)."""
    ordered = sorted(scores, key=lambda s: (-s.points, -s.right, s.name.casefold(), s.user_id))
    ranked: list[Ranked] = []
    for place, score in enumerate(ordered, start=1):
        tied = ranked and ranked[-1].score.points == score.points
        ranked.append(Ranked(ranked[-1].rank if tied else place, score))
    return ranked


def streak(days: Sequence[tuple[date, bool]]) -> int:
    """How many days in a row somebody has answered, of those that had a question; the newest first.

    A day off a week is forgiven, two questions in a row are not: a missed day ends it only if another was missed
    within the six days after it, or is the next that had a question. The newest, which may still be open, ends nothing.
    """
    kept, missed = 0, date.max
    for after, (day, answered) in enumerate(days, start=-1):
        if answered:
            kept += 1
        elif after >= 0:
            if missed - day < A_WEEK or missed == days[after][0]:
                break
            missed = day
    return kept


def division(picks: Iterable[T]) -> float:
    """How divided people were: the entropy of their answers in bits (Shannon 1948); 0 when all agree."""
    counts = Counter(picks)
    total = counts.total()
    return -sum(n / total * math.log2(n / total) for n in counts.values()) if total else 0.0
