"""What is called typical of a stance: Polis' tests on worked examples, at most three, and only where enough rated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.argue.camps.typical import Typical, find_typical, score_difference, score_majority
from bot.argue.ratings import Ratings

numbers = st.integers(0, 30)
ratings = st.builds(Ratings, numbers, numbers, numbers)
by_stance = st.fixed_dictionaries({"for": ratings, "against": ratings, "unsure": ratings})

AGREED, REFUSED = Ratings(agree=8, disagree=2), Ratings(agree=2, disagree=8)


def test_the_z_of_a_difference_is_the_one_in_polis_own_test() -> None:
    """16 of 25 against 57 of 72 gives -1.518 (polis stats_test.clj, after CliffsNotes, Comparing two proportions)."""
    assert score_difference(15, 24, 56, 71) == pytest.approx(-1.518, abs=0.005)


def test_the_z_of_a_majority_is_the_one_worked_out_by_hand() -> None:
    """8 of 10, with one added to both: 2 * √11 * (9/11 - 1/2) = 7/√11."""
    assert score_majority(8, 10) == pytest.approx(7 / 11**0.5)


def test_a_difference_is_nothing_where_all_agree() -> None:
    assert score_difference(9, 9, 20, 20) == 0


def test_what_one_side_agrees_with_and_the_other_refuses_is_typical_of_both() -> None:
    """P(agree | for) / P(agree | against) = 9/12 : 3/12 = 3, and the same for disagreeing the other way round."""
    claims = {7: {"for": AGREED, "against": REFUSED}}
    assert find_typical(claims, "for") == [Typical(7, True, 3.0)]
    assert find_typical(claims, "against") == [Typical(7, False, 3.0)]


def test_what_all_agree_with_is_typical_of_nobody() -> None:
    claims = {1: {"for": AGREED, "against": AGREED, "unsure": AGREED}}
    assert [find_typical(claims, stance) for stance in ("for", "against", "unsure")] == [[], [], []]


def test_what_a_minority_of_a_stance_says_is_not_typical_of_it_however_rare_elsewhere() -> None:
    claims = {1: {"for": Ratings(agree=20, disagree=30), "against": Ratings(disagree=50)}}
    assert find_typical(claims, "for") == []


@pytest.mark.parametrize("few", [Ratings(agree=5), Ratings()])
def test_with_fewer_than_six_ratings_nothing_is_said(few: Ratings) -> None:
    assert find_typical({1: {"for": few, "against": Ratings(disagree=40)}}, "for") == []
    assert find_typical({1: {"for": few, "against": Ratings(disagree=40)}}, "against") == []


def test_at_most_three_are_named_the_most_telling_first() -> None:
    claims = {id: {"for": Ratings(agree=10 + id, disagree=2), "against": REFUSED} for id in range(1, 6)}
    assert [typical.claim for typical in find_typical(claims, "for")] == [5, 4, 3]


@given(st.dictionaries(st.integers(1, 9), by_stance))
def test_the_order_of_claims_and_stances_does_not_matter(claims: dict[int, dict[str, Ratings]]) -> None:
    turned = {id: dict(reversed(of.items())) for id, of in reversed(claims.items())}
    assert find_typical(turned, "for") == find_typical(claims, "for")


@given(st.dictionaries(st.integers(1, 9), by_stance))
def test_no_claim_is_typical_both_ways(claims: dict[int, dict[str, Ratings]]) -> None:
    named = [typical.claim for typical in find_typical(claims, "for")]
    assert len(named) == len(set(named))
