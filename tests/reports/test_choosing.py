"""The answer that a ruling names: one of the options, one that was typed, or one that nobody has given."""

from __future__ import annotations

import pytest

from bot.judge import NOT_ONE
from bot.reports.ui import UNKNOWN
from tests.build import NUMBER, ORDER, SINGLE, TYPED
from tests.reports.steps import (
    answer,
    ask,
    items,
    labels,
    open_case,
    place,
    points,
    report,
    reported,
)
from tests.stage import Reply, Stage, button_ids


@pytest.fixture(autouse=True)
async def _trusting(stage: Stage) -> None:
    await stage.trust_editors()


@pytest.mark.parametrize("value", ["3", "9", "x", "-1", "00"])
async def test_an_option_that_is_not_there_is_refused(stage: Stage, value: str) -> None:
    ids = ":".join(place(await reported(stage)))
    assert await stage.forge_choice("dana", f"ruling:picked:correct:{ids}", value) == NOT_ONE


@pytest.mark.parametrize("kind", ["keep", "void", "x"])
async def test_a_ruling_that_names_an_answer_is_of_a_kind_that_takes_one(stage: Stage, kind: str) -> None:
    ids = ":".join(place(await reported(stage)))
    assert await stage.forge_choice("dana", f"ruling:picked:{kind}:{ids}", "0") == UNKNOWN
    assert await stage.forge("dana", f"ruling:ask:{kind}:{ids}") == UNKNOWN
    assert await stage.forge_form("dana", f"ruling:typed:{kind}:{ids}", {"text": "x"}) == UNKNOWN


@pytest.mark.pack(SINGLE)
async def test_a_text_is_no_answer_to_a_question_with_options(stage: Stage) -> None:
    ids = ":".join(place(await reported(stage)))
    assert await stage.forge_form("dana", f"ruling:typed:correct:{ids}", {"text": "flat"}) == NOT_ONE


async def typed(stage: Stage, **given: str) -> Reply:
    """A round in which people typed their answers, and its case."""
    await ask(stage)
    await answer(stage, **given)
    await stage.advance(30)
    await report(stage, "bob", next(m for m in stage.messages() if "Report" in button_ids(m)))
    return await open_case(stage)


@pytest.mark.pack(NUMBER)
async def test_wrong_answers_that_were_typed_can_be_chosen_those_given_most_first(stage: Stage) -> None:
    case = await typed(stage, alice="50", bob="12", carol="50", onlooker="47")
    card = await stage.press("dana", case.message, "Accept another answer")
    assert labels(card.message) == {"50": "50", "12": "12"}
    assert "given by 2 people" in card.text
    after = await stage.choose("dana", case.message, "50")
    assert after.text.splitlines()[1:3] == ["**Key now:** 47 miles", "**Then:** 47 miles or 50"]


@pytest.mark.pack(NUMBER)
async def test_an_answer_that_nobody_gave_can_be_typed(stage: Stage) -> None:
    case = await typed(stage, alice="50", bob="47")
    await stage.press("dana", case.message, "Correct the key")
    form = await stage.press("dana", case.message, "Another answer")
    assert form.text.splitlines() == ["Correct the key", "Right answer", "A number (miles)"]
    refused = await stage.submit("dana", form, text="about 48")
    assert refused.text == "I need a plain number there, such as 12 or 3.5. Please try again."
    form = await stage.press("dana", case.message, "Another answer")
    after = await stage.submit("dana", form, text=" 48,5 ")
    assert after.text.splitlines()[1:3] == ["**Key now:** 47 miles", "**Then:** 48\\.5 miles"]


@pytest.mark.pack(TYPED)
async def test_where_nobody_was_wrong_the_form_opens_at_once(stage: Stage) -> None:
    case = await typed(stage, bob="grove")
    form = await stage.press("dana", case.message, "Accept another answer")
    assert form.text.splitlines() == ["Accept another answer", "Right answer", "As people would write it"]
    after = await stage.submit("dana", form, text="**Trakai**")
    assert after.text.splitlines()[2] == "**Then:** Žalgiris or the Grove or \\*\\*Trakai\\*\\*"


@pytest.mark.pack(TYPED)
async def test_small_slips_are_forgiven_in_a_text_that_is_accepted_as_in_the_key(stage: Stage) -> None:
    case = await typed(stage, alice="TRÁKAI!", bob="Trakay", carol="salgiris")
    await stage.press("dana", case.message, "Accept another answer")
    await stage.submit("dana", await stage.press("dana", case.message, "Another answer"), text="Trakai")
    await stage.press("dana", case.message, "Confirm")
    assert await points(stage) == {"alice": (1, 100), "bob": (1, 100), "carol": (0, 0)}


@pytest.mark.pack(TYPED)
async def test_a_text_that_was_to_be_refused_can_become_the_key(stage: Stage) -> None:
    case = await typed(stage, alice="grove", bob="Salgiris")
    await stage.press("dana", case.message, "Correct the key")
    await stage.choose("dana", case.message, "Salgiris")
    await stage.press("dana", case.message, "Confirm")
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100)}
    (item,) = await items(stage)
    assert (item.answer, item.accept, item.reject) == ("Salgiris", (), ())


@pytest.mark.pack(TYPED)
async def test_other_words_of_the_key_stay_when_one_of_them_becomes_it(stage: Stage) -> None:
    await typed(stage, alice="grove", bob="Žalgiris")
    case = await open_case(stage)
    form = await stage.press("dana", case.message, "Correct the key")
    await stage.submit("dana", form, text="The Grove")
    await stage.press("dana", case.message, "Confirm")
    (item,) = await items(stage)
    assert (item.answer, item.accept, item.reject) == ("The Grove", (), ("Salgiris",))
    assert await points(stage) == {"alice": (1, 100), "bob": (0, 0)}


@pytest.mark.pack(TYPED)
async def test_a_text_that_was_accepted_is_taken_back_by_naming_the_key(stage: Stage) -> None:
    case = await typed(stage, alice="Trakai", bob="Žalgiris")
    await stage.press("dana", case.message, "Accept another answer")
    await stage.choose("dana", case.message, "Trakai")
    await stage.press("dana", case.message, "Confirm")
    await report(stage, "carol", next(m for m in stage.messages() if "Report" in button_ids(m)))
    case = await open_case(stage)
    form = await stage.press("dana", case.message, "Correct the key")
    after = await stage.submit("dana", form, text="Žalgiris")
    assert after.text.splitlines()[1:3] == ["**Key now:** Žalgiris or the Grove or Trakai", "**Then:** Žalgiris"]
    await stage.press("dana", case.message, "Confirm")
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100)}


@pytest.mark.pack(ORDER)
async def test_an_order_with_a_place_filled_twice_is_refused(stage: Stage) -> None:
    await ask(stage)
    await stage.advance(30)
    await report(stage, "bob", next(m for m in stage.messages() if "Report" in button_ids(m)))
    case = await open_case(stage)
    form = await stage.press("dana", case.message, "Accept another answer")
    told = await stage.submit("dana", form, place0=["0"], place1=["0"], place2=["1"])
    assert told.text.startswith("Each option can stand in one place only.")
    ids = button_ids(case.message)["Keep"].partition("ruling:keep:")[2]
    few = await stage.forge_form("dana", f"ruling:typed:correct:{ids}", {"place0": "0", "place1": "7"})
    assert few.startswith("Each option can stand in one place only.")
