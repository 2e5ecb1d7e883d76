"""What somebody wrote is not lost when it is refused: the form opens with it, for nobody else and until it is taken."""

from __future__ import annotations

from typing import Any

import pytest

from bot.act import Act
from bot.debate import kept
from bot.debate.kept import Kept
from storage import drafts
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Reply, Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])

KEPT = "What you wrote is kept for a day: the form opens with it."
OTHER = {"bob": "carol", "carol": "bob"}


async def open_floor(stage: Stage, **options: str) -> str:
    await holding.begin(stage, **options)
    await holding.skip(stage)
    return await holding.turn_of(stage)


async def press_speak(stage: Stage, who: str) -> Reply:
    return await stage.press(who, await holding.now_open(stage), "Speak")


def written(form: Reply) -> tuple[Any, list[str]]:
    """What stands in a form: its text, and what is chosen in its select."""
    assert form.result.modal is not None
    parts = [part["component"] for part in form.result.modal["components"] if "component" in part]
    text = next(part.get("value") for part in parts if part["type"] == 4)
    chosen = [option["value"] for part in parts for option in part.get("options", []) if option.get("default")]
    return text, chosen


async def test_a_refused_speech_stands_in_the_form_with_its_sections(stage: Stage) -> None:
    first = await open_floor(stage)
    assert written(await press_speak(stage, first)) == (None, [])
    told = await holding.speak(stage, first, "Join discord.gg/abcdef now", cites=["for-0", "against-1"])
    assert told.text == f"I can't pass on invitations to servers. Please say it without one. {KEPT}"
    assert written(await press_speak(stage, first)) == ("Join discord.gg/abcdef now", ["for-0", "against-1"])


async def test_a_speech_that_came_too_late_stands_in_the_form_of_the_next_turn(stage: Stage) -> None:
    first = await open_floor(stage)
    form = await press_speak(stage, first)
    await stage.press(first, await holding.now_open(stage), "Pass")
    told = await stage.submit(first, form, text="Too late.")
    assert told.text == f"The debate has just moved on. Please look at its newest card. {KEPT}"
    await stage.advance(1)
    assert written(await press_speak(stage, OTHER[first])) == (None, [])
    await holding.speak(stage, OTHER[first])
    assert written(await press_speak(stage, first)) == ("Too late.", [])


async def test_words_for_a_debate_that_is_over_meanwhile_are_neither_kept_nor_promised_to_be(stage: Stage) -> None:
    first = await open_floor(stage)
    await holding.speak(stage, first, "See discord.gg/one")
    form = await press_speak(stage, first)
    await holding.end(stage, "alice", await holding.now_open(stage))
    told = await stage.submit(first, form, text="Too late.")
    assert told.text == "This debate is over. Start another with /debate start."
    assert await stage.db.read(drafts.list_drafts, stage.guild.id, stage.people[first].id, "speech") == []


async def test_what_was_taken_is_kept_no_more(stage: Stage) -> None:
    first = await open_floor(stage)
    for text in ("discord.gg/one", "discord.gg/two", "A point."):
        await holding.speak(stage, first, text)
    left = await stage.db.read(drafts.list_drafts, stage.guild.id, stage.people[first].id, "speech")
    assert left == []
    assert [speech.text for speech in await holding.speeches(stage)] == ["A point."]


async def test_a_refused_restatement_reason_and_question_are_kept_each_in_its_form(stage: Stage) -> None:
    await open_floor(stage, format="oxford")
    asked = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    await stage.submit("onlooker", asked, text="See www.example.org?")
    again = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    assert written(again) == ("See www.example.org?", [])
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    first = await holding.turn_of(stage)
    told = await holding.speak(stage, first, "They say www.example.org.")
    assert told.text == f"I can't pass on links here. Please say it without one. {KEPT}"
    assert written(await press_speak(stage, first)) == ("They say www.example.org.", [])
    await holding.speak(stage, first, "They say that squares stack.")
    id = (await holding.speeches(stage))[-1].message_id
    card = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == id)
    await stage.submit(OTHER[first], await stage.press(OTHER[first], card, "Not quite"), text="www.example.org")
    assert written(await stage.press(OTHER[first], card, "Not quite")) == ("www.example.org", [])


async def test_what_nobody_can_see_is_nothing_and_is_not_kept(stage: Stage) -> None:
    first = await open_floor(stage)
    told = await holding.speak(stage, first, "\u200b\u2800")
    assert told.text == "There is nothing in it yet. Please write a sentence or two."
    assert written(await press_speak(stage, first)) == (None, [])


async def test_how_many_links_may_be_in_it_is_said_beforehand(stage: Stage) -> None:
    first = await open_floor(stage, format="oxford")
    assert "One link to a source at most." in (await press_speak(stage, first)).text
    asked = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    assert "No links." in asked.text


async def test_each_debate_and_each_form_has_its_own_words(stage: Stage) -> None:
    acts = [Act(1, id, user_id, 5) for id, user_id in ((1, 7), (2, 7), (3, 7), (4, 8))]
    written = [(2, "said", "One."), (2, "why", "Two."), (3, "said", "Three."), (2, "said", "Four.")]
    for act, (debate_id, form, text) in zip(acts, written, strict=True):
        await stage.db.write(kept.keep, act, Kept(debate_id=debate_id, form=form, text=text))
    found = [await stage.db.read(kept.find, act, *about[:2]) for act, about in zip(acts, written, strict=True)]
    assert [one.text for one in found] == ["One.", "Two.", "Three.", "Four."]
    await stage.db.write(kept.drop, acts[0], 2, "said")
    found = [await stage.db.read(kept.find, act, *about[:2]) for act, about in zip(acts, written, strict=True)]
    assert [one.text for one in found] == ["", "Two.", "Three.", "Four."]
