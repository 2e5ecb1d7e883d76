"""How long boards take over a million answers.

    python -m tests.bench.boards

People who have all answered two hundred questions of ten themes, straight in the database; the tallies of all time, of
a season and of the day, week and month are there as after the closing of each. Median and range of fifty runs each; the
pages are the first, the one in the middle and the last. Beside them stands what a change of the server's zone takes,
which sums up its days, weeks and months anew on the writer thread.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import click
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bot.board import PAGE
from storage import boards, tallies
from storage.db import Database
from storage.migrate import migrate
from storage.periods import ALL, name_periods
from storage.tables import Answer, Asked, Member, Round, Season
from tests.bench.report import describe_machine
from tests.questions.rounds import GUILD, HOUR
from tests.stage import START

RUNS = 50
THEMES = 10
LATEST = START + HOUR  # when the last round closes

ROLL_UP = """
INSERT INTO tallies (guild_id, period, theme, user_id, points, "right", answered)
SELECT a.guild_id, 'season:1', {theme}, a.user_id, sum(a.points), sum(a."right"), count(*)
FROM answers a JOIN asked q ON q.guild_id = a.guild_id AND q.round_id = a.round_id AND q.position = a.position
GROUP BY a.guild_id, {group}a.user_id
"""
OF_ALL = """
INSERT INTO tallies SELECT guild_id, 'all', theme, user_id, points, "right", answered FROM tallies
WHERE period = 'season:1'
"""


@click.command(epilog="Example: python -m tests.bench.boards --people 500")
@click.option("--people", default=5_000, show_default=True)
@click.option("--questions", default=200, show_default=True, help="That each of them has answered.")
def measure_boards(people: int, questions: int) -> None:
    """Measure pages of a board, somebody's own page, and summing up anew."""
    before = describe_machine()
    asyncio.run(measure(people, questions))
    click.echo(f"\nBefore: {before}.\nAfter: {describe_machine()}.")


async def measure(people: int, questions: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(db)
        await db.write(fill, people, questions)
        click.echo(f"{people * questions:,} answers of {people:,} people.\n\n| what | median, ms | range, ms |")
        click.echo("| --- | ---: | ---: |")
        today = name_periods(LATEST, "UTC")[0]
        last = (people - 1) // PAGE
        pages = [("first", ALL, 0), ("middle", ALL, last // 2), ("last", ALL, last), ("first", today, 0)]
        for which, period, page in [*pages, ("middle", "season:1", last // 2)]:
            await show(f"{period}, {which} page", partial(_read_page, db, period, "", page))
        await show("of a theme, first page", partial(_read_page, db, ALL, "shapes/0", 0))
        await show("/quiz me", partial(_read_own, db, people // 2))
        await show("a zone is changed", partial(db.write, tallies.recompute, GUILD, LATEST), runs=5)
        db.close()


async def show(what: str, run: Callable[[], Awaitable[Any]], runs: int = RUNS) -> None:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        await run()
        times.append((time.perf_counter() - started) * 1000)
    click.echo(f"| {what} | {median(times):.1f} | {min(times):.1f} to {max(times):.1f} |")


async def _read_page(db: Database, period: str, theme: str, page: int) -> None:
    board = await db.read(boards.get_board, GUILD, period, theme, page, PAGE)
    assert board.rows


async def _read_own(db: Database, user_id: int) -> None:
    assert await db.read(boards.get_own, GUILD, ALL, user_id)
    assert len(await db.read(boards.list_own_themes, GUILD, user_id)) == THEMES


def fill(session: Session, people: int, questions: int) -> None:
    """A round of one question every two hours until LATEST, and its tallies."""
    session.execute(insert(Season).values(guild_id=GUILD, id=1, name="All", starter_id=1, started_at=0))
    names = [{"guild_id": GUILD, "user_id": user, "name": f"person {user}"} for user in range(people)]
    session.execute(insert(Member), names)
    for number in range(questions):
        closed_at = LATEST - 2 * HOUR * (questions - 1 - number)
        key = {"guild_id": GUILD, "round_id": number, "position": 0}
        session.execute(insert(Round).values(_round(number, closed_at)))
        what = {"question_id": f"shapes/q{number}", "theme": f"shapes/{number % THEMES}", "item": "{}" * 500}
        session.execute(insert(Asked).values(key | what | {"closed_at": closed_at}))
        session.execute(insert(Answer), [key | _answer(user, number, closed_at) for user in range(people)])
    for theme, group in (("q.theme", "q.theme, "), ("'shapes'", ""), ("''", "")):
        session.execute(text(ROLL_UP.format(theme=theme, group=group)))
    session.execute(text(OF_ALL))
    tallies.recompute(session, GUILD, LATEST)


def _round(number: int, at: int) -> dict[str, Any]:
    whose = {"guild_id": GUILD, "id": number, "channel_id": 1, "home_id": 1, "starter_id": 1, "subject": "Shapes"}
    how = {"seconds": 20, "scoring": "accuracy", "seed": 1, "length": 1, "position": 0, "silent": 0}
    return whose | how | {"state": "over", "due_at": at, "version": 3, "started_at": at, "ended_at": at}


def _answer(user: int, number: int, at: int) -> dict[str, Any]:
    right = int((user * 7919 + number * 104_729) % 1000 < user * 1000 // 5_000)
    return {"user_id": user, "given": "[0]", "right": right, "points": 100 * right, "took": 1, "at": at}


if __name__ == "__main__":
    measure_boards()
