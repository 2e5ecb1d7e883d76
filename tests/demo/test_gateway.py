"""The loopback gateway and the bot's process: resumed, replayed, killed and started again."""

from __future__ import annotations

import asyncio

import pytest

from bot.demo import engine, gateway
from tests.demo.panes import Browser
from tests.socket_world import Message, SocketWorld, text_of


@pytest.mark.parametrize("code", [1000, 1001, 1006, 4000])
async def test_a_dropped_connection_is_resumed(world: SocketWorld, card: Message, code: int) -> None:
    await world.drop_gateway(code)
    await world.until(lambda: world.resumes == 1)
    assert (await world.press("bob", card, "pid")).acknowledged
    assert world.identifies == 1


async def test_what_happened_meanwhile_is_replayed(world: SocketWorld, card: Message) -> None:
    await world.drop_gateway()
    reply = await world.press("bob", card, "pid")
    assert reply.acknowledged
    assert (world.resumes, world.identifies) == (1, 1)


async def test_a_session_that_missed_too_much_starts_anew(world: SocketWorld, card: Message) -> None:
    (session,) = world.discord.gateway._sessions.values()
    session._sent.clear()
    session.sequence += 10
    await world.drop_gateway()
    await world.until(lambda: world.identifies == 2 and world.discord.gateway.online)
    assert (await world.press("bob", card, "pid")).acknowledged


async def test_a_wrong_token_is_turned_away(world: SocketWorld, browser: Browser) -> None:
    async with browser.session.ws_connect(f"{browser.origin}/gw") as socket:
        assert (await socket.receive_json())["op"] == gateway.HELLO
        await socket.send_json({"op": gateway.HEARTBEAT, "d": None})
        assert (await socket.receive_json())["op"] == gateway.HEARTBEAT_ACK
        await socket.send_json({"op": gateway.IDENTIFY, "d": {"token": "guessed", "intents": 1}})
        await socket.receive()
        assert socket.close_code == gateway.AUTHENTICATION_FAILED
    assert world.identifies == 1


async def test_old_buttons_reach_the_new_process(world: SocketWorld, card: Message) -> None:
    before = world.pid
    await world.kill()
    assert world.pid is None
    await world.start_bot()
    assert world.pid != before
    assert text_of((await world.press("bob", card, "pid")).message) == f"pid {world.pid}"


async def test_a_bot_asked_to_end_ends_in_order(world: SocketWorld) -> None:
    assert await world.terminate() is not None
    assert world.pid is None


async def test_three_hundred_presses_at_once_are_all_answered(
    world: SocketWorld, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "ANSWER_WITHIN", 60.0)  # that none is lost is tested, not how fast this machine is
    replies = await asyncio.gather(*(world.press("bob", card, "pid") for _ in range(300)))
    assert [reply.acknowledged for reply in replies] == [True] * 300
