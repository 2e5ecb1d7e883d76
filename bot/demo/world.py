"""The world of the local Discord: server, people, messages; the only file that imports simcord."""

from __future__ import annotations

import asyncio
import base64
import logging
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
from simcord import intents as gating
from simcord._clock import Clock
from simcord.backend import Backend, serializers
from simcord.backend.access import channel_accessible, message_accessible
from simcord.backend.cdn import CDN_BASE
from simcord.backend.models import Channel, Interaction, Message, Overwrite
from simcord.builders import ChannelHandle, RoleHandle
from simcord.enums import OverwriteType
from simcord.http.router import dispatch
from simcord.interactions import command_leaves, walk_to_subcommand
from simcord.results import ResponseMessage

from bot.app import PERMISSIONS

log = logging.getLogger(__name__)

# Everything taken from simcord is taken here, so that a new version of it changes one file.
__all__ = [
    "CDN",
    "Impossible",
    "Listener",
    "Person",
    "World",
    "channel_accessible",
    "command_leaves",
    "gating",
    "in_plain_words",
    "message_accessible",
    "serializers",
    "using_command",
]

CDN = CDN_BASE
FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
ANSWER_WITHIN = 3.0  # seconds; Discord's own limit for the first answer to an interaction

MODERATOR_PERMISSIONS = discord.Permissions(manage_messages=True)

Person = simcord.MemberActor
Listener = Callable[[str, Mapping[str, Any]], None]

_awaited: ContextVar[asyncio.Future[None] | None] = ContextVar("_awaited", default=None)
_command: ContextVar[str | None] = ContextVar("_command", default=None)


class Impossible(Exception):
    """What Discord's own client or server would not let this person do; the text is for that person."""


class _RealClock(Clock):
    """The wall's clock, but still while the world is built, so that its ids are the same each time."""

    runs = False

    def now(self) -> datetime:
        return datetime.now(UTC) if self.runs else FOUNDED


class _Backend(Backend):
    """simcord's state in real time, bounded, and telling also what no gateway event tells."""

    def __init__(self) -> None:
        self.quiet_listeners: list[Listener] = []
        self.has_polls = False
        self.clock: _RealClock
        super().__init__(clock=_RealClock())
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


class _Env(simcord.Env):
    """simcord's environment without a bot in it: never started, nothing patched, everyone acts at once.

    An action ends when its interaction has been acknowledged, or when the time for that is over.
    """

    backend: _Backend

    def __init__(self) -> None:
        super().__init__(discord.Client(intents=discord.Intents(guilds=True)), check_errors=False)
        self.backend = _Backend()
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


class World:
    """One server with a bot that is elsewhere. People act through here; the bot acts through `request`."""

    def __init__(self, server: str, bot: str) -> None:
        self._env = _Env()
        self.backend = self._env.backend
        self.backend.bot_user.name = bot
        self.guild = self._env.create_guild(server)
        self.people: dict[int, Person] = {}
        (bot_role,) = (role for role in self.backend.guilds[self.guild.id].roles.values() if role.managed)
        bot_role.permissions = PERMISSIONS.value
        self._moderator = self.guild.create_role("Moderator", permissions=MODERATOR_PERMISSIONS)

    @property
    def bot_id(self) -> int:
        return self.backend.bot_user.id

    def listen(self, listener: Listener, *, quiet: bool = False) -> None:
        """Hear every gateway event; `quiet` adds ephemeral messages and synchronised commands."""
        self.backend.subscribers.append(listener)
        if quiet:
            self.backend.quiet_listeners.append(listener)

    # The bot's side

    def request(self, method: str, path: str, **call: Any) -> tuple[int, Any]:
        """Do what the bot's REST call asks for; the status and body of the answer."""
        try:
            answer = dispatch(self.backend, method, path, **call)
        except simcord.BackendError as error:
            if error.status == 501:
                log.warning("the local Discord can't do this: %s", error)
            return error.status, error.to_json()
        if path.endswith("/callback"):
            self._env.acknowledge(int(path.split("/")[2]))
        return (204 if answer is None else 200), answer

    # Handles, as simcord's people want them

    def channel(self, channel_id: int) -> ChannelHandle:
        with in_plain_words():
            return ChannelHandle(self._env, self.guild, self.backend.get_channel(channel_id))

    def role(self, role_id: int) -> RoleHandle:
        with in_plain_words():
            return RoleHandle(self._env, self.guild, self.backend.get_role(self.guild.id, role_id))

    def shown(self, channel_id: int, message_id: int) -> ResponseMessage:
        with in_plain_words():
            return ResponseMessage(self._env, self.backend.get_message(channel_id, message_id))

    # What can be seen

    def message_payload(self, message: Message, viewer: int | None = None) -> dict[str, Any]:
        return dict(serializers.message_payload(self.backend, message, for_user=viewer))

    def command_options(self, name: str) -> dict[str, dict[str, Any]]:
        """The options of a slash command by their name."""
        first, *rest = name.split()
        root = self.backend.find_command(first, self.guild.id)
        if root is None:
            raise Impossible(f"There is no command /{name}")
        with in_plain_words():
            leaf, _ = walk_to_subcommand(root, rest)
        return {option["name"]: option for option in leaf.get("options") or []}

    def begin(self) -> None:
        """The world is built: from here on its time is real."""
        self.backend.clock.runs = True

    def tick(self) -> None:
        """Close the polls whose time is over; costs nothing as long as there are none."""
        if self.backend.has_polls:
            self.backend.expire_due_polls()

    # Building

    def add_channel(self, name: str, topic: str | None = None) -> int:
        """A text channel that everyone sees; its id."""
        return self.guild.create_text_channel(name, topic=topic).id

    def add_person(self, name: str, *, moderator: bool = False) -> Person:
        """A member of the server."""
        roles = [self._moderator] if moderator else []
        person = self.guild.add_member(self._env.create_user(name), roles=roles)
        self.people[person.id] = person
        return person

    def is_moderator(self, person: Person) -> bool:
        return self._moderator.id in self.backend.guilds[self.guild.id].members[person.id].role_ids

    def deny(self, channel_id: int, *permissions: str, to: int | None = None) -> None:
        """Take permissions in one channel from a person, or from the bot."""
        denied = discord.Permissions(**dict.fromkeys(permissions, True)).value
        overwrite = Overwrite(to or self.bot_id, OverwriteType.MEMBER, deny=denied)
        self.backend.set_overwrite(channel_id, overwrite)
