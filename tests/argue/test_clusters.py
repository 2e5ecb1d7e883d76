"""The arithmetic of camps against examples worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bot.argue.camps.clusters import centre, compare_with_chance, explain, measure_silhouette

nan = float("nan")


def test_votes_are_counted_from_their_claims_mean_and_unrated_claims_are_left_out() -> None:
    """The means of those who rated are 0, 1/2 and none."""
    votes = np.array([[1, 1, nan], [-1, 0, nan], [0, nan, nan]])
    assert np.array_equal(centre(votes), [[1, 0.5], [-1, -0.5], [0, nan]], equal_nan=True)


def test_what_the_components_explain_is_what_was_worked_out_by_hand() -> None:
    """(±2, 0) and (0, ±1) lie on the axes: the variances are 8 and 2, so 8/10, and all of what is left over."""
    assert explain(np.array([[2.0, 0], [-2, 0], [0, 1], [0, -1]])) == pytest.approx([0.8, 1])


def test_one_claim_alone_has_no_structure() -> None:
    """However it is shuffled one component explains all: 200 of 200 as much, (200 + 1) / (200 + 1)."""
    p, _ = compare_with_chance(np.array([[1.0], [1], [-1], [-1]]), np.random.default_rng(1))
    assert p == 1


def test_the_p_of_two_claims_is_near_the_one_counted_by_hand() -> None:
    """Two agree and two don't, on both claims alike: of the 6 ways to lay one beside the other 2 go together as much,
    the same way or the opposite one, so p is 1/3. Of 200 shuffles that is 67 give or take 7 (√(200 · 1/3 · 2/3)).

    p is (as much + 1) / (shuffles + 1): Phipson and Smyth 2010, doi 10.2202/1544-6115.1585.
    """
    alike = np.array([[1.0, 1], [1, 1], [-1, -1], [-1, -1]])
    p, _ = compare_with_chance(alike, np.random.default_rng(1))
    assert abs(p - 1 / 3) < 3 * 7 / 200


def test_the_silhouette_is_the_one_worked_out_by_hand() -> None:
    """0 and 1 against 10 and 11, after Rousseeuw 1987 (doi 10.1016/0377-0427(87)90125-7), (b - a) / max(a, b).

    For 0 and 11: a = 1, b = (10 + 11) / 2 = 10.5, 9.5 / 10.5. For 1 and 10: a = 1, b = (9 + 10) / 2 = 9.5, 8.5 / 9.5.
    """
    points = np.array([[0.0], [1], [10], [11]])
    by_hand = (9.5 / 10.5 + 8.5 / 9.5) / 2
    assert measure_silhouette(points, np.array([0, 0, 1, 1])) == pytest.approx(by_hand)
