"""What is called common ground: worked examples, the minimums, and what the score must not depend on."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.argue.bridging import Standing, Verdict, bridge, judge_claim, list_groups
from bot.argue.ratings import Ratings, share_agreement
from bot.small import LABEL_FROM, TOLD_FROM

BOTH = {"for": 9, "against": 9}
ALL = {**BOTH, "unsure": 9}

numbers = st.integers(0, 60)
ratings = st.builds(Ratings, numbers, numbers, numbers)
groups = st.lists(ratings, min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("people", "stances", "polis", "ours"),
    [(2, 2, ".56", ".69"), (5, 5, ".46", ".84")],
    ids=["two pairs", "five fives"],
)
def test_unanimous_small_groups_are_not_marked_down_as_by_the_plain_product(
    people: int, stances: int, polis: str, ours: str
) -> None:
    """red-dwarf PR 120 and 118: Polis has (a + 1) / (n + 2) to the power of the groups, here .69 and .84."""
    product = Fraction(people + 1, people + 2) ** stances
    score = bridge([Ratings(agree=people)] * stances)
    assert (f"{float(product):.2f}"[1:], f"{score:.2f}"[1:]) == (polis, ours)


def test_the_score_is_the_one_worked_out_by_hand() -> None:
    """For: 4 of 5 agree, 1 passes: 4.5/6 * 5.5/6 = .6875. Against: 3 agree, 1 doesn't: 3.5/5 * 3.5/5 = .49.

    Jeffreys' prior is (x + 1/2) / (n + 1); the product over groups is that of Small et al. 2021, doi
    10.6035/recerca.5516, here as a geometric mean.
    """
    score = bridge([Ratings(agree=4, passed=1), Ratings(agree=3, disagree=1)])
    assert round(score**2, 9) == round(0.6875 * 0.49, 9)


@given(st.permutations([Ratings(5, 1, 0), Ratings(2, 2, 1), Ratings(0, 4, 2)]))
def test_the_order_of_the_stances_does_not_matter(order: list[Ratings]) -> None:
    assert bridge(order) == pytest.approx(bridge([Ratings(5, 1, 0), Ratings(2, 2, 1), Ratings(0, 4, 2)]))


@given(groups)
def test_the_score_is_between_nothing_and_one(of: list[Ratings]) -> None:
    assert 0 < bridge(of) < 1


@given(groups, ratings, st.sampled_from(["disagree", "passed"]))
def test_somebody_who_changes_to_agreeing_raises_the_score(others: list[Ratings], own: Ratings, was: str) -> None:
    before, after = own + Ratings(**{was: 1}), own + Ratings(agree=1)
    assert bridge([*others, before]) < bridge([*others, after])


@given(ratings, ratings)
def test_the_opposite_claim_is_disagreed_with_where_the_claim_is_agreed_with(one: Ratings, other: Ratings) -> None:
    opposite = {
        Standing.COMMON_GROUND: Standing.SHARED_DISAGREEMENT,
        Standing.SHARED_DISAGREEMENT: Standing.COMMON_GROUND,
    }
    claim = judge_claim({"for": one, "against": other}, BOTH).standing
    mirrored = judge_claim({"for": one.mirror(), "against": other.mirror()}, BOTH).standing
    assert mirrored == opposite.get(claim, claim)


def test_three_who_agree_on_each_side_are_common_ground() -> None:
    """3.5/4 * 3.5/4 = .765625 on both sides."""
    verdict = judge_claim({"for": Ratings(agree=3), "against": Ratings(agree=3)}, BOTH)
    assert verdict == Verdict(Standing.COMMON_GROUND, 0.765625)


def test_three_who_disagree_on_each_side_share_it() -> None:
    verdict = judge_claim({"for": Ratings(disagree=3), "against": Ratings(disagree=3)}, BOTH)
    assert verdict.standing == Standing.SHARED_DISAGREEMENT


@pytest.mark.parametrize(
    ("side_against", "standing"),
    [
        (Ratings(disagree=20), Standing.DIFFERENT),
        (Ratings(agree=10, disagree=10), Standing.UNSETTLED),
        (Ratings(passed=20), Standing.UNSETTLED),
        (Ratings(agree=11, disagree=9), Standing.UNSETTLED),
    ],
    ids=["it disagrees", "it is at odds with itself", "it passes", "it hardly agrees"],
)
def test_what_only_one_side_agrees_with_is_no_common_ground(side_against: Ratings, standing: Standing) -> None:
    assert judge_claim({"for": Ratings(agree=500), "against": side_against}, BOTH).standing == standing


def test_a_high_score_does_not_outvote_a_stance_that_does_not_lean_to_agreeing() -> None:
    """The cube root of .998 * .998 * .25 is .63, but one stance is divided."""
    divided = {"for": Ratings(agree=500), "against": Ratings(agree=500), "unsure": Ratings(agree=50, disagree=50)}
    verdict = judge_claim(divided, ALL)
    assert verdict.score is not None
    assert verdict.score >= 0.6
    assert verdict.standing == Standing.UNSETTLED


@pytest.mark.parametrize(
    ("by_stance", "missing"),
    [
        ({"for": Ratings(agree=6), "against": Ratings(agree=1)}, ("against", 2)),
        ({"for": Ratings(agree=6)}, ("against", 3)),
        ({"for": Ratings(agree=3), "against": Ratings(disagree=3), "unsure": Ratings(passed=2)}, ("unsure", 1)),
        ({"for": Ratings(agree=5), "against": Ratings(agree=2)}, None),
        ({"for": Ratings(agree=8), "against": Ratings(agree=1), "unsure": Ratings(passed=2)}, None),
        ({"for": Ratings(agree=2), "against": Ratings(agree=1)}, None),
        ({}, None),
    ],
    ids=[
        "six of the other",
        "none yet",
        "both sides",
        "five of the other",
        "two are missing",
        "three people",
        "nobody",
    ],
)
def test_what_is_missing_is_said_where_it_tells_nobodys_stance(
    by_stance: dict[str, Ratings], missing: tuple[str, int] | None
) -> None:
    people = ALL if "unsure" in by_stance else BOTH
    assert judge_claim(by_stance, people) == Verdict(Standing.NEEDS_RATINGS, None, missing)


@given(ratings, ratings)
def test_what_is_said_to_be_missing_is_what_it_takes(one: Ratings, other: Ratings) -> None:
    by_stance = {"for": one, "against": other}
    verdict = judge_claim(by_stance, BOTH)
    if verdict.missing is not None:
        stance, needed = verdict.missing
        assert by_stance[stance].total + needed == LABEL_FROM
        assert sum(r.total for s, r in by_stance.items() if s != stance) >= TOLD_FROM


@pytest.mark.parametrize("total", range(6))
def test_with_five_voters_or_fewer_no_claim_gets_a_score(total: int) -> None:
    assert (
        judge_claim({"for": Ratings(agree=total - total // 2), "against": Ratings(agree=total // 2)}, BOTH).score
        is None
    )


def test_the_undecided_count_once_there_are_three_of_them() -> None:
    assert list_groups({"for": 1, "against": 0, "unsure": 2}) == ["for", "against"]
    assert list_groups({"unsure": 3}) == ["for", "against", "unsure"]


def test_a_stances_percentage_is_shown_from_six_ratings_on_as_one_may_be_ones_own() -> None:
    shares = share_agreement(
        {"for": Ratings(agree=4, disagree=1, passed=1), "against": Ratings(agree=5), "unsure": Ratings()}
    )
    assert shares == {"for": 67}
