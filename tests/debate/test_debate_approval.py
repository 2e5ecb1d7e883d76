"""Where a server's moderators see words first, a speech waits for them, and the debate goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import discord
import pytest

from bot.debate import deciding
from bot.debate.floor import Place
from bot.errors import Refusal
from storage.settings import change_settings
from storage.tables import Speech
from tests.build import make_motion
from tests.debate import holding
from tests.stage import START, Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

WAITS = "A moderator looks at this first; then it is shown here. The debate goes on meanwhile."


async def speak(stage: Stage, approval: str) -> discord.Message:
    """Let the first speaker speak; the card of the speech."""
    await stage.db.write(change_settings, stage.guild.id, {"approval": approval})
    await holding.begin(stage)
    await holding.skip(stage)
    await holding.speak(stage, await holding.turn_of(stage), "My point.")
    return await shown(stage)


async def shown(stage: Stage) -> discord.Message:
    (speech,) = await holding.speeches(stage)
    return next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == speech.message_id)


async def test_a_speech_waits_and_the_debate_goes_on(stage: Stage) -> None:
    card = await speak(stage, "all")
    assert text_of(card).splitlines()[1:] == [WAITS, "Look at it"]
    assert (await holding.find(stage)).position == 2


@pytest.mark.parametrize(("label", "seen"), [("Let it stand", "My point."), ("Leave it out", "(a moderator looked")])
async def test_a_moderator_lets_it_stand_or_leaves_it_out(stage: Stage, label: str, seen: str) -> None:
    card = await speak(stage, "all")
    looked, again = [await stage.press("olga", card, "Look at it") for _ in range(2)]
    assert (looked.private, "My point." in looked.text) == (True, True)
    await stage.press("olga", looked.message, label)
    await stage.advance(1)
    assert text_of(await shown(stage)).splitlines()[1].startswith(seen)
    told = await stage.press("olga", again.message, "Let it stand")
    assert told.text == "This waits no more: somebody has looked at it already."


async def test_who_speaks_is_told_that_a_moderator_looks_first(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage)
    await holding.skip(stage)
    told = await holding.speak(stage, await holding.turn_of(stage), "My point.")
    assert told.text == (
        "Thank you. A moderator looks at it first; then it is posted, under your name. The debate goes on."
    )


async def test_nobody_else_sees_it_not_even_the_chair(stage: Stage) -> None:
    card = await speak(stage, "all")
    for who in ("alice", "bob", "onlooker"):
        told = await stage.press(who, card, "Look at it")
        assert told.text == "Only people who may moderate here can see this before others do. It waits for one of them."


async def test_where_words_do_not_wait_a_speech_is_shown_at_once(stage: Stage) -> None:
    assert text_of(await speak(stage, "off")).splitlines()[1] == "My point."


async def ask(stage: Stage, text: str = "Who pays?", who: str = "onlooker") -> None:
    form = await stage.press(who, await holding.now_open(stage), "Ask")
    await stage.submit(who, form, text=text)


async def open_questions(stage: Stage) -> None:
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "question":
        await holding.skip(stage)


async def test_where_words_wait_only_a_moderator_sees_and_puts_a_question(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    await ask(stage)
    await open_questions(stage)
    debate = await holding.find(stage)
    told = await stage.press("alice", await holding.now_open(stage), "Relay")
    assert told.text == "The questions that wait are to be looked at by a moderator first. Then you can relay them."
    (question,) = await holding.speeches(stage)
    forged = await stage.forge("alice", f"debate:relayed:{debate.id}:{debate.position}:{question.id}")
    assert forged.startswith("Only people who may moderate here can see this")
    assert (await holding.put_question(stage, "olga", question.id)).text == "The question is put."


async def test_a_question_of_somebody_who_is_not_new_does_not_wait_for_moderators(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "new"})
    for name, days in (("onlooker", 30), ("dana", 1)):
        member = stage.env.backend.guilds[stage.guild.id].members[stage.people[name].id]
        member.joined_at = datetime.fromtimestamp(START / 1000 - days * 86_400, UTC).isoformat()
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    await ask(stage, "What of hexagons?", "dana")
    await ask(stage)
    assert [one.held for one in await holding.speeches(stage)] == [1, 0]
    await open_questions(stage)
    offered = await stage.press("alice", await holding.now_open(stage), "Relay")
    assert ("Who pays?" in offered.text, "What of hexagons?" in offered.text) == (True, False)
    await stage.skip(60)
    await stage.advance(2)
    assert "**Question from the audience:** Who pays?" in text_of(await holding.now_open(stage)).splitlines()


async def test_a_question_that_waits_for_moderators_is_never_put_by_the_bot(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    await ask(stage)
    await open_questions(stage)
    at = (await holding.find(stage)).position
    await stage.skip(60)
    await stage.advance(2)
    assert [(one.state, one.position) for one in await holding.speeches(stage)] == [("waiting", None)]
    assert [phase.outcome for phase in await holding.phases(stage)][at : at + 2] == ["skipped", "skipped"]


async def place(stage: Stage, who: str, moderator: bool = False) -> Place:
    debate = await holding.find(stage)
    return Place(stage.guild.id, debate.id, stage.quiz.id, stage.people[who].id, moderator, None, stage.clock.now())


async def refused(write: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as refusal:
        await write
    return str(refusal.value)


async def test_a_moderator_lets_a_question_stand_and_then_it_is_the_chairs(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    await ask(stage)
    (held,) = await stage.db.read(deciding.list_held, await place(stage, "olga", True))
    assert (held.kind, held.text, held.judge_id) == ("question", "Who pays?", None)
    alice, now = await place(stage, "alice"), stage.clock.now()
    assert (await refused(stage.db.read(deciding.list_held, alice))).startswith("Only people who may moderate")
    for deed in (deciding.let_stand, deciding.decline):
        assert (await refused(stage.db.write(deed, alice, held.speech_id, now))).startswith("Only people who may")
    await stage.db.write(deciding.let_stand, await place(stage, "olga", True), held.speech_id, now)
    assert await stage.db.read(deciding.list_held, await place(stage, "olga", True)) == []
    await open_questions(stage)
    assert "Who pays?" in (await stage.press("alice", await holding.now_open(stage), "Relay")).text


async def test_the_chair_declines_a_question_that_waits_and_nobody_else_does(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    await ask(stage)
    (question,) = await holding.speeches(stage)
    now, bob = stage.clock.now(), await place(stage, "bob")
    assert (await refused(stage.db.write(deciding.decline, bob, question.id, now))).startswith("Only the chair")
    await stage.db.write(deciding.decline, await place(stage, "alice"), question.id, now)
    again = await refused(stage.db.write(deciding.decline, await place(stage, "alice"), question.id, now))
    assert again == "This waits no more: somebody has looked at it already."
    assert [one.state for one in await holding.speeches(stage)] == ["declined"]


async def judge_unfair(stage: Stage, why: str = "You left out the best part.") -> tuple[Speech, str]:
    """Let a restatement be found not quite fair; it, and who found it so."""
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    first = await holding.turn_of(stage)
    await holding.speak(stage, first, "They say that squares stack.")
    restated = (await holding.speeches(stage))[-1]
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    other = {"bob": "carol", "carol": "bob"}[first]
    form = await stage.press(other, await card_of(stage, restated), "Not quite")
    await stage.submit(other, form, text=why)
    await stage.advance(1)
    return restated, other


async def card_of(stage: Stage, speech: Speech) -> discord.Message:
    hall = holding.hall(stage, await holding.find(stage))
    return next(m for m in hall if m.id == speech.message_id)


@pytest.mark.parametrize(
    ("deed", "seen"),
    [(deciding.let_stand, "You left out the best part."), (deciding.decline, "a moderator looked at it")],
)
async def test_a_reason_waits_for_a_moderator_and_the_second_try_does_not(
    stage: Stage, deed: Callable[..., None], seen: str
) -> None:
    restated, other = await judge_unfair(stage)
    assert (await holding.find(stage)).position == 4  # the second try
    assert "You left out the best part." not in text_of(await card_of(stage, restated))
    olga, judge_id = await place(stage, "olga", True), stage.people[other].id
    (held,) = await stage.db.read(deciding.list_held, olga)
    assert (held.kind, held.speech_id, held.judge_id) == ("reason", restated.id, judge_id)
    assert held.text == "You left out the best part."
    await stage.db.write(deed, olga, restated.id, stage.clock.now(), judge_id)
    await stage.advance(1)
    assert seen in text_of(await card_of(stage, restated))


async def test_a_reason_can_be_taken_out_and_the_restatement_stays(stage: Stage) -> None:
    restated, other = await judge_unfair(stage)
    asked = await stage.press("alice", await card_of(stage, restated), "Take out")
    assert list(button_ids(asked.message)) == ["Take it out", "Leave it"]
    olga, judge_id = await place(stage, "olga", True), stage.people[other].id
    await stage.db.write(deciding.let_stand, olga, restated.id, stage.clock.now(), judge_id)
    await stage.advance(1)
    card = await card_of(stage, restated)
    await holding.sure(stage, "alice", card, "Take out", "Only why it is not quite fair")
    await stage.advance(1)
    told = text_of(await card_of(stage, restated))
    assert ("You left out the best part." in told, "They say that squares stack." in told) == (False, True)
    debate = await holding.find(stage)
    forged = await stage.forge("bob", f"debate:unsaid:{debate.id}:{restated.id}", stage.quiz)
    assert forged.startswith("Only the chair or a moderator can take words out of this debate. ")


async def test_moderators_are_told_once_while_something_waits(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id, "approval": "all"})
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    await ask(stage)
    await stage.advance(1)
    await holding.speak(stage, await holding.turn_of(stage))
    told = [text_of(message) for message in stage.messages(stage.other)]
    thread_id = (await holding.find(stage)).thread_id
    waits = f"In the debate in <#{thread_id}>, words wait until a moderator has looked at them."
    assert told == [f"{waits}\nLook at them"]
    olga, now = await place(stage, "olga", True), stage.clock.now()
    for held in await stage.db.read(deciding.list_held, olga):
        await stage.db.write(deciding.let_stand, olga, held.speech_id, now)
    await ask(stage, "And who does not?")
    await stage.advance(1)
    assert len(stage.messages(stage.other)) == 2


async def test_what_waits_is_not_decided_on_from_another_channel(stage: Stage) -> None:
    card = await speak(stage, "all")
    debate, (speech,) = await holding.find(stage), await holding.speeches(stage)
    both = (f"{debate.id}:{speech.id}", f"{debate.id}:0:{speech.id}:0")
    for verb, ids in (("look", both[0]), ("stand", both[1]), ("drop", both[1]), ("void", both[0])):
        told = await stage.forge("olga", f"debate:{verb}:{ids}", stage.other)
        assert told.startswith("I don't know this debate any more.")
    assert text_of(card).splitlines()[1] == WAITS
