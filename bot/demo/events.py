"""What the gateway tells the bot: the world's events, as far as the bot's intents reach."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import discord

from bot.demo.engine import gating, serializers
from bot.demo.world import World

ATTACHMENT_BYTES = 10 * 2**20  # what a server without boosts takes


def ready(world: World) -> dict[str, Any]:
    """The part of READY that tells who the bot is and where it is a member."""
    return {
        "v": 10,
        "user": serializers.user_payload(world.backend.bot_user),
        "guilds": [{"id": str(guild), "unavailable": True} for guild in world.backend.guilds],
        "application": {"id": str(world.backend.application_id), "flags": 0},
    }


def guilds(world: World) -> list[Mapping[str, Any]]:
    """A GUILD_CREATE for every server the bot is in."""
    return [serializers.guild_create_payload(world.backend, guild) for guild in world.backend.guilds.values()]


def as_heard(
    world: World, event: str, payload: Mapping[str, Any], intents: discord.Intents
) -> Mapping[str, Any] | None:
    """The event as Discord sends it to a bot with these intents; None when it sends nothing."""
    gate = gating.required_intent(event, payload)
    if gate is not None and not getattr(intents, gate):
        return None
    if event == "GUILD_CREATE":
        pruned = dict(payload)
        gating.prune_guild_create(pruned, intents, world.bot_id)
        return pruned
    if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and not intents.message_content:
        censored = copy.deepcopy(dict(payload))
        gating.censor_message(censored, world.bot_id, backend=world.backend)
        return censored
    if event == "INTERACTION_CREATE" and "guild_id" in payload:
        owners = {"authorizing_integration_owners": {"0": payload["guild_id"]}}
        return {**payload, **owners, "attachment_size_limit": ATTACHMENT_BYTES}
    return payload


def member_chunk(world: World, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a request for members: all of them at once."""
    guild = world.backend.get_guild(int(wanted["guild_id"]))
    members = [serializers.member_payload(world.backend, guild, m) for m in guild.members.values()]
    chunk = {"guild_id": str(guild.id), "members": members, "chunk_index": 0, "chunk_count": 1}
    return chunk | ({"nonce": wanted["nonce"]} if "nonce" in wanted else {})
