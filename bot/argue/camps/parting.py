"""Whether those who rated a motion's claims part into camps, and what is typical of each camp."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.argue.camps.finding import Camps, NoCamps, Vote, find_camps
from bot.argue.camps.typical import Typical, find_typical
from bot.argue.ratings import VALUES, Ratings

CLAIMS, PEOPLE = 60, 500  # at most; a thousand claims would take a minute


@dataclass(frozen=True)
class Found:
    """What was found among those who rated, and what is typical of each camp, by its number."""

    camps: Camps | NoCamps
    typical: Mapping[int, Sequence[Typical]]


def part(ratings: Iterable[tuple[int, int, str]], motion_id: str) -> Found:
    """What is found in ratings (claim, person, vote). The same ratings always give the same; it takes seconds at most.

    Where there are very many, only the claims that most have rated count, and the people who have rated most of these.
    """
    ratings = list(ratings)
    claims = sorted(_list_most((number for number, _, _ in ratings), CLAIMS))
    votes: dict[int, dict[int, int]] = {}
    for number, user, vote in ratings:
        if number in claims:
            votes.setdefault(user, {})[number] = VALUES[vote]
    people = sorted(_list_most((user for user, own in votes.items() for _ in own), PEOPLE))
    table = [[votes[user].get(number) for number in claims] for user in people]
    camps = find_camps(table, zlib.crc32(motion_id.encode()))
    if not isinstance(camps, Camps):
        return Found(camps, {})
    by_camp = {number: _count(camps, [row[n] for row in table]) for n, number in enumerate(claims)}
    numbers = {camp for camp in camps.of if camp is not None}
    return Found(camps, {camp: find_typical(by_camp, str(camp)) for camp in numbers})


def _list_most(ids: Iterable[int], most: int) -> list[int]:
    """Those that occur most often, the lowest first among equals."""
    often = sorted(Counter(ids).items(), key=lambda pair: (-pair[1], pair[0]))
    return [id for id, _ in often[:most]]


def _count(camps: Camps, column: Sequence[Vote]) -> dict[str, Ratings]:
    """The ratings of a claim by camp; those of people who are in none are left out."""
    counted: dict[str, Ratings] = {}
    for camp, vote in zip(camps.of, column, strict=True):
        if camp is not None and vote is not None:
            one = Ratings(int(vote == 1), int(vote == -1), int(vote == 0))
            counted[str(camp)] = counted.get(str(camp), Ratings()) + one
    return counted
