"""Ten thousand schedules that are due within one minute: how fast they are claimed and started, how they are posted.

    python -m tests.bench.schedules

Each is a quiz round in a server of its own. First all are claimed, as the loop would, and the claims left to lapse.
Then the loop's own code claims and starts them while delivery posts the openings; only the request itself, and the look
whether the bot may write in the channel, are left out. The rounds are not played on.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.app import Offramp
from bot.clock import Clock
from bot.kit import Card
from bot.schedule import firing
from content.loader import find_packs, load_packs
from storage import schedules
from storage.db import Database
from storage.migrate import migrate
from storage.posts import Waiting
from storage.tables import Fire, Schedule
from tests.bench.report import describe_machine

MINUTE = 60_000
CHANNEL = 10**15  # of the first server; the next have the numbers after it


@click.command(epilog="Example: python -m tests.bench.schedules --schedules 500")
@click.option("--schedules", "many", default=10_000, show_default=True)
def measure_schedules(many: int) -> None:
    """Measure claiming, starting and posting."""
    before = describe_machine()
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'schedules.db'}")
        migrate(db)
        try:
            asyncio.run(_measure(db, many))
        finally:
            db.close()
    click.echo(f"Before: {before}.\nAfter: {describe_machine()}.")


async def _measure(db: Database, many: int) -> None:
    await db.write(_fill, many, Clock().now())
    began = time.perf_counter()
    claimed = 0
    while got := await db.write(schedules.claim, "bench", Clock().now(), firing.AT_ONCE):
        claimed += len(got)
    click.echo(f"claimed {claimed:,} in {time.perf_counter() - began:.2f} s")
    await db.write(lambda session: session.execute(update(Fire).values(state="due", due_at=Fire.at)))
    await _start_and_post(db, many)


async def _start_and_post(db: Database, many: int) -> None:
    bot = Offramp(db, load_packs(find_packs()), Clock())
    for feature in ("quiz", "schedule"):
        await bot.load_extension(f"bot.{feature}.cog")
    sent: list[tuple[float, int]] = []

    async def put(post: Waiting, card: Card) -> int:
        sent.append((time.perf_counter(), post.channel_id - CHANNEL))
        return len(sent)

    bot.delivery._put = put  # type: ignore[method-assign]
    vars(firing)["find_fault"] = lambda *_: None
    loop, began, started = firing.Firing(bot), time.perf_counter(), 0.0
    loop._there_since, loop._looked = 1, bot.clock.now()  # it was there when they came due
    while len(sent) < many:
        await loop.fire_due(bot.clock.now())
        if not started and (await db.read(schedules.first_due) or 0) > bot.clock.now():
            started = time.perf_counter() - began
        await bot.delivery.send_due(bot.clock.now())
        await bot.clock.wait(0.25)
    await bot.delivery.close()
    missed = await db.read(lambda session: session.scalar(select(func.count()).where(Fire.state == "missed")))
    click.echo(f"{missed} missed")
    click.echo(f"started all in {started:.1f} s, posted all in {sent[-1][0] - began:.0f} s")
    click.echo(f"at most {_most_in_a_second([at for at, _ in sent])} requests in any second")
    places = [place for _, place in sent]
    late = max(abs(place - turn) for turn, place in enumerate(places))
    click.echo(f"in order of due time but for {late} places at most")


def _most_in_a_second(times: Sequence[float]) -> int:
    return max(n + 1 - bisect_left(times, at - 1) for n, at in enumerate(times))


def _fill(session: Session, many: int, now: int) -> None:
    """Schedules of as many servers, due one after another in the minute that has just passed."""
    of_all = {
        "what": "round",
        "settings": "{}",
        "rule": "0 0 1 1 *",
        "zone": "UTC",
        "missed": "skip",  # the harder way: what waits in the queue must not count as missed
        "grace": 60,
        "state": "active",
        "maker_id": 1,
        "made_at": now,
    }
    ids = range(1, many + 1)
    session.execute(
        insert(Schedule), [of_all | {"guild_id": n, "id": n << 22, "channel_id": CHANNEL + n - 1} for n in ids]
    )
    at = [now - MINUTE + n * MINUTE // many for n in ids]
    fires = [{"guild_id": n, "schedule_id": n << 22, "at": at[n - 1], "due_at": at[n - 1], "state": "due"} for n in ids]
    session.execute(insert(Fire), fires)


if __name__ == "__main__":
    measure_schedules()
