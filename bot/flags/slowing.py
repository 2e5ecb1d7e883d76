"""A channel that became heated is slowed down for a while, where the bot may do that and nobody else has."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot.flags import rules
from bot.press import FAILURES
from storage import flags
from storage.db import NotSaved

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.flags")

EVERY = 5_000  # ms between two looks for what is to be lifted
PUT_OFF = 60_000  # ms until what Discord did not take is tried again


async def slow_down(bot: Offramp, guild_id: int, channel_id: int) -> None:
    """Have people wait between two messages in a channel. It is noted first, so that it is surely lifted again."""
    facts = {"guild": guild_id, "channel": channel_id}
    try:
        channel = await bot.fetch_channel(channel_id)
        if not isinstance(channel, discord.TextChannel | discord.Thread) or channel.slowmode_delay:
            return
        if not _may_slow(channel):
            log.info("not slowed down", extra=facts | {"why": "not allowed"})
            return
        await bot.db.write(flags.note_slowed, guild_id, channel_id, bot.clock.now() + rules.WITHIN)
        await channel.edit(slowmode_delay=rules.SLOW, reason="Several people flagged something here")
    except (*FAILURES, NotSaved) as error:
        log.warning("not slowed down", extra=facts | {"why": type(error).__name__})


class Lifting:
    """Lifts what was set once nobody has flagged anything there for a while, beside the loop."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self._next = 0
        self._task: asyncio.Task[None] | None = None

    async def begin(self, now: int) -> None:
        """Begin to look, unless that was done a moment ago."""
        if now >= self._next and (self._task is None or self._task.done()):
            self._next = now + EVERY
            self._task = asyncio.create_task(self._lift_due(now), name="lifting slow mode")

    async def _lift_due(self, now: int) -> None:
        try:
            for guild_id, channel_id in await self.bot.db.read(flags.due_slowed, now):
                await self._lift(guild_id, channel_id)
        except NotSaved:
            log.warning("slow mode not lifted")
        except Exception:
            log.exception("slow mode not lifted")

    async def _lift(self, guild_id: int, channel_id: int) -> None:
        """Lift the slow mode of a channel if it is still the one that was set; a moderator's own stays."""
        try:
            channel = await self.bot.fetch_channel(channel_id)
            if getattr(channel, "slowmode_delay", 0) == rules.SLOW:
                assert isinstance(channel, discord.TextChannel | discord.Thread), "no other was slowed down"
                await channel.edit(slowmode_delay=0, reason="Nobody has flagged anything here for a while")
        except FAILURES as error:
            facts = {"guild": guild_id, "channel": channel_id, "why": type(error).__name__}
            log.warning("slow mode not lifted", extra=facts)
            if not _is_refused(error):
                later = self.bot.clock.now() + PUT_OFF
                await self.bot.db.write(flags.keep_slowed, guild_id, channel_id, later)
                return
        await self.bot.db.write(flags.forget_slowed, guild_id, channel_id)


def _may_slow(channel: discord.TextChannel | discord.Thread) -> bool:
    """Whether the bot may; asked of what is known of the server, since an answer of 403 counts against the bot."""
    me = channel.guild.me
    if me is None:
        return False
    if isinstance(channel, discord.TextChannel):
        return channel.permissions_for(me).manage_channels
    return channel.parent is not None and channel.permissions_for(me).manage_threads


def _is_refused(error: Exception) -> bool:
    """Whether asking again would change nothing: the channel is gone, or it is not the bot's to change any more."""
    return isinstance(error, discord.HTTPException) and 400 <= error.status < 500 and error.status != 429
