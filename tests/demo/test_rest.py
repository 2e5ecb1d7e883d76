"""The loopback REST API: faults, limits and nonces as Discord has them, and strangers kept out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.conftest import ECHO_BOT
from tests.demo.panes import Browser
from tests.socket_world import Message, SocketWorld


def posts(world: SocketWorld) -> list[int]:
    return [call.status for call in world.requests if call.route == "/channels/:id/messages"]


def said(world: SocketWorld) -> list[str]:
    return [m["content"] for m in world.messages("#quiz-night") if m["content"]]


async def test_one_nonce_makes_one_message(world: SocketWorld, card: Message) -> None:
    await world.press("bob", card, "post")
    await world.until(lambda: posts(world) == [200, 200])
    assert said(world) == ["one"]


async def test_an_error_before_the_deed_is_tried_again(world: SocketWorld, card: Message) -> None:
    world.faults.add("POST", "/messages", 502)
    await world.press("bob", card, "post")
    await world.until(lambda: posts(world) == [502, 200, 200])
    assert said(world) == ["one"]


async def test_an_error_after_the_deed_leaves_one_message(world: SocketWorld, card: Message) -> None:
    world.faults.add("POST", "/messages", 500, applied=True)
    await world.press("bob", card, "post")
    await world.until(lambda: posts(world) == [500, 200, 200])
    assert said(world) == ["one"]


async def test_a_429_is_waited_for(world: SocketWorld, card: Message) -> None:
    world.faults.limit("POST", "/messages", 0.05)
    await world.press("bob", card, "post")
    await world.until(lambda: posts(world) == [429, 200, 200])


async def test_a_code_of_discord_reaches_the_bot(world: SocketWorld, card: Message) -> None:
    world.faults.refuse("POST", "/messages", 50013)
    await world.press("bob", card, "post")
    await world.until(lambda: posts(world) == [403])


async def test_a_reset_cuts_the_connection_after_the_deed(world: SocketWorld, card: Message) -> None:
    fault = world.faults.add("POST", "/messages", "reset", applied=True)
    await world.press("bob", card, "post")
    await world.until(lambda: "reset by peer" in world.tail(60))
    assert (fault.hits, posts(world), said(world)) == (1, [0], ["one"])


async def test_silence_lasts_until_the_bot_is_killed(world: SocketWorld, card: Message) -> None:
    fault = world.faults.add("POST", "/messages", "hang", applied=True)
    await world.press("bob", card, "post")
    await world.until(lambda: fault.hits)
    await world.kill()
    assert said(world) == ["one"]


async def test_the_sixth_message_in_five_seconds_is_refused(tmp_path: Path) -> None:
    async with SocketWorld(tmp_path, argv=ECHO_BOT, limit_messages=True) as world:
        path = f"/channels/{world.channel('#debates')}/messages"
        limit = world.discord.rest.message_limit
        assert limit is not None
        counted = [limit.count(path) for _ in range(6)]
        assert [within for within, _ in counted] == [True] * 5 + [False]
        assert [headers["X-RateLimit-Remaining"] for _, headers in counted] == ["4", "3", "2", "1", "0", "0"]


async def test_what_the_world_cannot_read_is_a_bad_request(world: SocketWorld, browser: Browser) -> None:
    url = f"{browser.origin}/api/v10/channels/{world.channel('#debates')}/messages"
    headers = {"Authorization": f"Bot {world.discord.bot_token}"}
    for body in (b"{", b"7", b'{"flags": "x"}', b'{"components": 7}', b'{"embeds": 7}'):
        async with browser.session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 400
    assert world.messages("#debates") == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bot guessed"}, 401),
        ({"Authorization": "{token}", "Origin": "http://example.org"}, 403),
        ({"Authorization": "{token}", "Host": "example.org"}, 403),
        ({"Authorization": "{token}"}, 200),
    ],
)
async def test_only_the_bot_may_call(botless: Browser, headers: dict[str, str], status: int) -> None:
    sent = {name: value.format(token=f"Bot {botless.world.discord.bot_token}") for name, value in headers.items()}
    async with botless.session.get(f"{botless.origin}/api/v10/users/@me", headers=sent) as answer:
        assert answer.status == status
