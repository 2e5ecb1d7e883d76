"""The bot itself: what it asks Discord for, and the loop that does due work."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

import discord
import pytest
from sqlalchemy import text

from bot.gate import NOT_SAVED
from storage.db import NotSaved
from tests.stage import Stage


class Work:
    """Due work that takes notes, and fails when told to."""

    def __init__(self, name: str, notes: list[str]) -> None:
        self.name = name
        self.notes = notes
        self.fault: Exception | None = None

    async def do(self, now: int) -> None:
        self.notes.append(self.name)
        if self.fault:
            raise self.fault


def add_work(stage: Stage) -> tuple[Work, Work, list[str]]:
    """Work to be done upon every return, work to be done on every tick, and what has been done."""
    notes: list[str] = []
    back, due = Work("back", notes), Work("due", notes)
    stage.bot.returns[:] = [back.do]
    stage.bot.due[:] = [due.do]
    return back, due, notes


async def tell(stage: Stage, *events: str) -> None:
    """Let discord.py tell the bot of these, without waiting for what comes of it."""
    with stage.env._bot_scope():
        for event in events:
            stage.bot.dispatch(event)
    for _ in range(20):
        await asyncio.sleep(0)


def events(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(r.message, r.work) for r in caplog.records if hasattr(r, "work")]


async def test_the_bot_asks_for_guilds_and_for_nothing_privileged(stage: Stage) -> None:
    intents = stage.bot.intents
    assert [name for name, on in intents if on] == ["guilds"]
    assert (intents.members, intents.message_content, intents.presences) == (False, False, False)


async def test_nobody_is_pinged_and_nothing_is_kept(stage: Stage) -> None:
    assert stage.bot.allowed_mentions is not None
    assert stage.bot.allowed_mentions.to_dict() == discord.AllowedMentions.none().to_dict()
    assert (stage.bot._connection.max_messages, stage.bot.help_command) == (None, None)


async def test_due_work_is_asked_for_on_every_tick(stage: Stage) -> None:
    _, _, notes = add_work(stage)
    await stage.advance(3)
    assert notes == ["due", "due", "due"]


async def test_due_work_that_fails_stops_neither_the_loop_nor_other_work(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    _, due, notes = add_work(stage)
    due.fault = ZeroDivisionError()
    other = Work("other", notes)
    stage.bot.due.append(partial(other.do))
    await stage.advance(2)
    other.fault = ZeroDivisionError()
    await stage.advance(1)
    assert notes == ["due", "other"] * 3
    assert [message for message, _ in events(caplog)] == ["due work failed"] * 4
    assert events(caplog)[0] == ("due work failed", "Work.do")


async def test_a_database_that_takes_nothing_is_not_asked_four_times_a_second(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    _, due, notes = add_work(stage)
    due.fault = NotSaved()
    await stage.advance(5)
    due.fault = None
    await stage.advance(2)
    assert notes == ["due", "due", "due"]  # after the first second, after five more, and the tick after that
    assert events(caplog) == [("due work not saved", "Work.do")]
    assert [r.levelno for r in caplog.records if hasattr(r, "work")] == [logging.WARNING]


async def test_a_database_that_does_not_answer_is_waited_for_and_people_are_told(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.db.write(lambda session: session.execute(text("ALTER TABLE tallies RENAME TO away")))
    assert (await stage.slash("bob", "quiz me")).text == NOT_SAVED
    await stage.db.write(lambda session: session.execute(text("ALTER TABLE rounds RENAME TO gone")))
    caplog.clear()
    await stage.advance(10)
    assert [r.message for r in caplog.records] == ["read failed", "due work not saved"] * 2


@pytest.mark.parametrize("event", ["resumed", "connect"])
async def test_upon_every_return_what_belongs_to_it_is_done_first(stage: Stage, event: str) -> None:
    _, _, notes = add_work(stage)
    await tell(stage, "disconnect", event)
    await stage.advance(2)
    assert notes == ["back", "due", "due"]


async def test_while_the_bot_is_away_nothing_is_done(stage: Stage) -> None:
    _, _, notes = add_work(stage)
    await tell(stage, "disconnect")
    stage.clock.move(60_000)
    await tell(stage)
    assert notes == []
    await tell(stage, "resumed")
    await stage.env.settle()
    assert notes == ["back", "due"]


async def test_what_belongs_to_a_return_is_done_again_if_it_was_not_saved(stage: Stage) -> None:
    back, _, notes = add_work(stage)
    back.fault = NotSaved()
    await tell(stage, "disconnect", "resumed")
    await stage.advance(2)
    assert notes == ["back"]  # and nothing may close before
    back.fault = None
    await stage.advance(5)
    assert notes[:3] == ["back", "back", "due"]
    assert notes.count("back") == 2


async def test_a_return_that_fails_does_not_stop_due_work(stage: Stage) -> None:
    back, _, notes = add_work(stage)
    back.fault = ZeroDivisionError()
    await tell(stage, "disconnect", "resumed")
    await stage.advance(2)
    assert notes == ["back", "due", "due"]
