"""Who has a seat: sides never differ by more than one, and who came first sits first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.debate import seating
from bot.debate.seating import Wish

SIDES = st.lists(st.sampled_from(["for", "against"]), max_size=12)
MOST = st.integers(1, 4)


def wish(*sides: str) -> list[Wish]:
    return [Wish(user_id, side) for user_id, side in enumerate(sides)]


def test_the_second_of_one_side_waits_until_the_other_side_has_somebody() -> None:
    assert seating.choose_seated(wish("for", "for"), 3) == {0}
    assert seating.choose_seated(wish("for", "for", "against"), 3) == {0, 1, 2}


def test_whoever_finds_all_seats_taken_waits() -> None:
    assert seating.choose_seated(wish("for", "against", "for", "against"), 1) == {0, 1}


@given(SIDES, MOST)
def test_sides_never_differ_by_more_than_one_and_are_never_too_many(sides: list[str], most: int) -> None:
    seated = seating.choose_seated(wish(*sides), most)
    one, other = (sum(sides[user_id] == side for user_id in seated) for side in ("for", "against"))
    assert abs(one - other) <= 1
    assert max(one, other) <= most


@given(SIDES, MOST)
def test_nobody_overtakes_somebody_of_their_own_side(sides: list[str], most: int) -> None:
    seated = seating.choose_seated(wish(*sides), most)
    for side in ("for", "against"):
        sits = [user_id in seated for user_id in range(len(sides)) if sides[user_id] == side]
        assert sits == sorted(sits, reverse=True)


@given(SIDES, MOST, st.sampled_from(["for", "against"]))
def test_somebody_who_comes_takes_nobodys_seat(sides: list[str], most: int, more: str) -> None:
    assert seating.choose_seated(wish(*sides), most) <= seating.choose_seated(wish(*sides, more), most)


def test_where_needed_is_the_smaller_side_and_chance_if_both_are_even() -> None:
    assert seating.choose_side(wish("for", "for", "against"), 7) == "against"
    assert seating.choose_side(wish("against"), 7) == "for"
    drawn = [seating.choose_side([], seed) for seed in range(1000)]
    assert 450 < drawn.count("for") < 550


def test_those_of_a_side_speak_one_after_the_other() -> None:
    assert [seating.choose_speaker([5, 6], turn) for turn in range(4)] == [5, 6, 5, 6]
    assert seating.choose_speaker([], 0) is None
