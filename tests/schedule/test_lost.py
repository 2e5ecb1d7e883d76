"""A place, a permission or a role is lost: the schedule pauses, moderators hear of it, and one press moves it."""

from __future__ import annotations

import json
from typing import Any

import discord
import pytest

from storage import schedules
from storage.settings import change_settings
from storage.tables import Schedule
from tests.schedule.test_commands import HOUR, add, only_id
from tests.stage import Stage, button_ids, text_of

NO_PLACE = "I may not write there."


async def kept(stage: Stage) -> Schedule:
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    return schedule


async def lose(stage: Stage) -> discord.Message:
    """A schedule in #quiz whose Send Messages is taken from the bot by its time; the notice in the review channel."""
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await add(stage)
    await stage.deny_bot(stage.quiz, "send_messages")
    await stage.skip(HOUR)
    await stage.advance(2)
    return stage.last(stage.other)


async def test_a_lost_permission_pauses_it_and_is_told_where_all_moderators_read(stage: Stage) -> None:
    notice = await lose(stage)
    assert "because I may not write in its channel any more." in text_of(notice)
    schedule = await kept(stage)
    assert (schedule.state, schedule.why) == ("paused", "forbidden")
    assert list(button_ids(notice)) == ["Resume"]  # nobody wants public rounds moved to where moderators talk


async def test_resuming_while_the_permission_is_missing_is_refused(stage: Stage) -> None:
    notice = await lose(stage)
    assert (await stage.press("olga", notice, "Resume")).text.startswith(NO_PLACE)
    assert (await kept(stage)).state == "paused"


async def test_the_channel_select_moves_it_also_after_a_restart_and_it_goes_on_there(stage: Stage) -> None:
    notice = await lose(stage)
    await stage.restart()
    await stage.choose_in("olga", notice, f"schedule:choose:{await only_id(stage)}", stage.other)
    schedule = await kept(stage)
    assert (schedule.state, schedule.channel_id) == ("active", stage.other.id)
    await stage.skip(24 * HOUR)
    await stage.advance(3)
    assert [text_of(m).startswith("## Quiz:") for m in stage.messages(stage.other)].count(True) == 1


async def test_a_member_who_presses_is_refused(stage: Stage) -> None:
    notice = await lose(stage)
    id = await only_id(stage)
    assert (await stage.press("bob", notice, "Resume")).text.startswith("Only people who may manage")
    told = await stage.forge_choice("bob", f"schedule:choose:{id}", str(stage.other.id), channel=stage.other)
    assert told.startswith("Only people who may manage")
    assert (await kept(stage)).state == "paused"


async def test_a_channel_of_another_server_can_not_be_chosen(stage: Stage) -> None:
    await lose(stage)
    elsewhere = await stage.open_elsewhere()
    id = await only_id(stage)
    told = await stage.forge_choice("olga", f"schedule:choose:{id}", str(elsewhere.id), channel=stage.other)
    assert told.startswith("I can start something in text channels only.")
    assert (await kept(stage)).channel_id == stage.quiz.id


async def test_a_lost_role_pauses_it(stage: Stage) -> None:
    await add(stage, announce=10, role=stage.editor)
    stage.env.backend.delete_role(stage.guild.id, stage.editor.id)
    await stage.env.settle()
    await stage.skip(HOUR)
    schedule = await kept(stage)
    assert (schedule.state, schedule.why) == ("paused", "role")


@pytest.mark.parametrize("called", [True, False])
async def test_an_announcement_rings_for_its_role_and_for_nobody_else(stage: Stage, called: bool) -> None:
    options: dict[str, Any] = {"role": stage.editor} if called else {}
    await add(stage, announce=10, **options)
    await stage.skip(50 * 60)
    await stage.advance(1)
    (sent,) = [entry for entry in stage.env.http_requests if "begins here" in json.dumps(entry.json)]
    allowed = {"parse": [], "roles": [stage.editor.id]} if called else {"parse": []}
    assert sent.json is not None
    assert sent.json["allowed_mentions"] == allowed


async def test_a_schedule_that_rests_announces_nothing(stage: Stage) -> None:
    await add(stage, announce=10)
    await stage.slash("olga", "schedule pause", schedule=await only_id(stage))
    await stage.skip(50 * 60)
    await stage.advance(2)
    assert stage.messages() == []


async def test_rounds_that_meet_in_one_channel_are_named(stage: Stage) -> None:
    await add(stage)
    shown = await add(stage, when="every weekday 09:00")
    assert "**At the same time, in the same channel:** Quiz round · every day at 09:00, UTC." in shown.text
    apart = await add(stage, when="every day 10:00")
    assert "At the same time" not in apart.text


async def test_what_is_started_can_be_named_as_it_is_shown(stage: Stage) -> None:
    await add(stage, what="daily Question")
    assert (await kept(stage)).what == "daily"
    assert (await add(stage, what="a *party*")).text.startswith(r"I can't start “a \*party\*” by myself.")


async def test_run_now_says_what_starts_where(stage: Stage) -> None:
    await add(stage)
    told = await stage.slash("olga", "schedule run-now", schedule=await only_id(stage))
    assert told.text == (
        f"“Quiz round · every day at 09:00, UTC” starts in <#{stage.quiz.id}> in a moment. "
        "Its own times stay as they are."
    )
