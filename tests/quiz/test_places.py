"""Places that vanish under a round: permissions, channels, threads, messages, the bot itself."""

from __future__ import annotations

import logging

import discord
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
    assert "0" in (await stage.slash("bob", "quiz me", stage.other)).text


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
    assert isinstance(stage.guild.me, discord.Member)
