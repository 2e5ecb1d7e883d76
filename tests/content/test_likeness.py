"""Which prompts ask nearly the same."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from content.checks import likeness
from content.checks.likeness import find_alike

WORDS = ["moon", "moons", "earth", "Mars", "has", "the", "of", "1921", "1923", "which", "river", "rivers"]


def test_each_is_paired_with_the_earlier_one_that_is_most_like_it() -> None:
    prompts = ["Which moons has Mars got?", "Which moons has Mars?", "Which is red?", "Which moon has Mars?"]
    assert list(find_alike(prompts)) == [(1, 0), (3, 1)]


def test_those_before_the_first_index_are_only_compared_with() -> None:
    prompts = ["Which moons has Mars?", "Which moons has Mars?", "Which moon has Mars?"]
    assert list(find_alike(prompts, 2)) == [(2, 0)]


def test_words_that_many_prompts_share_do_not_make_them_alike() -> None:
    prompts = [f"According to the text, what is said of the {name}?" for name in "abcdefghijkl"]
    assert list(find_alike(prompts)) == []


def test_a_short_prompt_is_not_like_a_long_one_that_holds_its_words() -> None:
    assert list(find_alike(["Which moons?", "Which moons has the planet Mars in all its seasons?"])) == []


def one_by_one(prompts: Sequence[str]) -> list[tuple[int, int]]:
    """The same by comparing each prompt with every earlier one."""
    words = likeness._telling_words(prompts)
    pairs = []
    for at, own in enumerate(words):
        numbers = [word for word in own.split() if word.isdigit()]
        scores = [
            (-fuzz.ratio(own, other), first)
            for first, other in enumerate(words[:at])
            if fuzz.ratio(own, other) >= likeness.SAME_TEXT
            and fuzz.token_set_ratio(own, other) >= likeness.SAME_WORDS
            and numbers == [word for word in other.split() if word.isdigit()]
        ]
        if scores:
            pairs.append((at, min(scores)[1]))
    return pairs


@settings(max_examples=200, deadline=None, database=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), max_size=12))
def test_leaving_out_what_can_not_be_alike_changes_nothing(prompts: list[str]) -> None:
    assert list(find_alike(prompts)) == one_by_one(prompts)
