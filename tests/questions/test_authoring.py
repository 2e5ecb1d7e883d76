"""A question is written: form, preview, key, save; edited, retired, brought back. By real presses."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.act import Act
from bot.errors import Refusal
from bot.item import Kind
from bot.questions import actions
from bot.questions.actions import DONE, Saved
from bot.questions.draft import Draft
from content.deck import QUESTION
from storage.questions import list_decks
from tests.build import SINGLE, make_own
from tests.questions.steps import ABOUT, add, choose, find_id, get, ids, log, question, states, write
from tests.stage import Reply, Stage, button_ids, parts, text_of

UNKNOWN_CHOICE = "I don't know that choice. Please use the newest card, or start again with /question add."


def is_disabled(card: Reply, label: str) -> bool:
    return next(bool(part.get("disabled")) for part in parts(card) if part.get("label") == label)


def chosen(card: Reply, route: str) -> list[str]:
    """What a select of a card shows as chosen."""
    select = next(part for part in parts(card) if part.get("custom_id", "").startswith(route))
    return [option["value"] for option in select["options"] if option.get("default")]


# --- from the form to a question -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        ("single", "1", {"options": ("round", "square", "flat"), "key": "B"}),
        ("several", "02", {"options": ("red", "blue", "orange"), "key": ("A", "C")}),
        ("truefalse", "1", {"key": False}),
        ("who", "0", {"options": ("Ann", "Ben"), "key": "A"}),
        ("order", "", {"options": ("ant", "cat", "cow"), "key": ("A", "B", "C")}),
        ("number", "", {"key": 47.0, "unit": "miles", "tolerance": 2.0}),
        ("typed", "", {"key": "Žalgiris", "accept": ("the Grove",), "reject": ("Salgiris",)}),
    ],
)
async def test_every_kind_is_written_previewed_and_saved(
    stage: Stage, kind: Kind, key: str, expected: dict[str, Any]
) -> None:
    card = await write(stage, "olga", kind)
    assert (card.private, is_disabled(card, "Save")) == (True, bool(key))
    if key:
        assert "**Right:** still to be chosen" in card.text
        card = await choose(stage, "olga", card, "draft:key", *key)
    saved = await stage.press("olga", card.message, "Save")
    assert saved.text == "**#1** is saved in General. To play it, choose this server's questions in /quiz play."
    made = (await question(stage, 1)).model_dump()
    about = {"kind": kind, "theme": "General", **ABOUT, "difficulty": 2, "as_of": made["as_of"]}
    assert {name: made[name] for name in about | expected} == about | expected
    assert str(made["as_of"]) == "2027-01-15"
    assert await states(stage) == {1: "live"}


async def test_the_key_is_picked_from_the_options_that_were_typed(stage: Stage) -> None:
    card = await write(stage, "olga", options="round\nsquare\nflat")
    select = next(part for part in parts(card) if part.get("custom_id") == find_id(card, "draft:key"))
    assert [option["label"] for option in select["options"]] == ["A: round", "B: square", "C: flat"]
    card = await choose(stage, "olga", card, "draft:key", "2")
    assert ("**Right:** **C** flat" in card.text, chosen(card, "draft:key")) == (True, ["2"])


async def test_the_preview_is_what_players_will_see(stage: Stage) -> None:
    card = await write(stage, "olga", "truefalse")
    card = await choose(stage, "olga", card, "draft:key", "0")
    preview, controls = card.text, list(button_ids(card.message))
    await stage.press("olga", card.message, "Save")
    await stage.slash("alice", "quiz play", theme="server", questions=1)
    await stage.advance(5)
    asked = "### Which shape is it?\n**A**  True\n**B**  False\nA\nB\n"
    assert (asked in preview, asked in text_of(stage.last())) == (True, True)
    assert controls[:2] == list(button_ids(stage.last())) == ["A", "B"]


@pytest.mark.parametrize("kind", ["single", "number"])
async def test_the_buttons_of_a_preview_say_that_nothing_counts(stage: Stage, kind: Kind) -> None:
    card = await write(stage, "olga", kind)
    told = await stage.press("olga", card.message, "A" if kind == "single" else "Answer")
    assert (told.private, told.text) == (True, "This is how people will answer. In the preview nothing counts.")


async def test_what_kind_of_claim_it_is_and_how_hard_can_be_chosen(stage: Stage) -> None:
    card = await write(stage, "olga", "truefalse", who="Ann")
    assert (chosen(card, "draft:status"), chosen(card, "draft:difficulty")) == (["attributed"], ["2"])
    await choose(stage, "olga", card, "draft:status", "quoted")
    await choose(stage, "olga", card, "draft:difficulty", "3")
    card = await choose(stage, "olga", card, "draft:key", "0")
    assert "-# page 3 · quoted words of Ann" in card.text
    await stage.press("olga", card.message, "Save")
    made = await question(stage, 1)
    assert (made.claim.status, made.claim.who, made.difficulty) == ("quoted", "Ann", 3)


async def test_a_name_that_is_added_later_makes_the_claim_somebodys(stage: Stage) -> None:
    card = await write(stage, "olga")
    await choose(stage, "olga", card, "draft:status", "stated")
    form = await stage.press("olga", card.message, "Edit")
    card = await stage.submit("olga", form, **ABOUT, options="round\nsquare", who="Ann")
    assert chosen(card, "draft:status") == ["attributed"]


async def test_what_is_wrong_is_told_and_nothing_that_was_typed_is_lost(stage: Stage) -> None:
    card = await write(stage, "olga", options="round\n" + "s" * 93)
    assert "**Still to do**\n- Choose which option is right.\n- Option 2: has 93 characters; at most 80" in card.text
    assert is_disabled(card, "Save")
    form = await stage.press("olga", card.message, "Edit")
    filled = {part["component"]["custom_id"]: part["component"].get("value") for part in fields(form)}
    assert filled == ABOUT | {"options": "round\n" + "s" * 93, "who": None}
    card = await stage.submit("olga", form, **ABOUT, options="round\nsquare")
    assert "still to be chosen" in card.text


def fields(form: Reply) -> list[dict[str, Any]]:
    assert form.result.modal is not None
    return list(form.result.modal["components"])


async def test_a_save_that_is_forged_too_early_says_what_is_missing(stage: Stage) -> None:
    card = await write(stage, "olga")
    told = await stage.forge("olga", find_id(card, "draft:save"))
    assert (told, await states(stage)) == ("This can't be saved yet. Choose which option is right.", {})


@pytest.mark.parametrize("route", ["draft:key", "draft:status", "draft:difficulty", "draft:kind"])
async def test_a_choice_that_no_card_offers_changes_nothing(stage: Stage, route: str) -> None:
    card = await write(stage, "olga")
    id = find_id(card, "draft:key").rpartition(":")[2]
    told = await stage.forge_choice("olga", f"{route}:{id}", "7")
    assert (told == UNKNOWN_CHOICE) == (route != "draft:key")
    assert "still to be chosen" in (await choose(stage, "olga", card, "draft:difficulty", "2")).text


async def test_changed_options_have_to_be_chosen_among_again(stage: Stage) -> None:
    card = await write(stage, "olga")
    card = await choose(stage, "olga", card, "draft:key", "1")
    form = await stage.press("olga", card.message, "Edit")
    card = await stage.submit("olga", form, **ABOUT | {"prompt": "What shape?"}, options="round\nsquare\nflat")
    assert "**Right:** **B** square" in card.text
    form = await stage.press("olga", card.message, "Edit")
    card = await stage.submit("olga", form, **ABOUT, options="square\nround\nflat")
    assert "**Right:** still to be chosen" in card.text


async def test_discarding_saves_nothing(stage: Stage) -> None:
    card = await write(stage, "olga", "number")
    save = find_id(card, "draft:save")
    told = await stage.press("olga", card.message, "Discard")
    assert (told.text, await stage.forge("olga", save)) == ("Discarded. Nothing was saved.", DONE)
    assert await states(stage) == {}


# --- once, and only by who began it --------------------------------------------------------------------------------


async def test_two_presses_of_save_save_once(stage: Stage) -> None:
    card = await write(stage, "olga", "number")
    id = find_id(card, "draft:save")
    await stage.press_id("olga", card.message, id)
    assert await stage.forge("olga", id) == DONE
    assert await states(stage) == {1: "live"}


async def test_two_saves_at_one_instant_save_once(stage: Stage) -> None:
    olga = stage.people["olga"].id
    acts = [Act(stage.guild.id, n, olga, stage.clock.now()) for n in (1, 2, 3)]
    await stage.db.write(actions.keep_draft, acts[0], Draft(purpose="add", deck="General"))
    made = QUESTION.validate_python({"theme": "General"} | make_own())
    saves = (stage.db.write(actions.save, act, 1, made, None) for act in acts)
    told = await asyncio.gather(*saves, return_exceptions=True)
    assert sorted(str(one) for one in told) == sorted([str(Saved(1, "live")), DONE, DONE])
    assert [type(one) for one in told].count(Refusal) == 2
    assert await states(stage) == {1: "live"}


async def test_a_draft_is_only_for_who_began_it(stage: Stage) -> None:
    await stage.trust_editors()
    card = await write(stage, "olga", "number")
    pressed = [await stage.forge("dana", id) for id in ids(card) if not id.startswith(("draft:look", "draft:peek"))]
    assert pressed == [DONE] * len(pressed)
    saved = await stage.press("olga", card.message, "Save")
    assert saved.text.startswith("**#1** is saved")


async def test_a_draft_that_lay_for_a_day_is_gone(stage: Stage) -> None:
    card = await write(stage, "olga", "number")
    await stage.skip(25 * 3600)
    await stage.slash("olga", "question add", kind="number")
    assert (await stage.press("olga", card.message, "Save")).text == DONE


async def test_every_step_works_on_what_an_earlier_process_has_shown(stage: Stage) -> None:
    form = await stage.slash("olga", "question add", kind="single")
    await stage.restart()
    card = await stage.submit("olga", form, **ABOUT, options="round\nsquare")
    await stage.restart()
    form = await stage.press("olga", card.message, "Edit")
    await stage.restart()
    card = await stage.submit("olga", form, **ABOUT, options="round\nsquare\nflat")
    for route, value in (("draft:key", "1"), ("draft:status", "stated"), ("draft:difficulty", "1")):
        await stage.restart()
        card = await choose(stage, "olga", card, route, value)
    await stage.restart()
    await stage.press("olga", card.message, "Save")
    made = await question(stage, 1)
    assert (made.key, made.difficulty, await states(stage)) == ("B", 1, {1: "live"})


# --- decks, likeness, advice ---------------------------------------------------------------------------------------


async def test_a_new_title_makes_a_deck_and_a_known_one_is_found_whatever_its_case(stage: Stage) -> None:
    await add(stage, deck="Страны мира", prompt="One?")
    await add(stage, deck="страны  МИРА", prompt="Two?")
    assert await stage.db.read(list_decks, stage.guild.id) == [("deck", "Страны мира", 2)]
    assert (await question(stage, 2)).theme == "Страны мира"


async def test_decks_are_offered_as_one_types(stage: Stage) -> None:
    await add(stage, deck="Treaties")
    await add(stage, deck="Rivers")
    offered = await stage.people["olga"].autocomplete(stage.quiz, "question add", "deck", "tre", kind="single")
    assert [choice["value"] for choice in offered] == ["Treaties"]


async def test_near_duplicates_are_shown_before_saving_and_stop_nobody(stage: Stage) -> None:
    await add(stage, prompt="How many shapes are there in all of it?")
    card = await write(stage, "olga", "number", prompt="How many shapes are there, in all of it?")
    assert "**Reads nearly like**\n- \\#1 How many shapes are there in all of it?" in card.text
    await stage.press("olga", card.message, "Save")
    assert await states(stage) == {1: "live", 2: "live"}


@pytest.mark.pack(SINGLE)
async def test_a_question_like_one_of_a_packs_is_shown_too(stage: Stage) -> None:
    card = await write(stage, "olga", prompt="Which shape is it?")
    assert "**Reads nearly like**\n- Which shape is it?" in card.text


async def test_advice_is_shown_and_is_in_nobodys_way(stage: Stage) -> None:
    card = await write(stage, "olga", "number", prompt="How many did the regime build?")
    assert (
        "**Worth another look**\n- 'regime' judges for the reader; use a plain word, or quote whoever says it"
    ) in card.text
    await stage.press("olga", card.message, "Save")
    assert await states(stage) == {1: "live"}


async def test_writing_is_noted_with_what_was_written(stage: Stage) -> None:
    await add(stage)
    (entry,) = await log(stage)
    kept = await get(stage, 1)
    assert (entry.user_id, entry.deed, entry.subject) == (stage.people["olga"].id, "question.add", "server/1")
    assert (entry.before, entry.after) == (None, kept.body)
