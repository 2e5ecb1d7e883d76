"""Forms and moments that the bot did not offer: long texts are cut, and opening threads is no race with the clock."""

from __future__ import annotations

import pytest

from bot.debate import moving, seats
from bot.debate.floor import Place
from storage import debates
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])

LONG = "A point. " * 400
OTHER = {"bob": "carol", "carol": "bob"}


async def submit(stage: Stage, who: str, id: str) -> None:
    """Send in a text that is far too long, in a form that its field does not limit."""
    debate = await holding.find(stage)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    await stage.forge_form(who, id, {"text": LONG}, thread)
    await stage.advance(1)


async def test_words_in_a_forged_form_are_cut_where_the_form_would_end(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    id = (await holding.find(stage)).id
    await submit(stage, "onlooker", f"debate:asked:{id}")
    for position in (1, 2):
        await submit(stage, await holding.turn_of(stage), f"debate:said:{id}:{position}")
    first = await holding.turn_of(stage)
    await submit(stage, first, f"debate:said:{id}:3")
    said = await holding.speeches(stage)
    assert [(one.kind, len(one.text)) for one in said] == [
        ("question", 300),
        ("speech", 1500),
        ("speech", 1500),
        ("restatement", 300),
    ]
    await submit(stage, OTHER[first], f"debate:why:{id}:{said[-1].id}")
    assert [len(one.why) for one in await stage.db.read(debates.list_fairness, stage.guild.id, id)] == [300]


async def test_a_debate_does_not_begin_by_itself_while_somebody_opens_its_threads(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    debate = await holding.find(stage)
    place = Place(stage.guild.id, debate.id, stage.quiz.id, stage.people["alice"].id)
    await stage.db.write(seats.wait_to_begin, place, False, debate.due_at - 1)
    await stage.db.write(moving.step, stage.guild.id, debate.id, debate.due_at + 10_000)
    assert (await holding.find(stage)).state == "gathering"
    await stage.db.write(seats.begin, place, card.id, False, debate.due_at + 10_000)
    assert (await holding.find(stage)).thread_id == card.id


async def test_a_debate_that_nobody_comes_to_begin_after_all_begins_by_itself(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    debate = await holding.find(stage)
    place = Place(stage.guild.id, debate.id, stage.quiz.id, stage.people["alice"].id)
    await stage.db.write(seats.wait_to_begin, place, False, debate.due_at - 1)
    await stage.db.write(moving.step, stage.guild.id, debate.id, debate.due_at + seats.OPENING)
    assert (await holding.find(stage)).state == "running"
