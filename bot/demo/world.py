"""The world of the local Discord: its server, its people with their rights, and what the bot asks of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import discord

from bot.app import PERMISSIONS
from bot.demo.engine import (
    BackendError,
    ChannelHandle,
    Env,
    Impossible,
    Listener,
    Message,
    Overwrite,
    OverwriteType,
    Person,
    ResponseMessage,
    RoleHandle,
    UserHandle,
    dispatch,
    in_plain_words,
    serializers,
    walk_components,
    walk_to_subcommand,
)

__all__ = ["Impossible", "Person", "World"]

log = logging.getLogger(__name__)

# The numbers Discord gives to what an AutoMod rule waits for, looks for, and does.
ON_MESSAGE, KEYWORD, BLOCK = 1, 1, 1

MODERATOR_PERMISSIONS = discord.Permissions(manage_messages=True, manage_guild=True)


class World:
    """One server with a bot that is elsewhere. People act through here; the bot acts through `request`."""

    def __init__(self, server: str, bot: str) -> None:
        self._env = Env()
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
        _make_ids_text(call.get("json"))
        try:
            answer = dispatch(self.backend, method, path, **call)
        except BackendError as error:
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

    def member(self, user_id: int) -> Person | None:
        """Someone of this server, which the bot is too; None for anybody else."""
        if user_id == self.bot_id:
            return Person(self._env, self.guild, UserHandle(self._env, self.backend.bot_user))
        return self.people.get(user_id)

    # Rights

    def is_moderator(self, person: Person) -> bool:
        return self._moderator.id in self.backend.guilds[self.guild.id].members[person.id].role_ids

    def role_named(self, name: str) -> int:
        """The id of the newest role with this name."""
        return max(r.id for r in self.backend.guilds[self.guild.id].roles.values() if r.name == name)

    def create_role(self, name: str, *permissions: str) -> int:
        """A role with these permissions, by discord.py's names for them; its id."""
        return self.guild.create_role(name, permissions=_permissions(permissions)).id

    def give_role(self, user_id: int, role_id: int) -> None:
        """Give a role to a person, or to the bot; it counts from the next click on."""
        self.backend.add_member_role(self.guild.id, user_id, role_id)

    def take_role(self, user_id: int, role_id: int) -> None:
        """Take a role away; whoever did not have it goes on without it."""
        self.backend.remove_member_role(self.guild.id, user_id, role_id)

    def deny(self, channel_id: int, *permissions: str, to: int | None = None) -> None:
        """Take permissions in one channel from a person, or from the bot."""
        denied = _permissions(permissions).value
        overwrite = Overwrite(to or self.bot_id, OverwriteType.MEMBER, deny=denied)
        self.backend.set_overwrite(channel_id, overwrite)

    def add_keyword_rule(
        self, name: str, keywords: Sequence[str], *, patterns: Sequence[str] = (), allowed: Sequence[str] = ()
    ) -> int:
        """An AutoMod rule that blocks what people write; its id.

        `keywords` may have Discord's `*` at either end. `patterns` (regular expressions) and `allowed` (words that
        the rule lets pass) are told to the bot, but not applied to people's messages here.
        """
        rule = {
            "name": name,
            "event_type": ON_MESSAGE,
            "trigger_type": KEYWORD,
            "trigger_metadata": {
                "keyword_filter": list(keywords),
                "regex_patterns": list(patterns),
                "allow_list": list(allowed),
            },
            "actions": [{"type": BLOCK, "metadata": {}}],
        }
        owner = self.backend.guilds[self.guild.id].owner_id
        return self.backend.create_auto_mod_rule(self.guild.id, owner, rule).id


def _make_ids_text(body: Any) -> None:
    """What is chosen in a menu beforehand: Discord gives these ids back as text, however they came."""
    if not isinstance(body, dict):
        return
    for component in walk_components((body.get("data") or body).get("components") or ()):
        for chosen in component.get("default_values") or ():
            chosen["id"] = str(chosen["id"])


def _permissions(names: Sequence[str]) -> discord.Permissions:
    return discord.Permissions(**dict.fromkeys(names, True))
