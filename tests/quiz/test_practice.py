"""Practice: alone, private, at once."""

from __future__ import annotations

import pytest

from bot.kit import custom_id
from bot.subjects import pick_number
from storage.db import Database
from storage.questions import set_state
from tests.build import KINDS, NUMBER, SEVERAL, SINGLE, make_pack
from tests.stage import Stage

EXPLANATION = "The source says so in its first sentence, and nothing else in it says otherwise."


async def test_an_answer_is_explained_at_once_and_only_to_that_person(stage: Stage) -> None:
    card = await stage.slash("bob", "quiz practice")
    assert card.private
    assert "### Which shape is it?" in card.text
    answer = await stage.press("bob", card.message, "A")
    assert ("Right." in answer.text) != ("Not this time." in answer.text)
    assert EXPLANATION in answer.text
    assert "§1.1" in answer.text
    assert await stage.answers() == []


async def test_the_next_question_comes_in_the_same_card_also_after_a_restart(stage: Stage) -> None:
    card = await stage.slash("bob", "quiz practice")
    await stage.press("bob", card.message, "A")
    await stage.restart()
    again = await stage.press("bob", card.message, "Next question")
    assert "### Which shape is it?" in again.text


@pytest.mark.pack(SEVERAL)
async def test_several_are_practised_with_a_select(stage: Stage) -> None:
    card = await stage.slash("bob", "quiz practice")
    shown = [line.split("  ")[-1] for line in card.text.splitlines() if line.startswith("**")]
    values = [str(shown.index(option)) for option in ("red", "orange")]
    assert "**Right.**" in (await stage.choose("bob", card.message, *values)).text


@pytest.mark.pack(NUMBER)
async def test_numbers_are_practised_with_a_form(stage: Stage) -> None:
    card = await stage.slash("bob", "quiz practice")
    form = await stage.press("bob", card.message, "Answer")
    assert "**Right.** The answer: **47 miles**" in (await stage.submit("bob", form, text="47")).text


async def test_every_question_comes_once_before_one_comes_again(db: Database) -> None:
    pack = make_pack(*KINDS)
    for lap in range(3):
        turns = range(lap * len(KINDS), (lap + 1) * len(KINDS))
        numbers = [(await db.read(pick_number, 1, {pack.id: pack}, "shapes", 5, turn))[1] for turn in turns]
        assert sorted(numbers) == list(range(1, len(KINDS) + 1))


async def test_the_questions_of_a_deck_can_be_practised_and_a_press_means_the_one_it_stands_under(
    stage: Stage,
) -> None:
    await stage.add_own({"prompt": "Is it one?"}, {"prompt": "Is it two?"})
    card = await stage.slash("bob", "quiz practice", theme="server/general")
    asked = next(line for line in card.text.splitlines() if line.startswith("### "))
    number = 1 if "one" in asked else 2
    await stage.slash("olga", "question retire", number=number)
    judged = await stage.press("bob", card.message, "A")
    assert (asked in judged.text, "**Right.** The answer: **A** True" in judged.text) == (True, True)
    after = await stage.press("bob", judged.message, "Next question")
    assert asked not in after.text


@pytest.mark.pack(SINGLE)
async def test_an_unknown_theme_is_refused(stage: Stage) -> None:
    assert (await stage.slash("bob", "quiz practice", theme="weather")).text.startswith("I don't know that theme.")


@pytest.mark.parametrize("state", ["waiting", "rejected"])
async def test_what_nobody_has_approved_can_not_be_practised_by_a_forged_press(stage: Stage, state: str) -> None:
    number = await stage.add_own({"prompt": "Is it a secret?"})
    await stage.db.write(set_state, stage.guild.id, number, ("live",), state)
    told = await stage.forge("bob", f"practice:answer:server:all:1:0:{number}:0")
    assert told == "I don't know that theme. Please pick one from the list that opens as you type."


async def test_the_longest_ids_fit_a_button() -> None:
    longest = "x" * 32
    assert len(custom_id("practice:answer", longest, longest, 2**16, 999, 5000, 4)) <= 100


async def test_practice_neither_asks_nor_gives_away_what_a_round_is_asking(stage: Stage) -> None:
    asked = await stage.slash("bob", "quiz practice")
    await stage.slash("alice", "quiz play", questions=1)
    await stage.advance(5)
    told = await stage.press("bob", asked.message, "A")
    assert told.text == "This question is being asked in a round here right now. Press again once it is closed."
    none = await stage.slash("carol", "quiz practice")
    assert none.text.startswith("Every question of that theme is being asked in a round right now.")
    await stage.advance(31)
    assert "The answer:" in (await stage.press("bob", asked.message, "A")).text
