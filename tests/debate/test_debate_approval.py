"""Where a server's moderators see words first, a speech waits for them, and the debate goes on."""

from __future__ import annotations

import discord
import pytest

from storage.settings import change_settings
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, text_of

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


async def test_where_words_wait_only_a_moderator_puts_a_question(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    await stage.submit("onlooker", form, text="Who pays?")
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "question":
        await holding.skip(stage)
    for who, told in (("alice", "Only people who may moderate here"), ("olga", "The question is put.")):
        offered = await stage.press(who, await holding.now_open(stage), "Relay")
        question = (await holding.speeches(stage))[0]
        assert (await stage.choose(who, offered.message, str(question.id))).text.startswith(told)
