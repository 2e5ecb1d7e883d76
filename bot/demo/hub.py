"""Between the world and the page: tells every pane what its person sees happen."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import WSMsgType, web

from bot.demo import views
from bot.demo.acting import Reply
from bot.demo.pane import Pane
from bot.demo.wire import Wire
from bot.demo.world import Person, World

FRAME_BYTES = 16 * 2**20  # a file of 10 MiB in base64

MESSAGE_EVENTS = {"MESSAGE_CREATE", "MESSAGE_UPDATE", "EPHEMERAL_UPDATE"}
ABOUT_A_MESSAGE = ("MESSAGE_POLL_VOTE_", "MESSAGE_REACTION_")


class Hub:
    """All open panes. Two panes may show the same person."""

    def __init__(
        self,
        world: World,
        wire: Wire,
        first_steps: Sequence[Mapping[str, Any]],
        restart: Callable[[], Awaitable[None]],
    ) -> None:
        self.world = world
        self.wire = wire
        self.restart = restart
        self.open_modals: dict[int, Reply] = {}
        self.put_away: dict[int, set[int]] = defaultdict(set)  # dismissed messages by person
        self._first_steps = list(first_steps)
        self._bot_state = {"t": "bot", "state": "starting", "note": ""}
        self._panes: set[Pane] = set()
        world.listen(self._on_event, quiet=True)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One pane, from hello to its end."""
        person = self._person(request.query.get("as"))
        if person is None:
            raise web.HTTPNotFound(text="Nobody here has that id")
        socket = web.WebSocketResponse(max_msg_size=FRAME_BYTES)
        await socket.prepare(request)
        pane = Pane(self, person, socket)
        pane.push(self._hello(person))
        pane.push(self._bot_state)
        self._panes.add(pane)
        sender = asyncio.create_task(pane.send_all())
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    pane.receive(message.data)
        finally:
            self._panes.discard(pane)
            sender.cancel()
            pane.close()
        return socket

    async def close(self) -> None:
        for pane in list(self._panes):
            await pane.socket.close(code=1001)

    def push_to_all(self, frame: Mapping[str, Any], *, only: int | None = None) -> None:
        """Send the same to every pane, or to those of one person."""
        for pane in self._panes:
            if only is None or pane.person.id == only:
                pane.push(frame)

    def tell_state(self, state: str, note: str) -> None:
        """The bot's process or its connection changed."""
        self._bot_state = {"t": "bot", "state": state, "note": note}
        self.push_to_all(self._bot_state)

    def _person(self, wanted: str | None) -> Person | None:
        if wanted is None:
            return next(iter(self.world.people.values()), None)
        return self.world.people.get(int(wanted)) if wanted.isdecimal() else None

    def _hello(self, person: Person) -> dict[str, Any]:
        world = self.world
        online = self._bot_state["state"] == "online"
        return {
            "t": "hello",
            "me": {"id": str(person.id), "name": person.name},
            "guild": {"id": str(world.guild.id), "name": world.guild.name, "roles": views.roles(world)},
            "people": views.people(world),
            "bot": {"id": str(world.bot_id), "name": world.backend.bot_user.name, "online": online},
            "channels": views.channels(world, person),
            **views.commands(world, person),
            "firstSteps": self._first_steps,
        }

    def _on_event(self, event: str, payload: Mapping[str, Any]) -> None:
        if not self._panes:
            return
        if event in MESSAGE_EVENTS:
            self._push_message(int(payload["channel_id"]), int(payload["id"]))
        elif event.startswith(ABOUT_A_MESSAGE):
            self._push_message(int(payload["channel_id"]), int(payload["message_id"]))
        elif event in ("MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "EPHEMERAL_DELETE"):
            self._push_deletes(payload)
        elif event.startswith(("CHANNEL_", "THREAD_")):
            self._push_channels(payload)
        elif event.startswith("GUILD_ROLE_") or event == "GUILD_MEMBER_UPDATE":
            self._push_rights()
        elif event == "COMMANDS":
            self._push_commands()

    def _push_message(self, channel_id: int, message_id: int) -> None:
        for pane in self._panes:
            pane.push_message(channel_id, message_id)
        thread = self.world.backend.channels.get(channel_id)
        if thread is not None and thread.is_thread and thread.parent_id is not None:
            # The message a thread was started from shows how much has been said in it.
            for pane in self._panes:
                pane.push_message(thread.parent_id, thread.id)

    def _push_deletes(self, payload: Mapping[str, Any]) -> None:
        for message_id in payload.get("ids") or [payload["id"]]:
            gone = {"t": "delete", "channel": payload["channel_id"], "id": message_id}
            self.push_to_all(gone, only=payload.get("owner"))

    def _push_commands(self) -> None:
        for pane in self._panes:
            pane.push({"t": "commands", **views.commands(self.world, pane.person)})

    def _push_rights(self) -> None:
        """Who has which role decides over channels and commands."""
        self.push_to_all({"t": "roles", "roles": views.roles(self.world)})
        self.push_to_all({"t": "people", "people": views.people(self.world)})
        for pane in self._panes:
            pane.push({"t": "channels", "channels": views.channels(self.world, pane.person)})
        self._push_commands()

    def _push_channels(self, payload: Mapping[str, Any]) -> None:
        for pane in self._panes:
            pane.push({"t": "channels", "channels": views.channels(self.world, pane.person)})
            if payload.get("parent_id"):
                pane.push_message(int(payload["parent_id"]), int(payload["id"]))
