"""What somebody said in a debate changed somebody's view: under its card, and with the button beside the vote."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.kit import Button, Card, custom_id
from storage.deltas import list_deltas
from storage.tables import Speech
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])
MENU = "This changed my view"
WHY = "I had not thought of how corners help when things are stacked."
GONE = "I don't find those words any more. If a message changed your view, choose “This changed my view” under it."
TAKEN_OUT = "What stood there was taken out of the debate, so it can't be named here. Choose another message."
OWN = "Those are your own words. Choose a message of somebody else that changed your view."


async def hear(stage: Stage) -> tuple[str, Speech]:
    """Let the first speaker speak; who it was, and what they said."""
    await holding.begin(stage, format="duel")
    await holding.skip(stage)
    speaker = await holding.turn_of(stage)
    await holding.speak(stage, speaker, "Corners help.")
    (speech,) = await holding.speeches(stage)
    return speaker, speech


async def given(stage: Stage) -> list[tuple[int, int, int, int]]:
    """(channel, message, giver, writer) of every delta."""
    rows = await stage.db.read(list_deltas, stage.guild.id, None, 0, 9)
    return [(row.channel_id, row.message_id, row.giver_id, row.writer_id) for row in rows]


async def press_point(stage: Stage, who: str, id: int) -> str:
    """Press a button that asks about what was said, and send the form; what one is told."""
    card = Card().buttons(Button("This point", custom_id("delta:point", id)))
    message = await stage.bot.get_partial_messageable(stage.quiz.id).send(view=card.view())
    form = await stage.press(who, message, "This point")
    if form.result.modal is None:
        return form.text
    return (await stage.submit(who, form, direction=["flipped"], why=WHY)).text


async def test_a_speech_changed_somebodys_view_and_its_speaker_is_the_writer(stage: Stage) -> None:
    await stage.deny_bot(stage.quiz, "create_public_threads")  # the debate is held in the channel itself
    speaker, speech = await hear(stage)
    debate = await holding.find(stage)
    card = next(message for message in holding.hall(stage, debate) if message.id == speech.message_id)
    form = await stage.menu("dana", MENU, card)
    await stage.submit("dana", form, direction=["weaker"], why=WHY)
    assert await given(stage) == [(card.channel.id, card.id, stage.people["dana"].id, stage.people[speaker].id)]
    assert (await stage.menu(speaker, MENU, card)).text == OWN


async def test_of_a_speech_that_was_taken_out_it_says_so(stage: Stage) -> None:
    await stage.deny_bot(stage.quiz, "create_public_threads")  # the debate is held in the channel itself
    _, speech = await hear(stage)
    card = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == speech.message_id)
    await stage.db.write(lambda session: session.execute(update(Speech).values(state="void")) and None)
    assert (await stage.menu("dana", MENU, card)).text == TAKEN_OUT
    assert await given(stage) == []


async def test_another_card_of_a_debate_is_a_bots(stage: Stage) -> None:
    card = await holding.begin(stage)
    told = (await stage.menu("dana", MENU, card)).text
    assert told == "That was posted by a bot. Choose a message of the person who changed your view."


async def test_the_button_beside_the_vote_asks_about_what_was_said(stage: Stage) -> None:
    speaker, speech = await hear(stage)
    assert (await press_point(stage, "dana", speech.id)).startswith("Noted, and thank you")
    debate = await holding.find(stage)
    place = debate.thread_id or debate.channel_id
    assert await given(stage) == [(place, speech.message_id, stage.people["dana"].id, stage.people[speaker].id)]
    assert await press_point(stage, speaker, speech.id) == OWN


@pytest.mark.parametrize("change", [{"state": "void"}, {"held": 1}, {"message_id": None}])
async def test_of_what_is_not_shown_nothing_is_said(stage: Stage, change: dict[str, object]) -> None:
    _, speech = await hear(stage)

    def hide(session: Session) -> None:
        session.execute(update(Speech).values(**change))

    await stage.db.write(hide)
    assert await press_point(stage, "dana", speech.id) == GONE
    assert await press_point(stage, "dana", 77) == GONE


async def test_what_was_said_in_another_server_is_not_found(stage: Stage) -> None:
    _, speech = await hear(stage)
    elsewhere = await stage.open_elsewhere()
    assert await stage.forge("mallory", f"delta:point:{speech.id}", channel=elsewhere) == GONE
