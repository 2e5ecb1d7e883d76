"""What a person sees of the world, in the shapes that the page understands."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import discord
import orjson

from bot.demo.engine import channel_accessible, command_leaves, message_accessible
from bot.demo.world import Impossible, Person, World

TEXT, ANNOUNCEMENT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 5, 11, 12
SHOWN_TYPES = (TEXT, ANNOUNCEMENT, PUBLIC_THREAD, PRIVATE_THREAD)
MENTION = re.compile(rb"<@!?(\d{1,20})>")
HISTORY = 60
MESSAGE_COMMAND = 3  # Discord's number for a command in the menu of a message
OPTION_FACTS = ("min_value", "max_value", "min_length", "max_length")


def people(world: World) -> list[dict[str, Any]]:
    """Everyone whose place the page can take."""
    return [
        {"id": str(p.id), "name": p.name, "role": "moderator" if world.is_moderator(p) else "member"}
        for p in world.people.values()
    ]


def roles(world: World) -> list[dict[str, str]]:
    guild = world.backend.guilds[world.guild.id]
    return [{"id": str(r.id), "name": r.name} for r in guild.roles.values() if r.id != guild.id]


def channels(world: World, person: Person) -> list[dict[str, Any]]:
    """The channels and threads this person can open, in the order of the server."""
    seen = [c for c in world.backend.channels.values() if c.type in SHOWN_TYPES and c.guild_id is not None]
    seen = [c for c in seen if channel_accessible(world.backend, c.id, person.id)]
    return [_channel(world, person, c) for c in sorted(seen, key=lambda c: (c.is_thread, c.position, c.id))]


def _channel(world: World, person: Person, channel: Any) -> dict[str, Any]:
    backend = world.backend
    permissions = discord.Permissions(backend.compute_permissions(world.guild.id, person.id, channel.id))
    closed = channel.is_thread and (channel.thread_metadata.archived or channel.thread_metadata.locked)
    may = permissions.send_messages_in_threads if channel.is_thread else permissions.send_messages
    return {
        "id": str(channel.id),
        "type": channel.type,
        "name": channel.name,
        "topic": channel.topic or "",
        "parent": str(channel.parent_id) if channel.is_thread else None,
        "archived": channel.is_thread and channel.thread_metadata.archived,
        "canSend": may and not closed,
    }


def commands(world: World, person: Person) -> dict[str, Any]:
    """What this person may use: slash commands, one for each full name, and the names of those in a message's menu."""
    place = next((int(c["id"]) for c in channels(world, person)), None)
    if place is None:
        return {"commands": [], "messageCommands": []}
    visible = partial(world.backend.visible_commands, user_id=person.id, channel_id=place)
    leaves = [found for root in visible() for found in command_leaves(root)]
    return {
        "commands": [_command(" ".join(path), leaf) for path, leaf in leaves],
        "messageCommands": [root["name"] for root in visible(type=MESSAGE_COMMAND)],
    }


def _command(name: str, specification: dict[str, Any]) -> dict[str, Any]:
    options = [
        {
            "name": option["name"],
            "description": option.get("description", ""),
            "type": option["type"],
            "required": bool(option.get("required")),
            "choices": option.get("choices") or None,
            "autocomplete": bool(option.get("autocomplete")),
            **{fact: option[fact] for fact in OPTION_FACTS if fact in option},
        }
        for option in specification.get("options") or []
    ]
    return {"name": name, "description": specification.get("description", ""), "options": options}


def message(world: World, person: Person, channel_id: int, message_id: int) -> dict[str, Any] | None:
    """A message as this person sees it; None when they don't."""
    stored = world.backend.messages.get(channel_id, {}).get(message_id)
    if stored is None or not _sees(world, person, stored):
        return None
    payload = world.message_payload(stored, viewer=person.id)
    thread = world.backend.channels.get(message_id)
    is_start = thread is not None and thread.is_thread
    payload["thread"] = (
        {"id": str(thread.id), "name": thread.name, "count": thread.message_count}
        if thread is not None and is_start
        else None
    )
    mentioned = {int(digits) for digits in MENTION.findall(orjson.dumps(payload, default=str))}
    users = world.backend.users
    payload["names"] = {str(i): users[i].global_name or users[i].name for i in mentioned if i in users}
    return payload


def history(world: World, person: Person, channel_id: int, hidden: set[int]) -> list[dict[str, Any]]:
    """The newest messages of a channel, oldest first, without those this person has put away."""
    if not channel_accessible(world.backend, channel_id, person.id):
        raise Impossible("That channel is not here any more")
    stored = world.backend.messages.get(channel_id, {}).values()
    visible = [m.id for m in stored if m.id not in hidden and _sees(world, person, m)]
    shown = [message(world, person, channel_id, i) for i in visible[-HISTORY:]]
    return [payload for payload in shown if payload is not None]


def _sees(world: World, person: Person, stored: Any) -> bool:
    return message_accessible(world.backend, stored.channel_id, stored, person.id, history=True)
