"""Commands in the menu of a message."""

from __future__ import annotations

import pytest

from bot.demo.acting import controls
from bot.demo.world import Impossible
from tests.demo.panes import Browser
from tests.socket_world import Message, SocketWorld, text_of

CONTEXT_MENU_ANSWER = 23  # the type of a message that answers such a command


async def said(world: SocketWorld, text: str) -> Message:
    await world.say("bob", "#debates", text)
    return world.messages("#debates")[-1]


async def test_the_bot_reads_the_message_and_answers_in_private(world: SocketWorld) -> None:
    reply = await world.use_on_message("carol", await said(world, "Which month is shortest?"), "Quote this")
    assert text_of(reply.message) == "> Which month is shortest?"
    assert reply.message is not None
    assert reply.message["type"] == CONTEXT_MENU_ANSWER
    assert reply.message["interaction_metadata"]["name"] == "Quote this"
    assert [world.ephemerals(name) for name in ("alice", "bob", "carol")] == [[], [], [reply.message]]


async def test_the_answer_may_be_a_form(world: SocketWorld) -> None:
    shown = await world.use_on_message("alice", await said(world, "Which month\nis shortest?"), "Ask about this …")
    assert controls(shown.modal or {})[0]["value"] == "Which month\nis shortest?"


async def test_a_command_is_only_for_those_who_may(world: SocketWorld) -> None:
    message = await said(world, "Which month is shortest?")
    with pytest.raises(Impossible):
        await world.use_on_message("bob", message, "Ask about this …")


async def test_the_page_sends_it_and_shows_the_form(world: SocketWorld, browser: Browser) -> None:
    message = await said(world, "Which month is shortest?")
    alice = await browser.pane("alice")
    assert alice.hello["messageCommands"] == ["Ask about this …", "Quote this"]
    place = {"channel": message["channel_id"], "message": message["id"]}
    assert (await alice.ask("useOnMessage", name="Quote this", **place))["t"] == "done"
    await alice.told_message("> Which month is shortest?")
    shown = await alice.ask("useOnMessage", name="Ask about this …", **place)
    assert shown["modal"]["title"] == "Words and choices"
