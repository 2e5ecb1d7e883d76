"""Fifty presses at once on one seat, one vote and one turn leave one row each."""

from __future__ import annotations

import asyncio

import pytest

from bot.debate import floor, seats, voting
from bot.debate.floor import Place, Remark
from bot.errors import Refusal
from content.pack import Motion
from storage import debates
from storage.tables import Debate
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])

MANY = 50


def place(stage: Stage, debate_id: int, who: str, channel_id: int) -> Place:
    return Place(stage.guild.id, debate_id, channel_id, stage.people[who].id)


async def test_fifty_presses_at_once_on_seats_leave_somebody_one_seat_on_the_last_side(stage: Stage) -> None:
    await holding.start(stage)
    debate = await holding.find(stage)
    where, now = place(stage, debate.id, "bob", stage.quiz.id), stage.clock.now()
    sides = ["for", "against"] * (MANY // 2)
    await asyncio.gather(*(stage.db.write(seats.take_seat, where, side, "bob", now) for side in sides))
    rows = await stage.db.read(debates.list_seats, stage.guild.id, debate.id)
    assert [(row.side, row.state) for row in rows] == [("against", "seated")]


async def test_fifty_who_want_one_seat_leave_one_seated_and_the_rest_waiting(stage: Stage) -> None:
    await holding.start(stage)
    debate = await holding.find(stage)
    wishes = [Place(stage.guild.id, debate.id, stage.quiz.id, user_id) for user_id in range(1, MANY + 1)]
    now = stage.clock.now()
    await asyncio.gather(*(stage.db.write(seats.take_seat, wish, "for", "name", now) for wish in wishes))
    rows = await stage.db.read(debates.list_seats, stage.guild.id, debate.id)
    assert sorted(row.state for row in rows) == ["queued"] * (MANY - 1) + ["seated"]


async def test_fifty_presses_at_once_on_votes_leave_one_ballot_and_the_last_one_stands(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    where = place(stage, debate.id, "onlooker", debate.thread_id or 0)
    votes = ["for", "against", "unsure", "against", "for"] * (MANY // 5)
    now = stage.clock.now()
    await asyncio.gather(*(stage.db.write(voting.vote, where, 0, vote, now) for vote in votes))
    rows = await stage.db.read(debates.list_ballots, stage.guild.id, debate.id)
    assert [row.vote for row in rows] == ["for"]


async def test_fifty_forms_at_once_for_one_turn_leave_one_speech_and_open_one_phase(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    debate = await holding.find(stage)
    where = place(stage, debate.id, await holding.turn_of(stage), debate.thread_id or 0)
    turns = [Remark(n, 1, f"Form {n}.") for n in range(1, MANY + 1)]
    now = stage.clock.now()
    writes = [stage.db.write(floor.speak, where, turn, now) for turn in turns]
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert outcomes.count(True) == 1
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == MANY - 1
    assert [speech.text for speech in await holding.speeches(stage)] == ["Form 1."]
    assert [phase.position for phase in await holding.phases(stage) if phase.opened_at] == [0, 1, 2]


async def test_fifty_starts_at_once_leave_one_debate_and_the_others_are_told_where_it_is(stage: Stage) -> None:
    motion = Motion.model_validate(make_motion())
    what, now = (holding.MOTION, motion, "duel", "live", 24), stage.clock.now()
    starts = [seats.Start(stage.guild.id, n, stage.quiz.id, n, *what) for n in range(1, MANY + 1)]
    outcomes = await asyncio.gather(*(stage.db.write(seats.start, one, now) for one in starts), return_exceptions=True)
    assert outcomes[0] == 1
    assert {str(one) for one in outcomes[1:] if isinstance(one, Refusal)} == {seats.BUSY.format(there="")}
    assert sum(isinstance(one, Refusal) for one in outcomes) == MANY - 1


async def test_a_debate_that_another_process_started_first_is_not_saved_beside_it(stage: Stage) -> None:
    await holding.start(stage)
    debate = await holding.find(stage)
    columns = [column.name for column in Debate.__table__.columns]
    values = {name: getattr(debate, name) for name in columns} | {"id": debate.id + 1}
    assert await stage.db.write(debates.add_debate, values) is False
    assert len(await stage.db.read(debates.list_past, stage.guild.id, holding.MOTION)) == 1
