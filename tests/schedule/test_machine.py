"""Whatever two processes and their clock go through: each time of a schedule is done once, or missed and counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Concatenate, ParamSpec, TypeVar

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
from bot.app import Offramp
from bot.clock import Clock
from bot.errors import Refusal
from bot.schedule import actions, course, rules
from bot.schedule.actions import Plan
from bot.schedule.firing import Firing
from bot.startable import Occasion
from content.pack import Pack
from storage import schedules
from storage.schedules import LEASE, Claim
from storage.settings import change_settings
from tests.fresh import open_fresh
from tests.schedule.fire_loop import start
from tests.schedule.seen import Row, Seen, hours, look, post_openings
from tests.schedule.test_fires import HOUR, NOON, PACKS, ROUND, RULE

P = ParamSpec("P")
T = TypeVar("T")
SCHEDULE = 7 << 22
STEPS = [15, 61, 10 * 60, 3600, 3 * 3600]  # seconds


class PowerCut(Exception):
    """The transaction does not come to its end."""


def start_unless_busy(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    """Busy while the server's quiz channel is 1."""
    if session.execute(text("SELECT 1 FROM settings WHERE quiz_channel_id = 1")).first():
        raise Refusal("Something is going on here.")
    start(session, packs, occasion)


STARTABLES = {"round": replace(ROUND, start=start_unless_busy)}


def break_off(session: Session, claim: Claim, now: int) -> None:
    course.perform(session, STARTABLES, PACKS, claim, now)
    raise PowerCut


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
        self.newest: dict[int, Claim] = {}

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
        self.now = hours(self.now, self.now + HOUR)[0] + late * 1000

    @rule(hours=st.sampled_from([-1, 1]))
    def the_clock_is_set(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(owner=st.sampled_from("ab"))
    def one_looks_what_is_due_and_does_it(self, owner: str) -> None:
        for claim in self._claim(owner):
            self._do(claim, self.now, None)

    @rule(target=stopped, owner=st.sampled_from("ab"))
    def one_claims_and_stands_still(self, owner: str) -> MultipleResults[tuple[Claim, int]]:
        return multiple(*((claim, self.now) for claim in self._claim(owner)))

    @rule(target=stopped)
    def one_stands_still_until_another_claims(self) -> MultipleResults[tuple[Claim, int]]:
        before = [(claim, self.now) for claim in self._claim("a")]
        self.now += LEASE
        return multiple(*before, *((claim, self.now) for claim in self._claim("b")))

    @rule(held=stopped, there_since=st.sampled_from([None, NOON]))
    def one_goes_on(self, held: tuple[Claim, int], there_since: int | None) -> None:
        self._do(*held, there_since)
        self._is_as_before_if_stale(held[0])

    @rule(held=stopped, survives=st.booleans())
    def the_transaction_breaks_off(self, held: tuple[Claim, int], survives: bool) -> None:
        try:
            self._write(break_off, *held)
        except (PowerCut, Refusal):
            if survives:
                self._write(course.put_off, held[0], held[1] + rules.AWAY, "something went wrong", held[1])
        self._is_as_before_if_stale(held[0])

    @rule(held=stopped)
    def the_place_is_lost(self, held: tuple[Claim, int]) -> None:
        claim, then = held
        if not any(row.by_hand and row.at > then for row in self.seen.pending):
            self._write(course.stop_for, claim, "gone", then)
            self._is_as_before_if_stale(claim)
            self._note_pause(then)

    @rule(held=stopped)
    def the_server_is_not_to_be_seen(self, held: tuple[Claim, int]) -> None:
        claim, then = held
        self._write(course.put_off, claim, then + rules.AWAY, "away", then)
        self._is_as_before_if_stale(claim)
        self._note_pause(then)

    @rule(busy=st.booleans())
    def the_place_is_taken_or_free(self, busy: bool) -> None:
        self._write(change_settings, 1, {"quiz_channel_id": int(busy)})

    @rule()
    def one_starts_anew(self) -> None:
        self.runner.run(Firing(Offramp(self.db, PACKS, Clock())).remake(self.now))

    @rule()
    def the_openings_are_posted(self) -> None:
        self.posted.update(self._write(post_openings))

    # Not in the very millisecond of a full hour: one row stands for both then, and it says “by hand”.
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
        if not any(row.by_hand and row.at > self.now for row in self.seen.pending):
            self._write(actions.pause, self._act(), SCHEDULE)

    @precondition(lambda self: self.paused_at is None)
    @rule()
    def somebody_moves_it(self) -> None:
        act = self._act()
        self._write(actions.resume, act, SCHEDULE, act.id)  # a channel where it has not been

    @precondition(lambda self: self.paused_at is not None)
    @rule()
    def somebody_resumes_it(self) -> None:
        assert self.paused_at is not None
        self.skipped |= {at for at in hours(self.paused_at, self.now) if at not in self.seen.settled}
        self.paused_at = None
        self._write(actions.resume, self._act(), SCHEDULE)

    # What has to hold

    @invariant()
    def each_time_is_done_once_or_counted_once(self) -> None:
        self._note_pause(self.now)
        self.seen = self._look()
        self._check_times([row.at for row in self.seen.pending if not row.by_hand], self.seen.settled)
        self._check_what_came_of_them(self.seen)

    def _check_times(self, pending: list[int], settled: Counter[int]) -> None:
        assert len(pending) == int(self.paused_at is None)
        if pending:  # it may wait again for an hour that it had skipped, after the clock was set back
            self.skipped = {at for at in self.skipped if at < pending[0]}
        assert [at for at, many in settled.items() if many > 1] == []
        until = self.paused_at if self.paused_at is not None else pending[0] - 1
        assert [at for at in hours(self.made_at, until) if (at in settled) == (at in self.skipped)] == []

    def _check_what_came_of_them(self, seen: Seen) -> None:
        done = {row.at: 1 for row in seen.rows if row.state == "done"}
        assert seen.started == done
        assert self.posted + seen.waiting == done
        assert [row for row in seen.rows if row.state == "missed" and len(row.counted) != row.times] == []
        assert len([row for row in seen.rows if row.by_hand and row.state != "dropped"]) == self.asked

    def _note_pause(self, at: int) -> None:
        if self.paused_at is None and self._look().paused:
            self.paused_at = at

    def _is_as_before_if_stale(self, claim: Claim) -> None:
        """What one does who has lost his claim to another leaves no trace."""
        if self.newest[claim.at] is not claim:
            assert self._look() == self.seen

    def _let_it_end(self) -> None:
        """Nobody disturbs it any more: all that was due is done or counted, and it waits for a time to come."""
        if self.paused_at is not None:
            self.somebody_resumes_it()
        self.the_place_is_taken_or_free(False)
        for _ in range(6):
            self.each_time_is_done_once_or_counted_once()
            self.now = max([self.now + LEASE, *(row.due_at for row in self._awaited())])
            self.one_looks_what_is_due_and_does_it("a")
        self.the_openings_are_posted()
        self.each_time_is_done_once_or_counted_once()
        (pending,) = self.seen.pending
        assert pending.at > self.now

    # How it is done

    def _claim(self, owner: str) -> list[Claim]:
        claims = self._write(schedules.claim, owner, self.now, 20)
        self.newest.update((claim.at, claim) for claim in claims)
        return claims

    def _do(self, claim: Claim, now: int, there_since: int | None) -> None:
        try:
            self._write(course.perform, STARTABLES, PACKS, claim, now, there_since)
        except Refusal as refusal:
            self._write(course.put_off, claim, now + rules.BUSY, str(refusal), now)

    def _act(self) -> Act:
        self.presses += 1
        return Act(1, SCHEDULE + self.presses, 3, self.now)

    def _awaited(self) -> list[Row]:
        """Of what something should have come by now: its time has come, or somebody asked for it."""
        return [row for row in self.seen.pending if row.by_hand or row.at <= self.now]

    def _look(self) -> Seen:
        return self.runner.run(self.db.read(look))

    def _write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.runner.run(self.db.write(fn, *args, **kwargs))


def test_each_time_is_done_once_or_counted_once_whatever_happens() -> None:
    checked = settings(max_examples=100, stateful_step_count=40, deadline=None, derandomize=True)
    run_state_machine_as_test(TwoProcesses, settings=settings(checked, suppress_health_check=list(HealthCheck)))
