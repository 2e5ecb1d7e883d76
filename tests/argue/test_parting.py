"""Whether people part into camps: the same for the same ratings, in any order, and of many claims the most rated."""

from __future__ import annotations

import random

from bot.argue.camps.finding import Camps, NoCamps
from bot.argue.camps.parting import CLAIMS, part
from bot.argue.camps.typical import Typical

Rows = list[tuple[int, int, str]]


def two_camps(claims: int) -> Rows:
    """Six people who agree with every even claim and disagree with the odd ones, and six who say the opposite."""
    return [(c, p, "agree" if (c % 2 == 0) == (p < 6) else "disagree") for c in range(claims) for p in range(12)]


def test_two_camps_are_told_with_what_is_typical_of_each() -> None:
    found = part(two_camps(4), "shapes/m1")
    assert isinstance(found.camps, Camps)
    assert found.camps.of in ((0,) * 6 + (1,) * 6, (1,) * 6 + (0,) * 6)
    ratio = (7 / 8) / (1 / 8)  # (agree + 1) / (total + 2) of six who all agree and six who all don't
    even = [Typical(claim, claim % 2 == 0, ratio) for claim in (0, 1, 2)]
    odd = [Typical(claim, claim % 2 == 1, ratio) for claim in (0, 1, 2)]
    assert sorted(map(str, found.typical.values())) == sorted(map(str, (even, odd)))


def test_the_order_of_ratings_changes_nothing() -> None:
    rows = two_camps(4)
    mixed = random.Random(1).sample(rows, len(rows))
    assert part(mixed, "shapes/m1") == part(rows, "shapes/m1")


def test_of_very_many_claims_those_that_most_have_rated_count() -> None:
    rows = two_camps(CLAIMS)
    seldom = [(CLAIMS + n, 0, "agree") for n in range(10)]
    assert part(rows + seldom, "shapes/m1") == part(rows, "shapes/m1")


def test_eleven_people_are_too_few() -> None:
    assert part([row for row in two_camps(4) if row[1] < 11], "shapes/m1").camps == NoCamps.TOO_FEW
    assert part([], "shapes/m1").camps == NoCamps.TOO_FEW
