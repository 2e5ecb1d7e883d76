"""A server's questions are looked through: lists with filters and pages, searches, one question."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions.rules import NO_DECK
from tests.build import NUMBER
from tests.questions.steps import add, suggest
from tests.stage import Reply, Stage, button_ids

NONE = "There are none of that kind yet. Write one with /question add, or bring a file with /question import."


async def add_many(stage: Stage, many: int, deck: str = "General") -> None:
    await stage.add_own(*({"prompt": f"Is it {n}?"} for n in range(1, many + 1)), deck=deck)


def numbers(card: Reply) -> list[int]:
    """The questions that a page shows, by number."""
    starts = [line.partition("**")[2] for line in card.text.splitlines() if line.startswith("**#")]
    return [int(start[1:].partition("**")[0]) for start in starts]


async def test_a_list_has_pages_of_ten_that_turn_also_after_a_restart(stage: Stage) -> None:
    await add_many(stage, 23)
    card = await stage.slash("olga", "question list")
    assert (card.private, numbers(card), "-# Page 1 of 3 · 23 questions" in card.text) == (True, [*range(1, 11)], True)
    await stage.restart()
    card = await stage.press("olga", card.message, "Next")
    assert numbers(card) == [*range(11, 21)]
    card = await stage.press("olga", card.message, "Next")
    assert (numbers(card), "-# Page 3 of 3" in card.text) == ([21, 22, 23], True)
    await stage.restart()
    assert numbers(await stage.press("olga", card.message, "Back")) == [*range(11, 21)]


async def test_a_page_behind_the_last_is_the_last(stage: Stage) -> None:
    await add_many(stage, 11)
    told = await stage.forge("olga", f"question:list:live:all:all:{2**63 - 1}")
    assert "-# Page 2 of 2 · 11 questions" in told


async def test_a_list_is_filtered_by_deck_kind_and_how_questions_stand(stage: Stage) -> None:
    await add_many(stage, 2)
    await stage.add_own(NUMBER, deck="Rivers")
    await suggest(stage)
    await stage.slash("olga", "question retire", number=1)
    filters: list[dict[str, Any]] = [
        {},
        {"deck": "rivers"},
        {"deck": "General"},
        {"kind": "number"},
        {"state": "waiting"},
        {"state": "retired"},
        {"state": "all"},
        {"state": "all", "deck": "General", "kind": "truefalse"},
    ]
    shown = [numbers(await stage.slash("olga", "question list", **options)) for options in filters]
    assert shown == [[2, 3], [3], [2], [3], [4], [1], [1, 2, 3, 4], [1, 2]]


async def test_the_filter_stays_as_pages_turn(stage: Stage) -> None:
    await add_many(stage, 12)
    await add_many(stage, 12, deck="Страны мира")
    card = await stage.slash("olga", "question list", deck="Страны мира", kind="truefalse", state="all")
    assert numbers(await stage.press("olga", card.message, "Next")) == [23, 24]


async def test_nothing_to_list_says_what_to_do(stage: Stage) -> None:
    assert (await stage.slash("olga", "question list")).text == f"### This server's questions\n{NONE}"
    assert (await stage.slash("olga", "question list", deck="Rivers")).text == NO_DECK


@pytest.mark.parametrize("id", ["question:list:new:all:all:0", "question:list:live:essay:all:0"])
async def test_a_filter_that_is_none_is_refused(stage: Stage, id: str) -> None:
    assert await stage.forge("olga", id) == "I don't know that filter any more. Please use /question list again."


async def test_a_question_of_a_list_can_be_opened_also_after_a_restart(stage: Stage) -> None:
    await add(stage)
    card = await stage.slash("olga", "question list")
    await stage.restart()
    shown = await stage.choose("olga", card.message, "1")
    assert (shown.private, list(button_ids(shown.message))) == (True, ["Edit", "History", "Retire"])
    olga = stage.people["olga"].mention
    assert shown.text.splitlines()[:-3] == [
        "### #1 · General",
        "-# One right option · medium · asked in rounds",
        "### Which shape is it?",
        "**A**  round",
        "**B**  square",
        "**C**  flat",
        "**Right:** **B** square",
        "It has four corners.",
        "-# page 3 · stated by the source, with no one named for it",
        f"-# Written by {olga} <t:1800000000:D> · never changed",
    ]


async def test_what_counts_besides_the_answer_is_shown_to_those_who_look_after_it(stage: Stage) -> None:
    await stage.add_own({"kind": "typed", "key": "Žalgiris", "accept": ["the Grove"], "reject": ["Salgiris"]})
    await stage.add_own(NUMBER | {"tolerance": 2})
    typed, number = [await stage.slash("olga", "question show", number=n) for n in (1, 2)]
    assert "**Right:** **Žalgiris**\n-# Also right: the Grove\n-# Never right: Salgiris" in typed.text
    assert "**Right:** **47 miles** ± 2" in number.text


@pytest.mark.parametrize("taken", ["7", "x", "99999999999"])
async def test_opening_what_is_not_there_is_refused(stage: Stage, taken: str) -> None:
    told = await stage.forge_choice("olga", "question:chosen", taken)
    assert told.startswith("I don't know a question #")
    assert told.endswith("here. /question list shows what there is.")


async def test_a_search_finds_words_anywhere_in_a_question_whatever_their_case(stage: Stage) -> None:
    await stage.add_own(
        {"prompt": "Who built the STRASSE?", "explanation": "Somebody."},
        {"prompt": "Is it?", "explanation": "The Straße is older."},
        {"prompt": "Is it 100% so?", "tags": ["Rivers"]},
    )
    found = {words: numbers(await stage.slash("olga", "question search", words=words)) for words in (
        "straße", "Strasse built", "rivers", "100%", "page 3", "_", "2",
    )}  # fmt: skip
    assert found == {
        "straße": [1, 2], "Strasse built": [1], "rivers": [3], "100%": [3], "page 3": [1, 2, 3], "_": [], "2": [2],
    }  # fmt: skip


async def test_the_pages_of_a_search_turn_also_after_a_restart(stage: Stage) -> None:
    await add_many(stage, 12)
    card = await stage.slash("olga", "question search", words="is it")
    await stage.restart()
    card = await stage.press("olga", card.message, "Next")
    assert (numbers(card), card.text.splitlines()[0]) == ([11, 12], "### Questions with “is it”")


async def test_a_search_is_only_for_who_made_it_and_for_a_day(stage: Stage) -> None:
    await stage.trust_editors()
    await add_many(stage, 12)
    card = await stage.slash("olga", "question search", words="is it")
    id = button_ids(card.message)["Next"]
    too_old = "That search is too old. Please use /question search again."
    assert await stage.forge("dana", id) == too_old
    await stage.skip(25 * 3600)
    await stage.slash("dana", "question search", words="it")
    assert await stage.forge("olga", id) == too_old


async def test_a_search_that_finds_nothing_or_seeks_nothing_says_so(stage: Stage) -> None:
    nothing = await stage.slash("olga", "question search", words="[x](y) @everyone")
    assert nothing.text == (
        "### Questions with “\\[x\\](y) \\@everyone”\nI found none. Fewer or shorter words find more."
    )
    blank = await stage.slash("olga", "question search", words="   ")
    assert blank.text == "Please type a word of the question, of its answers or of its explanation."


async def test_numbers_are_offered_by_their_digits_and_by_words_and_to_moderators_only(stage: Stage) -> None:
    await stage.trust_editors()
    await stage.add_own({"prompt": "Is it a river?"}, {"prompt": "Is it a lake?"})
    await stage.slash("olga", "question retire", number=1)

    async def offered(who: str, typed: str) -> list[str]:
        choices = await stage.people[who].autocomplete(stage.quiz, "question show", "number", typed)
        return [choice["name"] for choice in choices]

    river, lake = "#1 Is it a river?", "#2 Is it a lake?"
    shown = [await offered("dana", typed) for typed in ("", "2", "#2", "river", "nothing")]
    assert shown == [[river, lake], [lake], [lake], [river], []]
    assert await offered("bob", "") == []
    await stage.take_role("dana", stage.editor)
    assert await offered("dana", "") == []
