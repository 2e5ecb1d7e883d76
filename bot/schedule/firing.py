"""Due times are fired: claimed, looked at, and done each in one transaction."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.schedule import course, remaking, rules
from bot.schedule.place import find_fault
from bot.zones import is_known
from storage import schedules
from storage.db import NotSaved
from storage.schedules import Claim

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.schedule")
AT_ONCE = 20  # in one turn of the loop: rounds and presses wait meanwhile, and openings are posted no faster


class Firing:
    """Asks for due times and does them, under a name that no other process has."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self.owner = uuid.uuid4().hex
        self._remade = False
        self._there_since = self._looked = 0

    async def remake(self, now: int) -> None:
        """Back after an absence. Once a start: zones may have changed since the pending times were made."""
        self._there_since = now
        if not self._remade:
            for outdated in await self.bot.db.read(remaking.list_outdated, now):
                await self.bot.db.write(remaking.remake, *outdated, now)
            self._remade = True

    async def fire_due(self, now: int) -> None:
        """Do some of what is due, the longest due first. What comes due while we are there is never late."""
        if now - self._looked > rules.ON_TIME:
            self._there_since = now
        self._looked = now
        first = await self.bot.db.read(schedules.first_due)
        if first is None or first > now:
            return
        claims = await self.bot.db.write(schedules.claim, self.owner, now, AT_ONCE)
        await asyncio.gather(*(self._fire(claim, now) for claim in claims))

    async def _fire(self, claim: Claim, now: int) -> None:
        try:
            await self._do(claim, now)
        except NotSaved:
            raise  # the loop knows what to do; the claim runs out by itself
        except Refusal as refusal:
            await self.bot.db.write(course.put_off, claim, now + rules.BUSY, str(refusal), now)
        except Exception:
            # One that can't be done must not hold up the others; it is looked at again, and missed in the end.
            log.exception("not started", extra={"guild": claim.guild_id, "schedule": claim.schedule_id})
            await self.bot.db.write(course.put_off, claim, now + rules.AWAY, "something went wrong on my side", now)

    async def _do(self, claim: Claim, now: int) -> None:
        bot = self.bot
        schedule = await bot.db.read(schedules.get_schedule, claim.guild_id, claim.schedule_id)
        if schedule is None:
            return
        where = (claim.guild_id, schedule.channel_id, bool(schedule.thread), schedule.role_id)
        fault = find_fault(bot, *where) or (None if is_known(schedule.zone) else "rule")
        if fault == "away":
            await bot.db.write(course.put_off, claim, now + rules.AWAY, fault, now)
        elif fault:
            await bot.db.write(course.stop_for, claim, fault, now)
        else:
            await bot.db.write(course.perform, bot.startables, bot.packs, claim, now, self._there_since)
