"""The next time of a schedule also stands among the server's events on Discord, where somebody asked for that."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.press import FAILURES
from bot.schedule import cards
from bot.text import clip
from storage import schedules
from storage.db import NotSaved

if TYPE_CHECKING:
    from bot.app import Offramp
    from storage.tables import Fire

log = logging.getLogger("offramp.schedule")

EVERY = 30_000  # ms between two looks
AT_ONCE = 10
LASTS = timedelta(hours=1)  # Discord wants to know when an event in a text channel ends
REFUSED = (discord.Forbidden, discord.NotFound)  # asking again would change nothing
NONE = 0  # stands for the event of a time that can have none


class Events:
    """Makes the events that are wanted and takes away those of times that were dropped, beside the loop."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self._next = 0
        self._task: asyncio.Task[None] | None = None

    async def keep(self, now: int) -> None:
        """Begin to look, unless that was done a moment ago."""
        if now >= self._next and (self._task is None or self._task.done()):
            self._next = now + EVERY
            self._task = asyncio.create_task(self._keep(now), name="events")

    async def _keep(self, now: int) -> None:
        away: set[int] = set()  # servers that can't be seen: what waits for them must not keep the others waiting
        try:
            while True:
                stale = await self.bot.db.read(schedules.list_stale_events, AT_ONCE, away)
                wanted = await self.bot.db.read(schedules.list_eventless, now, AT_ONCE, away)
                missing = {guild for guild, _ in stale} | {fire.guild_id for fire in wanted}
                missing = {guild_id for guild_id in missing if self._find_guild(guild_id) is None}
                if not missing:
                    break
                away |= missing
            for guild_id, event_id in stale:
                await self._try(self._take_away(guild_id, event_id))
            for fire in wanted:
                await self._try(self._make(fire))
        except NotSaved:
            log.warning("events not kept")
        except Exception:
            log.exception("events not kept")

    async def _try(self, work: Coroutine[Any, Any, None]) -> None:
        """Do one of them; what Discord did not take just now is tried again at the next look, and holds up nobody."""
        try:
            await work
        except FAILURES as error:
            log.warning("event not kept", extra={"why": type(error).__name__})

    def _find_guild(self, guild_id: int) -> discord.Guild | None:
        guild = self.bot.get_guild(guild_id)
        return None if guild is None or guild.unavailable or guild.me is None else guild

    async def _make(self, fire: Fire) -> None:
        schedule = await self.bot.db.read(schedules.get_schedule, fire.guild_id, fire.schedule_id)
        guild = self._find_guild(fire.guild_id)
        if schedule is None or guild is None:
            return
        event_id = NONE
        if guild.me.guild_permissions.create_events:
            name = clip(cards.name(schedule, self.bot.startables), 100)
            place = guild.get_channel(schedule.channel_id)
            try:
                event_id = await _find_or_create(guild, name, fire.at, f"#{place.name}" if place else "here")
            except REFUSED as error:
                log.warning("no event", extra={"guild": fire.guild_id, "code": error.code})
        await self.bot.db.write(schedules.set_event, fire, event_id)

    async def _take_away(self, guild_id: int, event_id: int) -> None:
        guild = self._find_guild(guild_id)
        if guild is None:
            return
        try:
            await (await guild.fetch_scheduled_event(event_id, with_counts=False)).delete()
        except REFUSED as error:  # gone already, or not ours to delete any more
            log.info("event not taken away", extra={"guild": guild_id, "code": error.code})
        await self.bot.db.write(schedules.forget_event, guild_id, event_id)


async def _find_or_create(guild: discord.Guild, name: str, at: int, where: str) -> int:
    """The event of a time; after a crash it may be there already."""
    start = datetime.fromtimestamp(at / 1000, UTC)
    for event in await guild.fetch_scheduled_events(with_counts=False):
        if (event.name, event.start_time, event.location) == (name, start, where):
            return event.id
    made = await guild.create_scheduled_event(
        name=name,
        start_time=start,
        end_time=start + LASTS,
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
        location=where,
    )
    return made.id
