"""What figures cost where a question has 100,000 answers: `python -m tests.bench.figures` (two minutes)."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from bot.questions.figures import weigh, weigh_all
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Answer
from tests.build import SINGLE
from tests.questions.rounds import GUILD, hold, make_items

QUESTIONS, PEOPLE = 10, 100_000
ITEMS = make_items(*(SINGLE | {"prompt": f"Which shape is number {n}?"} for n in range(QUESTIONS)))
SHAPES = {"1,000 rounds of 100 people": 1_000, "10,000 rounds of 10 people": 10_000, "one round of 100,000 people": 1}


def fill(connection: Connection, rounds: int) -> None:
    """Rounds of ten questions; PEOPLE answer them, each in one round."""
    chance = random.Random(1)
    session = Session(connection)
    for number in range(1, rounds + 1):
        hold(session, number, *((item, {}) for item in ITEMS))
        people = range(number * PEOPLE, number * PEOPLE + PEOPLE // rounds)
        for place in range(QUESTIONS):
            session.execute(insert(Answer), [_answer(number, place, person, chance) for person in people])


def _answer(number: int, place: int, person: int, chance: random.Random) -> dict[str, object]:
    picked = chance.randrange(3)
    judged = {"given": json.dumps([picked]), "right": int(picked == 1), "points": 0, "took": 1000, "at": person}
    return judged | {"guild_id": GUILD, "round_id": number, "position": place, "user_id": person}


async def measure(do: Callable[[], Awaitable[object]]) -> str:
    """Milliseconds it takes, how late it makes others on the loop, and MiB at its peak."""
    late: list[float] = []
    ticking = asyncio.create_task(_tick(late))
    began = time.perf_counter()
    await do()
    took = time.perf_counter() - began
    ticking.cancel()
    tracemalloc.start()
    await do()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"{took * 1000:.0f} ms, others up to {max(late) * 1000:.0f} ms late, {peak / 2**20:.0f} MiB"


async def _tick(late: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append(time.perf_counter() - began - 0.005)


async def main() -> None:
    for shape, rounds in SHAPES.items():
        with tempfile.TemporaryDirectory() as folder:
            db = Database(f"sqlite:///{Path(folder) / 'figures.db'}")
            migrate(db)
            db.run(partial(fill, rounds=rounds))
            print(shape)
            print("  one question:", await measure(partial(weigh, db, GUILD, ITEMS[0].id)))
            print("  overview:", await measure(partial(weigh_all, db, GUILD)))
            db.close()


if __name__ == "__main__":
    asyncio.run(main())
