"""What the page is told, what it may ask for, and who may not ask."""

from __future__ import annotations

import base64
from typing import Any

import aiohttp
import pytest

from tests.demo.panes import Browser
from tests.socket_world import Message, SocketWorld


async def test_hello_says_who_and_what_is_there(world: SocketWorld, browser: Browser) -> None:
    hello = (await browser.pane("bob")).hello
    assert hello["me"]["name"] == "bob"
    assert [(p["name"], p["role"]) for p in hello["people"]] == [
        ("alice", "moderator"),
        ("bob", "member"),
        ("carol", "member"),
    ]
    assert [c["name"] for c in hello["channels"]] == ["quiz-night", "debates", "briefings"]
    assert [c["canSend"] for c in hello["channels"]] == [True, True, True]
    assert [c["name"] for c in hello["commands"]] == [
        f"echo {name}" for name in ("card", "file", "parcel", "form", "long", "rights", "rules")
    ]
    assert hello["messageCommands"] == ["Quote this"]
    assert hello["bot"] == {"id": str(world.world.bot_id), "name": "Offramp", "online": True}
    assert {step["channel"] for step in hello["firstSteps"] if step["channel"]} <= {
        channel["id"] for channel in hello["channels"]
    }


async def test_a_command_shows_its_card_to_both(world: SocketWorld, browser: Browser) -> None:
    alice, bob = await browser.pane("alice"), await browser.pane("bob")
    channel = str(world.channel("#quiz-night"))
    answer = await alice.ask("slash", channel=channel, name="echo card", options={"fruit": "fig", "times": 2})
    assert answer["t"] == "done"
    seen = await alice.told("message", channel=channel), await bob.told("message", channel=channel)
    assert seen[0] == seen[1]
    assert (await bob.ask("open", channel=channel))["messages"] == [seen[1]["message"]]


async def test_ephemeral_messages_and_edits_go_to_every_pane_of_their_owner_only(
    world: SocketWorld, browser: Browser, card: Message
) -> None:
    bob, bob_again, alice = [await browser.pane(name) for name in ("bob", "bob", "alice")]
    await bob.ask("click", channel=card["channel_id"], message=card["id"], custom_id="edit")
    for pane in (bob, bob_again):
        first, second = await pane.told_message("first"), await pane.told_message("second")
        assert first["id"] == second["id"]
    assert [frame["t"] for frame in await alice.quiet() if frame["t"] == "message"] == []
    assert len((await alice.ask("open", channel=card["channel_id"]))["messages"]) == 1


async def test_a_dismissed_message_stays_away(world: SocketWorld, browser: Browser, card: Message) -> None:
    bob = await browser.pane("bob")
    await bob.ask("click", channel=card["channel_id"], message=card["id"], custom_id="edit")
    shown = await bob.told_message("second")
    await bob.ask("dismiss", channel=card["channel_id"], message=shown["id"])
    await bob.told("delete", id=shown["id"])
    assert [m["id"] for m in (await bob.ask("open", channel=card["channel_id"]))["messages"]] == [card["id"]]


async def test_a_form_opens_and_is_sent_once(world: SocketWorld, browser: Browser, card: Message) -> None:
    bob = await browser.pane("bob")
    shown = await bob.ask("click", channel=card["channel_id"], message=card["id"], custom_id="form")
    assert (shown["t"], shown["modal"]["title"]) == ("modal", "A form")
    custom_id = shown["modal"]["custom_id"]
    assert (await bob.ask("submit", custom_id=custom_id, values={"name": "x"}))["t"] == "done"
    assert (await bob.ask("submit", custom_id=custom_id, values={"name": "x"})) == {
        "t": "failed",
        "nonce": 3,
        "error": "That form is no longer open",
    }


async def test_choices_and_selects_reach_the_bot(world: SocketWorld, browser: Browser, card: Message) -> None:
    bob = await browser.pane("bob")
    channel = card["channel_id"]
    typed = await bob.ask(
        "autocomplete", channel=channel, name="echo card", option="fruit", value="b", options={"times": 1}
    )
    assert typed["choices"] == [{"name": "banana", "value": "banana"}]
    await bob.ask("select", channel=channel, message=card["id"], custom_id="fruit", values=["apple"])
    await bob.told_message("chose ['apple']")


async def test_a_file_is_sent_and_served(world: SocketWorld, browser: Browser) -> None:
    alice = await browser.pane("alice")
    file = {"name": "note.html", "base64": base64.b64encode(b"<script>1</script>").decode()}
    channel = str(world.channel("#debates"))
    assert (await alice.ask("slash", channel=channel, name="echo file", options={"file": file}))["t"] == "done"
    path = (await alice.told("message"))["message"]["attachments"][0]["url"]
    assert path.startswith(f"/{world.discord.token}/cdn/")
    async with browser.session.get(browser.origin + path) as answer:
        assert await answer.read() == b"<script>1</script>"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_thread_appears_with_its_start(world: SocketWorld, browser: Browser, card: Message) -> None:
    bob = await browser.pane("bob")
    await bob.ask("click", channel=card["channel_id"], message=card["id"], custom_id="thread")
    await bob.told_message("in the thread")
    (thread,) = [c for c in (await bob.told("channels"))["channels"] if c["parent"]]
    assert (thread["name"], thread["parent"], thread["archived"]) == ("aside", card["channel_id"], False)
    start = (await bob.ask("open", channel=card["channel_id"]))["messages"][0]
    assert start["thread"] == {"id": card["id"], "name": "aside", "count": 1}


async def test_a_message_names_those_it_mentions(world: SocketWorld, browser: Browser) -> None:
    alice = await browser.pane("alice")
    bob = str(world.person("bob").id)
    await alice.ask("send", channel=str(world.channel("#debates")), text=f"hello <@{bob}>")
    assert (await alice.told_message(f"hello <@{bob}>"))["names"] == {bob: "bob"}


async def test_a_person_joins_once(world: SocketWorld, browser: Browser) -> None:
    alice, bob = await browser.pane("alice"), await browser.pane("bob")
    assert (await alice.ask("addPerson", name="dave"))["t"] == "done"
    assert [p["name"] for p in (await bob.told("people"))["people"]] == ["alice", "bob", "carol", "dave"]
    assert (await bob.ask("addPerson", name="Dave"))["error"] == "Dave is here already"
    assert (await browser.pane("dave")).hello["me"]["name"] == "dave"


async def test_restart_brings_another_process_behind_the_same_buttons(
    world: SocketWorld, browser: Browser, card: Message
) -> None:
    bob, before = await browser.pane("bob"), world.pid
    await bob.told("bot", state="online")
    assert (await bob.ask("restart"))["t"] == "done"
    assert (await bob.told("bot", state="offline"))["note"] == "The bot was ended (signal 9). Press “Restart the bot”."
    await bob.told("bot", state="starting")
    await bob.told("bot", state="online")
    assert world.pid != before
    await bob.ask("click", channel=card["channel_id"], message=card["id"], custom_id="pid")
    await bob.told_message(f"pid {world.pid}")


async def test_without_an_answer_the_page_says_so(world: SocketWorld, browser: Browser, card: Message) -> None:
    bob = await browser.pane("bob")
    await world.kill()
    answer = await bob.ask("click", channel=card["channel_id"], message=card["id"], custom_id="pid")
    assert (answer["t"], answer["error"]) == ("failed", "The application did not respond")


GARBAGE: list[Any] = [
    "",
    "{",
    "7",
    "[]",
    "null",
    '{"k": "open"}',
    '{"k": "unheard of", "nonce": 1}',
    '{"k": "open", "nonce": 1, "channel": "x"}',
    '{"k": "open", "nonce": 1, "channel": "99999999999999999999999"}',
    '{"k": "send", "nonce": 1, "channel": "1", "text": ""}',
    '{"k": "slash", "nonce": 1, "channel": "1", "name": "echo", "options": []}',
    '{"k": "select", "nonce": 1, "channel": "1", "message": "1", "custom_id": "x", "values": "x"}',
    '{"k": "slash", "nonce": 1, "channel": "1", "name": "  ", "options": {}}',
    '{"k": "restart", "nonce": 1, "extra": true}',
    '{"k": "addPerson", "nonce": 1, "name": "<b>"}',
    '{"k": "submit", "nonce": 1, "custom_id": "x", "values": {"a": {}}}',
    '{"k": "submit", "nonce": 1, "custom_id": "x", "values": {"a": [{"name": "x"}]}}',
    '{"k": "useOnMessage", "nonce": 1, "channel": "1", "message": "1", "name": ""}',
]


@pytest.mark.parametrize("garbage", GARBAGE)
async def test_garbage_is_refused_and_the_pane_lives_on(botless: Browser, garbage: str) -> None:
    bob = await botless.pane("bob")
    await bob.socket.send_str(garbage)
    assert (await bob.told("failed"))["error"] == "The page sent something that can't be understood"
    assert (await bob.ask("cancel"))["t"] == "done"


@pytest.mark.parametrize(
    ("k", "content"),
    [
        ("open", {"channel": "5"}),
        ("send", {"channel": "5", "text": "x"}),
        ("slash", {"channel": "5", "name": "echo card", "options": {"fruit": "x"}}),
        ("slash", {"channel": "5", "name": "no such", "options": {}}),
        ("click", {"channel": "5", "message": "6", "custom_id": "x"}),
        ("useOnMessage", {"channel": "5", "message": "6", "name": "Quote this"}),
        ("select", {"channel": "5", "message": "6", "custom_id": "x", "values": []}),
        ("submit", {"custom_id": "x", "values": {}}),
        ("vote", {"channel": "5", "message": "6", "answers": [1]}),
        ("autocomplete", {"channel": "5", "name": "echo file", "option": "file", "value": "", "options": {}}),
        ("slash", {"channel": "5", "name": "echo file", "options": {"file": {"name": "x", "base64": "%"}}}),
    ],
)
async def test_what_cannot_be_done_is_refused(
    world: SocketWorld, browser: Browser, k: str, content: dict[str, Any]
) -> None:
    bob = await browser.pane("bob")
    assert (await bob.ask(k, **content))["t"] == "failed"


async def test_a_channel_that_someone_may_not_see_does_not_exist_for_them(world: SocketWorld, browser: Browser) -> None:
    bob, alice = await browser.pane("bob"), await browser.pane("alice")
    hidden = world.channel("#debates")
    world.world.deny(hidden, "view_channel", to=world.person("bob").id)
    assert [c["name"] for c in (await bob.told("channels"))["channels"]] == ["quiz-night", "briefings"]
    await alice.ask("send", channel=str(hidden), text="secret")
    assert [frame["t"] for frame in await bob.quiet() if frame["t"] == "message"] == []
    assert (await bob.ask("open", channel=str(hidden)))["t"] == "failed"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("{token}/", {}, 200),
        ("{token}/own/index.html", {}, 200),
        ("{token}/own/../server.py", {}, 404),
        ("{token}/own/%2e%2e/server.py", {}, 404),
        ("{token}/cdn/nothing", {}, 404),
        ("", {}, 404),
        ("guessed/", {}, 404),
        ("{token}/", {"Host": "evil.example"}, 403),
        ("{token}/", {"Origin": "http://evil.example"}, 403),
        ("{token}/ws", {}, 403),
        ("{token}/ws", {"Origin": "http://evil.example"}, 403),
        ("{token}/ws?as=12", {"Origin": "{origin}"}, 404),
        ("gwendolen/", {"Origin": "{origin}"}, 404),
        ("gw", {"Origin": "{origin}"}, 403),
        ("{token}/ws?as=x", {"Origin": "{origin}"}, 404),
    ],
)
async def test_only_the_page_itself_is_let_in(
    botless: Browser, path: str, headers: dict[str, str], status: int
) -> None:
    url = f"{botless.origin}/{path.format(token=botless.world.discord.token)}"
    sent = {name: value.format(origin=botless.origin) for name, value in headers.items()}
    async with botless.session.get(url, headers=sent) as answer:
        assert answer.status == status


async def test_the_page_is_served_under_a_strict_policy(botless: Browser) -> None:
    async with botless.session.get(botless.world.discord.url) as answer:
        assert answer.headers["Content-Security-Policy"] == (
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            f" connect-src 'self' ws://127.0.0.1:{botless.world.discord.port}"
        )


async def test_a_socket_of_another_site_is_refused(botless: Browser) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await botless.session.ws_connect(f"{botless.world.discord.url}ws", headers={"Origin": "http://evil.example"})
