"""A round, by real presses of two people."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from storage.settings import change_settings
from tests.build import SINGLE, TRUEFALSE
from tests.stage import Stage, button_ids, text_of

EASY = SINGLE | {"prompt": "Question one?"}
HARD = SINGLE | {"prompt": "Question two?", "difficulty": 3}
FIVE = [SINGLE | {"prompt": f"Number {n}?"} for n in range(5)]


def letter_of(stage: Stage, option: str) -> str:
    """The letter under which an option stands in the open question."""
    return next(
        line[2] for line in text_of(stage.last()).splitlines() if line.startswith("**") and line.endswith(option)
    )


async def play(stage: Stage, **options: Any) -> None:
    """Start a round as alice and come to its first question."""
    await stage.slash("alice", "quiz play", **options)
    await stage.advance(5)


@pytest.mark.pack(TRUEFALSE | {"difficulty": 2})
async def test_a_round_runs_from_the_command_to_the_podium(stage: Stage) -> None:
    opened = await stage.slash("alice", "quiz play", questions=1, seconds=20)
    assert opened.text.splitlines()[0] == "## Quiz: Shapes: everything"
    await stage.advance(5)
    question = stage.last()
    assert list(button_ids(question)) == ["A", "B"]
    assert (await stage.press("alice", question, "A")).text == "**A**, locked in."
    assert (await stage.press("bob", question, "B")).text == "**B**, locked in."
    await stage.advance(20)
    assert text_of(stage.last()).splitlines() == [
        "-# Question 1 of 1 · Shape · medium",
        "**Does the source say that it is square?**",
        "**A**  True **✓ right**",
        "-# ▰▰▰▰▰▱▱▱▱▱ 50% · 1",
        "**B**  False",
        "-# ▰▰▰▰▰▱▱▱▱▱ 50% · 1",
        "The source says so in its first sentence, and nothing else in it says otherwise.",
        "-# §1.1 · stated by the source, with no one named for it",
        "1 of 2 answers right. Fastest: alice, 1.0 s.",
        "Report",
    ]
    await stage.advance(10)
    assert text_of(stage.last()).splitlines() == [
        "## Final standing: Shapes: everything",
        "That was the last question.",
        "**1.** alice · **200 points** · 1 of 1 right",
        "**2.** bob · **0 points** · 0 of 1 right",
        "**Most divided:** Does the source say that it is square?",
        "-# §1.1 · stated by the source, with no one named for it",
        "My place",
    ]


async def test_an_answer_is_private_and_the_second_press_says_which_one_counts(stage: Stage) -> None:
    await play(stage)
    first = await stage.press("bob", stage.last(), "C")
    second = await stage.press("bob", stage.last(), "A")
    assert (first.private, first.text) == (True, "**C**, locked in.")
    assert (second.private, second.text) == (True, "Your first answer, C, is the one that counts.")


async def test_the_number_of_answers_is_shown_within_four_seconds_and_edited_once(stage: Stage) -> None:
    await play(stage)
    assert text_of(stage.last()).splitlines()[-1].endswith("· no answers yet")
    edits = stage.edits()
    for who in ("alice", "bob", "carol"):
        await stage.press(who, stage.last(), "A")
    await stage.advance(4)
    assert text_of(stage.last()).splitlines()[-1].endswith("· 3 answers")
    assert stage.edits() == edits + 1


@pytest.mark.pack(*FIVE)
async def test_nothing_sent_before_the_close_depends_on_which_option_is_right(stage: Stage) -> None:
    await play(stage, questions=5)
    right = await stage.press("alice", stage.last(), letter_of(stage, "square"))
    wrong = await stage.press("bob", stage.last(), letter_of(stage, "flat"))
    assert len(right.text) == len(wrong.text)
    ids = [id.split(":")[-1] for id in button_ids(stage.last()).values()]
    assert ids == ["0", "1", "2"]


@pytest.mark.pack(EASY, HARD)
async def test_the_reveal_names_a_new_leader(stage: Stage) -> None:
    await play(stage, seconds=10)
    for _ in range(2):
        who = "alice" if "one" in text_of(stage.last()) else "bob"
        await stage.press(who, stage.last(), letter_of(stage, "square"))
        await stage.advance(10)
        reveal = text_of(stage.last())
        await stage.advance(9.25)
    first = "alice" if "Question one?" in text_of(stage.messages()[1]) else "bob"
    new_lead = "New in the lead: bob with 300 points." in reveal
    assert new_lead == (first == "alice")


@pytest.mark.pack(*FIVE)
async def test_points_depend_on_speed_only_where_that_was_chosen(stage: Stage) -> None:
    await play(stage, questions=1, seconds=20, scoring="speed")
    await stage.press("alice", stage.last(), letter_of(stage, "square"))
    await stage.advance(10)
    await stage.press("bob", stage.last(), letter_of(stage, "square"))
    await stage.advance(25)
    rows = [line for line in text_of(stage.last()).splitlines() if line.startswith("**")]
    assert rows == ["**1.** alice · **98 points** · 1 of 1 right", "**2.** bob · **73 points** · 1 of 1 right"]


async def test_two_simultaneous_starts_give_one_round_and_one_clear_sentence(stage: Stage) -> None:
    starts = await asyncio.gather(*(stage.bot_start(who) for who in ("alice", "bob")))
    assert sorted(starts) == [
        "A round is already going on here. Join it; whoever started it or a moderator can end it with /quiz stop.",
        "started",
    ]


async def test_a_second_start_in_the_same_channel_is_refused_and_another_channel_is_free(stage: Stage) -> None:
    await stage.slash("alice", "quiz play")
    refused = await stage.slash("bob", "quiz play")
    elsewhere = await stage.slash("bob", "quiz play", stage.other)
    assert (refused.private, elsewhere.private) == (True, False)
    assert refused.text.startswith("A round is already going on here.")


async def test_everybody_can_ask_for_their_own_place(stage: Stage) -> None:
    await play(stage, questions=1, seconds=5)
    await stage.press("bob", stage.last(), letter_of(stage, "square"))
    await stage.advance(15)
    mine = await stage.press("bob", stage.last(), "My place")
    assert (mine.private, mine.text) == (True, "**1.** bob · **100 points** · 1 of 1 right\n-# Place 1 of 1.")
    absent = await stage.press("carol", stage.last(), "My place")
    assert absent.text == "You did not answer in this round. Join the next one with any letter."


@pytest.mark.pack(*FIVE)
async def test_a_round_nobody_answers_pauses_and_goes_on_when_somebody_presses(stage: Stage) -> None:
    await play(stage, questions=4, seconds=5)
    await stage.advance(5 + 10 + 5)
    paused = stage.last()
    assert text_of(paused).splitlines()[0] == "### The round is paused"
    await stage.skip(120)
    assert stage.last().id == paused.id
    await stage.press("bob", paused, "Go on")
    await stage.advance(1)
    assert text_of(stage.last()).splitlines()[0] == "-# Question 3 of 4 · Shape · easy"
    assert list(button_ids(stage.messages()[1])) == ["Report"]  # a closed question can't be answered any more


@pytest.mark.pack(*FIVE)
async def test_a_paused_round_ends_by_itself(stage: Stage) -> None:
    await play(stage, questions=4, seconds=5)
    await stage.advance(5 + 10 + 5)
    await stage.skip(30 * 60)
    await stage.advance(1)
    assert text_of(stage.last()).splitlines()[1] == "Nobody pressed “Go on”, so the round ended here."
    late = await stage.press("bob", stage.messages()[-2], "Go on")
    assert late.text == "This round is over. Start another with /quiz play."


@pytest.mark.pack(*FIVE)
async def test_two_presses_of_go_on_go_on_once(stage: Stage) -> None:
    await play(stage, questions=4, seconds=5)
    await stage.advance(20)
    paused = stage.last()
    id = button_ids(paused)["Go on"]
    await stage.press_id("bob", paused, id)
    again = await stage.forge("carol", id)
    assert again == "The round is going on already."


@pytest.mark.pack(*FIVE)
async def test_a_thread_can_be_asked_for_and_the_round_is_played_there(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", thread=True, questions=2, seconds=5)
    await stage.advance(1)
    (thread,) = stage.quiz.threads
    await stage.advance(5)
    assert thread.name == "Quiz: Shapes: everything"
    assert text_of(stage.last(thread)).splitlines()[0] == "-# Question 1 of 2 · Shape · easy"
    answered = await stage.press("bob", stage.last(thread), "A")
    assert answered.text == "**A**, locked in."


async def test_a_round_without_a_theme_is_about_what_the_server_chose(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it ours?"}, deck="Ours")
    await stage.db.write(change_settings, stage.guild.id, {"subject": "server/ours"})
    assert (await stage.slash("alice", "quiz play")).text.splitlines()[0] == "## Quiz: This server's questions: Ours"
    await stage.db.write(change_settings, stage.guild.id, {"subject": "server/gone"})
    await stage.slash("alice", "quiz stop")
    assert (await stage.slash("alice", "quiz play")).text.splitlines()[0] == "## Quiz: Shapes: everything"
