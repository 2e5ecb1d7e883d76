"""What the debate decides: the motion that is put, what of a vote may be shown, how both sides are paired."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.prompts import cards, rules
from bot.debate.prompts.actions import Recorded
from bot.debate.prompts.facts import Closed
from bot.debate.prompts.rules import Result
from bot.errors import Refusal
from bot.kit import Card
from bot.votes import VOTES, check_vote
from content.pack import Motion
from tests.build import make_motion
from tests.stage import read

MOTION = Motion.model_validate(make_motion())
MOTIONS = [(f"shapes/{id}", Motion.model_validate(make_motion(id))) for id in ("m1", "m2", "m3")]


def words(card: Card) -> str:
    return "\n".join(word for part in card.view().children for word in read(dict(part.to_component_dict())))


def shown(votes: dict[str, int], vote: str) -> tuple[str, str]:
    """All that anyone is ever shown of these votes: the voter's answer, and the closed card."""
    result = Result(sum(votes.values()), rules.split_up(votes))
    closed = Closed(1, "shapes/m1", MOTION, 0, result)
    return cards.describe_vote(Recorded(vote, None, 0, result)), words(cards.draw_closed(closed, "Shape"))


@pytest.mark.parametrize(
    ("last_put", "possible"),
    [
        ({}, {"shapes/m1", "shapes/m2", "shapes/m3"}),
        ({"shapes/m1": 5}, {"shapes/m2", "shapes/m3"}),
        ({"shapes/m1": 5, "shapes/m3": 5}, {"shapes/m2"}),
        ({"shapes/m1": 7, "shapes/m2": 5, "shapes/m3": 6}, {"shapes/m2"}),
        ({"shapes/m1": 5, "shapes/m2": 5, "shapes/m3": 6}, {"shapes/m1", "shapes/m2"}),
    ],
)
def test_the_motion_put_longest_ago_comes_next_by_chance_among_equals(
    last_put: dict[str, int], possible: set[str]
) -> None:
    assert {rules.choose(MOTIONS, seed, last_put)[0] for seed in range(50)} == possible


@pytest.mark.parametrize(
    ("votes", "split"),
    [
        ({}, None),
        ({"for": 4}, None),
        ({"for": 1, "against": 2, "unsure": 1}, None),
        ({"for": 5}, (("For", 5), ("Against", 0), ("Unsure", 0))),
        ({"against": 3, "unsure": 2}, (("For", 0), ("Against", 3), ("Unsure", 2))),
    ],
)
def test_a_split_is_known_from_five_votes_on(votes: dict[str, int], split: tuple[tuple[str, int], ...] | None) -> None:
    assert rules.split_up(votes) == split


def test_each_argument_stands_beside_its_counterpart() -> None:
    pairs = rules.pair_up(MOTION, seed=1)
    texts = [sorted(argument.text for _, argument in pair) for pair in pairs]
    assert sorted(texts) == [[f"Point {n} against it.", f"Point {n} for it."] for n in (1, 2, 3)]
    assert all({label for label, _ in pair} == {"For", "Against"} for pair in pairs)


def test_each_side_stands_first_half_of_the_time() -> None:
    first = Counter(rules.pair_up(MOTION, seed)[place][0][0] for seed in range(1000) for place in range(3))
    assert first.total() == 3000
    assert 1390 <= first["For"] <= 1610  # four standard deviations of a fair coin


def test_a_vote_that_is_no_button_is_refused() -> None:
    with pytest.raises(Refusal):
        check_vote("maybe")


small = st.lists(st.sampled_from(sorted(VOTES)), min_size=1, max_size=4)


@given(st.data(), small)
def test_what_is_shown_of_fewer_than_five_votes_depends_on_their_number_alone(
    data: st.DataObject, votes: list[str]
) -> None:
    others = data.draw(st.lists(st.sampled_from(sorted(VOTES)), min_size=len(votes), max_size=len(votes)))
    assert shown(Counter(votes), "for") == shown(Counter(others), "for")


@given(st.dictionaries(st.sampled_from(sorted(VOTES)), st.integers(1, 400), min_size=1))
def test_every_card_of_a_vote_can_be_sent(votes: dict[str, int]) -> None:
    told, card = shown(votes, "unsure")
    assert (len(told) < 2000, len(card) < 4000) == (True, True)
