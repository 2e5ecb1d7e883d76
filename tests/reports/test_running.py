"""A ruling while rounds are under way: questions that are open, and questions that are still to come."""

from __future__ import annotations

import discord
import pytest
from simcord.builders import ChannelHandle

from tests.build import NUMBER, ORDER, SEVERAL, SINGLE, TRUEFALSE, TYPED
from tests.reports.steps import answer, ask, items, letter_of, open_case, play, points, report, rule, void
from tests.stage import Stage, button_ids, text_of

ONE, TWO, THREE = (SINGLE | {"prompt": f"Number {n}?"} for n in ("one", "two", "three"))
NO_POINTS = "A moderator took this question out of the count: nobody gets points for it."


@pytest.fixture(autouse=True)
async def _trusting(stage: Stage) -> None:
    await stage.trust_editors()


def cards(stage: Stage, channel: ChannelHandle | None = None) -> list[list[str]]:
    return [text_of(message).splitlines() for message in stage.messages(channel)]


def standing(stage: Stage) -> list[str]:
    return next(lines for lines in cards(stage) if "standing" in lines[0].lower())


async def play_all(stage: Stage, channel: ChannelHandle, *, who: str, right: str) -> None:
    """A round of every question of the pack, in another channel, one person answering."""
    await stage.slash("alice", "quiz play", channel, questions=25, seconds=5)
    await stage.advance(4)
    while await stage.state() == "asking":
        await answer(stage, channel, **{who: right})
        await stage.advance(14)
        if text_of(stage.last(channel)).startswith("## "):
            return


async def report_prompt(stage: Stage, channel: ChannelHandle, prompt: str) -> discord.Message:
    """Report the question with these words where it was asked; as it was revealed there."""
    reveal = next(m for m in stage.messages(channel) if "Report" in button_ids(m) and prompt in text_of(m))
    await report(stage, "bob", reveal)
    return reveal


# --- a question that is open ---------------------------------------------------------------------------------------


async def test_answers_to_an_open_question_count_nothing_once_it_is_void_and_its_reveal_says_so(stage: Stage) -> None:
    reveal = await play(stage, stage.other, alice="square")
    await report(stage, "bob", reveal)
    await ask(stage)
    await answer(stage, alice="square")
    await void(stage, reveal)
    late = await stage.press("bob", stage.last(), "A")
    assert late.text == "**A**, locked in."
    await answer(stage, carol="square")
    assert await points(stage) == {"alice": (0, 0), "bob": (0, 0), "carol": (0, 0)}
    await stage.advance(20)
    shown = next(lines for lines in cards(stage) if NO_POINTS in lines)
    assert not [line for line in shown if "✓" in line or "right." in line]
    await stage.advance(10)
    assert [line for line in standing(stage) if line.startswith("**")] == [
        "**1.** alice · **0 points** · 0 of 0 right",
        "**1.** bob · **0 points** · 0 of 0 right",
        "**1.** carol · **0 points** · 0 of 0 right",
    ]


@pytest.mark.parametrize(
    "kind", [pytest.param(k["kind"], marks=pytest.mark.pack(k)) for k in (NUMBER, TYPED, ORDER, SEVERAL, TRUEFALSE)]
)
async def test_the_reveal_of_a_void_question_names_no_key_whatever_its_kind(stage: Stage, kind: str) -> None:
    reveal = await play(stage, stage.other)
    await report(stage, "bob", reveal)
    await ask(stage)
    await void(stage, reveal)
    await stage.advance(20)
    shown = next(lines for lines in cards(stage) if NO_POINTS in lines)
    assert not [line for line in shown if line.startswith("Right:") or "✓" in line]


async def test_answers_to_an_open_question_are_judged_by_the_new_key_before_and_after_the_ruling(stage: Stage) -> None:
    reveal = await play(stage, stage.other, onlooker="square")
    await report(stage, "bob", reveal)
    await ask(stage)
    await answer(stage, alice="square", bob="flat")
    await rule(stage, reveal, "correct", "flat")
    await answer(stage, carol="flat", olga="square")
    right = dict.fromkeys(("bob", "carol"), (1, 100)) | dict.fromkeys(("alice", "olga", "onlooker"), (0, 0))
    assert await points(stage) == right
    await stage.advance(20)
    shown = next(lines for lines in cards(stage) if any("2 of 4 answers right." in line for line in lines))
    assert [line.split("  ")[1] for line in shown if "✓" in line] == ["flat **✓ right**"]


async def test_an_open_question_keeps_its_answers_and_its_card_when_another_answer_is_accepted(stage: Stage) -> None:
    reveal = await play(stage, stage.other, onlooker="square")
    await report(stage, "bob", reveal)
    question = await ask(stage)
    await answer(stage, alice="flat")
    before = text_of(question).splitlines()[:-1]
    await rule(stage, reveal, "accept", "flat")
    await stage.restart()
    for who, words in (("bob", "flat"), ("carol", "square")):
        await stage.press(who, question, letter_of(question, words))
    assert text_of(question).splitlines()[:-1] == before
    assert await points(stage) == dict.fromkeys(("onlooker", "alice", "bob", "carol"), (1, 100))


@pytest.mark.pack(NUMBER)
async def test_a_number_that_becomes_the_key_is_right_in_a_round_that_is_under_way(stage: Stage) -> None:
    reveal = await play(stage, stage.other, onlooker="48")
    await report(stage, "bob", reveal)
    await ask(stage)
    case = await open_case(stage, "dana", reveal)
    await stage.press("dana", case.message, "Correct the key")
    await stage.choose("dana", case.message, "48")
    await stage.press("dana", case.message, "Confirm")
    await answer(stage, alice="48", bob="47")
    assert await points(stage) == {"onlooker": (1, 100), "alice": (1, 100), "bob": (0, 0)}


async def test_the_channel_of_a_round_that_is_under_way_reads_the_note_and_goes_on(stage: Stage) -> None:
    reveal = await play(stage, stage.other, onlooker="square")
    await report(stage, "bob", reveal)
    await ask(stage)
    await void(stage, reveal)
    await stage.advance(1)
    assert text_of(stage.last()).startswith("### Correction: the question does not count")
    await stage.advance(30)
    assert text_of(stage.last()).startswith("## Final standing")


# --- questions that are still to come ------------------------------------------------------------------------------


@pytest.mark.pack(ONE, TWO)
async def test_a_void_question_that_is_still_to_come_is_left_out(stage: Stage) -> None:
    await play_all(stage, stage.other, who="alice", right="square")
    await ask(stage, questions=2)
    await answer(stage, bob="square")
    second = (await items(stage))[-1].prompt
    await void(stage, await report_prompt(stage, stage.other, second))
    await stage.advance(30)
    assert not any(second in line for lines in cards(stage) for line in lines if not lines[0].startswith("### Corr"))
    lines = standing(stage)
    assert (lines[0], lines[1]) == ("## Final standing: Shapes: everything", "That was the last question.")
    assert "**1.** bob · **100 points** · 1 of 1 right" in lines


@pytest.mark.pack(ONE, TWO, THREE)
async def test_a_round_goes_on_after_a_void_question_with_the_next_one(stage: Stage) -> None:
    await play_all(stage, stage.other, who="alice", right="square")
    await ask(stage, questions=3)
    await answer(stage, bob="square")
    _, second, third = [item.prompt for item in await items(stage)][3:]
    await void(stage, await report_prompt(stage, stage.other, second))
    await stage.advance(20)
    await stage.restart()
    await stage.advance(10)
    assert f"### {third}" in text_of(stage.last()).splitlines()
    assert text_of(stage.last()).startswith("-# Question 3 of 3")


async def test_a_round_whose_questions_are_all_void_before_they_come_ends(stage: Stage) -> None:
    reveal = await play(stage, stage.other, onlooker="square")
    await report(stage, "bob", reveal)
    await stage.slash("alice", "quiz play", questions=1, seconds=20)
    await void(stage, reveal)
    await stage.advance(5)
    assert await stage.state() is None
    assert standing(stage) == [
        "## Final standing: Shapes: everything",
        "A moderator took every question of this round out of the count.",
    ]


@pytest.mark.pack(ONE, TWO)
async def test_a_round_that_nobody_answers_does_not_wait_with_nothing_but_void_questions_left(stage: Stage) -> None:
    await play_all(stage, stage.other, who="alice", right="square")
    await ask(stage, questions=2, seconds=5)
    last = (await items(stage))[-1].prompt
    await void(stage, await report_prompt(stage, stage.other, last))
    await stage.advance(16)
    assert await stage.state() is None
    assert standing(stage)[2] == "Nobody answered this time, so there is no standing."
