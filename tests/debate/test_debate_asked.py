"""What a speaker is asked stands in the form in which they can answer it, as far as everybody may read it."""

from __future__ import annotations

import pytest

from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])

ASKED = "**You were asked:** How \\*stable\\*?"


async def open_closing(stage: Stage, of_who_asked: bool) -> list[str]:
    """The lines of the form for the closing of who asked a cross-question in a duel, or of who was asked it."""
    await holding.begin(stage)
    for _ in range(3):
        await holding.skip(stage)
    asker = await holding.turn_of(stage)
    await holding.speak(stage, asker, "How *stable*?")
    await holding.skip(stage)
    if ((await holding.turn_of(stage)) == asker) != of_who_asked:
        await holding.skip(stage)
    form = await stage.press(await holding.turn_of(stage), await holding.now_open(stage), "Speak")
    return form.text.splitlines()


async def test_a_cross_question_stands_in_the_form_of_the_closing_that_can_answer_it(stage: Stage) -> None:
    assert ASKED in await open_closing(stage, False)


async def test_who_asked_a_cross_question_is_not_asked_it(stage: Stage) -> None:
    assert ASKED not in await open_closing(stage, True)


async def test_a_cross_question_that_was_taken_out_stands_in_no_form(stage: Stage) -> None:
    await open_closing(stage, False)
    debate = await holding.find(stage)
    (question,) = await holding.speeches(stage)
    card = next(m for m in holding.hall(stage, debate) if m.id == question.message_id)
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    form = await stage.press(await holding.turn_of(stage), await holding.now_open(stage), "Speak")
    assert ASKED not in form.text.splitlines()


async def test_a_question_of_the_audience_stands_in_the_form_of_its_answer(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    ask = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    assert "Others are not shown your name; a moderator may see it." in ask.text
    await stage.submit("onlooker", ask, text="Who *pays*?")
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "question":
        await holding.skip(stage)
    await holding.put_question(stage, "alice", (await holding.speeches(stage))[0].id)
    await stage.advance(1)
    form = await stage.press(await holding.turn_of(stage), await holding.now_open(stage), "Speak")
    assert "**The question:** Who \\*pays\\*?" in form.text.splitlines()
