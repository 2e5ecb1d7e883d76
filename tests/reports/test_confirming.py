"""From a preview to a ruling: pressed twice, late, out of turn, after a restart, and one ruling after another."""

from __future__ import annotations

import asyncio

import pytest

from bot.act import Act
from bot.reports.actions import DONE, NOT_WAITING, confirm
from bot.reports.rescoring import Effect
from bot.reports.rules import IS_VOID
from tests.build import ORDER
from tests.reports.steps import (
    ask,
    choices,
    open_case,
    place,
    points,
    preview,
    report,
    reported,
    rule,
    rulings,
    void,
)
from tests.stage import Stage, button_ids, text_of


@pytest.fixture(autouse=True)
async def _trusting(stage: Stage) -> None:
    await stage.trust_editors()


async def test_the_note_comes_once_also_after_a_restart(stage: Stage) -> None:
    reveal = await reported(stage)
    await rule(stage, reveal, "correct", "flat")
    await stage.restart()
    await stage.advance(3)
    assert sum(text_of(message).startswith("### Correction") for message in stage.messages()) == 1


async def test_two_presses_of_confirm_rule_once(stage: Stage) -> None:
    card = await preview(stage, await reported(stage), "correct", "flat")
    id = button_ids(card.message)["Confirm"]
    acts = [Act(stage.guild.id, number, stage.people["dana"].id, stage.clock.now()) for number in (1, 2)]
    confirms = (stage.db.write(confirm, act, int(id.split(":")[2]), ()) for act in acts)
    first, second = await asyncio.gather(*confirms, return_exceptions=True)
    assert (first, str(second)) == (Effect(1, 2, 2, 1, 1), NOT_WAITING)
    assert (await stage.press("dana", card.message, "Confirm")).text == NOT_WAITING
    assert len(await rulings(stage)) == 1
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100), "carol": (0, 0)}
    await stage.advance(1)
    assert sum(text_of(message).startswith("### Correction") for message in stage.messages()) == 1


async def test_what_was_cancelled_cannot_be_confirmed_nor_what_was_confirmed_cancelled(stage: Stage) -> None:
    reveal = await reported(stage)
    cancelled = button_ids((await preview(stage, reveal, "correct", "flat")).message)
    await stage.forge("dana", cancelled["Cancel"])
    assert await stage.forge("dana", cancelled["Confirm"]) == NOT_WAITING
    confirmed = button_ids((await preview(stage, reveal, "correct", "flat")).message)
    await stage.forge("dana", confirmed["Confirm"])
    assert await stage.forge("dana", confirmed["Cancel"]) == NOT_WAITING
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100), "carol": (0, 0)}


async def test_a_preview_waits_for_a_day(stage: Stage) -> None:
    reveal = await reported(stage)
    card = await preview(stage, reveal, "correct", "flat")
    await stage.skip(24 * 3600 + 1)
    await preview(stage, reveal, "correct", "round", who="olga")
    assert (await stage.press("dana", card.message, "Confirm")).text == NOT_WAITING


async def test_a_preview_from_before_a_keep_still_holds(stage: Stage) -> None:
    reveal = await reported(stage)
    card = await preview(stage, reveal, "correct", "flat")
    await stage.forge("olga", f"ruling:keep:{':'.join(place(reveal))}")
    assert (await stage.press("dana", card.message, "Confirm")).text.startswith("### Done")


async def test_a_case_that_was_kept_cannot_be_kept_again(stage: Stage) -> None:
    id = f"ruling:keep:{':'.join(place(await reported(stage)))}"
    await stage.forge("dana", id)
    assert await stage.forge("olga", id) == DONE
    assert len(await rulings(stage)) == 1


async def test_every_step_of_a_ruling_works_after_a_restart(stage: Stage) -> None:
    await reported(stage)
    listed = await stage.slash("dana", "reports")
    await stage.restart()
    case = await stage.choose("dana", listed.message, *choices(listed.message))
    await stage.restart()
    await stage.press("dana", case.message, "Correct the key")
    await stage.restart()
    await stage.choose("dana", case.message, "2")
    await stage.restart()
    assert (await stage.press("dana", case.message, "Confirm")).text.startswith("### Done")
    await stage.restart()
    await stage.advance(1)
    assert text_of(stage.last()).startswith("### Correction")


@pytest.mark.pack(ORDER)
async def test_a_form_of_a_ruling_works_after_a_restart(stage: Stage) -> None:
    await ask(stage)
    await stage.advance(30)
    reveal = next(message for message in stage.messages() if "Report" in button_ids(message))
    await report(stage, "bob", reveal)
    case = await open_case(stage)
    form = await stage.press("dana", case.message, "Correct the key")
    await stage.restart()
    right = [line[-2] for line in text_of(reveal).splitlines() if line[:2] in ("1.", "2.", "3.")]
    values = {f"place{n}": [str("ABC".index(letter))] for n, letter in enumerate(reversed(right))}
    assert (await stage.submit("dana", form, **values)).text.startswith("### Correct the key: From small to large?")


async def test_rulings_follow_one_another_and_the_last_one_stands(stage: Stage) -> None:
    reveal = await reported(stage)
    await rule(stage, reveal, "accept", "flat")
    await report(stage, "carol", reveal)
    await rule(stage, reveal, "accept", "round")
    assert await points(stage) == {"alice": (1, 100), "bob": (1, 100), "carol": (1, 100)}
    await report(stage, "alice", reveal)
    await void(stage, reveal)
    assert await points(stage) == {"alice": (0, 0), "bob": (0, 0), "carol": (0, 0)}
    await report(stage, "onlooker", reveal)
    await rule(stage, reveal, "correct", "square")
    assert await points(stage) == {"alice": (1, 100), "bob": (0, 0), "carol": (0, 0)}
    assert [ruling.kind for ruling in await rulings(stage)] == ["accept", "accept", "void", "correct"]


async def test_an_answer_that_was_accepted_can_be_taken_back_by_correcting_the_key_to_what_it_is(stage: Stage) -> None:
    reveal = await reported(stage)
    await rule(stage, reveal, "accept", "flat")
    await report(stage, "carol", reveal)
    await rule(stage, reveal, "correct", "square")
    assert await points(stage) == {"alice": (1, 100), "bob": (0, 0), "carol": (0, 0)}


async def test_a_void_question_is_not_void_again_and_accepts_nothing(stage: Stage) -> None:
    reveal = await reported(stage)
    ids = ":".join(place(reveal))
    await void(stage, reveal)
    assert await stage.forge("dana", f"ruling:void:{ids}") == IS_VOID
    assert await stage.forge_choice("dana", f"ruling:picked:accept:{ids}", "0") == IS_VOID
