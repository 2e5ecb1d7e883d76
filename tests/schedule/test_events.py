"""The next time of a schedule as a Discord event: made once, moved with its rule, taken away."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from sqlalchemy import text

from storage import schedules
from tests.build import SINGLE
from tests.stage import Stage

pytestmark = pytest.mark.pack(SINGLE)


async def allow(stage: Stage) -> None:
    """Let the bot make events: simcord asks for Manage Events, Discord for Create Events."""
    more = discord.Permissions(create_events=True, manage_events=True).value
    (own,) = [r for r in stage.env.backend.guilds[stage.guild.id].roles.values() if r.managed]
    stage.env.backend.edit_role(stage.guild.id, own.id, {"permissions": own.permissions | more})
    await stage.env.settle()


def events(stage: Stage) -> list[tuple[str, str]]:
    """(name, start) of the server's events."""
    stored = stage.env.backend.guilds[stage.guild.id].scheduled_events.values()
    return [(event.name, str(event.scheduled_start_time)[:16].replace("T", " ")) for event in stored]


async def add(stage: Stage, when: str = "every day 20:00", **more: Any) -> None:
    await stage.slash("olga", "schedule add", what="round", when=when, event=True, **more)
    await stage.advance(31)


async def test_the_next_time_stands_as_an_event_once_however_often_it_is_looked_at(stage: Stage) -> None:
    await allow(stage)
    await add(stage)
    assert events(stage) == [("Quiz round · every day at 20:00, UTC", "2027-01-15 20:00")]
    await stage.restart()
    await stage.advance(62)
    assert len(events(stage)) == 1


async def test_an_event_that_a_crash_left_unnoted_is_found_again(stage: Stage) -> None:
    await allow(stage)
    await add(stage)
    await stage.db.write(lambda session: session.execute(text("UPDATE fires SET event_id = NULL")))
    await stage.advance(31)
    assert len(events(stage)) == 1


async def test_a_schedule_that_rests_has_no_event(stage: Stage) -> None:
    await allow(stage)
    await add(stage)
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    await stage.slash("olga", "schedule pause", schedule=str(schedule.id))
    await stage.advance(31)
    assert events(stage) == []


async def test_a_schedule_that_is_removed_leaves_no_event(stage: Stage) -> None:
    await allow(stage)
    await add(stage)
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    asked = await stage.slash("olga", "schedule remove", schedule=str(schedule.id))
    await stage.press("olga", asked.message, "Remove it")
    await stage.restart()
    await stage.advance(31)
    assert events(stage) == []


async def test_the_event_follows_the_place_the_time_and_the_wish(stage: Stage) -> None:
    await allow(stage)
    await add(stage)
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    olga = stage.people["olga"]
    await olga.slash(stage.quiz, "schedule edit", schedule=str(schedule.id), channel=stage.other)
    await stage.advance(31)
    stored = stage.env.backend.guilds[stage.guild.id].scheduled_events.values()
    assert [str((event.entity_metadata or {}).get("location")) for event in stored] == [f"#{stage.other.name}"]
    await stage.slash("olga", "schedule edit", schedule=str(schedule.id), when="every day 21:00")
    await stage.advance(31)
    assert events(stage) == [("Quiz round · every day at 21:00, UTC", "2027-01-15 21:00")]
    await stage.slash("olga", "schedule edit", schedule=str(schedule.id), event=False)
    await stage.advance(31)
    assert events(stage) == []


async def test_without_the_permission_there_is_none_and_the_schedule_says_so(stage: Stage) -> None:
    await add(stage)
    assert events(stage) == []
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    shown = await stage.slash("olga", "schedule show", schedule=str(schedule.id))
    assert "I need the permission Create Events" in shown.text


async def test_nobody_gets_an_event_unasked(stage: Stage) -> None:
    await allow(stage)
    await stage.slash("olga", "schedule add", what="round", when="every day 20:00")
    await stage.advance(31)
    assert events(stage) == []
