"""A process that does nothing but look after schedules, on a clock that runs faster than others.

`python -m tests.schedule.fire_loop FILE BEGAN` prints a line whenever it has claimed something, and lingers then, so
that it can be stopped or killed between a claim and what comes of it.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.schedule import course
from bot.startable import Occasion
from content.pack import Pack
from storage import schedules
from storage.db import Database, NotSaved
from storage.schedules import LEASE
from tests.schedule.test_fires import NOON, PACKS, ROUND

SPEED = 500
LEASE_SECONDS = LEASE / 1000 / SPEED


def start(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    """Start something that leaves a row at each start."""
    sql = (
        "INSERT INTO seasons (guild_id, id, name, starter_id, started_at, ended_at) "
        "SELECT :guild, coalesce(max(id), 0) + 1, '', 1, :at, 1 FROM seasons"
    )
    session.execute(text(sql), {"guild": occasion.guild_id, "at": occasion.at})


STARTABLES = {"round": replace(ROUND, start=start)}


def tell_time(began: float) -> int:
    """UTC in ms, by a clock that stood at noon at that moment of the machine's own."""
    return NOON + int((time.monotonic() - began) * 1000 * SPEED)


async def look_after(db: Database, owner: str, began: float) -> None:
    """Claim and do what is due, for ever."""
    while True:
        now = tell_time(began)
        try:
            claims = await db.write(schedules.claim, owner, now, 3)
            if claims:
                print(len(claims), flush=True)  # noqa: T201
                await asyncio.sleep(random.random() * LEASE_SECONDS / 2)
            for claim in claims:
                await db.write(course.perform, STARTABLES, PACKS, claim, now)
        except NotSaved:
            continue
        await asyncio.sleep(0.005)


if __name__ == "__main__":
    file, began = Path(sys.argv[1]), float(sys.argv[2])
    asyncio.run(look_after(Database(f"sqlite:///{file}"), f"{random.random()}", began))
