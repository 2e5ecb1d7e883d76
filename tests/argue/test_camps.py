"""When camps are shown: not in noise, not among few, nearly always where there are two; and order has no say."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.argue.camps.finding import Camps, NoCamps, Vote, find_camps

SEEDS = range(100)
CLAIMS = 12

Votes = Sequence[Sequence[Vote]]


def vote_at_random(voters: int, seed: int) -> list[list[Vote]]:
    chance = random.Random(seed)
    return [[chance.choice([1, 0, -1]) for _ in range(CLAIMS)] for _ in range(voters)]


def rate_unevenly(seed: int) -> Votes:
    chance = random.Random(seed)
    rated = [set(chance.sample(range(40), 40 if voter % 2 else 8)) for voter in range(30)]
    return [[chance.choice([1, -1]) if claim in own else None for claim in range(40)] for own in rated]


def vote_in_camps(people: int, seed: int) -> Votes:
    """Two camps of so many, of opposite views on every claim, each vote being that of the voter's camp at 80 %."""
    chance = random.Random(seed)
    views = [chance.choice([1, -1]) for _ in range(CLAIMS)]
    return [
        [side * view * (1 if chance.random() < 0.8 else -1) for view in views]
        for side in (1, -1)
        for _ in range(people)
    ]


def share_with_camps(votes: Sequence[Votes]) -> float:
    return sum(isinstance(find_camps(of, seed), Camps) for seed, of in enumerate(votes)) / len(votes)


def test_a_hundred_random_voters_show_no_camps_in_nine_of_ten_seeds() -> None:
    assert share_with_camps([vote_at_random(100, seed) for seed in SEEDS]) <= 0.1


def test_two_camps_of_six_are_shown_in_more_than_eight_of_ten_seeds() -> None:
    assert share_with_camps([vote_in_camps(6, seed) for seed in SEEDS]) >= 0.85


def test_two_camps_that_never_waver_are_told_apart_without_a_slip() -> None:
    votes: Votes = [*[[1, -1] * 4] * 7, *[[-1, 1] * 4] * 6]
    assert find_camps(votes, 1) == Camps((0,) * 7 + (1,) * 6, 1 / 201)


def test_three_camps_are_told_apart() -> None:
    votes: Votes = [*[[1] * 8 + [-1] * 4] * 6, *[[-1] * 4 + [1] * 8] * 5, *[[-1] * 12] * 4]
    found = find_camps(votes, 1)
    assert isinstance(found, Camps)
    assert found.of == (0,) * 6 + (1,) * 5 + (2,) * 4


@settings(max_examples=10)
@given(st.permutations(range(12)), st.integers(0, 5))
def test_the_order_of_the_voters_does_not_matter(order: list[int], seed: int) -> None:
    votes = vote_in_camps(6, seed)
    found, turned = find_camps(votes, seed), find_camps([votes[voter] for voter in order], seed)
    assert isinstance(found, Camps)
    assert turned == Camps(tuple(found.of[voter] for voter in order), found.p)


@pytest.mark.parametrize("voters", [0, 3, 11])
def test_among_fewer_than_twelve_there_are_no_camps_however_split_they_are(voters: int) -> None:
    votes: Votes = [[1] * CLAIMS, [-1] * CLAIMS] * 6
    assert find_camps(votes[:voters], 1) == NoCamps.TOO_FEW


def test_two_who_stand_apart_are_no_camp() -> None:
    votes: Votes = [*[[1] * CLAIMS] * 11, *[[-1] * CLAIMS] * 2]
    assert not isinstance(find_camps(votes, 1), Camps)


def test_who_rated_little_is_in_no_camp_and_does_not_count() -> None:
    little: list[Vote] = [1] * 6 + [None] * 6
    votes: Votes = [*[[1] * CLAIMS] * 7, little, *[[-1] * CLAIMS] * 5]
    found = find_camps(votes, 1)
    assert isinstance(found, Camps)
    assert found.of == (0,) * 7 + (None,) + (1,) * 5
    assert find_camps(votes[1:], 1) == NoCamps.TOO_FEW


def test_that_some_rated_much_and_others_little_makes_no_camps() -> None:
    """Half of thirty rated all of forty claims, half only eight; shuffling the gaps too finds camps in most."""
    votes = [rate_unevenly(seed) for seed in SEEDS]
    assert share_with_camps(votes) <= 0.1


@pytest.mark.parametrize("view", [1, -1])
def test_where_all_see_it_alike_the_agreement_is_the_result(view: int) -> None:
    assert find_camps([[view] * CLAIMS] * 20, 1) == NoCamps.BROAD_AGREEMENT


def test_where_nearly_all_see_it_alike_the_agreement_is_the_result() -> None:
    votes: Votes = [[-1 if claim == voter else 1 for claim in range(CLAIMS)] for voter in range(20)]
    assert find_camps(votes, 1) == NoCamps.BROAD_AGREEMENT


def test_where_everyone_passes_nobody_agrees() -> None:
    assert find_camps([[0] * CLAIMS] * 20, 1) == NoCamps.NOT_FOUND


def test_a_claim_that_nobody_rated_changes_nothing() -> None:
    votes: Votes = [*[[1] * 8] * 6, *[[-1] * 8] * 6]
    more: Votes = [[*own, None] for own in votes]
    assert find_camps(more, 1) == find_camps(votes, 1)


def test_without_numpy_the_view_says_it_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "bot.argue.camps.clusters", raising=False)
    assert find_camps(vote_in_camps(6, 1), 1) == NoCamps.NOT_AVAILABLE
