"""Words that are taken out are gone from wherever they were shown: card, phase, result and file, also afterwards."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.act import Act
from bot.debate import chair, flagged
from bot.debate.floor import Place
from storage.settings import change_settings
from storage.tables import Speech
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

OUT = "(taken out by the chair or a moderator)"
RUDE = "Something rude."


async def hold_with(stage: Stage, text: str = RUDE) -> Speech:
    """A debate that is over, with one speech; that."""
    await holding.begin(stage)
    await holding.skip(stage)
    await holding.speak(stage, await holding.turn_of(stage), text)
    await holding.finish(stage)
    await stage.advance(3)
    return (await holding.speeches(stage))[0]


async def result(stage: Stage) -> discord.Message:
    debate = await holding.find(stage)
    return next(m for m in holding.hall(stage, debate) if m.id == debate.result_id)


async def read_file(message: discord.Message) -> str:
    (file,) = [attachment for attachment in message.attachments if attachment.filename == "debate.md"]
    return (await file.read()).decode()


async def card_of(stage: Stage, speech: Speech) -> discord.Message:
    return next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == speech.message_id)


async def test_taken_out_after_the_end_words_are_gone_from_the_result_and_its_file(stage: Stage) -> None:
    speech = await hold_with(stage)
    assert RUDE in await read_file(await result(stage))
    await holding.sure(stage, "alice", await card_of(stage, speech), "Take out", "Take it out")
    await stage.advance(2)
    told = await read_file(await result(stage))
    assert (RUDE in told, OUT in told) == (False, True)
    assert not any(RUDE in text for text in holding.said(stage, await holding.find(stage)))


async def test_a_result_that_was_deleted_is_not_posted_anew(stage: Stage) -> None:
    speech = await hold_with(stage)
    shown = await result(stage)
    await stage.bot.http.delete_message(shown.channel.id, shown.id)
    before = len(holding.hall(stage, await holding.find(stage)))
    await holding.sure(stage, "alice", await card_of(stage, speech), "Take out", "Take it out")
    await stage.advance(3)
    assert len(holding.hall(stage, await holding.find(stage))) == before


async def test_what_was_said_in_a_thread_that_the_debate_has_left_is_taken_out_there(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    first = await holding.turn_of(stage)
    await holding.speak(stage, first, RUDE)
    (speech,) = await holding.speeches(stage)
    debate = await holding.find(stage)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    assert speech.channel_id == thread.id
    stage.env.inject_error("POST", f"/channels/{thread.id}/messages", status=400, code=50083)
    await holding.speak(stage, {"bob": "carol", "carol": "bob"}[first], "The other point.")
    await stage.advance(3)
    assert (await holding.find(stage)).thread_id is None
    card = next(m for m in stage.messages(thread) if m.id == speech.message_id)
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    await stage.advance(2)
    assert OUT in text_of(next(m for m in stage.messages(thread) if m.id == speech.message_id))
    assert not any(OUT in text_of(m) for m in stage.messages())


async def test_in_a_thread_that_was_archived_meanwhile_words_are_taken_out_too(stage: Stage) -> None:
    speech = await hold_with(stage)
    thread_id = (await holding.find(stage)).thread_id
    card = await card_of(stage, speech)
    assert stage.guild.me is not None  # simcord asks for more than Discord does of whoever takes a thread up again
    allow = discord.Permissions(manage_channels=True, manage_threads=True).value
    stage.env.backend.set_overwrite(stage.quiz.id, Overwrite(stage.guild.me.id, OverwriteType.MEMBER, allow=allow))
    stage.env.inject_error("PATCH", f"/channels/{thread_id}/messages/{card.id}", status=400, code=50083)
    act = Act(stage.guild.id, 1, stage.people["olga"].id, stage.clock.now())
    await stage.db.write(flagged.take_out_flagged, act, speech.id)
    await stage.advance(3)
    asked = [r.json for r in stage.env.http_requests if (r.method, r.path) == ("PATCH", f"/channels/{thread_id}")]
    assert asked == [{"archived": False}]
    assert OUT in text_of(await card_of(stage, speech))
    assert RUDE not in await read_file(await result(stage))


async def put_question(stage: Stage, text: str = RUDE) -> Speech:
    """An Oxford debate in which this question of the onlooker's is put; that."""
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    await stage.submit("onlooker", form, text=text)
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "question":
        await holding.skip(stage)
    (question,) = await holding.speeches(stage)
    await holding.put_question(stage, "alice", question.id)
    await stage.advance(1)
    return question


async def test_a_question_that_was_put_can_be_flagged_and_is_taken_out_of_its_card(stage: Stage) -> None:
    question = await put_question(stage)
    card = await holding.now_open(stage)
    assert RUDE in text_of(card)
    assert button_ids(card)["Report"] == f"flag:open:speech:{question.id}"
    shown = await stage.press("olga", card, "Report")
    assert (await stage.submit("olga", shown, reason=["rude"], note="")).text.startswith("Thank you")
    found = await stage.db.read(flagged.find_flagged, stage.guild.id, question.id)
    assert found is not None
    assert (found.text, found.message_id) == (RUDE, card.id)
    act = Act(stage.guild.id, 1, stage.people["olga"].id, stage.clock.now())
    await stage.db.write(flagged.take_out_flagged, act, question.id)
    await stage.advance(1)
    assert not any(RUDE in text for text in holding.said(stage, await holding.find(stage)))


@pytest.mark.parametrize("paused", [False, True])
async def test_a_question_that_is_taken_out_is_answered_by_neither_side(stage: Stage, paused: bool) -> None:
    question = await put_question(stage)
    at = (await holding.find(stage)).position
    card = await holding.now_open(stage)
    if paused:
        await stage.press("alice", card, "Pause")
        await stage.advance(2)
    debate = await holding.find(stage)
    place = Place(stage.guild.id, debate.id, card.channel.id, stage.people["alice"].id, True)
    await stage.db.write(chair.void, place, question.id, stage.clock.now())
    if paused:
        assert (await holding.find(stage)).position == at
        await stage.press("alice", await holding.now_open(stage), "Go on")
    await stage.advance(1)
    assert [phase.outcome for phase in (await holding.phases(stage))[at : at + 2]] == ["skipped", "skipped"]
    assert (await holding.find(stage)).position > at + 1
    await holding.finish(stage)
    await stage.advance(3)
    assert RUDE not in await read_file(await result(stage))
    assert [one.state for one in await holding.speeches(stage) if one.id == question.id] == ["void"]


async def test_a_question_that_is_taken_out_twice_moves_the_debate_once(stage: Stage) -> None:
    question = await put_question(stage)
    card = await holding.now_open(stage)
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    await stage.advance(1)
    at = (await holding.find(stage)).position
    thread = next(thread for thread in stage.quiz.threads if thread.id == card.channel.id)
    await stage.forge("alice", f"debate:voided:{question.debate_id}:{question.id}", thread)
    await stage.advance(1)
    assert (await holding.find(stage)).position == at


async def test_a_speech_is_not_taken_out_from_another_channel(stage: Stage) -> None:
    speech = await hold_with(stage)
    debate = await holding.find(stage)
    told = await stage.forge("olga", f"debate:voided:{debate.id}:{speech.id}", stage.other)
    assert told.startswith("I don't know this debate any more.")
    place = Place(stage.guild.id, debate.id, stage.quiz.id, stage.people["olga"].id, True)
    await stage.db.write(chair.void, place, speech.id, stage.clock.now())
    assert [one.state for one in await holding.speeches(stage)] == ["void"]


async def leave_thread(stage: Stage) -> Any:
    """Let the debate lose its thread while the newest card is drawn again; the thread."""
    debate = await holding.find(stage)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    stage.env.inject_error("POST", f"/channels/{thread.id}/messages", status=403, code=50001)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.advance(3)
    assert (await holding.find(stage)).thread_id is None
    return thread


def buttons_with(messages: list[discord.Message], words: str) -> list[list[str]]:
    return [list(button_ids(message)) for message in messages if words in text_of(message)]


async def test_a_question_that_was_being_answered_is_not_left_in_a_thread_that_the_debate_leaves(stage: Stage) -> None:
    question = await put_question(stage)
    thread = await leave_thread(stage)
    assert buttons_with(stage.messages(thread), RUDE) == []
    await stage.press("alice", await holding.now_open(stage), "Go on")
    await stage.advance(2)
    card = await holding.now_open(stage)
    assert RUDE in text_of(card)
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    await stage.advance(2)
    assert buttons_with(stage.messages(), RUDE) == []
    assert [one.state for one in await holding.speeches(stage) if one.id == question.id] == ["void"]


async def test_a_question_whose_card_is_in_a_thread_that_was_left_is_taken_out_there(stage: Stage) -> None:
    question = await put_question(stage)
    await holding.speak(stage, await holding.turn_of(stage), "My answer.")
    thread = await leave_thread(stage)
    assert buttons_with(stage.messages(thread), RUDE) == [["Report", "Take out"]]
    found = await stage.db.read(flagged.find_flagged, stage.guild.id, question.id)
    assert found is not None
    assert found.channel_id == thread.id
    card = next(m for m in stage.messages(thread) if m.id == found.message_id)
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    await stage.advance(2)
    assert (buttons_with(stage.messages(thread), RUDE), buttons_with(stage.messages(thread), OUT)) == ([], [[]])


async def test_a_question_can_be_reported_and_taken_out_after_both_sides_have_answered(stage: Stage) -> None:
    await put_question(stage)
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage), "My answer.")
    debate = await holding.find(stage)
    assert buttons_with(holding.hall(stage, debate), RUDE) == [["Report", "Take out"]]
    await holding.finish(stage)
    await stage.advance(3)
    (card,) = [m for m in holding.hall(stage, debate) if RUDE in text_of(m)]
    shown = await stage.press("olga", card, "Report")
    assert (await stage.submit("olga", shown, reason=["rude"], note="")).text.startswith("Thank you")
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    await stage.advance(3)
    assert buttons_with(holding.hall(stage, debate), RUDE) == []
    assert RUDE not in await read_file(await result(stage))


@pytest.mark.parametrize("over", [False, True])
async def test_what_waits_in_a_thread_that_the_debate_has_left_can_be_decided(stage: Stage, over: bool) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage)
    await holding.skip(stage)
    await holding.speak(stage, await holding.turn_of(stage), "My point.")
    thread = await leave_thread(stage)
    if over:
        await holding.end(stage, "alice", await holding.now_open(stage))
        await stage.advance(3)
    (speech,) = await holding.speeches(stage)
    card = next(m for m in stage.messages(thread) if m.id == speech.message_id)
    looked = await stage.press("olga", card, "Look at it")
    assert "||My point.||" in looked.text.splitlines()
    await stage.press("olga", looked.message, "Let it stand")
    await stage.advance(2)
    assert [one.state for one in await holding.speeches(stage)] == ["shown"]
    assert buttons_with(stage.messages(thread), "My point.") == [["Report", "Take out"]]
