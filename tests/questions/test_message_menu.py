"""A message becomes a question: the menu of a message, which kind it is to be, the form filled in with its words."""

from __future__ import annotations

import pytest

from bot.questions.form import KINDS
from bot.questions.rules import ENOUGH, NONE_TAKEN
from tests.questions.steps import choose, find_id, question, set_up, states, suggest
from tests.stage import Reply, Stage, parts, text_of

MENU = "Make a question of this"
UNKNOWN_CHOICE = "I don't know that choice. Please use the newest card, or start again with /question add."


async def begin(stage: Stage, who: str, text: str) -> Reply:
    """Somebody writes a message, and somebody makes a question of it: the card that asks which kind."""
    return await stage.menu(who, MENU, await stage.people["carol"].send(stage.quiz, text))


def filled(form: Reply) -> dict[str, str]:
    assert form.result.modal is not None
    shown = [part["component"] for part in form.result.modal["components"]]
    return {field["custom_id"]: field["value"] for field in shown if field.get("value")}


async def test_a_moderator_makes_a_question_of_a_message_also_across_restarts(stage: Stage) -> None:
    card = await begin(stage, "olga", "Which **shape**\nis it?")
    assert (card.private, card.text.splitlines()[:3]) == (
        True,
        ["### A question of this message", "> Which \\*\\*shape\\*\\* is it?", "What kind of question?"],
    )
    await stage.restart()
    form = await choose(stage, "olga", card, "draft:kind", "single")
    assert filled(form) == {"prompt": "Which **shape** is it?", "source": "a message in this server"}
    await stage.restart()
    card = await stage.submit("olga", form, **filled(form), options="round\nsquare")
    await choose(stage, "olga", card, "draft:key", "1")
    await stage.press("olga", card.message, "Save")
    made = await question(stage, 1)
    assert (made.prompt, made.source, made.key) == ("Which **shape** is it?", "a message in this server", "B")
    assert await states(stage) == {1: "live"}


async def test_a_member_makes_a_suggestion_of_it(stage: Stage) -> None:
    card = await begin(stage, "bob", "Is it so?")
    form = await choose(stage, "bob", card, "draft:kind", "truefalse")
    card = await stage.submit("bob", form, **filled(form))
    await choose(stage, "bob", card, "draft:key", "0")
    sent = await stage.press("bob", card.message, "Send in")
    assert sent.text == "**#1** is sent in. It will be asked once a moderator has approved it."
    assert await states(stage) == {1: "waiting"}


async def test_the_kind_can_be_chosen_again_before_the_form_is_sent_in(stage: Stage) -> None:
    card = await begin(stage, "olga", "Is it so?")
    select = next(part for part in parts(card) if part.get("custom_id") == find_id(card, "draft:kind"))
    assert [option["value"] for option in select["options"]] == list(KINDS)
    await choose(stage, "olga", card, "draft:kind", "order")
    form = await choose(stage, "olga", card, "draft:kind", "number")
    card = await stage.submit("olga", form, **filled(form), answer="3 %")
    await stage.press("olga", card.message, "Save")
    assert (await question(stage, 1)).kind == "number"


async def test_a_long_message_begins_the_question_and_is_whole_in_the_explanation(stage: Stage) -> None:
    text = "word " * 280
    form = await choose(stage, "olga", await begin(stage, "olga", text), "draft:kind", "number")
    assert filled(form)["prompt"] == ("word " * 60)[:299].rstrip() + "…"
    assert filled(form)["explanation"].split() == text.split()
    card = await stage.submit("olga", form, **filled(form), answer="3")
    assert (await stage.press("olga", card.message, "Save")).text.startswith("**#1** is saved")


async def test_a_message_longer_than_an_explanation_is_cut_to_fit(stage: Stage) -> None:
    form = await choose(stage, "olga", await begin(stage, "olga", "word " * 399), "draft:kind", "number")
    assert (len(filled(form)["explanation"]) <= 1500, filled(form)["explanation"][-1]) == (True, "…")


async def test_a_message_without_words_makes_no_question(stage: Stage) -> None:
    message = await stage.people["carol"].send(stage.quiz, "", attachments=[("a.png", b"x")])
    told = await stage.menu("olga", MENU, message)
    assert told.text == "There is no text in this message that I could take. Please choose one with words in it."


@pytest.mark.parametrize(("most", "told"), [(1, ENOUGH.format(most=1)), (0, NONE_TAKEN)])
async def test_the_limit_on_suggestions_holds_here_too(stage: Stage, most: int, told: str) -> None:
    await suggest(stage)
    await set_up(stage, suggestions_a_day=most)
    assert (await begin(stage, "bob", "Is it so?")).text == told
    assert text_of((await begin(stage, "olga", "Is it so?")).message).startswith("### A question of this message")


async def test_a_kind_that_is_none_is_refused(stage: Stage) -> None:
    card = await begin(stage, "olga", "Is it so?")
    assert await stage.forge_choice("olga", find_id(card, "draft:kind"), "essay") == UNKNOWN_CHOICE


async def test_a_draft_begun_by_a_moderator_is_no_use_once_the_role_is_gone(stage: Stage) -> None:
    await stage.trust_editors()
    card = await begin(stage, "dana", "Is it so?")
    await stage.take_role("dana", stage.editor)
    told = await choose(stage, "dana", card, "draft:kind", "truefalse")
    assert told.text.startswith("Only people who may manage this server or have the role <@&")
