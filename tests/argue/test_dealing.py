"""How claims are dealt for rating: Polis' priorities, a hand of five, nothing twice, the same for the same seed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.argue.rating.dealing import HAND, deal, priority
from bot.argue.ratings import Ratings

numbers = st.integers(0, 200)
ratings = st.builds(Ratings, numbers, numbers, numbers)
decks = st.dictionaries(st.integers(1, 40), ratings)


def test_a_new_claims_weight_is_the_one_worked_out_by_hand() -> None:
    """Nobody rated: agree 1/2, passed 1/2, newness 1 + 8: (1/4 * 9)² = 5.0625 (Polis, conversation.clj)."""
    assert priority(Ratings()) == 5.0625


def test_after_five_ratings_newness_has_halved() -> None:
    """4 agree, 1 passes: agree 5/7, not passed 5/7, newness 1 + 8/2: (25/49 * 5)²."""
    assert round(priority(Ratings(agree=4, passed=1)), 9) == round((125 / 49) ** 2, 9)


@given(ratings)
def test_every_claim_can_be_dealt(given_ratings: Ratings) -> None:
    assert priority(given_ratings) > 0


@given(ratings)
def test_a_claim_that_one_more_person_passed_is_dealt_less(given_ratings: Ratings) -> None:
    assert priority(given_ratings + Ratings(passed=1)) < priority(given_ratings)


@given(decks, st.sets(st.integers(1, 40)), st.integers())
def test_a_hand_is_up_to_five_claims_not_yet_rated_and_none_twice(
    claims: dict[int, Ratings], rated: set[int], seed: int
) -> None:
    hand = deal(claims, rated, seed)
    assert len(hand) == len(set(hand)) == min(HAND, len(claims.keys() - rated))
    assert set(hand) <= claims.keys() - rated


@given(decks, st.integers())
def test_the_same_seed_deals_the_same_hand_however_the_claims_are_listed(claims: dict[int, Ratings], seed: int) -> None:
    assert deal(dict(reversed(claims.items())), [], seed) == deal(claims, [], seed)


def test_what_is_dealt_first_follows_the_weights() -> None:
    """5.0625 for a new claim against 1.015625 for one with 50 agreeing and 48 passing, hardly new: about 99 of 100."""
    claims = {1: Ratings(), 2: Ratings(agree=50, passed=48)}
    expected = priority(claims[1]) / (priority(claims[1]) + priority(claims[2]))
    first = Counter(deal(claims, [], seed)[0] for seed in range(2000))
    assert abs(first[1] / 2000 - expected) < 0.02


def test_all_claims_rated_leaves_nothing_to_deal() -> None:
    assert deal({1: Ratings(), 2: Ratings()}, [1, 2], 7) == []
