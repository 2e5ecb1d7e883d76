"""How long a ruling keeps other writers waiting, by how many answers its question has.

    python -m tests.bench.rescore

The question was asked in rounds of a hundred people; a third of them chose each option, and the key moves from one to
another. Beside it stands what the read before it takes, which keeps nobody waiting, and how long the slowest of the
small writes took that were made all the while, one after the other.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import click
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot import judge
from bot.act import Act
from bot.item import Item
from bot.reports import actions
from bot.reports.actions import Proposal
from bot.reports.rescoring import Effect, Rejudged
from storage.db import Database, insert_new
from storage.migrate import migrate
from storage.tables import Answer, Asked, Member, Round
from tests.bench.report import describe_machine
from tests.questions.rounds import GUILD, HOUR, ITEM
from tests.stage import START

PEOPLE = 100  # in a round
SECONDS = 20
PAUSE = 0.005  # seconds between two small writes


@click.command(epilog="Example: python -m tests.bench.rescore --answers 1000")
@click.option("--answers", multiple=True, default=(1_000, 10_000, 100_000), show_default=True, help="Of one question.")
def rescore(answers: Sequence[int]) -> None:
    """Measure a ruling, in rounds with either scoring."""
    before = describe_machine()
    click.echo("| answers | scoring | changed | read before, s | writer held, s | slowest small write, s |")
    click.echo("| ---: | --- | ---: | ---: | ---: | ---: |")
    for many in answers:
        for scoring in ("accuracy", "speed"):
            read, held, slowest, effect = asyncio.run(measure(many, scoring))
            click.echo(f"| {many:,} | {scoring} | {effect.answers:,} | {read:.3f} | {held:.3f} | {slowest:.3f} |")
    click.echo(f"\nBefore: {before}.\nAfter: {describe_machine()}.")


async def measure(many: int, scoring: str) -> tuple[float, float, float, Effect]:
    """The seconds that a ruling's read, its transaction and the slowest write beside it take, and what it changes."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(db)
        await db.write(fill, many, scoring)
        act = Act(GUILD, 1, 1, START)
        after = ITEM.model_copy(update={"key": (2,)})
        await db.write(actions.propose, act, Proposal(round_id=1, position=0, kind="correct", before=ITEM, after=after))
        waits: list[float] = []
        writing = asyncio.create_task(write_on(db, waits))
        started = time.perf_counter()
        foreseen = await db.read(actions.foresee, act, act.id)
        read = time.perf_counter() - started
        held, effect = await db.write(timed_confirm, act, foreseen)
        await asyncio.sleep(0.1)  # for what was waiting
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        db.close()
        return read, held, max(waits), effect


async def write_on(db: Database, waits: list[float]) -> None:
    """Make one small write after another, and note how long each took."""
    for user_id in count():
        started = time.perf_counter()
        await db.write(insert_new, Member, {"guild_id": GUILD + 1, "user_id": user_id, "name": "Ann"})
        waits.append(time.perf_counter() - started)
        await asyncio.sleep(PAUSE)


def timed_confirm(session: Session, act: Act, foreseen: Sequence[Rejudged]) -> tuple[float, Effect]:
    started = time.perf_counter()
    effect = actions.confirm(session, act, act.id, foreseen)
    return time.perf_counter() - started, effect


def fill(session: Session, many: int, scoring: str) -> None:
    """Rounds that are over, with `many` answers to ITEM in all."""
    at = START + HOUR
    for number in range(1, many // PEOPLE + 1):
        key = {"guild_id": GUILD, "round_id": number, "position": 0}
        session.execute(insert(Round).values(_round(number, scoring, at)))
        session.execute(insert(Asked).values(key | _asked(ITEM, at)))
        session.execute(insert(Answer), [key | _answer(user, scoring, at) for user in range(PEOPLE)])


def _round(number: int, scoring: str, at: int) -> dict[str, Any]:
    whose = {"guild_id": GUILD, "id": number, "channel_id": 1, "home_id": 1, "starter_id": 1, "subject": "Shapes"}
    how = {"seconds": SECONDS, "scoring": scoring, "seed": 1, "length": 1, "position": 0, "silent": 0}
    return whose | how | {"state": "over", "due_at": at, "version": 3, "started_at": at, "ended_at": at}


def _asked(item: Item, at: int) -> dict[str, Any]:
    what = {"question_id": item.id, "theme": item.theme_id, "item": item.model_dump_json(), "message_id": 7}
    return what | {"opened_at": at, "closes_at": at + SECONDS * 1000, "closed_at": at + SECONDS * 1000}


def _answer(user: int, scoring: str, at: int) -> dict[str, Any]:
    given, took = [user % 3], 150 * (user + 1)
    right = judge.is_right(ITEM, given)
    points = judge.points(ITEM.difficulty, scoring, right, took, SECONDS)
    return {"user_id": user, "given": json.dumps(given), "right": int(right), "points": points, "took": took, "at": at}


if __name__ == "__main__":
    rescore()
