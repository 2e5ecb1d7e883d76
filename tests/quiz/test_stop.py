"""Stopping a round: who may, from which state, and what is shown."""

from __future__ import annotations

import pytest

from bot.quiz import actions
from tests.build import SINGLE
from tests.stage import Stage, text_of

FIVE = [SINGLE | {"prompt": f"Number {n}?"} for n in range(5)]

# Seconds after the start of a round of five-second questions, and the state it is in then.
STATES = {"starting": 1, "asking": 5, "showing": 10, "paused": 25}


@pytest.mark.pack(*FIVE)
@pytest.mark.parametrize("state", STATES)
async def test_stop_works_in_every_state_and_names_the_standing(stage: Stage, state: str) -> None:
    await stage.slash("alice", "quiz play", questions=5, seconds=5)
    await stage.advance(STATES[state])
    assert await stage.state() == state
    stopped = await stage.slash("alice", "quiz stop")
    assert stopped.text.splitlines()[:2] == ["## Standing: Shapes: everything", "The round was stopped."]
    assert await stage.state() is None
    await stage.advance(1)
    assert text_of(stage.last()) == stopped.text
    again = await stage.slash("alice", "quiz stop")
    assert (again.private, again.text) == (True, "There is no round in this channel. Start one with /quiz play.")


@pytest.mark.pack(*FIVE)
async def test_answers_to_the_open_question_count_when_the_round_is_stopped(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=5)
    await stage.advance(5)
    question = stage.last()
    await stage.press("bob", question, "A")
    stopped = await stage.slash("alice", "quiz stop")
    assert stopped.text.splitlines()[2] in (
        "**1.** bob · **100 points** · 1 of 1 right",
        "**1.** bob · **0 points** · 0 of 1 right",
    )
    await stage.advance(1)
    revealed = next(m for m in stage.messages() if m.id == question.id)
    assert "✓ right" in text_of(revealed)
    await stage.advance(60)
    assert len(stage.messages()) == 3  # start, question, standing: nothing more comes


async def test_the_one_who_started_may_stop_without_being_a_moderator(stage: Stage) -> None:
    await stage.slash("bob", "quiz play")
    refused = await stage.slash("carol", "quiz stop")
    assert (refused.private, refused.text) == (
        True,
        "Only the person who started this round, or someone who may manage messages here, can stop it.",
    )
    assert (await stage.slash("bob", "quiz stop")).text.startswith("## Standing")


async def test_a_moderator_may_stop_what_somebody_else_started(stage: Stage) -> None:
    await stage.slash("bob", "quiz play")
    assert (await stage.slash("alice", "quiz stop")).text.startswith("## Standing")


@pytest.mark.pack(*FIVE)
async def test_a_thread_round_can_be_stopped_from_the_thread_and_from_its_channel(stage: Stage) -> None:
    for where in ("thread", "channel"):
        await stage.slash("alice", "quiz play", thread=True)
        await stage.advance(1)
        thread = stage.quiz.threads[-1]
        await stage.slash("alice", "quiz stop", thread if where == "thread" else stage.quiz)
        await stage.advance(1)
        assert text_of(stage.last(thread)).splitlines()[1] == "The round was stopped."


@pytest.mark.pack(*FIVE)
async def test_the_standing_of_a_stopped_round_is_posted_even_if_the_bot_dies_at_that_moment(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=5)
    await stage.advance(5)
    where = (stage.guild.id, stage.quiz.id, stage.people["alice"].id)
    await stage.db.write(actions.stop_round, *where, False, stage.clock.now())
    await stage.restart()
    await stage.advance(1)
    assert text_of(stage.last()).splitlines()[1] == "The round was stopped."
