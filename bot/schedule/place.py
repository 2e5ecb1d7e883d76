"""Where a schedule starts something, as the bot sees the server: whether that place and its role are still there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord

if TYPE_CHECKING:
    from bot.app import Offramp

Fault = Literal["away", "gone", "forbidden", "role"]


def find_fault(bot: Offramp, guild_id: int, channel_id: int, thread: bool, role_id: int | None) -> Fault | None:
    """What keeps a schedule from its place now, or None. `away`: the server is not to be seen, which says nothing."""
    guild = bot.get_guild(guild_id)
    if guild is None or guild.unavailable or guild.me is None:
        return "away"
    channel = guild.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel):
        return "gone"
    held = channel.permissions_for(guild.me)
    threads = held.create_public_threads and held.send_messages_in_threads
    if not (held.view_channel and held.send_messages and (threads or not thread)):
        return "forbidden"
    return "role" if role_id is not None and guild.get_role(role_id) is None else None
