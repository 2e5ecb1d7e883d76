"""Seasons, by real presses: begun, counted, ended with a podium, listed, also after a restart."""

from __future__ import annotations

import pytest

from tests.stage import START, Stage, alt_texts, button_ids, text_of

NOT_YOU = "Only people who may manage this server can do that. /help shows what you may use here."


async def play(stage: Stage, **answers: str) -> None:
    """A round of one question, which everybody named answers: B is right."""
    await stage.slash("alice", "quiz play", stage.other, questions=1, seconds=5)
    await stage.advance(5)
    question = stage.last(stage.other)
    for who, text in answers.items():
        letter = next(line for line in text_of(question).splitlines() if text in line)[2]
        await stage.press(who, question, letter)
    await stage.advance(20)


async def end(stage: Stage) -> None:
    card = await stage.slash("olga", "season end")
    await stage.press("olga", card.message, "End the season")
    await stage.advance(1)


async def test_a_season_counts_from_its_start_and_ends_with_a_podium(stage: Stage) -> None:
    await play(stage, bob="square")
    begun = await stage.slash("olga", "season start", name="Winter")
    assert not begun.private
    assert begun.text.startswith("## The season “Winter” has begun")
    await stage.skip(60)
    await play(stage, bob="square", carol="flat")
    asked = await stage.slash("olga", "season end")
    assert asked.private
    assert " 2 people answered in it. " in asked.text
    assert text_of(stage.last()).startswith("## The season “Winter” has begun")  # nothing ended by asking
    await end(stage)
    lines = text_of(stage.last()).splitlines()
    assert lines[:2] == ["## The season “Winter” is over", f"It ran on <t:{START // 1000 + 25}:D>."]
    assert lines[2:4] == ["**1.** bob · **100 points** · 1 of 1 right", "**2.** carol · **0 points** · 0 of 1 right"]
    assert alt_texts(stage.last()) == ["Final points, by place. 1. bob: 100; 2. carol: 0."]
    assert [attachment.filename for attachment in stage.last().attachments] == ["podium.png"]


async def test_a_question_that_closes_after_the_end_is_not_of_the_season(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    await play(stage, bob="square")
    await end(stage)
    await play(stage, bob="square", carol="square")
    board = await stage.slash("bob", "quiz leaderboard", period="season")
    lines = board.text.splitlines()
    assert lines[0] == "## Leaderboard of the season “Winter”"
    assert lines[2:] == ["**1.** bob · **100 points** · 1 of 1 right", "-# 1 person"]


async def test_a_season_of_nobody_ends_without_a_picture(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Quiet")
    await end(stage)
    assert text_of(stage.last()).splitlines()[-1] == "Nobody answered in it."
    assert alt_texts(stage.last()) == []


async def test_a_season_in_which_nobody_has_points_ends_without_a_picture(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    await play(stage, carol="flat")
    await end(stage)
    assert "**1.** carol · **0 points** · 0 of 1 right" in text_of(stage.last()).splitlines()
    assert alt_texts(stage.last()) == []


async def test_a_season_of_several_days_says_its_first_and_last(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    await stage.skip(2 * 24 * 3600)
    await end(stage)
    first = START // 1000
    assert text_of(stage.last()).splitlines()[1] == f"It ran from <t:{first}:D> to <t:{first + 2 * 24 * 3600}:D>."
    board = await stage.slash("bob", "quiz leaderboard", period="season")
    assert board.text.splitlines()[1] == f"-# From <t:{first}:D> to <t:{first + 2 * 24 * 3600}:D>"


async def test_one_season_runs_at_a_time(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    told = await stage.slash("olga", "season start", name="Spring")
    assert told.text == "The season “Winter” is still running. End it with /season end, then begin another."


async def test_ending_works_after_a_restart_and_only_once(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    card = await stage.slash("olga", "season end")
    again = await stage.slash("olga", "season end")
    await stage.restart()
    await stage.press("olga", card.message, "End the season")
    late = await stage.press("olga", again.message, "End the season")
    assert late.text == "This season is over already. /season list shows its board."
    await stage.advance(2)
    assert [text_of(m).splitlines()[0] for m in stage.messages()].count("## The season “Winter” is over") == 1


async def test_a_season_can_be_kept_running(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    card = await stage.slash("olga", "season end")
    await stage.press("olga", card.message, "Keep it running")
    assert card.text == "The season “Winter” keeps running."


async def test_no_season_runs_and_that_is_said(stage: Stage) -> None:
    told = await stage.slash("olga", "season end")
    assert told.text == "No season is running. Begin one with /season start."


@pytest.mark.parametrize("name", ["   ", "\u200b\u200b"])
async def test_a_name_that_nobody_can_read_is_refused(stage: Stage, name: str) -> None:
    told = await stage.slash("olga", "season start", name=name)
    assert told.text == "A season needs a name that can be read, such as “Winter 2026”."


async def test_only_moderators_begin_and_end_a_season(stage: Stage) -> None:
    assert (await stage.slash("bob", "season start", name="Mine")).text == NOT_YOU
    await stage.slash("olga", "season start", name="Winter")
    card = await stage.slash("olga", "season end")
    assert (await stage.slash("alice", "season end")).text == NOT_YOU
    ending = button_ids(card.message)["End the season"]
    assert await stage.forge("bob", ending) == NOT_YOU
    assert (await stage.slash("bob", "season list")).text.splitlines()[1] == "**Winter**"


async def test_another_servers_season_is_unknown(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    ending = button_ids((await stage.slash("olga", "season end")).message)["End the season"]
    there = await stage.open_elsewhere()
    told = "I don't know that season. /season list shows them all."
    assert await stage.forge("mallory", ending, there) == told
    assert await stage.forge("mallory", ending.replace("end", "board"), there) == told
    assert (await stage.slash("mallory", "season list", there)).text.splitlines()[1].startswith("There is none yet.")


async def test_past_seasons_are_listed_on_pages_with_their_boards(stage: Stage) -> None:
    for n in range(1, 7):
        await stage.slash("olga", "season start", name=f"Season {n}")
        await stage.skip(60)
        if n == 1:
            await play(stage, bob="square")
        await end(stage)
    card = await stage.slash("bob", "season list")
    assert card.private
    assert [line for line in card.text.splitlines() if line.startswith("**")] == [
        f"**Season {n}**" for n in (6, 5, 4, 3, 2)
    ]
    await stage.restart()
    await stage.press("bob", card.message, "Next")
    board = await stage.press("bob", card.message, "Season 1")
    assert board.private
    assert board.text.splitlines()[2:] == ["**1.** bob · **100 points** · 1 of 1 right", "-# 1 person"]
    empty = await stage.press("bob", card.message, "Back")
    assert empty.text.splitlines()[0] == "### Seasons"


async def test_who_is_hidden_is_not_on_the_podium(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    await play(stage, bob="square", carol="square")
    hide = await stage.slash("bob", "privacy")
    await stage.press("bob", hide.message, "Hide me from boards")
    await end(stage)
    assert alt_texts(stage.last()) == ["Final points, by place. 1. carol: 100."]
    assert "bob" not in text_of(stage.last())


async def test_the_log_says_who_began_and_ended_a_season(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    await end(stage)
    log = (await stage.slash("olga", "audit")).text
    olga = stage.people["olga"].mention
    assert [line.rpartition(" ")[0] for line in log.splitlines()[1:4]] == [
        f"{olga} ended the season Winter",
        "",
        f"{olga} began the season Winter",
    ]


@pytest.mark.parametrize(("lacks", "told"), [("send_messages", "Send Messages"), ("attach_files", "Attach Files")])
async def test_a_season_does_not_end_where_its_podium_can_not_be_posted(stage: Stage, lacks: str, told: str) -> None:
    await stage.slash("olga", "season start", name="Winter")
    card = await stage.slash("olga", "season end")
    await stage.deny_bot(stage.quiz, lacks)
    reply = await stage.press("olga", card.message, "End the season")
    assert reply.text.startswith(f"I can't post the podium here: I am missing “{told}”.")
    assert (await stage.slash("olga", "season end", stage.other)).text.startswith("### End the season “Winter”?")


async def test_a_podium_whose_picture_is_refused_comes_in_words(stage: Stage) -> None:
    await stage.slash("olga", "season start", name="Winter")
    await play(stage, bob="square")
    card = await stage.slash("olga", "season end")
    await stage.press("olga", card.message, "End the season")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)  # no files from now on
    await stage.restart()
    await stage.advance(2)
    lines = text_of(stage.last()).splitlines()
    assert (lines[0], lines[2]) == ("## The season “Winter” is over", "**1.** bob · **100 points** · 1 of 1 right")
    assert stage.last().attachments == []


async def test_a_name_with_marks_stays_a_name(stage: Stage) -> None:
    begun = await stage.slash("olga", "season start", name="**Win** <@&5>")
    assert begun.text.splitlines()[0] == "## The season “\\*\\*Win\\*\\* \\<\\@&5>” has begun"
    told = await stage.slash("olga", "season start", name="Spring")
    assert told.text.startswith("The season “\\*\\*Win\\*\\* \\<\\@&5>” is still running.")
