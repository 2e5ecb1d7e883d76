"""Places that vanish under a round: permissions, channels, threads, messages, the bot itself."""

from __future__ import annotations

import logging

import pytest

from tests.build import SINGLE
from tests.stage import Stage, text_of

FIVE = [SINGLE | {"prompt": f"Number {n}?"} for n in range(5)]


@pytest.mark.pack(*FIVE)
async def test_a_lost_permission_ends_the_round_once_and_keeps_the_scores(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.slash("alice", "quiz play", questions=3, seconds=5)
    await stage.advance(5)
    question = stage.last()
    await stage.press("bob", question, "A")
    await stage.deny_bot(stage.quiz, "send_messages", "view_channel")
    with caplog.at_level(logging.WARNING, "offramp"):
        await stage.advance(60)
    assert await stage.state() is None
    assert [record.getMessage() for record in caplog.records] == ["post lost"]
    mine = await stage.slash("bob", "quiz me", stage.other)
    assert mine.text.splitlines()[2] in ("0 of 1 answer right.", "1 of 1 answer right.")


@pytest.mark.pack(*FIVE)
async def test_a_deleted_channel_ends_the_round(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=3, seconds=5)
    await stage.advance(5)
    await stage.delete_channel(stage.quiz)
    await stage.advance(60)
    assert await stage.state() is None


@pytest.mark.pack(*FIVE)
async def test_a_deleted_thread_ends_the_round_and_its_channel_is_told(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", thread=True, questions=3, seconds=5)
    await stage.advance(1)
    (thread,) = stage.quiz.threads
    await stage.advance(5)
    await stage.press("bob", stage.last(thread), "A")
    await stage.delete_channel(thread)
    await stage.advance(10)
    assert await stage.state() is None
    lines = text_of(stage.last()).splitlines()
    assert lines[1] == "The round ended because the place where it was played was deleted. All scores are kept."
    assert "bob" in lines[2]


@pytest.mark.pack(*FIVE)
async def test_a_deleted_question_is_revealed_in_a_new_message_and_the_round_goes_on(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=2, seconds=5)
    await stage.advance(5)
    question = stage.last()
    await stage.press("bob", question, "A")
    await stage.people["alice"].delete(question)
    await stage.advance(5)
    assert "✓ right" in text_of(stage.last())
    await stage.advance(10)
    assert "Question 2 of 2" in text_of(stage.last())


async def test_a_round_is_not_started_where_it_could_not_be_shown(stage: Stage) -> None:
    await stage.deny_bot(stage.quiz, "send_messages")
    refused = await stage.slash("alice", "quiz play")
    assert (refused.private, refused.text) == (
        True,
        "I can't hold a round here: I am missing “Send Messages”. "
        "Ask a moderator to give me that in this channel, then try again.",
    )
    assert await stage.state() is None


async def test_a_thread_that_may_not_be_made_is_refused_before_anything_starts(stage: Stage) -> None:
    await stage.deny_bot(stage.quiz, "create_public_threads")
    refused = await stage.slash("alice", "quiz play", thread=True)
    assert "“Create Public Threads”" in refused.text
    assert await stage.state() is None


@pytest.mark.pack(*FIVE)
async def test_a_server_that_removes_the_bot_ends_the_round(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=3, seconds=5)
    await stage.advance(5)
    stage.env.inject_error("POST", f"/channels/{stage.quiz.id}/messages", status=403, code=50001, times=20)
    stage.env.inject_error("PATCH", f"/channels/{stage.quiz.id}/messages", status=403, code=50001, times=20)
    await stage.advance(60)
    assert await stage.state() is None
    assert len(stage.env.backend.faults) > 0  # it gave up long before the faults did


@pytest.mark.pack(*FIVE)
async def test_where_only_new_messages_are_forbidden_the_last_card_says_why_it_ended(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=3, seconds=5)
    await stage.advance(5)
    question = stage.last()
    await stage.press("bob", question, "A")
    await stage.deny_bot(stage.quiz, "send_messages")
    await stage.advance(20)
    lines = text_of(next(m for m in stage.messages() if m.id == question.id)).splitlines()
    assert lines[1].startswith("The round ended because I may no longer write in")
    assert lines[2].endswith("of 1 right")


@pytest.mark.pack(*FIVE)
async def test_a_thread_that_takes_too_long_leaves_the_round_waiting_for_it(stage: Stage) -> None:
    await stage.bot_start("alice", questions=2, thread=True)
    await stage.advance(30)
    assert await stage.state() == "opening"
    await stage.advance(31)
    assert "Question 1 of 2" in text_of(stage.last())


async def test_a_thread_that_discord_refuses_is_said_and_the_round_is_played_in_the_channel(stage: Stage) -> None:
    stage.env.inject_error("POST", "/channels/*/messages/*/threads", status=500)
    await stage.slash("alice", "quiz play", thread=True)
    await stage.advance(2)
    assert text_of(stage.last()) == "I could not open a thread, so the round is played right here."
    await stage.advance(5)
    assert "Question 1 of 1" in text_of(stage.last())
