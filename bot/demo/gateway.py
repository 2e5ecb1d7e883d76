"""Discord's gateway on loopback: sessions, events in order, and RESUME with replay of what was missed."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import discord
from aiohttp import WSMsgType, web

from bot.demo import events
from bot.demo.wire import Wire
from bot.demo.world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = (
    0, 1, 2, 6, 8, 9, 10, 11,
)  # fmt: skip
AUTHENTICATION_FAILED = 4004
REPLAYED_AT_MOST = 2000  # events kept for a bot that lost its connection
HEARTBEAT_MS = 41_250
# Seconds. discord.py notes when a heartbeat left only after sending it: a quicker answer reads as 41 s of lag.
ACK_AFTER = 0.05
MAX_BYTES = 4096 * 16  # the bot's own frames are small


class Session:
    """One identified bot: its intents, its numbered events, and the connection it has at the moment."""

    def __init__(self, intents: discord.Intents) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.sequence = 0
        self.connection: Connection | None = None
        self._sent: deque[tuple[int, bytes]] = deque(maxlen=REPLAYED_AT_MOST)

    def dispatch(self, wire: Wire, event: str, payload: Any) -> None:
        """Number an event, keep it for a replay, and send it when there is a connection."""
        self.sequence += 1
        frame = wire.encode({"op": DISPATCH, "t": event, "s": self.sequence, "d": payload})
        self._sent.append((self.sequence, frame))
        if self.connection is not None:
            self.connection.outgoing.put_nowait(frame)

    def missed_since(self, sequence: int) -> list[bytes] | None:
        """The frames after this one; None when they are no longer all there."""
        oldest = self._sent[0][0] if self._sent else self.sequence + 1
        if not oldest - 1 <= sequence <= self.sequence:
            return None
        return [frame for number, frame in self._sent if number > sequence]


class Connection:
    """One WebSocket of the bot, with a queue so that frames leave in order."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self.socket = socket
        self.outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        self._transport = transport

    async def send_all(self) -> None:
        """Send until the connection ends."""
        try:
            while True:
                await self.socket.send_str((await self.outgoing.get()).decode())
        except ConnectionResetError:
            return

    async def drop(self, code: int) -> None:
        """End it with a close code; 1006 is an end without a word."""
        if code == 1006 and self._transport is not None:
            self._transport.abort()
        else:
            await self.socket.close(code=code)


class Gateway:
    """The gateway of one world; `changed` is called whenever the bot comes online or goes offline."""

    def __init__(self, world: World, wire: Wire, bot_token: str, url: str) -> None:
        self.world = world
        self.wire = wire
        self.identifies = 0
        self.resumes = 0
        self.changed: Callable[[], None] = lambda: None
        self._url = url
        self._token = bot_token
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        world.listen(self._on_event)

    @property
    def online(self) -> bool:
        return any(session.connection is not None for session in self._sessions.values())

    async def drop(self, code: int = 1001) -> None:
        """Close every connection of the bot; the sessions stay and can be resumed."""
        for connection in list(self._connections):
            await connection.drop(code)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, from HELLO to its end."""
        # No `Connection: compress`: discord.py takes plain text frames although it asks for zstd.
        socket = web.WebSocketResponse(max_msg_size=MAX_BYTES, compress=False)
        await socket.prepare(request)
        connection = Connection(socket, request.transport)
        self._connections.add(connection)
        sender = asyncio.create_task(connection.send_all())
        try:
            self._send(connection, HELLO, {"heartbeat_interval": HEARTBEAT_MS})
            await self._listen(connection)
        finally:
            sender.cancel()
            self._connections.discard(connection)
            self._detach(connection)
        return socket

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                frame = self.wire.decode(message.data.encode())
                op, data = frame["op"], frame.get("d")
            except (ValueError, KeyError, TypeError, AttributeError):
                await connection.socket.close(code=4002)
                return
            await self._receive(connection, op, data)

    async def _receive(self, connection: Connection, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            asyncio.get_running_loop().call_later(ACK_AFTER, self._send, connection, HEARTBEAT_ACK)
        elif op in (IDENTIFY, RESUME) and data.get("token") != self._token:
            await connection.socket.close(code=AUTHENTICATION_FAILED)
        elif op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif op == REQUEST_MEMBERS:
            for session in self._sessions.values():
                if session.connection is connection:
                    session.dispatch(self.wire, "GUILD_MEMBERS_CHUNK", events.member_chunk(self.world, data))

    def _identify(self, connection: Connection, data: Mapping[str, Any]) -> None:
        self.identifies += 1
        # A session without a connection belonged to a process that is gone.
        self._sessions = {i: s for i, s in self._sessions.items() if s.connection is not None}
        session = Session(discord.Intents._from_value(int(data["intents"])))
        self._sessions[session.id] = session
        session.connection = connection
        ready = {"session_id": session.id, "resume_gateway_url": self._url, "shard": data.get("shard", [0, 1])}
        session.dispatch(self.wire, "READY", ready | events.ready(self.world))
        for guild in events.guilds(self.world):
            self._dispatch(session, "GUILD_CREATE", guild)
        self.changed()

    def _resume(self, connection: Connection, data: Mapping[str, Any]) -> None:
        session = self._sessions.get(str(data.get("session_id")))
        missed = session.missed_since(int(data.get("seq") or 0)) if session else None
        if session is None or missed is None:
            self._send(connection, INVALID_SESSION, False)
            return
        self.resumes += 1
        for frame in missed:
            connection.outgoing.put_nowait(frame)
        session.connection = connection
        session.dispatch(self.wire, "RESUMED", {})
        self.changed()

    def _detach(self, connection: Connection) -> None:
        for session in self._sessions.values():
            if session.connection is connection:
                session.connection = None
                self.changed()

    def _on_event(self, event: str, payload: Mapping[str, Any]) -> None:
        for session in self._sessions.values():
            self._dispatch(session, event, payload)

    def _dispatch(self, session: Session, event: str, payload: Mapping[str, Any]) -> None:
        heard = events.as_heard(self.world, event, payload, session.intents)
        if heard is not None:
            session.dispatch(self.wire, event, heard)

    def _send(self, connection: Connection, op: int, data: Any = None) -> None:
        connection.outgoing.put_nowait(self.wire.encode({"op": op, "d": data, "s": None, "t": None}))
