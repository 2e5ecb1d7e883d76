"""The page's side of the protocol, for tests: a pane that asks, and reads what it is told."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from tests.socket_world import SocketWorld, text_of

PATIENCE = 5.0  # seconds; more than the three after which an interaction is given up

Frame = dict[str, Any]


class Browser:
    """Opens panes for people of one server."""

    def __init__(self, world: SocketWorld, session: aiohttp.ClientSession) -> None:
        self.world = world
        self.session = session

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.world.discord.port}"

    async def pane(self, name: str) -> Pane:
        """A pane of this person, past its hello."""
        url = f"{self.world.discord.url}ws"
        query = {"as": str(self.world.person(name).id)}
        socket = await self.session.ws_connect(url, params=query, headers={"Origin": self.origin})
        pane = Pane(socket)
        pane.hello = await pane.told("hello")
        return pane


class Pane:
    """One WebSocket of the page. Frames that are not waited for are kept for later."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.hello: Frame = {}
        self._kept: list[Frame] = []
        self._nonce = 0

    async def ask(self, k: str, **content: Any) -> Frame:
        """Send a frame; the answer that carries its nonce."""
        self._nonce += 1
        await self.socket.send_json({"k": k, "nonce": self._nonce, **content})
        return await self._find(lambda frame: frame.get("nonce") == self._nonce)

    async def told(self, t: str, **facts: Any) -> Frame:
        """The next frame of this kind with these facts in it."""
        return await self._find(lambda frame: frame["t"] == t and facts.items() <= frame.items())

    async def told_message(self, content: str) -> Frame:
        """The next message frame whose message says this."""
        frame = await self._find(lambda f: f["t"] == "message" and f["message"]["content"] == content)
        message: Frame = frame["message"]
        return message

    async def told_card(self, text: str) -> Frame:
        """The next message with this text on it."""
        frame = await self._find(lambda f: f["t"] == "message" and text in text_of(f["message"]))
        message: Frame = frame["message"]
        return message

    async def quiet(self) -> list[Frame]:
        """What else has been said, after everything that was on its way."""
        await self.ask("cancel")
        kept, self._kept = self._kept, []
        return kept

    async def _find(self, wanted: Any) -> Frame:
        for frame in self._kept:
            if wanted(frame):
                self._kept.remove(frame)
                return frame
        async with asyncio.timeout(PATIENCE):
            while not wanted(frame := await self.socket.receive_json()):
                self._kept.append(frame)
        return frame
