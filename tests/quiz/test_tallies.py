"""Whatever happens in whatever order: what boards read is what the answers come to when they are added up anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.quiz.voiding import set_void
from bot.seasons import actions as seasons
from bot.setup.actions import choose
from bot.zones import today
from storage.db import Database
from storage.tables import Round, Season, Tally
from tests.reports import test_rescoring
from tests.reports.test_rescoring import Server, any_of, one
from tests.reports.truth import AGAIN, ITEMS, Row, list_rows

ZONES = ("UTC", "Europe/Vilnius", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Kiritimati")
HOUR = 3600_000
Sums = dict[tuple[str, str, int], tuple[int, int, int]]


class Club(Server):
    """A server whose moderators also void rounds, hold seasons and choose its zone, while time passes."""

    zone = "UTC"

    def wait(self, hours: int) -> None:
        self.now += hours * HOUR
        self.drafts.clear()  # a ruling that waits is forgotten after a day

    def void(self, which: int) -> None:
        """Take a round out of the boards, or count it again."""
        for round in one(which, self.find(Round)):
            self.write(set_void, self.act(), round.id, not round.void)

    def turn_season(self) -> None:
        """End the season that runs, or begin one."""
        running = self.find(Season, Season.ended_at.is_(None))
        if running:
            self.write(seasons.end, self.act(), running[0].id, 1)
        else:
            self.write(seasons.start, self.act(), "Winter")

    def move(self, zone: str) -> None:
        self.zone = zone
        self.write(choose, self.act(), "zone", zone)

    def check_tallies(self) -> None:
        shown = {"all", *name(self.now, self.zone), *(f"season:{season.id}" for season in self.find(Season))}
        stored = self.read(list_tallies, self.guild_id)
        assert {key: sums for key, sums in stored.items() if key[0] in shown} == self.add_up(shown)

    def add_up(self, shown: set[str]) -> Sums:
        """Answer by answer, what everybody has in the periods that can be shown."""
        totals: dict[tuple[str, str, int], Counter[str]] = {}
        for row in self.read(list_rows, self.guild_id):
            if row.asked.closed_at is None or row.asked.void or row.round.void:
                continue
            worth = {"points": row.answer.points, "right": row.answer.right, "answered": 1}
            for period in shown.intersection(self.periods(row.asked.closed_at)):
                for theme in parts(row):
                    totals.setdefault((period, theme, row.answer.user_id), Counter()).update(worth)
        return {key: (sums["points"], sums["right"], sums["answered"]) for key, sums in totals.items()}

    def periods(self, at: int) -> Iterator[str]:
        yield from ("all", *name(at, self.zone))
        for season in self.find(Season):
            if season.started_at < at and (season.ended_at is None or at <= season.ended_at):
                yield f"season:{season.id}"


def name(at: int, zone: str) -> tuple[str, str, str]:
    day = today(at, zone)
    return f"day:{day}", f"week:{day - timedelta(days=day.weekday())}", f"month:{day.isoformat()[:7]}"


def parts(row: Row) -> tuple[str, str, str]:
    return "", row.asked.theme.split("/")[0], row.asked.theme


def list_tallies(session: Session, guild_id: int) -> Sums:
    rows = session.scalars(select(Tally).where(Tally.guild_id == guild_id))
    return {(row.period, row.theme, row.user_id): (row.points, row.right, row.answered) for row in rows}


def does(step: Callable[..., None], **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(partial, st.just(step), **arguments)


steps = st.one_of(
    test_rescoring.steps,
    does(Club.wait, hours=st.integers(1, 24 * 20)),
    does(Club.void, which=any_of),
    does(Club.turn_season),
    does(Club.move, zone=st.sampled_from(ZONES)),
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.sets(st.sampled_from(range(len(ITEMS))), min_size=1, max_size=2), steps=st.lists(steps, min_size=12))
def test_stored_tallies_are_the_sums_of_the_answers_after_anything(
    db: Database, which: set[int], steps: list[Callable[[Club], None]]
) -> None:
    club = Club(db, [ITEMS[n] for n in which], [AGAIN[n] for n in which])
    with closing(club.loop):
        for step in steps:
            step(club)
            club.check_tallies()
