"""The other side's best point restated, and the audience's questions: both in an Oxford debate."""

from __future__ import annotations

import discord
import pytest
from sqlalchemy.orm import Session

from storage import debates
from storage.settings import change_settings
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Reply, Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

OTHER = {"bob": "carol", "carol": "bob"}


async def open_restating(stage: Stage, **options: str) -> str:
    """An Oxford debate after its openings; who restates first."""
    await holding.begin(stage, format="oxford", **options)
    await holding.skip(stage)
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    return await holding.turn_of(stage)


async def restate(stage: Stage, who: str, text: str = "They say that squares stack.") -> discord.Message:
    """Restate the other side's point; the card with it."""
    await holding.speak(stage, who, text)
    speech = (await holding.speeches(stage))[-1]
    return next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == speech.message_id)


async def judge_unfair(
    stage: Stage, who: str, card: discord.Message, why: str = "You left out the best part."
) -> Reply:
    form = await stage.press(who, card, "Not quite")
    told = await stage.submit(who, form, text=why)
    await stage.advance(1)
    return told


async def position(stage: Stage) -> int:
    return (await holding.find(stage)).position


async def open_questions(stage: Stage, *asked: str) -> None:
    """Go on to the first question, the onlooker having asked these."""
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    for text in asked:
        form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
        await stage.submit("onlooker", form, text=text)
    while (await holding.phases(stage))[await position(stage)].kind not in ("question", "closing"):
        await holding.skip(stage)


async def test_a_restatement_found_fair_goes_on_to_the_other_side(stage: Stage) -> None:
    first = await open_restating(stage)
    card = await restate(stage, first)
    assert await position(stage) == 3
    await stage.press(OTHER[first], card, "Fair")
    await stage.advance(1)
    assert await position(stage) == 5
    assert await holding.turn_of(stage) == OTHER[first]


async def test_a_restatement_found_not_quite_fair_may_be_tried_once_more_and_then_the_debate_goes_on(
    stage: Stage,
) -> None:
    first = await open_restating(stage)
    card = await restate(stage, first)
    told = await judge_unfair(stage, OTHER[first], card)
    assert told.text == "Noted. They may try once more, and then the debate goes on."
    assert (await position(stage), await holding.turn_of(stage)) == (4, first)
    shown = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == card.id)
    assert "-# The other side: not quite. You left out the best part." in text_of(shown).splitlines()
    second = "-# 5 of 18 · Restatement of the other side's best point, second try · "
    assert text_of(await holding.now_open(stage)).startswith(second)
    card = await restate(stage, first, "They say that squares are stable.")
    assert "best point, second try · " in text_of(card).splitlines()[0]
    told = await judge_unfair(stage, OTHER[first], card)
    assert told.text == "Noted. The debate goes on."
    assert (await position(stage), await holding.turn_of(stage)) == (5, OTHER[first])


async def test_nobody_but_the_side_that_was_restated_judges(stage: Stage) -> None:
    first = await open_restating(stage)
    card = await restate(stage, first)
    for who in (first, "onlooker", "alice"):
        for label in ("Fair", "Not quite"):
            told = await stage.press(who, card, label)
            assert told.text == "Only the side that was restated can say whether it is fair."


async def test_a_restatement_that_nobody_judges_holds_up_nothing(stage: Stage) -> None:
    first = await open_restating(stage)
    await restate(stage, first)
    await stage.skip(60)
    await stage.advance(2)
    assert (await position(stage), await holding.turn_of(stage)) == (5, OTHER[first])


async def test_the_recap_says_how_many_restatements_were_found_fair(stage: Stage) -> None:
    first = await open_restating(stage)
    await stage.press(OTHER[first], await restate(stage, first), "Fair")
    await stage.advance(1)
    await judge_unfair(stage, first, await restate(stage, OTHER[first]))
    await judge_unfair(stage, first, await restate(stage, OTHER[first]))
    await holding.finish(stage)
    result = holding.said(stage, await holding.find(stage))[-1]
    assert "Restatements found fair by the other side: 1/2" in result


async def test_with_nothing_to_restate_the_restatement_is_left_out(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    for _ in range(3):
        await holding.skip(stage)
    assert await position(stage) == 7


async def test_the_chair_chooses_a_question_and_both_sides_answer_it(stage: Stage) -> None:
    await open_questions(stage, "What about hexagons?", "Who pays?")
    card = await holding.now_open(stage)
    refused = await stage.press("bob", card, "Relay")
    assert refused.text == "Only the chair of this debate or a moderator can do that. Please ask one of them."
    chosen = (await holding.speeches(stage))[1]
    assert (await holding.put_question(stage, "alice", chosen.id)).text == "The question is put."
    await stage.advance(1)
    for _ in range(2):
        assert "**Question from the audience:** Who pays?" in text_of(await holding.now_open(stage)).splitlines()
        await holding.speak(stage, await holding.turn_of(stage), "Everybody does.")
    sides = [speech.side for speech in await holding.speeches(stage) if speech.kind == "speech"]
    assert sorted(sides, key=str) == ["against", "for"]
    assert await position(stage) == 11


async def test_where_the_chair_does_not_choose_the_oldest_question_is_put(stage: Stage) -> None:
    await open_questions(stage, "What about hexagons?", "Who pays?")
    await stage.skip(60)
    await stage.advance(2)
    assert "**Question from the audience:** What about hexagons?" in text_of(await holding.now_open(stage)).splitlines()


async def test_without_a_chair_the_oldest_question_is_put_at_once(stage: Stage) -> None:
    card = await holding.start(stage, "bob", format="circle")
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    await stage.press("bob", card, "Begin")
    await stage.advance(1)
    await stage.skip(120)
    await stage.advance(1)
    form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    await stage.submit("onlooker", form, text="What about hexagons?")
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    assert "**Question from the audience:** What about hexagons?" in text_of(await holding.now_open(stage)).splitlines()


async def test_without_questions_their_turns_are_left_out(stage: Stage) -> None:
    await open_questions(stage)
    assert (await holding.phases(stage))[await position(stage)].kind == "closing"


async def test_speakers_ask_in_their_own_turn_and_nobody_has_more_than_three_waiting(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    card = await holding.now_open(stage)
    assert (await stage.press("bob", card, "Ask")).text == (
        "Questions are for those who watch. As a speaker you can ask in your own turn."
    )
    for n in range(3):
        form = await stage.press("onlooker", card, "Ask")
        await stage.submit("onlooker", form, text=f"Question {n}?")
    assert (await stage.press("onlooker", card, "Ask")).text == (
        "You have three questions waiting already. Please let them be put first."
    )


async def open_one_sided_circle(stage: Stage, who: str, side: str) -> None:
    """A circle that one side holds alone, in its first speech, the onlooker having asked something."""
    card = await holding.start(stage, format="circle")
    await stage.press(who, card, side)
    await stage.advance(5)
    await stage.press("alice", stage.last(), "Hold a circle")
    await stage.advance(1)
    await holding.skip(stage)
    form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    await stage.submit("onlooker", form, text="Who pays?")


@pytest.mark.parametrize(("who", "side"), [("bob", "For"), ("carol", "Against")])
async def test_in_a_circle_of_one_side_a_question_is_put_to_that_side(stage: Stage, who: str, side: str) -> None:
    await open_one_sided_circle(stage, who, side)
    await holding.speak(stage, who)
    await holding.put_question(stage, "alice", (await holding.speeches(stage))[0].id)
    await stage.advance(1)
    assert "**Question from the audience:** Who pays?" in text_of(await holding.now_open(stage)).splitlines()
    assert (await holding.speak(stage, who, "Everybody does.")).text.startswith("Thank you.")
    said = [(one.kind, one.state) for one in await holding.speeches(stage)]
    assert said == [("question", "shown"), ("speech", "shown"), ("speech", "shown")]


async def test_in_a_circle_of_one_side_the_bot_puts_a_question_that_its_chair_does_not(stage: Stage) -> None:
    await open_one_sided_circle(stage, "bob", "For")
    await holding.speak(stage, "bob")
    await stage.skip(60)
    await stage.advance(2)
    assert "**Question from the audience:** Who pays?" in text_of(await holding.now_open(stage)).splitlines()


@pytest.mark.parametrize("deed", ["void", "decline"])
async def test_a_restatement_that_is_shown_no_more_is_not_waited_for(stage: Stage, deed: str) -> None:
    first = await open_restating(stage)
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all" if deed == "decline" else "off"})
    card = await restate(stage, first)
    assert await position(stage) == 3
    if deed == "void":
        await holding.sure(stage, "alice", card, "Take out", "Take it out")
    else:
        looked = await stage.press("olga", card, "Look at it")
        await stage.press("olga", looked.message, "Leave it out")
    assert (await position(stage), await holding.turn_of(stage)) == (5, OTHER[first])


async def test_a_restatement_taken_out_in_a_pause_is_not_waited_for_when_the_debate_goes_on(stage: Stage) -> None:
    first = await open_restating(stage)
    card = await restate(stage, first)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.advance(3)
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    assert await position(stage) == 3
    await stage.press("alice", await holding.now_open(stage), "Go on")
    assert await position(stage) == 5


@pytest.mark.parametrize("state", ["waiting", "void", "declined"])
async def test_a_restatement_that_is_not_shown_is_not_judged(stage: Stage, state: str) -> None:
    first = await open_restating(stage)
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await restate(stage, first)
    said, debate = (await holding.speeches(stage))[-1], await holding.find(stage)

    def change(session: Session) -> None:
        debates.get_speech(session, stage.guild.id, said.id).state = state  # type: ignore[union-attr]

    await stage.db.write(change)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    told = await stage.forge(OTHER[first], f"debate:fair:{debate.id}:{said.id}", thread)
    assert told.startswith("The debate has gone on, so this restatement is not judged any more.")
    assert await stage.db.read(debates.list_fairness, stage.guild.id, debate.id) == []


async def open_two_judges(stage: Stage) -> tuple[str, discord.Message, list[str]]:
    """An Oxford debate of two a side with a restatement; who restated, its card, and who judges it."""
    await holding.begin(stage, ("dana", "For"), ("olga", "Against"), format="oxford")
    await holding.skip(stage)
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    first = await holding.turn_of(stage)
    judges = ["carol", "olga"] if first in ("bob", "dana") else ["bob", "dana"]
    return first, await restate(stage, first), judges


async def test_where_judges_are_divided_evenly_a_restatement_was_fair(stage: Stage) -> None:
    _, card, (one, other) = await open_two_judges(stage)
    await stage.press(one, card, "Fair")
    await judge_unfair(stage, other, card)
    assert await position(stage) == 5
    await holding.finish(stage)
    assert "Restatements found fair by the other side: 1/1" in holding.said(stage, await holding.find(stage))[-1]


async def test_where_all_judges_find_it_unfair_it_is_tried_again(stage: Stage) -> None:
    first, card, judges = await open_two_judges(stage)
    for who in judges:
        await judge_unfair(stage, who, card)
    assert (await position(stage), await holding.turn_of(stage)) == (4, first)


async def test_in_a_circle_of_one_side_all_who_wait_there_may_speak(stage: Stage) -> None:
    card = await holding.start(stage, format="circle")
    for who in ("bob", "carol", "dana"):
        await stage.press(who, card, "For")
    await stage.advance(5)
    await stage.press("alice", stage.last(), "Hold a circle")
    debate = await holding.find(stage)
    rows = await stage.db.read(debates.list_seats, stage.guild.id, debate.id)
    assert [row.state for row in rows] == ["seated", "seated", "seated"]


async def test_time_that_the_chair_takes_to_choose_and_pauses_are_not_time_taken(stage: Stage) -> None:
    await open_questions(stage, "Who pays?")
    await stage.skip(50)
    await holding.put_question(stage, "alice", (await holding.speeches(stage))[0].id)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.skip(1000)
    await stage.advance(3)
    await stage.press("alice", await holding.now_open(stage), "Go on")
    await stage.advance(2)
    await stage.skip(5)
    await holding.speak(stage, await holding.turn_of(stage))
    assert 5_000 <= (await holding.speeches(stage))[-1].took <= 9_000


async def test_the_file_tells_both_tries_apart_with_what_was_found_of_each(stage: Stage) -> None:
    first = await open_restating(stage)
    await judge_unfair(stage, OTHER[first], await restate(stage, first))
    await stage.press(OTHER[first], await restate(stage, first, "They say that squares are stable."), "Fair")
    await stage.advance(1)
    await holding.finish(stage)
    await stage.advance(3)
    debate = await holding.find(stage)
    result = next(m for m in holding.hall(stage, debate) if m.id == debate.result_id)
    (file,) = [attachment for attachment in result.attachments if attachment.filename == "debate.md"]
    told = (await file.read()).decode().split("### Restatement of the other side's best point")[1:3]
    assert [" ".join(part.split("###")[0].partition(first)[2].split()) for part in told] == [
        "They say that squares stack. The other side: not quite. You left out the best part.",
        "They say that squares are stable. The other side finds this fair.",
    ]
    assert [part.startswith(", second try") for part in told] == [False, True]
