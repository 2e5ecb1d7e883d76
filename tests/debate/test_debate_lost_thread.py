"""The thread of a debate is deleted while nothing is said: the debate goes on in its channel at once."""

from __future__ import annotations

import pytest

from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

MOVED = "I can't use the thread of this debate any more, so it goes on here, with the same deadline."


async def lose_thread(stage: Stage) -> None:
    debate = await holding.find(stage)
    await stage.delete_channel(next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id))
    await stage.advance(2)


async def test_a_debate_whose_thread_is_deleted_goes_on_in_its_channel_at_once(stage: Stage) -> None:
    await holding.begin(stage, pace="async")
    await holding.skip(stage)
    before = await holding.find(stage)
    await lose_thread(stage)
    debate = await holding.find(stage)
    assert (debate.thread_id, debate.position, debate.due_at) == (None, before.position, before.due_at)
    moved, turn = (text_of(message) for message in stage.messages()[-2:])
    assert (moved, turn.startswith("-# 2 of 8 · Opening")) == (MOVED, True)
    panel = next(message for message in stage.messages() if message.id == debate.message_id)
    assert "-# The debate is under way." in text_of(panel).split("\n")
    await holding.speak(stage, await holding.turn_of(stage))
    assert [one.text for one in await holding.speeches(stage)] == ["My point."]


async def test_a_paused_debate_whose_thread_is_deleted_can_go_on_in_its_channel(stage: Stage) -> None:
    await holding.begin(stage)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.advance(2)
    await lose_thread(stage)
    assert text_of(stage.messages()[-2]) == MOVED
    assert "Go on" in holding.labels(await holding.now_open(stage))


async def test_a_thread_that_is_deleted_after_its_debate_changes_nothing(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.finish(stage)
    said = [text_of(message) for message in stage.messages()]
    await lose_thread(stage)
    assert [text_of(message) for message in stage.messages()] == said
