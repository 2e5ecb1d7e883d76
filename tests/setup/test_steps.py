"""The steps of setup, from invite to first round, by real presses, after a restart, and refused."""

from __future__ import annotations

import pytest

from storage.settings import Settings, get_settings
from tests.stage import Stage, button_ids

NOT_YOU = "Only people who may manage this server can set me up. Please ask one of them."


async def kept(stage: Stage) -> Settings:
    return await stage.db.read(get_settings, stage.guild.id)


async def test_the_steps_lead_to_a_first_round_in_the_chosen_channel(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start", channel=stage.other)
    assert (await stage.forge("olga", "setup:begin")).startswith("Please choose a channel for rounds first.")
    await stage.choose_in("olga", card.message, "setup:quiz", stage.quiz)
    await stage.choose_in("olga", card.message, "setup:role", stage.editor)
    await stage.choose_in("olga", card.message, "setup:zone", "Europe/Vilnius")
    await stage.restart()
    told = await stage.press("olga", card.message, "Start the first round")
    assert told.text == f"The first round is starting in <#{stage.quiz.id}>. Anybody there can join by answering."
    await stage.advance(1)
    assert await kept(stage) == Settings(stage.editor.id, zone="Europe/Vilnius", quiz_channel_id=stage.quiz.id)
    rounds = [round for round in [await stage.state()] if round]
    assert rounds == ["starting"]
    assert [message.author.id for message in stage.messages(stage.quiz)][-1:] == [stage.bot.user and stage.bot.user.id]


async def test_a_second_press_starts_no_second_round(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start", channel=stage.other)
    await stage.choose_in("olga", card.message, "setup:quiz", stage.quiz)
    await stage.press("olga", card.message, "Start the first round")
    again = await stage.press("olga", card.message, "Start the first round")
    assert "The first round is starting" not in again.text


async def test_another_zone_is_typed_and_kept(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    form = await stage.press("olga", card.message, "Another zone")
    after = await stage.submit("olga", form, zone="lord howe")
    assert "Chosen: Australia/Lord_Howe" in after.text
    assert (await kept(stage)).zone == "Australia/Lord_Howe"
    log = await stage.slash("olga", "audit")
    assert "set the time zone" in log.text


@pytest.mark.parametrize("zone", ["../../etc/passwd", "Europe/../UTC", "CET", ""])
async def test_what_is_no_zone_is_refused_and_nothing_is_kept(stage: Stage, zone: str) -> None:
    assert (await stage.forge_choice("olga", "setup:zone", zone or "0")).startswith(("I don't know", "“CET”"))
    assert (await stage.forge_form("olga", "setup:typed", {"zone": zone or "?"})).startswith(("I don't know", "“CET”"))
    assert await kept(stage) == Settings()


@pytest.mark.parametrize("id", ["another", "begin", "more", "back"])
async def test_nobody_else_presses_what_the_card_has(stage: Stage, id: str) -> None:
    await stage.trust_editors()
    assert [await stage.forge(who, f"setup:{id}") for who in ("bob", "dana")] == [NOT_YOU, NOT_YOU]


async def test_a_subject_that_is_not_there_is_refused(stage: Stage) -> None:
    told = await stage.forge_choice("olga", "setup:subject", "server/none")
    assert told == "There are no such questions any more. Please use /setup start again."


async def test_a_channel_of_another_server_is_no_channel_for_rounds(stage: Stage) -> None:
    elsewhere = await stage.open_elsewhere()
    told = await stage.forge_choice("mallory", "setup:quiz", str(stage.quiz.id), channel=elsewhere)
    assert told == "I can't see that channel. Let me see it, or choose another."


async def test_the_check_says_what_each_missing_permission_breaks(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    assert button_ids(card.message)["Start the first round"] == "setup:begin"
    await stage.choose_in("olga", card.message, "setup:quiz", stage.other)
    well = await stage.slash("olga", "setup check")
    assert f"**<#{stage.other.id}>, for rounds.** All is well." in well.text
    await stage.deny_bot(stage.other, "send_messages", "create_public_threads")
    told = await stage.slash("olga", "setup check")
    assert [line for line in told.text.splitlines() if line.startswith("- **")][:2] == [
        "- **Send Messages** is missing: I can't post questions, so no round can be held there.",
        "- **Create Public Threads** is missing: rounds and debates can't have a thread of their own.",
    ]
    assert await stage.forge("olga", "setup:begin") == (
        f"I can't write in <#{stage.other.id}> yet: /setup check says what to give me."
    )


async def test_a_change_of_zone_sorts_past_answers_into_its_days(stage: Stage) -> None:
    await stage.skip(14 * 3600)  # 22:00 in UTC is the next day in Vilnius
    await stage.slash("alice", "quiz play", stage.other, questions=1, seconds=5)
    await stage.advance(5)
    await stage.press("bob", stage.last(stage.other), "A")
    await stage.advance(6)
    card = await stage.slash("olga", "setup start")
    form = await stage.press("olga", card.message, "Another zone")
    await stage.submit("olga", form, zone="Europe/Vilnius")
    assert "bob" in (await stage.slash("alice", "quiz leaderboard", period="day")).text


async def test_the_check_looks_at_the_channels_of_schedules_too(stage: Stage) -> None:
    await stage.slash("olga", "schedule add", what="round", when="every day 09:00", thread=True)
    await stage.slash("olga", "schedule add", stage.other, what="daily", when="every day 10:00")
    well = await stage.slash("olga", "setup check")
    assert "**Where schedules start something:** All is well." in well.text
    await stage.deny_bot(stage.quiz, "create_public_threads")
    await stage.deny_bot(stage.other, "create_public_threads", "send_messages")
    told = (await stage.slash("olga", "setup check")).text
    assert [line for line in told.splitlines() if line.startswith(("**<#", "- **"))][:4] == [
        f"**<#{stage.quiz.id}>, for 1 schedule.** Edit Channel → Permissions → give me:",
        "- **Create Public Threads** is missing: its rounds can't have threads, and their schedule pauses.",
        f"**<#{stage.other.id}>, for 1 schedule.** Edit Channel → Permissions → give me:",
        "- **Send Messages** is missing: what is to start there by itself can't, and its schedule pauses.",
    ]
    await stage.delete_channel(stage.other)
    assert "**The channel of 1 schedule** is gone" in (await stage.slash("olga", "setup check")).text


async def test_more_themes_than_a_select_shows_are_paged(stage: Stage) -> None:
    for number in range(30):
        await stage.add_own({}, deck=f"Deck {number:02}")
    card = await stage.slash("olga", "setup start")
    turned = await stage.press("olga", card.message, "Next")
    await stage.choose_in("olga", turned.message, "setup:subject", "server/deck-29")
    assert (await kept(stage)).subject == "server/deck-29"
    assert await stage.forge("bob", "setup:subjects:1") == NOT_YOU


async def test_a_check_says_what_slowing_down_a_heated_channel_takes(stage: Stage) -> None:
    told = (await stage.slash("olga", "setup check")).text
    assert told.splitlines()[-2:] == [
        "- **Manage Channels** is missing: where several people flag something, I can't slow the channel down.",
        "- **Manage Threads** is missing: where several people flag something, I can't slow the thread down.",
    ]
