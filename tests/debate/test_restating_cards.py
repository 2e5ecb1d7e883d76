"""What the cards say while a side restates the other's best point: which side does, and which one judges."""

from __future__ import annotations

import pytest

from tests.build import make_motion
from tests.debate import holding
from tests.debate.test_restating import OTHER, open_restating, restate
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

SIDES = {"bob": "For", "carol": "Against"}


async def test_the_cards_name_the_side_that_restates_and_the_side_that_judges(stage: Stage) -> None:
    first = await open_restating(stage)
    mine, theirs = SIDES[first], SIDES[OTHER[first]]
    turn = text_of(await holding.now_open(stage))
    assert f"<@{stage.people[first].id}> speaks {mine} and restates the best point of {theirs}. Deadline: " in turn
    card = await restate(stage, first)
    assert f"-# Does this say what {theirs} means? Whoever speaks {theirs} presses:" in text_of(card).splitlines()
    assert f"\n{theirs} says whether this is fair. The debate goes on " in text_of(await holding.now_open(stage))
