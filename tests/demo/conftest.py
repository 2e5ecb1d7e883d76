"""A server with the small bot in it, and panes of the page without a browser."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.demo.panes import Browser
from tests.socket_world import Message, SocketWorld

ECHO_BOT = (sys.executable, "-m", "tests.demo.echo_bot")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SocketWorld]:
    """The demo's server with the echo bot, ready."""
    async with SocketWorld(tmp_path, argv=ECHO_BOT) as world:
        yield world


@pytest.fixture
async def card(world: SocketWorld) -> Message:
    """A card with buttons and a menu in #quiz-night, asked for by alice."""
    reply = await world.slash("alice", "#quiz-night", "echo card", fruit="apple")
    assert reply.message is not None
    return reply.message


@pytest.fixture
async def browser(world: SocketWorld) -> AsyncIterator[Browser]:
    """Opens panes."""
    async with aiohttp.ClientSession() as session:
        yield Browser(world, session)


@pytest.fixture
async def botless(tmp_path: Path) -> AsyncIterator[Browser]:
    """Opens panes on a server whose bot has not been started."""
    world = SocketWorld(tmp_path, argv=ECHO_BOT)
    await world.discord.start()
    async with aiohttp.ClientSession() as session:
        yield Browser(world, session)
    await world.discord.close()
