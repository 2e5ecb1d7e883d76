"""Whatever happens in whatever order: what answers count is what they are worth, and boards are their sums."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from contextlib import closing
from fractions import Fraction
from functools import partial
from math import floor
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.item import Item
from bot.quiz import actions as quiz
from bot.quiz import course
from bot.quiz.actions import Place, Start
from bot.reports import actions as reports
from bot.reports import rules
from bot.reports.actions import Proposal
from bot.reports.rescoring import Effect, Rejudged
from storage.db import Database
from storage.tables import Asked, Round
from tests.reports.sums import add_up, read_sums
from tests.reports.truth import AGAIN, ITEMS, Row, check_row, list_rows, possible, truth_of, words_of
from tests.stage import START

T = TypeVar("T")

THEME = ITEMS[0].theme_id
GUILDS = itertools.count(1)


class Server:
    """A server with rounds in many channels, four people who answer, and moderators who rule."""

    def __init__(self, db: Database, *editions: Sequence[Item]) -> None:
        self.db = db
        self.editions = editions
        self.loop = asyncio.new_event_loop()
        self.guild_id = next(GUILDS)
        self.ids = itertools.count(1)
        self.now = START
        self.truths = {words_of(item): truth_of(item) for item in itertools.chain(*self.editions)}
        self.rulings = dict.fromkeys(self.truths, 0)
        self.drafts: dict[int, tuple[Proposal, int]] = {}
        self.foreseen: dict[int, Sequence[Rejudged]] = {}

    def play(
        self, edition: int, scoring: str, seconds: int, answered: dict[int, tuple[int, Fraction]], close: bool
    ) -> None:
        """Begin a round, and answer its first question. What was ruled void is left out."""
        chosen = self.editions[edition]
        live = [item for item in chosen if not self.truths[words_of(item)].void]
        id = next(self.ids)
        how: dict[str, Any] = {"seconds": seconds, "scoring": scoring, "thread": False, "seed": id}
        round = Start(self.guild_id, id, id, 1, "Shapes", chosen, len(chosen), **how)
        assert self.attempt(quiz.start_round, round, self.now) == (len(live) or None)
        self.step(self.find(Round, Round.id == id))
        self.answer_all(self.find(Asked, Asked.round_id == id, Asked.opened_at.is_not(None)), answered)
        if close:
            self.step(self.find(Round, Round.id == id))

    def go_on(self, which: int) -> None:
        """Close the open question of a round, or ask its next one."""
        self.step(one(which, self.find(Round, Round.state != "over")))

    def answer(self, which: int, answered: dict[int, tuple[int, Fraction]]) -> None:
        still_open = (Asked.opened_at.is_not(None), Asked.closed_at.is_(None))
        self.answer_all(one(which, self.find(Asked, *still_open)), answered)

    def propose(self, which: int, kind: str, choice: int, confirm: bool) -> None:
        """Propose a ruling, and confirm it at once, or leave that for later."""
        for asked in one(which, self.find(Asked, Asked.closed_at.is_not(None))):
            item = Item.model_validate_json(asked.item)
            given = possible(item)
            answer = rules.read_answer(item, given[choice % len(given)])
            try:
                after = rules.void(item) if kind == "void" else rules.rule(item, kind, answer)
            except Refusal:
                return
            act, where = self.act(), {"round_id": asked.round_id, "position": asked.position}
            proposal = Proposal(**where, kind=kind, before=item, after=after)
            self.write(reports.propose, act, proposal)
            self.drafts[act.id] = (proposal, self.rulings[words_of(item)])
            self.foreseen[act.id] = self.read(reports.foresee, self.act(), act.id)
            if confirm:
                self.confirm(act.id)

    def confirm_later(self, which: int, forget: bool) -> None:
        """Confirm a ruling, by what was foreseen then, or by nothing of it."""
        for id in one(which, list(self.drafts)):
            if forget:
                self.foreseen[id] = ()
            self.confirm(id)

    def check(self) -> None:
        """Every answer counts what it is worth."""
        for row in self.read(list_rows, self.guild_id):
            check_row(row, self.truths[words_of(row.item)])

    def check_sums(self) -> None:
        """Boards, standings and themes are the sums."""
        rows = self.read(list_rows, self.guild_id)
        assert self.read(read_sums, self.guild_id, rows, self.now, THEME) == add_up(rows, self.now, THEME)

    def confirm(self, id: int) -> None:
        """Confirm a ruling; it is refused if there was another one meanwhile that changed what is right."""
        proposal, earlier = self.drafts.pop(id)
        words, before = words_of(proposal.before), self.read(list_rows, self.guild_id)
        effect = self.attempt(reports.confirm, self.act(), id, self.foreseen[id])
        if effect is None:
            assert self.rulings[words] > earlier
            return
        assert self.truths[words] == truth_of(proposal.before)
        self.truths[words] = truth_of(proposal.after)
        self.rulings[words] += 1
        assert effect == effect_of(before, self.read(list_rows, self.guild_id))

    def step(self, rounds: Sequence[Round]) -> None:
        """Do the next step of a round, and have Discord take what it posts."""
        for round in rounds:
            self.now = max(self.now, round.due_at)
            self.write(course.step, self.guild_id, round.id, self.now)
            moved = self.find(Round, Round.id == round.id)[0]
            self.write(course.take_posted, 7, self.now, self.guild_id, round.id, moved.position)

    def answer_all(self, questions: Sequence[Asked], answered: dict[int, tuple[int, Fraction]]) -> None:
        """People answer an open question, each somewhere in its time."""
        for asked in questions:
            opened_at, closes_at = asked.opened_at or 0, asked.closes_at or 0
            given = possible(Item.model_validate_json(asked.item))
            for person, (choice, share) in answered.items():
                place = Place(self.guild_id, asked.round_id, asked.position, asked.round_id, person)
                at = opened_at + floor((closes_at - opened_at - 1) * share)
                self.write(quiz.answer, place, given[choice % len(given)], f"person {person}", at)

    def act(self) -> Act:
        return Act(self.guild_id, next(self.ids), 9, self.now)

    def attempt(self, fn: Callable[..., T], *args: Any) -> T | None:
        """Write, or None if it was refused."""
        try:
            return self.write(fn, *args)
        except Refusal:
            return None

    def write(self, fn: Callable[..., T], *args: Any) -> T:
        return self.loop.run_until_complete(self.db.write(fn, *args))

    def read(self, fn: Callable[..., T], *args: Any) -> T:
        return self.loop.run_until_complete(self.db.read(fn, *args))

    def find(self, table: type[T], *where: Any) -> list[T]:
        def look(session: Session) -> list[T]:
            return list(session.scalars(select(table).where(table.guild_id == self.guild_id, *where)))  # type: ignore[attr-defined]

        return self.read(look)


def one(which: int, things: Sequence[T]) -> Sequence[T]:
    """One of them; nothing where there is none."""
    return things[which % len(things) :][:1] if things else ()


def effect_of(before: Sequence[Row], after: Sequence[Row]) -> Effect:
    """What a ruling changed, by what the tables held before and after it."""
    changed, sums = [], dict.fromkeys((row.answer.user_id for row in before), 0)
    for old, new in zip(before, after, strict=True):
        sums[old.answer.user_id] += new.answer.points - old.answer.points
        if _counts(old) != _counts(new):
            changed.append(old.answer)
    people = {answer.user_id for answer in changed}
    gaining, losing = (sum(sign * points > 0 for points in sums.values()) for sign in (1, -1))
    return Effect(len({answer.round_id for answer in changed}), len(changed), len(people), gaining, losing)


def _counts(row: Row) -> tuple[int, int, int]:
    return row.answer.right, row.answer.points, row.asked.void


shares = st.integers(0, 1000).map(lambda thousandths: Fraction(thousandths, 1000))  # of the time there is
any_of = st.integers(0, 10_000)  # which of however many there are
likely = st.sampled_from([True, True, False])
answered = st.dictionaries(st.integers(1, 6), st.tuples(any_of, shares), min_size=2)
rulings = st.sampled_from(["accept", "correct", "void"])
steps = st.one_of(
    st.builds(
        partial,
        st.just(Server.play),
        edition=st.integers(0, 1),
        scoring=st.sampled_from(["accuracy", "speed"]),
        seconds=st.integers(5, 120),
        answered=answered,
        close=st.booleans(),
    ),
    st.builds(partial, st.just(Server.propose), which=any_of, kind=rulings, choice=any_of, confirm=likely),
    st.builds(partial, st.just(Server.confirm_later), which=any_of, forget=st.booleans()),
    st.builds(partial, st.just(Server.answer), which=any_of, answered=answered),
    st.builds(partial, st.just(Server.go_on), which=any_of),
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.sets(st.sampled_from(range(len(ITEMS))), min_size=1, max_size=2), steps=st.lists(steps, min_size=12))
def test_stored_scores_are_recomputed_scores_and_boards_their_sums_after_any_rulings(
    db: Database, which: set[int], steps: list[Callable[[Server], None]]
) -> None:
    server = Server(db, [ITEMS[n] for n in which], [AGAIN[n] for n in which])
    with closing(server.loop):
        for step in steps:
            step(server)
            server.check()
        server.check_sums()
