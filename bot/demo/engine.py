"""simcord's engine, bent to a Discord in real time whose bot is elsewhere; the only file that imports simcord."""

from __future__ import annotations

import asyncio
import base64
import re
import secrets
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import discord
import simcord
import simcord.http.routes  # registers the routes that `dispatch` finds
from simcord import BackendError
from simcord import MemberActor as Person
from simcord import intents as gating
from simcord._clock import Clock
from simcord.backend import Backend as SimulatedBackend
from simcord.backend import serializers
from simcord.backend.access import channel_accessible, message_accessible
from simcord.backend.cdn import CDN_BASE as CDN
from simcord.backend.cdn import CdnStore
from simcord.backend.models import Channel, Interaction, Message, Overwrite
from simcord.builders import ChannelHandle, RoleHandle, UserHandle
from simcord.components import walk_components
from simcord.enums import OverwriteType
from simcord.http.router import dispatch
from simcord.interactions import command_leaves, walk_to_subcommand
from simcord.results import ResponseMessage

from bot.demo.faults import CODES

# Everything taken from simcord is taken here, so that a new version of it changes one file.
__all__ = [
    "CDN",
    "Backend",
    "BackendError",
    "ChannelHandle",
    "Env",
    "Impossible",
    "Listener",
    "Message",
    "Overwrite",
    "OverwriteType",
    "Person",
    "ResponseMessage",
    "RoleHandle",
    "UserHandle",
    "channel_accessible",
    "command_leaves",
    "dispatch",
    "gating",
    "in_plain_words",
    "message_accessible",
    "serializers",
    "using_command",
    "walk_components",
    "walk_to_subcommand",
]

FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
THREAD_EXISTS = 160004  # Discord's code; a thread has the id of the message on which it hangs
ANSWER_WITHIN = 3.0  # seconds; Discord's own limit for the first answer to an interaction

Listener = Callable[[str, Mapping[str, Any]], None]

_awaited: ContextVar[asyncio.Future[None] | None] = ContextVar("_awaited", default=None)
_command: ContextVar[str | None] = ContextVar("_command", default=None)


class Impossible(Exception):
    """What Discord's own client or server would not let this person do; the text is for that person."""


class RealClock(Clock):
    """The wall's clock, but still while the world is built, so that its ids are the same each time."""

    runs = False

    def now(self) -> datetime:
        return datetime.now(UTC) if self.runs else FOUNDED


class Files(CdnStore):
    """Uploads, under the names that Discord gives them: what is not safe in an address is left out."""

    def store_attachment(self, attachment_id: int, channel_id: int, filename: str, *rest: Any) -> dict[str, Any]:
        return super().store_attachment(attachment_id, channel_id, safe_name(filename), *rest)


class Backend(SimulatedBackend):
    """simcord's state in real time, bounded, and telling also what no gateway event tells."""

    def __init__(self) -> None:
        self.quiet_listeners: list[Listener] = []
        self.has_polls = False
        self.clock: RealClock
        super().__init__(clock=RealClock())
        self.cdn = Files()
        self.transcript = deque(maxlen=50)  # type: ignore[assignment]
        self.http_requests = deque(maxlen=50)  # type: ignore[assignment]

    def tell_quietly(self, event: str, message: Message) -> None:
        payload = {"id": str(message.id), "channel_id": str(message.channel_id), "owner": owner_of(message)}
        for listener in self.quiet_listeners:
            listener(event, payload)

    def new_interaction(self, type: int, channel_id: int, user_id: int, guild_id: int | None) -> Interaction:
        self._forget_old_interactions()
        record = super().new_interaction(type, channel_id, user_id, guild_id)
        del self.interaction_tokens[record.token]
        # The shape of Discord's own tokens, so that whatever takes them out of logs is put to the test.
        secret = f"interaction:{record.id}:{secrets.token_urlsafe(32)}"
        record.token = base64.urlsafe_b64encode(secret.encode()).decode().rstrip("=")
        self.interaction_tokens[record.token] = record.id
        return record

    def _forget_old_interactions(self) -> None:
        now = self.now_iso()
        while self.interactions:
            oldest = next(iter(self.interactions.values()))
            if oldest.expires_at is None or oldest.expires_at > now:
                return
            del self.interactions[oldest.id]
            self.interaction_tokens.pop(oldest.token, None)

    def commit_message(self, message: Message, *, broadcast: bool = True) -> Message:
        committed = super().commit_message(message, broadcast=broadcast)
        self.has_polls = self.has_polls or message.poll is not None
        if committed.is_ephemeral:
            self.tell_quietly("EPHEMERAL_UPDATE", committed)
        return committed

    def edit_message(self, channel_id: int, message_id: int, fields: dict[str, Any]) -> Message:
        message = super().edit_message(channel_id, message_id, fields)
        if message.is_ephemeral:
            self.tell_quietly("EPHEMERAL_UPDATE", message)
        return message

    def create_thread(
        self, parent_id: int, name: str, owner_id: int, *, message_id: int | None = None, **rest: Any
    ) -> Channel:
        if message_id is None:
            return super().create_thread(parent_id, name, owner_id, **rest)
        if message_id in self.channels:
            status, words = CODES[THREAD_EXISTS]
            raise BackendError(status, THREAD_EXISTS, words)
        # Discord writes no line in the channel about a thread that hangs on a message.
        thread = super().create_thread(parent_id, name, owner_id, message_id=message_id, **rest | {"broadcast": False})
        self.announce_thread_create(thread)
        return thread

    def delete_message(self, channel_id: int, message_id: int) -> None:
        message = self.get_message(channel_id, message_id)
        super().delete_message(channel_id, message_id)
        if message.is_ephemeral:
            self.tell_quietly("EPHEMERAL_DELETE", message)

    def register_commands(self, guild_id: int | None, payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
        registered = super().register_commands(guild_id, payloads)
        for listener in self.quiet_listeners:
            listener("COMMANDS", {})
        return registered


class Env(simcord.Env):
    """simcord's environment without a bot in it: never started, nothing patched, everyone acts at once.

    An action ends when its interaction has been acknowledged, or when the time for that is over.
    """

    backend: Backend

    def __init__(self) -> None:
        super().__init__(discord.Client(intents=discord.Intents(guilds=True)), check_errors=False)
        self.backend = Backend()
        self.waiting: dict[int, asyncio.Future[None]] = {}

    def _begin_operation(self, label: str) -> None:
        pass

    def _end_operation(self) -> None:
        pass

    def _notify_dispatch_observers(self, interaction: Interaction) -> None:
        future = self.waiting[interaction.id] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda _: self.waiting.pop(interaction.id, None))
        _awaited.set(future)
        if interaction.command_name is not None:
            # Discord shows "quiz play" above an answer; simcord knows the root alone.
            interaction.command_name = _command.get() or interaction.command_name

    async def _settle_internal(self, **_: Any) -> None:
        future = _awaited.get()
        _awaited.set(None)
        if future is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(future, ANSWER_WITHIN)

    def acknowledge(self, interaction_id: int) -> None:
        future = self.waiting.get(interaction_id)
        if future is not None and not future.done():
            future.set_result(None)


def safe_name(filename: str) -> str:
    """The name as it stands in the address of an upload: `my quiz (2).csv` becomes `my_quiz_2.csv`."""
    kept = re.sub(r"[^A-Za-z0-9._-]", "", filename.replace(" ", "_"))
    return kept if re.match(r"[^.]", kept) else f"unknown{kept}"


def owner_of(message: Message) -> int:
    """The id of the one person who sees this ephemeral message."""
    return int((message.interaction_metadata or {"user": {"id": 0}})["user"]["id"])


@contextmanager
def using_command(name: str) -> Iterator[None]:
    """The slash command that is sent inside, with its subcommand."""
    token = _command.set(name)
    try:
        yield
    finally:
        _command.reset(token)


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn simcord's objections into Impossible, without the remarks meant for test authors."""
    try:
        yield
    except simcord.SetupError as error:
        raise Impossible(re.sub(r" — .*| \(.*?\)", "", str(error))) from error
    except simcord.BackendError as error:
        raise Impossible(error.message) from error
