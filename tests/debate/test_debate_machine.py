"""Whatever people, the clock and a dying process do to a debate: phases begin once, in order, with one vote each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from bot.debate import audience, chair, deciding, floor, moving, pausing, seats, voting
from bot.debate.floor import Remark
from bot.debate.formats import VOTING
from bot.debate.seats import Start
from bot.errors import Refusal
from content.pack import Motion
from storage.settings import change_settings
from tests.build import make_motion
from tests.debate.rows import CHAIR, CHANNEL, DEBATE, GUILD, THREAD, DebateRows

MOTION = Motion.model_validate(make_motion())
PEOPLE = st.sampled_from([1, 2, 3, 4, 5])
VOTES = st.sampled_from(["for", "against", "unsure"])
BEHIND = st.sampled_from([0, 0, 0, 1, 2])  # how many phases ago the card was made that is pressed
STEPS = st.sampled_from([1, 30, 61, 181, 700])  # seconds


class PowerCut(Exception):
    """The transaction does not come to its end."""


def break_off(session: Session, fn: Callable[..., Any], *args: Any) -> None:
    fn(session, *args)
    raise PowerCut


class OneDebate(DebateRows):
    """A debate; `votes` is what has to be in its ballots, `began` when each of its phases was first seen open.

    `asked` are the phases of which a card was to be posted, `out` what was taken out, `held` what waited.
    """

    def __init__(self) -> None:
        super().__init__()
        self.presses = 1000
        self.votes: dict[tuple[str, int], str] = {}
        self.began: dict[int, int] = {}
        self.order: list[int] = []
        self.asked: set[int] = set()
        self.out: set[int] = set()
        self.held: set[int] = set()

    def teardown(self) -> None:
        try:
            self._let_it_end()
        finally:
            super().teardown()

    # What happens

    @initialize(
        format=st.sampled_from(["oxford", "oxford", "duel", "circle"]),
        pace=st.sampled_from(["live", "async"]),
        chaired=st.booleans(),
        ahead=st.sampled_from([None, 0, 0, 0, 1, 3, 3, 4]),
        approval=st.sampled_from(["off", "off", "all"]),
        thread_id=st.sampled_from([None, THREAD]),
    )
    def is_announced_and_may_have_come_some_way(
        self, format: str, pace: str, chaired: bool, ahead: int | None, approval: str, thread_id: int | None
    ) -> None:
        self._write(change_settings, GUILD, {"approval": approval})
        start = Start(GUILD, DEBATE, CHANNEL, CHAIR, "shapes/m1", MOTION, format, pace, 12)
        self._write(seats.start, start, self.now)
        for who, side in ((1, "for"), (2, "against"), (3, "for")) if ahead is not None else ():
            self._write(seats.take_seat, self._place(who), side, "name", self.now)
        if not chaired:
            self._write(seats.take_seat, self._place(CHAIR), "against", "name", self.now)
        if ahead is not None:
            self._write(seats.begin, self._place(CHAIR), thread_id, False, self.now)
        self._try(audience.ask, self._place(5), 999, "Who pays?", self.now)
        for _ in range(ahead or 0):
            self.each_phase_begins_once_and_in_order()
            self._send_all()
            self._take_turn()

    @rule()
    def the_next_post_is_drawn(self) -> None:
        self._draw_next()

    @precondition(lambda self: self.sending)
    @rule(fate=st.sampled_from(["arrives"] * 6 + ["anew", "lost"]))
    def what_was_drawn_arrives_or_is_lost(self, fate: str) -> None:
        self._send(lost=fate == "lost", anew=fate == "anew")

    @rule()
    def all_posts_arrive(self) -> None:
        self._send_all()

    @rule(who=PEOPLE, side=st.sampled_from(["for", "against", None]))
    def somebody_takes_a_seat(self, who: int, side: str | None) -> None:
        self._try(seats.take_seat, self._place(who), side, f"name{who}", self.now)

    @rule(who=st.sampled_from([1, 2, 3, 3, 4, 4, 5]))
    def somebody_leaves(self, who: int) -> None:
        self._try(seats.watch, self._place(who), self.now)

    @rule(circle=st.booleans())
    def the_chair_begins(self, circle: bool) -> None:
        self._try(seats.begin, self._place(CHAIR), None, circle, self.now)

    @precondition(lambda self: self._debate["state"] == "running" and self._phase["kind"] in VOTING)
    @rule(who=PEOPLE, vote=VOTES, behind=BEHIND)
    def somebody_votes(self, who: int, vote: str, behind: int) -> None:
        recorded = self._try(voting.vote, self._place(who), self._debate["position"] - behind, vote, self.now)
        if recorded is not None:
            self.votes[recorded.stage, who] = vote

    @precondition(lambda self: self._debate["state"] == "running" and self._phase["speaker_id"])
    @rule(behind=BEHIND, times=st.sampled_from([1, 1, 2]), who=st.sampled_from([0, 0, 0, 0, 1, 2, 3, 99]))
    def the_speaker_or_somebody_else_speaks(self, behind: int, times: int, who: int) -> None:
        self.presses += 1
        for _ in range(times):  # one and the same form, repeated
            turn = Remark(self.presses, self._debate["position"] - behind, "A point.", ("1.1",))
            self._try(floor.speak, self._place(who or self._phase["speaker_id"]), turn, self.now)

    @precondition(lambda self: self._debate["state"] == "running" and self._phase["side"] is not None)
    @rule(behind=BEHIND, do=st.sampled_from([floor.give_way, floor.extend, chair.skip]))
    def a_turn_is_passed_skipped_or_made_longer(self, behind: int, do: Callable[..., None]) -> None:
        who = CHAIR if do is chair.skip else self._phase["speaker_id"] or 99
        self._try(do, self._place(who), self._debate["position"] - behind, self.now)

    @precondition(lambda self: self._debate["state"] == "running" and self._phase["kind"] in VOTING)
    @rule()
    def the_chair_closes_the_vote(self) -> None:
        self._try(chair.skip, self._place(CHAIR), self._debate["position"], self.now)

    @precondition(lambda self: self._debate["state"] == "running")
    @rule(goes_on=st.sampled_from([True, True, False]))
    def the_chair_pauses(self, goes_on: bool) -> None:
        left = self._debate["due_at"] - self.now
        self._try(chair.pause, self._place(CHAIR), self.now)
        if goes_on:
            self._try(chair.take_up, self._place(CHAIR), self.now + 5000)
            assert self._look()["debates"][0]["due_at"] == self.now + 5000 + max(left, 0)

    @precondition(lambda self: self._debate["state"] == "paused")
    @rule()
    def the_chair_goes_on(self) -> None:
        self._try(chair.take_up, self._place(CHAIR), self.now)

    @rule(who=PEOPLE)
    def somebody_asks(self, who: int) -> None:
        self.presses += 1
        self._try(audience.ask, self._place(who), self.presses, "Why?", self.now)

    @precondition(lambda self: self._restated)
    @rule(who=st.sampled_from([1, 2, 3]), fair=st.booleans())
    def somebody_judges_the_newest_restatement(self, who: int, fair: bool) -> None:
        self._try(audience.judge, self._place(who), self._restated[-1], fair, "", self.now)

    @precondition(lambda self: self._debate["state"] == "running" and self._phase["kind"] == "question")
    @rule(behind=BEHIND)
    def the_chair_relays_a_question(self, behind: int) -> None:
        waiting = [row["id"] for row in self.seen["speeches"] if row["state"] == "waiting"]
        at = self._debate["position"] - behind
        self.held -= set(waiting[-1:])  # a moderator does it, who then has looked at it
        self._try(chair.relay, self._place(CHAIR), at, waiting[-1] if waiting else 0, self.now)

    @precondition(lambda self: self.seen["speeches"])
    @rule(newest=st.booleans())
    def the_chair_takes_something_out(self, newest: bool) -> None:
        said = self.seen["speeches"][-1 if newest else 0]["id"]
        self._try(chair.void, self._place(CHAIR), said, self.now)
        self.out.add(said)

    @precondition(lambda self: self._held)
    @rule(stands=st.booleans(), who=st.sampled_from([CHAIR, CHAIR, CHAIR, 1]))
    def a_moderator_or_somebody_else_looks_at_what_waits(self, stands: bool, who: int) -> None:
        speech = self._held[0]
        self.held -= {speech["id"]} if who == CHAIR else set()
        deed = deciding.let_stand if stands else deciding.decline
        self._try(deed, self._place(who), speech["id"], self.now)
        state = next(row["state"] for row in self._look()["speeches"] if row["id"] == speech["id"])
        shown = "waiting" if speech["kind"] == "question" else "shown"
        assert state == ("waiting" if who != CHAIR else shown if stands else "declined")

    @precondition(lambda self: self._debate["state"] == "running")
    @rule(seen=st.sampled_from([True, True, False]))
    def its_deadline_passes(self, seen: bool) -> None:
        if seen:
            self._send_all()
            self.seen = self._look()
        self.now = max(self.now, self._debate["due_at"])
        self._step()

    @rule(seconds=STEPS)
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * 1000 * (1 if self._debate["pace"] == "live" else 60)

    @rule(twice=st.booleans())
    def the_loop_does_what_is_due(self, twice: bool) -> None:
        for _ in range(1 + twice):
            self._step()

    @rule(who=PEOPLE)
    def the_process_dies_in_a_transaction(self, who: int) -> None:
        turn = Remark(1, self._debate["position"], "Lost.")
        for fn, args in (
            (moving.step, (GUILD, DEBATE, self.now)),
            (floor.speak, (self._place(self._speaker() or 99), turn, self.now)),
            (seats.begin, (self._place(CHAIR), None, False, self.now)),
        ):
            try:
                self._write(break_off, fn, *args)
            except (PowerCut, Refusal):
                assert self._look() == self.seen

    @rule()
    def the_bot_comes_back(self) -> None:
        before = self._debate
        self._write(pausing.come_back, self.now)
        after = self._look()["debates"][0]
        assert after["position"] == before["position"]
        soon = before["due_at"] + pausing.ABSENT >= self.now
        last = before["state"] == "running" and self._phase["kind"] == "after"
        if after["state"] == before["state"] and (
            soon or (before["due_at"] + pausing.OVERDUE >= self.now and not last)
        ):
            assert after["due_at"] == before["due_at"]
        if last:
            assert after["due_at"] + pausing.ABSENT >= self.now
        if after["state"] == "gathering":
            assert after["due_at"] + pausing.OVERDUE >= self.now

    # What has to hold

    @invariant()
    def each_phase_begins_once_and_in_order(self) -> None:
        self.seen = self._look()
        if not self.seen["debates"]:
            return
        position = self._debate["position"]
        for row in self.seen["phases"]:
            if row["opened_at"] is not None:
                if row["position"] not in self.began:
                    self.order.append(row["position"])
                assert self.began.setdefault(row["position"], row["opened_at"]) == row["opened_at"]
            if row["position"] > position and self._debate["state"] != "over":
                assert (row["opened_at"], row["closed_at"]) == (None, None)
            if row["position"] < position:
                assert row["closed_at"] is not None
        assert self.order == sorted(self.order)
        assert [self.began[n] for n in self.order] == sorted(self.began.values())
        keys = {post["key"] for post in self.seen["posts"]}
        self.asked |= {n for n in range(len(self.seen["phases"])) if f"{DEBATE}:phase:{n}" in keys}
        assert self.asked == set(self.began)

    @invariant()
    def no_turn_runs_out_before_its_card_is_out(self) -> None:
        for row in self.seen["phases"]:
            if row["opened_at"] is not None and row["outcome"] == "absent":
                assert row["posted_at"] is not None
                assert row["closed_at"] >= row["posted_at"]

    @invariant()
    def what_was_taken_out_is_shown_no_more_once_all_is_sent(self) -> None:
        if self.sending is None and not self.seen["posts"]:
            for row in self.seen["speeches"]:
                if row["id"] in self.out and row["kind"] != "question" and row["message_id"] is not None:
                    assert self.drawn[row["message_id"]] == "void"

    @invariant()
    def everybody_has_one_ballot_at_each_stage_and_the_last_one_stands(self) -> None:
        rows = [((row["stage"], row["user_id"]), row["vote"]) for row in self.seen["debate_ballots"]]
        assert len(rows) == len(self.votes)
        assert dict(rows) == self.votes

    @invariant()
    def whoever_spoke_spoke_once_a_turn_for_the_side_whose_turn_it_was(self) -> None:
        phases = {row["position"]: row for row in self.seen["phases"]}
        said = [row for row in self.seen["speeches"] if row["kind"] != "question"]
        assert len({row["position"] for row in said}) == len(said)
        for row in said:
            phase = phases[row["position"]]
            assert row["side"] == phase["side"]
            assert row["user_id"] == phase["speaker_id"]
            assert phase["kind"] not in VOTING
        placed = [row["position"] for row in sorted(said, key=lambda row: (row["at"], row["id"]))]
        assert placed == [position for position in self.order if position in placed]

    @invariant()
    def whoever_speaks_has_a_seat_on_that_side(self) -> None:
        if self.seen["debates"] and self._debate["state"] == "running" and self._phase["outcome"] is None:
            seats = {(row["user_id"], row["side"]) for row in self.seen["seats"] if row["state"] == "seated"}
            assert self._phase["speaker_id"] is None or (self._phase["speaker_id"], self._phase["side"]) in seats

    @invariant()
    def nothing_is_shown_that_was_taken_out_or_that_no_moderator_has_looked_at(self) -> None:
        for row in self.seen["speeches"]:
            if row["id"] in self.out:
                assert row["state"] == "void"
            assert not (row["id"] in self.held and row["state"] == "shown")
        self.held |= {row["id"] for row in self._held}

    @invariant()
    def sides_differ_by_one_at_most_while_seats_are_taken(self) -> None:
        if self.seen["debates"] and self._debate["state"] == "gathering":
            seated = [row["side"] for row in self.seen["seats"] if row["state"] == "seated"]
            assert abs(seated.count("for") - seated.count("against")) <= 1

    def _let_it_end(self) -> None:
        """Nobody disturbs it any more: by its deadlines alone it comes to an end."""
        self.seen = self._look()
        for _ in range(40):
            if not self.seen["debates"] or self._debate["state"] == "over":
                break
            self._send_all()
            self.seen = self._look()
            self.now = max(self.now, self._debate["due_at"])
            self._step()
            self.each_phase_begins_once_and_in_order()
        if self.seen["debates"]:
            assert self._debate["state"] == "over"
            assert [row["position"] for row in self.seen["phases"] if row["opened_at"] and not row["closed_at"]] == []

    # How it is done

    def _take_turn(self) -> None:
        """Let the speaker speak; where people vote or a question is to be chosen, time is up."""
        self.presses += 1
        turn = Remark(self.presses, self._debate["position"], "A point.")
        if self._phase["speaker_id"]:
            self._write(floor.speak, self._place(self._phase["speaker_id"]), turn, self.now)
        else:
            self.now = self._debate["due_at"]
            self._step()


def test_phases_begin_once_votes_are_one_each_and_speakers_keep_their_order_whatever_happens() -> None:
    checked = settings(max_examples=60, stateful_step_count=60, deadline=None, derandomize=True)
    run_state_machine_as_test(OneDebate, settings=settings(checked, suppress_health_check=list(HealthCheck)))
