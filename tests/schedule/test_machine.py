"""Whatever two processes and their clock go through: each time of a schedule is done once, or missed and counted."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.schedule import actions, course, rules
from bot.schedule.actions import Plan
from bot.startable import Occasion
from content.pack import Pack
from storage import schedules
from storage.schedules import LEASE, Claim
from storage.settings import change_settings
from tests.fresh import open_fresh
from tests.schedule.test_fires import HOUR, NOON, PACKS, ROUND, RULE

P = ParamSpec("P")
T = TypeVar("T")
SCHEDULE = 7 << 22
STEPS = [15, 61, 10 * 60, 3600, 3 * 3600]  # seconds
PENDING = ("due", "claimed")


class PowerCut(Exception):
    """The transaction does not come to its end."""


class Row(NamedTuple):
    """What is known of a time."""

    at: int
    state: str
    by_hand: int
    times: int
    until: int | None
    due_at: int

    @property
    def counted(self) -> list[int]:
        """The times that this row stands for."""
        return list(range(self.at, (self.until or self.at) + 1, HOUR))


def start(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    """Start something that leaves a row at each start; busy while the server's quiz channel is 1."""
    if session.execute(text("SELECT 1 FROM settings WHERE quiz_channel_id = 1")).first():
        raise Refusal("Something is going on here.")
    sql = (
        "INSERT INTO seasons (guild_id, id, name, starter_id, started_at, ended_at) "
        "SELECT 1, coalesce(max(id), 0) + 1, '', 1, :at, 1 FROM seasons"
    )
    session.execute(text(sql), {"at": occasion.at})


STARTABLES = {"round": replace(ROUND, start=start)}


class TwoProcesses(RuleBasedStateMachine):
    """A schedule that is due every hour, and two processes that look after it: they stop, die and read a wrong clock.

    What has to hold is reckoned from the clock alone: `skipped` are the hours that went by while it was paused.
    """

    stopped = Bundle("stopped")  # claims of a process that stands still since; some will never go on

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.db = open_fresh(Path(self.folder.name) / "schedule.db")
        self.runner = asyncio.Runner()
        self.now = self.made_at = NOON - 15_000
        self.presses = 0
        self.asked = 0
        self.posted: Counter[int] = Counter()
        self.paused_at: int | None = None
        self.skipped: set[int] = set()

    def teardown(self) -> None:
        try:
            self._let_it_end()
        finally:
            self.db.close()
            self.runner.close()
            self.folder.cleanup()

    # What happens

    @initialize(missed=st.sampled_from(["catch-up", "skip"]), grace=st.sampled_from([1, 30, 150]))
    def is_made(self, missed: str, grace: int) -> None:
        plan = Plan("round", {}, RULE, 5, False, 0, None, missed, grace, False)
        self._write(actions.add, Act(1, SCHEDULE, 3, self.now), STARTABLES["round"], PACKS, plan)

    @rule(seconds=st.sampled_from(STEPS))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * 1000

    @rule(late=st.sampled_from([0, 60, 61]))
    def the_next_hour_comes(self, late: int) -> None:
        self.now = _hours(self.now, self.now + HOUR)[0] + late * 1000

    @rule(hours=st.sampled_from([-1, 1]))
    def the_clock_is_set(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(owner=st.sampled_from("ab"))
    def one_looks_what_is_due_and_does_it(self, owner: str) -> None:
        for claim in self._claim(owner):
            self._do(claim, self.now)

    @rule(target=stopped, owner=st.sampled_from("ab"))
    def one_claims_and_stands_still(self, owner: str) -> MultipleResults[tuple[Claim, int]]:
        return multiple(*((claim, self.now) for claim in self._claim(owner)))

    @rule(held=stopped)
    def one_goes_on(self, held: tuple[Claim, int]) -> None:
        self._do(*held)

    @rule(held=stopped, survives=st.booleans())
    def the_transaction_breaks_off(self, held: tuple[Claim, int], survives: bool) -> None:
        try:
            self._write(_break_off, *held)
        except PowerCut:
            if survives:
                self._write(course.put_off, held[0], held[1] + rules.AWAY, "something went wrong", held[1])

    @rule(held=stopped)
    def the_place_is_lost(self, held: tuple[Claim, int]) -> None:
        claim, then = held
        others = [row for row in self._rows() if self._is_awaited(row) and row.at != claim.at]
        if not others and (claim.by_hand or self.now - claim.at < HOUR):
            self._write(course.stop_for, claim, "gone", then)

    @rule(busy=st.booleans())
    def the_place_is_taken_or_free(self, busy: bool) -> None:
        self._write(change_settings, 1, {"quiz_channel_id": int(busy)})

    @rule()
    def one_starts_anew(self) -> None:
        self._write(course.remake, self.now)

    @rule()
    def the_openings_are_posted(self) -> None:
        self.posted.update(self._write(_post_openings))

    @precondition(lambda self: self.paused_at is None and self.now % HOUR)
    @rule(twice=st.booleans())
    def somebody_says_run_now(self, twice: bool) -> None:
        self.asked += 1
        act = self._act()
        for _ in range(1 + twice):  # one and the same press, repeated
            self._write(actions.run_now, act, SCHEDULE)

    @precondition(lambda self: self.paused_at is None)
    @rule()
    def somebody_pauses_it(self) -> None:
        if not any(row.by_hand and row.state in PENDING and row.at > self.now for row in self._rows()):
            self._write(actions.pause, self._act(), SCHEDULE)

    @precondition(lambda self: self.paused_at is not None)
    @rule()
    def somebody_resumes_it(self) -> None:
        assert self.paused_at is not None
        settled = self._settled()
        self.skipped |= {at for at in _hours(self.paused_at, self.now) if at not in settled}
        self.paused_at = None
        self._write(actions.resume, self._act(), SCHEDULE)

    # What has to hold

    @invariant()
    def each_time_is_done_once_or_counted_once(self) -> None:
        rows = self._rows()
        if self.paused_at is None and self._is_paused():
            self.paused_at = self.now
        pending = [row.at for row in rows if row.state in PENDING and not row.by_hand]
        assert len(pending) == int(self.paused_at is None)
        if pending:  # it may wait again for an hour that it had skipped, after the clock was set back
            self.skipped = {at for at in self.skipped if at < pending[0]}
        settled = self._settled()
        assert [at for at, many in settled.items() if many > 1] == []
        until = pending[0] - 1 if pending else self.paused_at
        assert until is not None
        assert [at for at in _hours(self.made_at, until) if (at in settled) == (at in self.skipped)] == []

    @invariant()
    def each_done_time_started_one_thing_and_is_posted_once(self) -> None:
        rows = self._rows()
        done = {row.at: 1 for row in rows if row.state == "done"}
        started = Counter(at for (at,) in self._read("SELECT started_at FROM seasons"))
        waiting = Counter(json.loads(subject)[2] for (subject,) in self._read("SELECT subject FROM posts"))
        assert started == done
        assert self.posted + waiting == done
        assert [row for row in rows if row.state == "missed" and len(row.counted) != row.times] == []
        assert len([row for row in rows if row.by_hand and row.state != "dropped"]) == self.asked

    def _let_it_end(self) -> None:
        """Nobody disturbs it any more: all that was due is done or counted, and it waits for a time to come."""
        if self._is_paused():
            self.somebody_resumes_it()
        self.the_place_is_taken_or_free(False)
        for _ in range(6):
            self.now = max([self.now + LEASE, *(row.due_at for row in self._rows() if self._is_awaited(row))])
            self.one_looks_what_is_due_and_does_it("a")
        self.the_openings_are_posted()
        self.each_time_is_done_once_or_counted_once()
        self.each_done_time_started_one_thing_and_is_posted_once()
        (pending,) = [row for row in self._rows() if row.state in PENDING]
        assert pending.at > self.now

    # How it is done, and looked at

    def _claim(self, owner: str) -> list[Claim]:
        return self._write(schedules.claim, owner, self.now, 20)

    def _do(self, claim: Claim, now: int) -> None:
        try:
            self._write(course.perform, STARTABLES, PACKS, claim, now)
        except Refusal as refusal:
            self._write(course.put_off, claim, now + rules.BUSY, str(refusal), now)

    def _act(self) -> Act:
        self.presses += 1
        return Act(1, SCHEDULE + self.presses, 3, self.now)

    def _rows(self) -> list[Row]:
        return [
            Row(*row) for row in self._read("SELECT at, state, by_hand, times, until, due_at FROM fires ORDER BY at")
        ]

    def _settled(self) -> Counter[int]:
        """How often each time of the rule was done or counted as missed."""
        settled = [row for row in self._rows() if row.state in ("done", "missed") and not row.by_hand]
        return Counter(at for row in settled for at in row.counted)

    def _is_awaited(self, row: Row) -> bool:
        """Whether something should have come of it by now: its time has come, or somebody asked for it."""
        return row.state in PENDING and bool(row.by_hand or row.at <= self.now)

    def _is_paused(self) -> bool:
        return self._read("SELECT state FROM schedules") == [("paused",)]

    def _read(self, sql: str) -> list[tuple[Any, ...]]:
        reading = self.db.read(lambda session: [tuple(row) for row in session.execute(text(sql))])
        return self.runner.run(reading)

    def _write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.runner.run(self.db.write(fn, *args, **kwargs))


def _hours(after: int, until: int) -> range:
    """The full hours after one moment, up to another (UTC, ms)."""
    return range((after // HOUR + 1) * HOUR, until + 1, HOUR)


def _break_off(session: Session, claim: Claim, now: int) -> None:
    course.perform(session, STARTABLES, PACKS, claim, now)
    raise PowerCut


def _post_openings(session: Session) -> list[int]:
    """Take all openings from the outbox; their times."""
    sql = "DELETE FROM posts WHERE kind = 'schedule:opening' RETURNING subject"
    return [json.loads(subject)[2] for (subject,) in session.execute(text(sql))]


def test_each_time_is_done_once_or_counted_once_whatever_happens() -> None:
    checked = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
    run_state_machine_as_test(TwoProcesses, settings=settings(checked, suppress_health_check=list(HealthCheck)))
