"""The daily question: open for a day beside any round, answered privately, revealed at the next."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.errors import Refusal
from bot.quiz import daily, scheduled
from bot.startable import Occasion, Startable
from storage import posts, quiz
from storage.settings import change_settings
from tests.build import SINGLE
from tests.stage import START, Reply, Stage, button_ids, text_of

FIVE = [SINGLE | {"prompt": f"Number {n}?"} for n in range(5)]
pytestmark = pytest.mark.pack(*FIVE)
A_DAY = 24 * 60 * 60
ID = 1_000_000_000_000


async def start(
    stage: Stage, startable: Startable = daily.STARTABLE, length: int = A_DAY, late: int = 0, **given: Any
) -> int:
    """Start what a schedule would start now, and have its opening posted, some seconds `late`; its id."""
    now = stage.clock.now()
    id = ID + now - START
    fields: dict[str, Any] = {"thread": False, "settings": {}} | given
    occasion = Occasion(
        guild_id=stage.guild.id,
        id=id,
        channel_id=stage.quiz.id,
        starter_id=1,
        schedule_id=5,
        at=now,
        next_at=now + length * 1000,
        now=now,
        **fields,
    )
    await stage.db.write(startable.start, stage.bot.packs, occasion)
    await stage.skip(late)
    stage.bot.delivery.kinds["opening"] = startable.opening
    subject = json.dumps([stage.guild.id, id])
    await stage.db.write(posts.add_post, stage.guild.id, f"{id}:opening", stage.quiz.id, "opening", subject, now)
    await stage.advance(1)
    return id


async def answer(stage: Stage, who: str, right: bool) -> Reply:
    question = next(m for m in reversed(stage.messages()) if "A" in button_ids(m))
    line = next(t for t in text_of(question).splitlines() if t.endswith("square" if right else "flat"))
    return await stage.press(who, question, line[2])


async def wait(stage: Stage, seconds: int) -> None:
    await stage.skip(seconds)
    await stage.advance(2)


async def test_a_daily_question_is_answered_privately_and_revealed_when_the_next_comes(stage: Stage) -> None:
    await start(stage)
    card = stage.last()
    assert text_of(card).splitlines()[0] == "-# Daily question · Shape · easy"
    reply = await answer(stage, "bob", True)
    assert reply.private
    assert reply.text.splitlines()[0].endswith("locked in. You have answered the daily question on 1 day.")
    await answer(stage, "carol", False)
    await wait(stage, A_DAY - 2)
    revealed = text_of(next(m for m in stage.messages() if m.id == card.id)).splitlines()
    assert "1 of 2 answers right." in revealed
    assert len(stage.messages()) == 1  # no standing, no podium
    await start(stage)
    fresh = text_of(stage.last()).splitlines()
    assert fresh[0] == "-# Daily question · Shape · easy"
    assert fresh[1].startswith("**Last time:** Number ")
    assert fresh[3] == "-# 1 of 2 answers right"


async def test_a_daily_question_that_nobody_answered_is_said_to_be_one_the_next_day(stage: Stage) -> None:
    await start(stage)
    await wait(stage, A_DAY - 2)
    await start(stage)
    assert text_of(stage.last()).splitlines()[3] == "-# Nobody answered it."


async def test_a_round_can_be_played_beside_the_daily_question(stage: Stage) -> None:
    await start(stage)
    assert (await stage.slash("alice", "quiz play")).text.startswith("## Quiz")
    await stage.slash("alice", "quiz stop")
    assert [round.mode for round in await stage.db.read(quiz.list_open_rounds)] == ["daily"]


async def test_a_restart_keeps_the_question_open_and_says_nothing(stage: Stage) -> None:
    await start(stage)
    await stage.restart()
    await stage.advance(2)
    assert len(stage.messages()) == 1
    assert (await answer(stage, "bob", True)).text.splitlines()[0].startswith("**")


async def test_a_restart_redraws_a_question_that_was_just_answered_and_no_other(stage: Stage) -> None:
    await start(stage)
    await answer(stage, "bob", True)
    await stage.restart()
    await stage.advance(2)
    assert text_of(stage.last()).endswith(" · 1 answer")
    await stage.slash("alice", "quiz play", stage.other, seconds=120)
    await stage.advance(65)
    await stage.press("carol", stage.last(stage.other), "A")
    edits = stage.edits()
    await stage.restart()
    await stage.advance(2)
    assert stage.edits() == edits + 1
    assert text_of(stage.messages(stage.other)[1]).endswith(" · 1 answer")


@pytest.mark.parametrize(("hours", "open_for"), [(23, 23), (24, 24), (25, 25), (72, 24)])
async def test_it_is_open_until_the_next_or_for_a_day(stage: Stage, hours: int, open_for: int) -> None:
    id = await start(stage, length=hours * 3600)
    round = await stage.db.read(quiz.get_round, stage.guild.id, id)
    assert round is not None
    assert round.due_at == START + open_for * 3600 * 1000


async def test_a_streak_forgives_a_day_off(stage: Stage) -> None:
    for day, answered in enumerate((True, True, False, True, True)):
        await start(stage)
        if answered:
            reply = await answer(stage, "bob", False)
            told = (1, 2, None, 3, 4)[day]
            assert f"answered the daily question on {told} day" in reply.text
        await wait(stage, A_DAY - 3)


@pytest.mark.parametrize(("zone", "told"), [("UTC", "1 day"), ("Pacific/Auckland", "2 days in a row")])
async def test_a_streak_counts_days_in_the_servers_own_time(stage: Stage, zone: str, told: str) -> None:
    """At eight in the morning by UTC it is nine in the evening in Auckland, so midnight comes three hours later."""
    await stage.db.write(change_settings, stage.guild.id, {"zone": zone})
    for _ in range(2):
        await start(stage, length=5 * 3600)
        reply = await answer(stage, "bob", False)
        await wait(stage, 5 * 3600 - 3)
    assert reply.text.splitlines()[0].endswith(f"You have answered the daily question on {told}.")


async def test_two_days_by_schedule_from_question_to_reveal(stage: Stage) -> None:
    await stage.slash("olga", "schedule add", what="daily", when="every day 09:00")
    await stage.skip(3600)
    await stage.advance(2)
    first = stage.last()
    assert f"-# Closes <t:{START // 1000 + 25 * 3600}:R> · no answers yet" in text_of(first)
    assert "You have answered the daily question on 1 day." in (await answer(stage, "bob", True)).text
    await answer(stage, "carol", False)
    await stage.skip(A_DAY - 2)
    await stage.advance(2)
    second = stage.last()
    assert [message.id for message in stage.messages()] == [first.id, second.id]
    assert text_of(second).splitlines()[1].startswith("**Last time:** Number ")
    assert "-# 1 of 2 answers right" in text_of(second)
    assert "1 of 2 answers right." in text_of(stage.messages()[0])
    assert "You have answered the daily question on 2 days in a row." in (await answer(stage, "bob", True)).text
    assert [round.mode for round in await stage.db.read(quiz.list_open_rounds)] == ["daily"]


async def test_only_who_asked_is_reminded_and_only_while_it_is_unanswered(stage: Stage) -> None:
    await start(stage)
    for who in ("bob", "carol", "alice"):
        reply = await answer(stage, who, True)
        if who != "alice":
            told = await stage.press(who, reply.message, "Reminders on or off")
            assert told.text.startswith("I send you a direct message four hours before")
    await wait(stage, A_DAY - 4)
    await start(stage)
    await answer(stage, "carol", True)
    await stage.skip(20 * 3600 - 10)
    assert _reminders(stage) == 0
    await wait(stage, 30)
    assert _reminders(stage) == 1


async def test_whoever_stops_is_reminded_no_more(stage: Stage) -> None:
    await start(stage)
    reply = await answer(stage, "bob", True)
    await stage.press("bob", reply.message, "Reminders on or off")
    stopped = await stage.press("bob", reply.message, "Reminders on or off")
    assert stopped.text == "I no longer remind you of daily questions here."


async def test_a_scheduled_round_begins_when_its_card_is_out(stage: Stage) -> None:
    await start(stage, scheduled.STARTABLE, settings={"questions": 2, "seconds": 5})
    assert text_of(stage.last()).splitlines()[0] == "## Quiz: Shapes: everything"
    await stage.advance(5)
    assert text_of(stage.last()).splitlines()[0] == "-# Question 1 of 2 · Shape · easy"


async def test_a_scheduled_round_can_have_a_thread(stage: Stage) -> None:
    await start(stage, scheduled.STARTABLE, settings={"questions": 2, "seconds": 5}, thread=True)
    await stage.advance(6)
    (thread,) = stage.quiz.threads
    assert text_of(stage.last(thread)).splitlines()[0] == "-# Question 1 of 2 · Shape · easy"


@pytest.mark.parametrize("thread", [False, True])
async def test_the_card_of_scheduled_teams_says_when_the_first_question_comes(stage: Stage, thread: bool) -> None:
    await start(stage, scheduled.STARTABLE, settings={"mode": "teams"}, thread=thread)
    await stage.advance(2)
    (round,) = await stage.db.read(quiz.list_open_rounds)
    assert round.state == "starting"
    assert text_of(stage.messages()[0]).splitlines()[-1] == f"The first question follows <t:{round.due_at // 1000}:R>."


async def test_a_crash_between_opening_a_thread_and_noting_it_opens_no_second(stage: Stage) -> None:
    stage.env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160004)
    await start(stage, scheduled.STARTABLE, settings={"questions": 1}, thread=True)
    await stage.advance(2)
    (round,) = await stage.db.read(quiz.list_open_rounds)
    assert (round.state, round.channel_id) == ("starting", stage.messages()[0].id)


@pytest.mark.parametrize("settings", [{"questions": 26}, {"seconds": 1}, {"theme": "nowhere"}, {"mode": "daily"}])
async def test_settings_that_can_not_be_used_are_refused(stage: Stage, settings: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        await stage.db.read(scheduled.check, stage.guild.id, stage.bot.packs, settings)


def _reminders(stage: Stage) -> int:
    """How many reminders were sent, to anybody."""
    every = [message for channel in stage.env.backend.messages.values() for message in channel.values()]
    return sum("You asked me to remind you" in str(message) for message in every)
