"""A file of questions is brought in: the dry run, then all of it; duplicates; once. By real presses."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.act import Act
from bot.questions import actions
from bot.questions.actions import NO_FILE
from bot.questions.bring import ALL_THERE
from content.deck import QUESTION
from storage.tables import Question
from tests.build import SINGLE, make_own
from tests.questions.files import HEADER, bring, decks, make_csv, make_row
from tests.questions.steps import find_id, get, log, question, states
from tests.stage import Reply, Stage, button_ids, text_of

# --- good files ----------------------------------------------------------------------------------------------------


async def test_five_hundred_questions_are_shown_and_then_saved_also_across_a_restart(stage: Stage) -> None:
    card = await bring(stage, make_csv(500))
    assert (card.private, card.text.splitlines()[:2]) == (
        True,
        ["### quiz.csv: 500 questions", "Read as CSV, into General. Nothing is saved yet."],
    )
    assert list(button_ids(card.message)) == ["Import", "Cancel"]
    assert await states(stage) == {}
    await stage.restart()
    told = await stage.press("olga", card.message, "Import")
    assert told.text == "500 questions saved, from #1 on. /question list shows them."
    assert await states(stage) == dict.fromkeys(range(1, 501), "live")
    assert ((await question(stage, 17)).prompt, (await get(stage, 17)).version) == ("What stands on page 17?", 1)
    assert await decks(stage) == {"General": 500}
    (entry,) = await log(stage)
    assert (entry.deed, entry.subject, entry.after) == ("question.import", "server/1", "500 questions from #1 on")


async def test_questions_go_where_the_file_says_or_all_into_the_deck_that_is_named(stage: Stage) -> None:
    data = (HEADER + make_row(1, "Rivers") + make_row(2) + make_row(3, "rivers")).encode()
    card = await bring(stage, data)
    assert "Read as CSV, into General, Rivers, rivers. Nothing is saved yet." in card.text
    await stage.press("olga", card.message, "Import")
    assert await decks(stage) == {"General": 1, "Rivers": 2}
    card = await bring(stage, make_csv(3, "Lakes"), deck="Seas")
    assert "into Seas. Nothing" in card.text
    await stage.press("olga", card.message, "Import all again")
    assert await decks(stage) == {"General": 1, "Rivers": 2, "Seas": 3}


async def test_numbers_go_on_from_the_last_one(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it?"})
    card = await bring(stage, make_csv(2))
    assert (await stage.press("olga", card.message, "Import")).text.startswith("2 questions saved, from #2 on.")
    assert [(await question(stage, n)).prompt[-2:] for n in (1, 2, 3)] == ["t?", "1?", "2?"]


@pytest.mark.parametrize(
    ("filename", "data", "format"),
    [
        ("quiz.yaml", "questions:\n  - {kind: truefalse, prompt: Is it?, key: true, source: page 3}\n", "Offramp YAML"),
        ("quiz.gift", "Is it? {TRUE}", "GIFT"),
        ("quiz.txt", "Is it?\nA) yes\nB) no\nANSWER: A\n", "Aiken"),
        ("quiz.yaml", "Is it?:\n  - yes\n", "a trivia list of Red"),
    ],
)
async def test_a_file_of_another_tool_is_known_by_its_look(stage: Stage, filename: str, data: str, format: str) -> None:
    card = await bring(stage, data.encode(), filename)
    assert f"### {filename}: 1 question\nRead as {format}, into General. Nothing is saved yet." in card.text
    await stage.press("olga", card.message, "Import")
    assert (await question(stage, 1)).prompt == "Is it?"


async def test_the_format_can_be_said(stage: Stage) -> None:
    card = await bring(stage, b"Is it? {TRUE}", "quiz.yaml", format="gift")
    assert "Read as GIFT" in card.text


async def test_what_was_imported_is_asked_in_rounds(stage: Stage) -> None:
    card = await bring(stage, make_csv(1, "Rivers"))
    await stage.press("olga", card.message, "Import")
    await stage.slash("alice", "quiz play", theme="This server's questions: Rivers", questions=1)
    await stage.advance(5)
    assert "### What stands on page 1?" in text_of(stage.last())


async def test_a_round_goes_on_while_a_file_is_read_and_imported(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=20)
    await stage.advance(5)
    card = await bring(stage, make_csv(500))
    assert (await stage.press("bob", stage.last(), "A")).text == "**A**, locked in."
    await stage.press("olga", card.message, "Import")
    assert (await stage.press("carol", stage.last(), "B")).text == "**B**, locked in."
    await stage.advance(20)
    assert "✓ right" in text_of(stage.last())


async def test_advice_and_what_is_left_out_are_told_and_stop_nothing(stage: Stage) -> None:
    data = b"question,correct,colour\nWho built the regime?,Ann,red\n"
    card = await bring(stage, data)
    assert card.text.splitlines()[2:5] == [
        "- 1:3: colour: is left out; a column of this name has no meaning here",
        "- 1 question names no source.",
        "- Worth another look: 2:1: question: 'regime' judges for the reader; use a plain word, or quote whoever says "
        "it",
    ]
    await stage.press("olga", card.message, "Import")
    assert await states(stage) == {1: "live"}


# --- duplicates ----------------------------------------------------------------------------------------------------

AGAIN = (
    HEADER
    + make_row(1)
    + "WHAT stands  on page 1?,x,y,,,page 1\n"  # line 3: the first again
    + "Is it so?,x,y,,,page 2\n"  # line 4: the server's own
    + "Which shape is it?,x,y,,,page 3\n"  # line 5: the pack's
    + "Which river runs through the old town of the exclave?,x,y,,,page 4\n"  # line 6: nearly the server's own
)


async def bring_again(stage: Stage) -> Reply:
    await stage.add_own({"prompt": "Is it so?"}, {"prompt": "Which river runs through the old town of the exclave"})
    return await bring(stage, AGAIN.encode())


@pytest.mark.pack(SINGLE)
async def test_duplicates_of_the_file_the_server_and_the_packs_are_named(stage: Stage) -> None:
    card = await bring_again(stage)
    assert card.text.splitlines()[2:] == [
        "- Line 3 asks the same as line 2: WHAT stands  on page 1?".replace("  ", " "),
        "- Line 4 asks the same as #1: Is it so?",
        "- Line 5 asks the same as Shapes: Which shape is it?",
        "- Line 6 asks nearly the same as #2: Which river runs through the old town of the exclave?",
        "Import without 3 duplicates",
        "Import all, duplicates too",
        "Cancel",
    ]


async def test_duplicates_can_be_left_out_also_across_a_restart(stage: Stage) -> None:
    card = await bring_again(stage)
    await stage.restart()
    told = await stage.press("olga", card.message, "Import without 3 duplicates")
    assert told.text == "2 questions saved, from #3 on. /question list shows them."
    prompts = await stage.db.read(lambda session: list(session.scalars(select(Question.prompt))))
    assert prompts[2:] == ["What stands on page 1?", "Which river runs through the old town of the exclave?"]


async def test_duplicates_can_be_taken_in_all_the_same(stage: Stage) -> None:
    card = await bring_again(stage)
    assert (await stage.press("olga", card.message, "Import all, duplicates too")).text.startswith(
        "5 questions saved, from #3 on."
    )


async def test_a_file_of_duplicates_alone_is_not_offered_without_them(stage: Stage) -> None:
    await stage.add_own({"prompt": "What stands on page 1?"})
    card = await bring(stage, make_csv(1))
    assert list(button_ids(card.message)) == ["Import all again", "Cancel"]
    forged = find_id(card, "import:take").removesuffix("1") + "0"
    assert (await stage.forge("olga", forged), await states(stage)) == (ALL_THERE, {1: "live"})


# --- once, and only by who brought it ------------------------------------------------------------------------------


async def test_cancelling_saves_nothing(stage: Stage) -> None:
    card = await bring(stage, make_csv(3))
    take = find_id(card, "import:take")
    assert (await stage.press("olga", card.message, "Cancel")).text == "Cancelled. Nothing was saved."
    assert (await stage.forge("olga", take), await states(stage)) == (NO_FILE, {})


async def test_two_presses_of_import_import_once_and_a_late_cancel_claims_nothing(stage: Stage) -> None:
    card = await bring(stage, make_csv(3))
    take, cancel = find_id(card, "import:take"), find_id(card, "import:cancel")
    await stage.press_id("olga", card.message, take)
    assert [await stage.forge("olga", id) for id in (take, cancel)] == [NO_FILE, NO_FILE]
    assert await states(stage) == dict.fromkeys((1, 2, 3), "live")


async def test_two_imports_at_one_instant_import_once(stage: Stage) -> None:
    card = await bring(stage, make_csv(3))
    draft_id = int(find_id(card, "import:take").split(":")[2])
    made = [QUESTION.validate_python({"theme": "General"} | make_own())]
    olga = stage.people["olga"].id
    acts = [Act(stage.guild.id, n, olga, stage.clock.now()) for n in (1, 2)]
    imports = (stage.db.write(actions.import_all, act, draft_id, made, 0) for act in acts)
    told = await asyncio.gather(*imports, return_exceptions=True)
    assert [str(one) for one in told if isinstance(one, Exception)] == [NO_FILE]
    assert await states(stage) == {1: "live"}


async def test_a_file_is_only_for_who_brought_it(stage: Stage) -> None:
    await stage.trust_editors()
    card = await bring(stage, make_csv(3))
    ids = [find_id(card, "import:take"), find_id(card, "import:cancel")]
    assert [await stage.forge("dana", id) for id in ids] == [NO_FILE, NO_FILE]
    assert (await stage.press("olga", card.message, "Import")).text.startswith("3 questions saved")


async def test_what_somebody_else_has_saved_meanwhile_is_not_saved_twice(stage: Stage) -> None:
    await stage.trust_editors()
    first = await bring(stage, make_csv(3))
    second = await bring(stage, make_csv(3), who="dana")
    await stage.press("dana", second.message, "Import")
    assert (await stage.press("olga", first.message, "Import")).text == actions.BROUGHT_MEANWHILE
    assert await states(stage) == dict.fromkeys((1, 2, 3), "live")
