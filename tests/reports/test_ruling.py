"""Rulings, by real presses: what each decides, and what becomes of points, boards and the reports."""

from __future__ import annotations

import pytest

from bot.reports.actions import NOT_WAITING
from storage.audit import list_entries
from tests.build import SINGLE
from tests.reports.steps import (
    answer,
    ask,
    board,
    items,
    open_case,
    play,
    points,
    preview,
    report,
    rule,
    rulings,
    saved,
    void,
)
from tests.stage import Stage, button_ids, text_of

MEANWHILE = (
    "Another moderator has ruled on this question meanwhile, so nothing was changed. /audit shows what was decided."
)


@pytest.fixture(autouse=True)
async def _trusting(stage: Stage) -> None:
    await stage.trust_editors()


async def test_a_corrected_key_takes_and_gives_points_and_everybody_is_told(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat", carol="round")
    await report(stage, "bob", reveal, "key", "It says flat.")
    card = await preview(stage, reveal, "correct", "flat")
    assert card.text.splitlines() == [
        "### Correct the key: Which shape is it?",
        "**Key now:** square",
        "**Then:** flat",
        "2 answers of 2 people in 1 round will count differently. Points gained by 1 person, lost by 1.",
        "-# A note in the channel where it was asked last tells everybody.",
        "Confirm",
        "Cancel",
    ]
    assert (await points(stage), await saved(stage)) == (
        {"alice": (1, 100), "bob": (0, 0), "carol": (0, 0)},
        [("key", "It says flat.", True)],
    )
    done = await stage.press("dana", card.message, "Confirm")
    assert done.text.splitlines() == [
        "### Done",
        "2 answers of 2 people in 1 round now count differently. Points gained by 1 person, lost by 1.",
    ]
    assert (await points(stage), await saved(stage)) == (
        {"alice": (0, 0), "bob": (1, 100), "carol": (0, 0)},
        [("key", "It says flat.", False)],
    )
    await stage.advance(1)
    assert text_of(stage.last()).splitlines() == [
        "### Correction: the key is corrected",
        "**Which shape is it?**",
        "The key was: square",
        "Right is now: flat",
        "2 answers of 2 people in 1 round now count differently.",
        "-# Standings and boards are corrected. A moderator decided this after a report.",
    ]


async def test_another_answer_counts_as_well_and_nobody_loses(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat", carol="round")
    await report(stage, "bob", reveal)
    assert (await rule(stage, reveal, "accept", "flat")).text.splitlines()[1] == (
        "1 answer of 1 person in 1 round now counts differently. Points gained by 1 person, lost by 0."
    )
    assert await points(stage) == {"alice": (1, 100), "bob": (1, 100), "carol": (0, 0)}
    await stage.advance(1)
    assert text_of(stage.last()).splitlines()[2:4] == ["The key was: square", "Right is now: square or flat"]


@pytest.mark.pack(SINGLE, SINGLE | {"prompt": "And now?"})
async def test_a_void_question_is_in_no_sum(stage: Stage) -> None:
    first = await ask(stage, questions=2)
    await answer(stage, alice="square", bob="flat")
    await stage.advance(29.5)
    await answer(stage, bob="square")
    await stage.advance(30)
    standing = stage.last()
    reveal = next(message for message in stage.messages() if message.id == first.id)
    await report(stage, "bob", reveal)
    await void(stage, reveal)
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100)}
    mine = await stage.press("alice", standing, "My place")
    assert mine.text == "**2.** alice · **0 points** · 0 of 1 right\n-# Place 2 of 2."
    me = await stage.slash("bob", "quiz me")
    assert me.text.splitlines()[1:3] == ["**100** points, place **1** of 1.", "1 of 1 answer right."]
    assert "1 of 1 right" in me.text.splitlines()[-1]
    assert (await stage.slash("alice", "quiz me")).text.startswith("You have no points here yet.")


async def test_everybody_is_told_that_a_question_does_not_count(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    done = await void(stage, reveal)
    told = "2 answers of 2 people in 1 round now count differently."
    assert done.text.splitlines()[1] == f"{told} Points gained by 0 people, lost by 1."
    await stage.advance(1)
    assert text_of(stage.last()).splitlines() == [
        "### Correction: the question does not count",
        "**Which shape is it?**",
        told,
        "-# Standings and boards are corrected. A moderator decided this after a report.",
    ]


async def test_a_void_question_counts_again_once_its_key_is_corrected(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    await void(stage, reveal)
    await report(stage, "carol", reveal)
    case = await open_case(stage)
    assert "**Key:** does not count" in case.text
    await rule(stage, reveal, "correct", "square")
    assert await points(stage) == {"alice": (1, 100), "bob": (0, 0)}
    assert await board(stage) == [
        "**1.** alice · **100 points** · 1 of 1 right",
        "**2.** bob · **0 points** · 0 of 1 right",
    ]


async def test_a_kept_question_stays_as_it_is_and_nobody_is_told(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    messages = len(stage.messages())
    case = await open_case(stage)
    kept = await stage.press("dana", case.message, "Keep")
    await stage.advance(1)
    assert kept.text == "The question stays as it is, and its reports are closed."
    assert (await points(stage), len(stage.messages())) == ({"alice": (1, 100), "bob": (0, 0)}, messages)
    assert (await saved(stage), [ruling.kind for ruling in await rulings(stage)]) == ([("key", "", False)], ["keep"])


async def test_a_ruling_that_is_cancelled_changes_nothing(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    card = await preview(stage, reveal, "correct", "flat")
    confirm = button_ids(card.message)["Confirm"]
    cancelled = await stage.press("dana", card.message, "Cancel")
    assert cancelled.text == "Cancelled. Nothing was changed, and the reports are still open."
    assert await stage.forge("dana", confirm) == NOT_WAITING
    assert (await saved(stage), await rulings(stage)) == ([("key", "", True)], [])


async def test_a_second_confirmation_changes_nothing(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    card = await preview(stage, reveal, "correct", "flat")
    confirm = button_ids(card.message)["Confirm"]
    await stage.press("dana", card.message, "Confirm")
    assert await stage.forge("dana", confirm) == NOT_WAITING
    await stage.advance(1)
    assert [ruling.kind for ruling in await rulings(stage)] == ["correct"]
    assert [text_of(m).splitlines()[0] for m in stage.messages()].count("### Correction: the key is corrected") == 1


async def test_the_ruling_of_one_moderator_is_not_for_another_to_confirm(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    card = await preview(stage, reveal, "correct", "flat")
    assert await stage.forge("olga", button_ids(card.message)["Confirm"]) == NOT_WAITING
    assert await stage.forge("olga", button_ids(card.message)["Cancel"]) == NOT_WAITING
    assert await rulings(stage) == []


async def test_of_two_rulings_at_once_the_second_is_refused(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat", carol="round")
    await report(stage, "bob", reveal)
    one = await preview(stage, reveal, "accept", "flat", "dana")
    other = await preview(stage, reveal, "accept", "round", "olga")
    await stage.press("dana", one.message, "Confirm")
    assert (await stage.press("olga", other.message, "Confirm")).text == MEANWHILE
    assert await points(stage) == {"alice": (1, 100), "bob": (1, 100), "carol": (0, 0)}


async def test_every_round_that_asked_the_question_is_put_right(stage: Stage) -> None:
    first = await play(stage, bob="flat", carol="square")
    await play(stage, stage.other, bob="flat", alice="flat")
    await report(stage, "bob", first)
    card = await preview(stage, first, "correct", "flat")
    told = "4 answers of 3 people in 2 rounds will count differently. Points gained by 2 people, lost by 1."
    assert told in card.text
    await stage.press("dana", card.message, "Confirm")
    assert await points(stage) == {"alice": (1, 100), "bob": (2, 200), "carol": (0, 0)}
    await stage.advance(1)
    assert text_of(stage.last(stage.other)).startswith("### Correction")  # where it was asked last
    assert not text_of(stage.last()).startswith("### Correction")


async def test_the_log_says_who_ruled_what(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    for n, (kind, who) in enumerate([("accept", "bob"), ("void", "carol")]):
        await report(stage, who, reveal)
        await (rule(stage, reveal, kind, "flat") if n == 0 else void(stage, reveal))
    entries = await stage.db.read(list_entries, stage.guild.id, "shapes/q1", 0, 9)
    dana = stage.people["dana"].id
    assert [(e.user_id, e.deed, e.before, e.after) for e in entries] == [
        (dana, "ruling.void", "square or flat", "does not count"),
        (dana, "ruling.accept", "square", "square or flat"),
    ]
    assert [entry.id for entry in entries] == [ruling.id for ruling in reversed(await rulings(stage))]


async def test_what_is_right_already_is_no_ruling(stage: Stage) -> None:
    reveal = await play(stage, alice="square")
    await report(stage, "bob", reveal)
    case = await open_case(stage)
    for press, told in [
        ("Accept another answer", "That answer is right already. Choose another, or keep the question as it is."),
        ("Correct the key", "That is the key already. Choose another, or keep the question as it is."),
    ]:
        id = button_ids(case.message)[press].replace("ruling:", "ruling:picked:").split(":")
        assert await stage.forge_choice("dana", ":".join(id), "1") == told
    assert (await rulings(stage), [item.also for item in await items(stage)]) == ([], [()])


async def test_the_note_says_so_where_no_past_answer_counts_differently(stage: Stage) -> None:
    reveal = await play(stage, carol="round")
    await report(stage, "bob", reveal)
    done = await rule(stage, reveal, "correct", "flat")
    assert done.text.splitlines()[1] == ("No past answer counts differently by this; from now on it is asked as ruled.")
    await stage.advance(1)
    assert text_of(stage.last()).splitlines()[-1] == (
        "-# No past answer counts differently by this; from now on it is asked this way."
    )
