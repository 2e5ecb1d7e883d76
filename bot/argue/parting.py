"""Whether those who rated a motion's claims part into camps, and what is typical of each camp."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.argue.camps import Camps, NoCamps, Vote, find_camps
from bot.argue.ratings import Ratings
from bot.argue.typical import Typical, find_typical

VALUES = {"agree": 1, "disagree": -1, "pass": 0}


@dataclass(frozen=True)
class Found:
    """What was found among those who rated, and what is typical of each camp, by its number."""

    camps: Camps | NoCamps
    typical: Mapping[int, Sequence[Typical]]


def part(ratings: Iterable[tuple[int, int, str]], motion_id: str) -> Found:
    """What is found in ratings (claim, person, vote). The same ratings always give the same, and it takes a second."""
    votes: dict[int, dict[int, int]] = {}
    for number, user, vote in ratings:
        votes.setdefault(user, {})[number] = VALUES[vote]
    claims = sorted({number for own in votes.values() for number in own})
    table = [[own.get(number) for number in claims] for _, own in sorted(votes.items())]
    camps = find_camps(table, zlib.crc32(motion_id.encode()))
    if not isinstance(camps, Camps):
        return Found(camps, {})
    by_camp = {number: _count(camps, [row[n] for row in table]) for n, number in enumerate(claims)}
    numbers = {camp for camp in camps.of if camp is not None}
    return Found(camps, {camp: find_typical(by_camp, str(camp)) for camp in numbers})


def _count(camps: Camps, column: Sequence[Vote]) -> dict[str, Ratings]:
    """The ratings of a claim by camp; those of people who are in none are left out."""
    counted: dict[str, Ratings] = {}
    for camp, vote in zip(camps.of, column, strict=True):
        if camp is not None and vote is not None:
            one = Ratings(int(vote == 1), int(vote == -1), int(vote == 0))
            counted[str(camp)] = counted.get(str(camp), Ratings()) + one
    return counted
