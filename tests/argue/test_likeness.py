"""Which claims say nearly the same."""

from __future__ import annotations

import pytest

from bot.argue.likeness import Written, find_alike

TEXT = "Squares stack without gaps."
FRAMES = Written(2, "Frames of windows are square for a reason.", ["1.2"])
STREETS = Written(3, "Streets form squares on town maps.", ["1.2"])
REASON = "The reason for square windows is their frames, which are cheap."


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("Squares do not stack without gaps.", False),
        ("Squares don't stack without gaps.", False),
        ("Squares don’t stack without gaps.", False),
        ("Squares never stack without gaps.", False),
        ("squares STACK without any gaps", True),
        ("Circles stack badly without gaps.", False),
    ],
)
def test_a_claim_and_its_denial_are_not_alike(text: str, close: bool) -> None:
    claim = Written(1, TEXT)
    assert find_alike(text, (), [claim]) == ([claim] if close else [])


@pytest.mark.parametrize(("cites", "found"), [(["1.2"], [FRAMES]), (["1.3"], []), (["1.2", "1.3"], []), ([], [])])
def test_the_nearest_claim_is_alike_if_it_relies_on_the_same_section(cites: list[str], found: list[Written]) -> None:
    assert find_alike(REASON, cites, [STREETS, FRAMES]) == found


def test_a_claim_with_the_same_section_that_shares_no_word_is_not_alike() -> None:
    assert find_alike("Gardens need beds.", ["1.2"], [STREETS, FRAMES]) == []


def test_a_claim_with_the_same_section_that_is_not_the_nearest_is_not_alike() -> None:
    other = Written(4, "Cheap frames are the reason for square windows.", ["1.4"])
    assert find_alike(REASON, ["1.2"], [other, FRAMES]) == []


def test_three_are_pointed_out_the_closest_first() -> None:
    same = [Written(number, TEXT) for number in (5, 4, 3, 2)]
    almost = Written(1, "Squares stack without a gap.")
    assert find_alike(TEXT, ["1.2"], [almost, *same, FRAMES]) == [same[3], same[2], same[1]]


def test_among_no_claims_none_is_alike() -> None:
    assert find_alike(TEXT, ["1.2"], []) == []
