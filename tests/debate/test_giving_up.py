"""A seat is given up with “Watch”, also once a debate has begun; what everybody sees stays as it is meanwhile."""

from __future__ import annotations

import pytest

from storage import debates
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

ASKED = (
    "You have a seat in this debate. Give it up? Whoever waits longest for one on your side takes it. You can't take "
    "it back."
)
FREE = "You gave your seat up. You can vote before and after the debate, and ask questions where it has some."
UNQUEUED = "You don't wait for a seat any more. " + FREE.partition(". ")[2]
OTHER = {"bob": "carol", "carol": "bob"}


async def begin_with_queue(stage: Stage) -> None:
    """A duel that has begun, where dana waits for bob's seat."""
    card = await holding.start(stage)
    for who, label in (("bob", "For"), ("carol", "Against"), ("dana", "For")):
        await stage.press(who, card, label)
    await stage.press("alice", card, "Begin")
    await stage.advance(2)


async def states(stage: Stage) -> dict[str, str]:
    names = {person.id: name for name, person in stage.people.items()}
    rows = await stage.db.read(debates.list_seats, stage.guild.id, (await holding.find(stage)).id)
    return {names[row.user_id]: row.state for row in rows}


async def test_a_seat_in_a_debate_that_runs_is_asked_about_privately_before_it_is_given_up(stage: Stage) -> None:
    await begin_with_queue(stage)
    asked = await stage.press("bob", await holding.panel(stage), "Watch")
    assert (asked.private, asked.text.splitlines()) == (True, [ASKED, "Give it up", "Leave it"])
    assert await states(stage) == {"bob": "seated", "carol": "seated", "dana": "queued"}
    assert (await stage.press("bob", asked.message, "Give it up")).text == FREE
    assert await states(stage) == {"bob": "withdrawn", "carol": "seated", "dana": "seated"}
    await stage.advance(1)
    lines = text_of(await holding.panel(stage)).splitlines()
    assert f"**For** · <@{stage.people['dana'].id}>" in lines
    assert not any(line.startswith("Waiting for a seat") for line in lines)


async def test_who_leaves_their_seat_as_it_is_keeps_it(stage: Stage) -> None:
    await begin_with_queue(stage)
    asked = await stage.press("bob", await holding.panel(stage), "Watch")
    assert (await stage.press("bob", asked.message, "Leave it")).text == "Left as it is."
    assert (await states(stage))["bob"] == "seated"


async def test_a_seat_in_a_paused_debate_can_be_given_up(stage: Stage) -> None:
    await begin_with_queue(stage)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.advance(3)
    assert (await holding.give_up(stage, "bob")).text == FREE
    assert await states(stage) == {"bob": "withdrawn", "carol": "seated", "dana": "seated"}


async def test_who_waits_for_a_seat_or_has_none_is_not_asked(stage: Stage) -> None:
    await begin_with_queue(stage)
    assert (await stage.press("dana", await holding.panel(stage), "Watch")).text == UNQUEUED
    assert (await stage.press("onlooker", await holding.panel(stage), "Watch")).text.startswith("You watch.")
    assert await states(stage) == {"bob": "seated", "carol": "seated"}
    await stage.advance(1)
    assert "Waiting for a seat" not in text_of(await holding.panel(stage))


async def test_what_the_refusal_of_a_deletion_names_is_there_to_be_pressed(stage: Stage) -> None:
    await begin_with_queue(stage)
    card = await stage.slash("bob", "privacy")
    refused = await stage.press("bob", card.message, "Delete my data")
    panel = await holding.panel(stage)
    assert f"/{panel.channel.id}/{panel.id}. Press “Watch” there to give it up" in refused.text
    await holding.give_up(stage, "bob")
    asked = await stage.press("bob", card.message, "Delete my data")
    assert (await stage.press("bob", asked.message, "Delete it for good")).text.startswith("### Deleted")


@pytest.mark.parametrize("route", ["debate:leave:{id}", "debate:unseat:{id}"])
async def test_a_forged_press_on_what_everybody_sees_is_answered_beside_it(stage: Stage, route: str) -> None:
    await begin_with_queue(stage)
    told = await stage.forge("alice", route.format(id=(await holding.find(stage)).id))
    assert told in ("Left as it is.", "You watch. " + FREE.partition(". ")[2])
    assert "Forged" in text_of(stage.last())


async def test_what_moved_somebody_is_noted_beside_a_card_that_everybody_sees(stage: Stage) -> None:
    await begin_with_queue(stage)
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "after":
        await holding.skip(stage)
    await holding.vote(stage, alice="For")
    told = await stage.forge_choice("alice", f"debate:moved:{(await holding.find(stage)).id}", "0")
    assert told == "Noted, thank you. Only sums over many people are shown."
    assert "Forged" in text_of(stage.last())
