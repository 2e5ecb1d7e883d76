"""The thread of a motion, by real presses."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.backend.errors import BackendError

from tests.build import make_motion
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def put(stage: Stage) -> discord.Message:
    await stage.slash("bob", "debate prompt")
    return stage.last()


async def test_whoever_presses_first_opens_a_thread_and_others_are_shown_to_it(stage: Stage) -> None:
    card = await put(stage)
    told = [await stage.press(who, card, "Open a thread") for who in ("bob", "carol")]
    (thread,) = stage.quiz.threads
    assert thread.name == "Squares are better than circles (m1)."
    assert [(reply.private, reply.text) for reply in told] == [
        (True, f"The thread for this motion: <#{thread.id}>")
    ] * 2


@pytest.mark.pack(motions=[make_motion(text="A very long motion " * 12)])
async def test_a_long_motion_gives_a_thread_a_name_of_a_hundred_characters(stage: Stage) -> None:
    await stage.press("bob", await put(stage), "Open a thread")
    (thread,) = stage.quiz.threads
    assert thread.name == ("A very long motion " * 6)[:99].rstrip() + "…"


async def test_a_deleted_thread_is_opened_again(stage: Stage) -> None:
    card = await put(stage)
    await stage.press("bob", card, "Open a thread")
    await stage.delete_channel(stage.quiz.threads[0])
    told = await stage.press("carol", card, "Open a thread")
    assert [f"The thread for this motion: <#{thread.id}>" for thread in stage.quiz.threads] == [told.text]


async def test_a_closed_motion_can_still_be_talked_about_after_a_restart(stage: Stage) -> None:
    card = await put(stage)
    await stage.press("bob", card, "Close")
    await stage.advance(1)
    await stage.restart()
    told = await stage.press("carol", stage.last(), "Open a thread")
    assert told.text == f"The thread for this motion: <#{stage.quiz.threads[0].id}>"


async def test_inside_a_thread_the_motion_is_talked_about_right_there(stage: Stage) -> None:
    card = await put(stage)
    await stage.press("bob", card, "Open a thread")
    (thread,) = stage.quiz.threads
    await stage.slash("bob", "debate prompt", thread)
    told = await stage.press("bob", stage.last(thread), "Open a thread")
    assert told.text == "This is a thread already, so you can talk about the motion right here."


async def test_a_permission_the_bot_lacks_is_named(stage: Stage) -> None:
    card = await put(stage)
    await stage.deny_bot(stage.quiz, "create_public_threads")
    told = await stage.press("bob", card, "Open a thread")
    assert told.text == (
        "I can't open a thread here: I am missing “Create Public Threads”. "
        "Ask a moderator to give me that in this channel, then try again."
    )
    assert stage.quiz.threads == []


async def test_somebody_who_may_not_write_in_threads_opens_none(stage: Stage) -> None:
    place = stage.guild.create_text_channel(
        "readers", overwrites={stage.guild.default_role: discord.PermissionOverwrite(send_messages_in_threads=False)}
    )
    await stage.slash("bob", "debate prompt", place)
    told = await stage.press("bob", stage.last(place), "Open a thread")
    assert told.text == "You may not write in threads here, so I leave the opening to someone who may."
    assert place.threads == []


async def test_what_discord_refuses_is_told_kindly(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise BackendError(400, 160006, "Maximum number of active threads reached")

    card = await put(stage)
    monkeypatch.setattr(stage.env.backend, "create_thread", refuse)
    told = await stage.press("bob", card, "Open a thread")
    assert told.text == (
        "Discord did not let me open a thread on this card. You can talk about the motion in the channel."
    )


async def test_whoever_comes_second_in_the_same_instant_is_shown_to_the_thread_of_the_first(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = stage.env.backend.create_thread

    def come_second(*args: Any, **kwargs: Any) -> None:
        create(*args, **kwargs)
        raise BackendError(400, 160004, "A thread has already been created for this message")

    card = await put(stage)
    monkeypatch.setattr(stage.env.backend, "create_thread", come_second)
    told = await stage.press("bob", card, "Open a thread")
    assert told.text == f"The thread for this motion: <#{stage.quiz.threads[0].id}>"
