"""Turns in a debate: whose it is, what is shown, and what happens when nobody comes."""

from __future__ import annotations

import pytest

from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def test_a_duel_is_held_from_the_vote_before_to_the_result(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    assert (debate.state, debate.position, debate.thread_id) == ("running", 0, debate.message_id)
    await holding.vote(stage, onlooker="For", dana="Unsure")
    await holding.skip(stage)
    order = []
    for n in range(6):
        order.append(await holding.turn_of(stage))
        await holding.speak(stage, order[-1], f"Point {n}.")
    assert order[:2] * 3 == order
    assert sorted(order[:2]) == ["bob", "carol"]
    await holding.vote(stage, onlooker="Against")
    await holding.skip(stage)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "held")
    result = text_of(holding.hall(stage, debate)[-1])
    assert "Too few to read: 1 person voted both before and after; 9 more are needed" in result
    assert [speech.text for speech in await holding.speeches(stage)] == [f"Point {n}." for n in range(6)]
