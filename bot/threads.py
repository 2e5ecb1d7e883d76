"""Opening a thread, on a message or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord

from bot.text import clip

if TYPE_CHECKING:
    from bot.app import Offramp

EXISTS = 160004  # Discord's code: this message has a thread already; its id is the message's
A_WEEK: Final = 10080  # minutes without a message until a thread is archived


async def open_thread(bot: Offramp, guild_id: int, channel_id: int, message_id: int, title: str) -> int:
    """Open a thread on a message; its id. One of press.FAILURES if Discord doesn't."""
    message = bot.get_partial_messageable(channel_id, guild_id=guild_id).get_partial_message(message_id)
    return (await message.create_thread(name=clip(title, 100), auto_archive_duration=A_WEEK)).id


async def open_loose_thread(channel: discord.TextChannel, title: str) -> int:
    """Open a public thread on no message; its id. One of press.FAILURES if Discord doesn't."""
    kind = discord.ChannelType.public_thread
    return (await channel.create_thread(name=clip(title, 100), type=kind, auto_archive_duration=A_WEEK)).id
