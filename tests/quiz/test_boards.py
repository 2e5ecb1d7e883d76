"""Boards: periods, themes, pages, and somebody's own page."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from storage import tallies
from storage.members import set_hidden
from storage.settings import change_settings
from storage.tables import Answer, Asked, Member, Round
from tests.build import SINGLE, TRUEFALSE
from tests.stage import START, Stage, button_ids

DAY = 86_400_000


async def fill(stage: Stage, people: int, days_ago: int = 0, theme: str = "shapes/shape", id: int = 1) -> None:
    """A round that is over, in which person n earned n points."""
    await stage.db.write(_add, stage.guild.id, people, START - days_ago * DAY, theme, id)


def _add(session: Session, guild_id: int, people: int, at: int, theme: str, id: int) -> None:
    session.add(_round(guild_id, id, at))
    session.flush()
    session.add(
        Asked(guild_id=guild_id, round_id=id, position=0, question_id="shapes/q1", theme=theme, item="{}", closed_at=at)
    )
    for n in range(1, people + 1):
        session.merge(Member(guild_id=guild_id, user_id=n, name=f"person {n}"))
    session.flush()
    for n in range(1, people + 1):
        session.add(
            Answer(guild_id=guild_id, round_id=id, position=0, user_id=n, given="[0]", right=1, points=n, took=1, at=at)
        )
    tallies.count_question(session, guild_id, id, 0, START)


def _round(guild_id: int, id: int, at: int) -> Round:
    return Round(
        guild_id=guild_id,
        id=id,
        channel_id=id,
        home_id=id,
        starter_id=1,
        subject="Shapes",
        seconds=5,
        scoring="accuracy",
        seed=1,
        length=1,
        state="over",
        position=0,
        silent=0,
        due_at=at,
        version=1,
        started_at=at,
    )


async def test_an_empty_board_says_what_to_do(stage: Stage) -> None:
    board = await stage.slash("bob", "quiz leaderboard")
    assert board.text == "## Leaderboard of all time\nNobody has answered yet. Start a round with /quiz play."


async def test_a_long_board_is_turned_page_by_page(stage: Stage) -> None:
    await fill(stage, people=23)
    board = await stage.slash("bob", "quiz leaderboard")
    assert board.text.splitlines()[1] == "**1.** person 23 · **23 points** · 1 of 1 right"
    assert "-# Page 1 of 3 · 23 people" in board.text
    await stage.press("carol", board.message, "Next")
    await stage.press("carol", board.message, "Next")
    assert board.text.splitlines()[1] == "**21.** person 3 · **3 points** · 1 of 1 right"
    await stage.press("carol", board.message, "Back")
    assert "-# Page 2 of 3" in board.text


@pytest.mark.parametrize(("period", "people"), [("day", 1), ("week", 2), ("month", 3), ("all", 4)])
async def test_a_board_counts_its_period_only(stage: Stage, period: str, people: int) -> None:
    for n, days in enumerate((0, 2, 10, 40), start=1):
        await fill(stage, people=n, days_ago=days, id=n)
    board = await stage.slash("bob", "quiz leaderboard", period=period)
    assert sum(line.startswith("**") for line in board.text.splitlines()) == people


@pytest.mark.pack(
    SINGLE,
    TRUEFALSE | {"theme": "size"},
    themes=[
        {"id": "shape", "title": "Shape", "about": "How it looks"},
        {"id": "size", "title": "Size", "about": "How big"},
    ],
)
async def test_a_board_of_one_theme_leaves_the_others_out(stage: Stage) -> None:
    await fill(stage, people=3, theme="shapes/size", id=1)
    await fill(stage, people=2, theme="shapes/shape", id=2)
    board = await stage.slash("bob", "quiz leaderboard", theme="shapes/size")
    assert board.text.splitlines()[:2] == [
        "## Leaderboard of all time · Shapes: Size",
        "**1.** person 3 · **3 points** · 1 of 1 right",
    ]
    whole = await stage.slash("bob", "quiz leaderboard", theme="Shapes: everything")
    assert whole.text.splitlines()[1] == "**1.** person 2 · **4 points** · 2 of 2 right"


async def test_a_theme_that_does_not_exist_is_refused(stage: Stage) -> None:
    refused = await stage.slash("bob", "quiz leaderboard", theme="weather")
    assert refused.text == "I don't know that theme. Please pick one from the list that opens as you type."


async def test_somebody_without_answers_is_told_how_to_begin(stage: Stage) -> None:
    told = await stage.slash("bob", "quiz me")
    assert (told.private, told.text) == (
        True,
        "You have no points here yet. Answer in a round, or start one with /quiz play.",
    )


async def test_my_page_shows_points_place_and_themes(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=5)
    await stage.advance(5)
    for who in ("alice", "bob"):
        await stage.press(who, stage.last(), "A")
    await stage.advance(5)
    mine = await stage.slash("bob", "quiz me")
    assert mine.private
    right = "1 of 1 right" in mine.text
    assert mine.text.splitlines() == [
        "## You in this server",
        f"**{100 if right else 0}** points, place **1** of 2.",
        f"{int(right)} of 1 answer right.",
        "Shapes: Shape",
        "-# ▰▰▰▰▰▰▰▰▰▰ 100% · 1 of 1 right" if right else "-# ▱▱▱▱▱▱▱▱▱▱ 0% · 0 of 1 right",
    ]


async def test_themes_are_suggested_as_one_types(stage: Stage) -> None:
    found = await stage.people["bob"].autocomplete(stage.quiz, "quiz play", "theme", "shap")
    assert [choice["name"] for choice in found] == ["Shapes: everything", "Shapes: Shape"]
    none = await stage.people["bob"].autocomplete(stage.quiz, "quiz leaderboard", "theme", "zzz")
    assert none == []


async def test_the_page_buttons_of_a_short_board_are_left_out(stage: Stage) -> None:
    await fill(stage, people=10)
    board = await stage.slash("bob", "quiz leaderboard")
    assert button_ids(board.message) == {}


async def test_no_board_tells_whether_an_answer_to_the_open_question_was_right(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=30)
    await stage.advance(5)
    await stage.press("bob", stage.last(), "A")
    board = await stage.slash("bob", "quiz leaderboard")
    assert board.text.splitlines()[1] == "Nobody has answered yet. Start a round with /quiz play."
    assert (await stage.slash("bob", "quiz me")).text.startswith("You have no points here yet.")


async def test_people_who_are_level_share_a_rank_across_pages(stage: Stage) -> None:
    await fill(stage, people=12, id=1)
    await stage.db.write(_level, stage.guild.id)
    board = await stage.slash("bob", "quiz leaderboard")
    assert [line.split()[0] for line in board.text.splitlines()[1:11]] == ["**1.**"] * 10
    await stage.press("bob", board.message, "Next")
    assert board.text.splitlines()[1:3] == [
        "**1.** person 11 · **5 points** · 1 of 1 right",
        "**1.** person 12 · **5 points** · 1 of 1 right",
    ]


def _level(session: Session, guild_id: int) -> None:
    """Let everybody have five points."""
    worths = [tallies.Worth("shapes/shape", START, n, 5 - n, 0, 0) for n in range(1, 13)]
    tallies.change(session, guild_id, worths, START)


async def test_days_begin_at_midnight_in_the_servers_zone(stage: Stage) -> None:
    await fill(stage, people=1, days_ago=1, id=1)  # Thursday 08:00 UTC: Thursday in Vilnius, Wednesday in Honolulu
    assert await _people(stage, "day") == 0
    await _move_to(stage, "Pacific/Kiritimati")  # 14 hours ahead: it was Thursday 22:00 there, and is Friday 22:00
    assert await _people(stage, "day") == 0
    await stage.skip(-9 * 3600)  # to Thursday 23:00 UTC, Friday 13:00 there
    assert await _people(stage, "day") == 0
    await _move_to(stage, "Europe/London")
    assert await _people(stage, "day") == 1


async def _move_to(stage: Stage, zone: str) -> None:
    def move(session: Session) -> None:
        change_settings(session, stage.guild.id, {"zone": zone})
        tallies.recompute(session, stage.guild.id, stage.clock.now())

    await stage.db.write(move)


async def _people(stage: Stage, period: str) -> int:
    board = await stage.slash("bob", "quiz leaderboard", period=period)
    return sum(line.startswith("**") for line in board.text.splitlines())


async def test_people_who_hide_are_left_out_and_see_their_own_place(stage: Stage) -> None:
    await fill(stage, people=3)
    bob = stage.people["bob"].id
    await stage.db.write(tallies.change, stage.guild.id, [tallies.Worth("shapes/shape", START, bob, 9, 1, 1)], START)
    await stage.db.write(set_hidden, stage.guild.id, bob, "bob", True)
    board = await stage.slash("alice", "quiz leaderboard")
    assert board.text.splitlines()[1:] == [
        "**1.** person 3 · **3 points** · 1 of 1 right",
        "**2.** person 2 · **2 points** · 1 of 1 right",
        "**3.** person 1 · **1 point** · 1 of 1 right",
        "-# 3 people",
    ]
    assert (await stage.slash("bob", "quiz me")).text.splitlines()[1:4] == [
        "**9** points, place **1** of 4.",
        "1 of 1 answer right.",
        "-# You are hidden from boards: only you see this place. /privacy shows you again.",
    ]


async def test_a_season_is_asked_for_before_there_is_one(stage: Stage) -> None:
    told = await stage.slash("bob", "quiz leaderboard", period="season")
    assert told.text == "There is no season here yet. A moderator can begin one with /season start."


@pytest.mark.parametrize("period", ["year", "season-99999999999999999999", "season-x", "week-3"])
async def test_a_period_that_does_not_exist_is_refused(stage: Stage, period: str) -> None:
    told = await stage.forge("bob", f"quiz:board:{period}:all:all:0")
    assert told == "I don't know that period. Please use /quiz leaderboard again."
