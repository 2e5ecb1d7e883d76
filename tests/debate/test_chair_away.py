"""A chair who is gone leaves no paused debate behind, and what a chair or a moderator does is noted with its words."""

from __future__ import annotations

import pytest

from bot.debate import chair
from bot.debate.floor import Place
from storage import audit
from storage.settings import change_settings
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])

ONLY = "Only the chair of this debate or a moderator can do that"
HOUR = 3_600_000


async def noted(stage: Stage) -> list[tuple[str, str, str | None]]:
    """Who did what in the debate, and with which words."""
    names = {person.id: name for name, person in stage.people.items()}
    about = f"debate/{(await holding.find(stage)).id}"
    entries = await stage.db.read(audit.list_entries, stage.guild.id, about, 0, 50)
    return [(names[entry.user_id], entry.deed, entry.before) for entry in reversed(entries)]


@pytest.mark.parametrize("who", ["bob", "carol"])
async def test_a_debate_that_the_bot_paused_goes_on_by_whoever_speaks_in_it(stage: Stage, who: str) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    stage.clock.time += HOUR
    await stage.restart()
    await stage.advance(3)
    card = await holding.now_open(stage)
    assert (await stage.press("onlooker", card, "Go on")).text.startswith(ONLY)
    await stage.press(who, card, "Go on")
    debate = await holding.find(stage)
    assert (debate.state, debate.due_at - stage.clock.now()) == ("running", 240_000)
    assert (await holding.phases(stage))[1].closes_at == stage.clock.now() + 180_000


@pytest.mark.parametrize(("pace", "patience", "words"), [("live", HOUR, "an hour"), ("async", 24 * HOUR, "a day")])
async def test_a_debate_that_its_chair_paused_goes_on_by_others_after_a_while(
    stage: Stage, pace: str, patience: int, words: str
) -> None:
    await holding.begin(stage, pace=pace)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    paused_at = stage.clock.now()
    await stage.advance(3)
    card = await holding.now_open(stage)
    stage.clock.time = paused_at + patience - 1
    for label in ("Go on", "End"):
        told = (await stage.press("bob", card, label)).text
        assert told == (
            f"{ONLY} now. If neither does within {words} of the pause, who started it and who speaks in it can."
        )
    stage.clock.time = paused_at + patience
    assert (await stage.press("onlooker", card, "Go on")).text.startswith(ONLY)
    await holding.end(stage, "bob", card)
    assert (await holding.find(stage)).state == "over"


async def test_taking_out_relaying_and_turning_down_are_noted_with_their_words(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    for text in ("Who pays?", "What of hexagons?"):
        form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
        await stage.submit("onlooker", form, text=text)
    one, other = await holding.speeches(stage)
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "question":
        await holding.skip(stage)
    offered = await stage.press("alice", await holding.now_open(stage), "Relay")
    await stage.press("alice", offered.message, "Turn 2 down")
    await holding.put_question(stage, "alice", one.id)
    await stage.advance(1)
    await holding.sure(stage, "olga", await holding.now_open(stage), "Take out", "Take it out")
    assert (await noted(stage))[-3:] == [
        ("alice", "debate.decline", str(other.id)),
        ("alice", "debate.relay", str(one.id)),
        ("olga", "debate.void", str(one.id)),
    ]


@pytest.mark.parametrize(("label", "deed"), [("Let it stand", "debate.stand"), ("Leave it out", "debate.decline")])
async def test_what_a_moderator_decides_is_noted_with_its_words(stage: Stage, label: str, deed: str) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage)
    await holding.skip(stage)
    await holding.speak(stage, await holding.turn_of(stage))
    (speech,) = await holding.speeches(stage)
    listed = await stage.press("olga", await holding.now_open(stage), "Waiting (1)")
    await stage.press("olga", listed.message, label)
    assert (await noted(stage))[-1] == ("olga", deed, str(speech.id))


@pytest.mark.parametrize(("who", "told"), [("olga", [("olga", "debate.begin", None)]), ("alice", [])])
async def test_that_a_moderator_begins_somebody_elses_debate_is_noted(
    stage: Stage, who: str, told: list[tuple[str, str, str | None]]
) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    await stage.press(who, card, "Begin")
    assert await noted(stage) == told


async def test_a_stranger_does_not_begin_a_debate_that_nobody_chairs(stage: Stage) -> None:
    card = await holding.start(stage, "bob")
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    told = await stage.press("onlooker", card, "Begin")
    assert told.text.startswith("I chair this debate: who started it, who has a seat in it, or a moderator can begin")
    assert (await holding.find(stage)).state == "gathering"


async def test_a_paused_debate_is_not_ended_from_another_channel(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    place = Place(stage.guild.id, debate.id, stage.quiz.id, stage.people["alice"].id)
    await stage.db.write(chair.pause, place, stage.clock.now())
    told = await stage.forge("alice", f"debate:ended:{debate.id}", stage.other)
    assert told.startswith("I don't know this debate any more.")
    assert (await holding.find(stage)).state == "paused"
