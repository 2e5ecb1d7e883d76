"""When a motion is called lopsided or imbalanced, and which of its wordings comes next."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.health import MIRROR, Health, Held, balance, choose_wording, examine, is_imbalanced

HELD = st.builds(
    Held,
    st.sampled_from(["plain", "mirrored"]),
    st.fixed_dictionaries({vote: st.integers(0, 30) for vote in MIRROR}),
    st.sampled_from(["for", "against", None]),
)


def held(wins: int, losses: int) -> list[Held]:
    return [Held("plain", {}, "for")] * wins + [Held("plain", {}, "against")] * losses


@pytest.mark.parametrize(
    ("one", "other", "t"),
    [
        # Tabbycat's docstring by hand: 8 and 2 have n = 10, μ = 5; (64 + 4)/5 - 10. The long way: 9/5 + 9/5.
        (8, 2, Fraction(36, 10)),
        (9, 1, Fraction(64, 10)),  # (81 + 1)/5 - 10 = 16/5 + 16/5
        (5, 5, Fraction(0)),
        (14, 6, Fraction(32, 10)),  # μ = 10: (196 + 36)/10 - 20
        (15, 5, Fraction(5)),  # (225 + 25)/10 - 20
    ],
)
def test_the_balance_of_a_motion_is_chi_square(one: int, other: int, t: Fraction) -> None:
    assert balance(one, other) == balance(other, one) == t


@pytest.mark.parametrize(
    ("wins", "losses", "favoured"),
    [
        (9, 1, "for"),
        (1, 9, "against"),
        (8, 2, None),  # 3.6 is under 3.841
        (15, 5, "for"),
        (14, 6, None),
        (9, 0, None),  # nine are too few, however they went
        (10, 0, "for"),
        (0, 0, None),
    ],
)
def test_a_motion_is_imbalanced_after_ten_decided_debates(wins: int, losses: int, favoured: str | None) -> None:
    assert examine(held(wins, losses)) == Health(None, favoured)


def test_undecided_debates_do_not_count_towards_ten() -> None:
    assert examine([*held(9, 0), *[Held("plain", {}, None)] * 5]).favoured is None


def test_debates_of_the_mirrored_wording_are_turned_round() -> None:
    turned = [Held("mirrored", {}, "against")] * 9 + [Held("mirrored", {}, "for")]
    assert examine(turned) == examine(held(9, 1))
    assert examine(held(5, 0) + [Held("mirrored", {}, "for")] * 5).favoured is None


@pytest.mark.parametrize(
    ("before", "lopsided"),
    [
        ([{"for": 8, "against": 2}] * 3, "for"),
        ([{"for": 1, "against": 8, "unsure": 1}] * 3, "against"),
        ([{"for": 8, "against": 2}] * 2, None),  # two debates are too few
        ([{"for": 3, "against": 1}] * 3, None),  # three quarters are not more than three quarters
        ([{"for": 3}, {"for": 3}, {"against": 1}], "for"),  # 6 of 7
        ([{"unsure": 9}] * 3, None),  # Unsure is no side
        ([{"for": 6, "unsure": 4}] * 3, None),  # but it counts among all
        ([{}] * 3, None),
    ],
)
def test_a_motion_is_lopsided_where_nearly_all_agree_beforehand(
    before: list[dict[str, int]], lopsided: str | None
) -> None:
    assert examine([Held("plain", ballots, None) for ballots in before]) == Health(lopsided, None)


def test_a_framing_that_always_wins_is_not_a_lopsided_motion() -> None:
    both = [Held("plain", {"for": 9, "against": 1}, None), Held("mirrored", {"for": 9, "against": 1}, None)]
    assert examine(both * 2).lopsided is None


@pytest.mark.parametrize(
    ("plain", "mirrored", "wording"), [(0, 0, "plain"), (1, 0, "mirrored"), (1, 1, "plain"), (1, 4, "plain")]
)
def test_the_wording_put_less_often_comes_next(plain: int, mirrored: int, wording: str) -> None:
    assert choose_wording(plain, mirrored) == wording


def test_wordings_alternate() -> None:
    put: list[str] = []
    for _ in range(6):
        put.append(choose_wording(put.count("plain"), put.count("mirrored")))
    assert put == ["plain", "mirrored"] * 3


@given(st.lists(HELD, max_size=20))
def test_swapping_the_sides_swaps_the_health(debates: list[Held]) -> None:
    swapped = [
        Held(h.wording, {MIRROR[vote]: n for vote, n in h.before.items()}, h.side and MIRROR[h.side]) for h in debates
    ]
    health = examine(debates)
    assert examine(swapped) == Health(
        health.lopsided and MIRROR[health.lopsided], health.favoured and MIRROR[health.favoured]
    )


@given(st.lists(HELD, max_size=20))
def test_the_order_of_debates_does_not_matter(debates: list[Held]) -> None:
    assert examine(list(reversed(debates))) == examine(debates)


@given(st.integers(0, 60), st.integers(0, 60))
def test_more_on_the_leading_side_never_restores_the_balance(one: int, other: int) -> None:
    if one >= other and is_imbalanced(one, other):
        assert is_imbalanced(one + 1, other)
