"""Schedules by real presses: added, shown, fired, paused, moved and removed; and who may not."""

from __future__ import annotations

from typing import Any

import pytest
from simcord.results import ResponseMessage

from storage import schedules
from storage.settings import change_settings
from tests.stage import Reply, Stage, text_of

HOUR = 3600


async def add(stage: Stage, who: str = "olga", **options: Any) -> Reply:
    return await stage.slash(who, "schedule add", **({"what": "round", "when": "every day 09:00"} | options))


async def only_id(stage: Stage) -> str:
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    return str(schedule.id)


async def test_a_schedule_shows_its_rule_in_words_and_its_next_five_times(stage: Stage) -> None:
    shown = await add(stage)
    nine = stage.clock.now() // 1000 + HOUR  # the stage's clock stands at eight
    assert shown.private is True
    assert "Quiz round · every day at 09:00, UTC" in shown.text
    assert [f"<t:{nine + 24 * HOUR * day}:F>" in shown.text for day in range(6)] == [True] * 5 + [False]


async def test_at_its_time_the_round_opens_once_also_after_a_restart(stage: Stage) -> None:
    await add(stage)
    await stage.restart()
    await stage.skip(HOUR - 1)
    assert stage.messages() == []
    await stage.advance(3)
    assert len([m for m in stage.messages() if "Quiz" in text_of(m)]) == 1
    assert await stage.state() is not None
    await stage.restart()
    await stage.advance(2)
    assert len([m for m in stage.messages() if text_of(m).startswith("## Quiz")]) == 1


@pytest.mark.parametrize("command", ["show", "pause", "resume", "remove", "run-now"])
async def test_nobody_else_may_and_another_server_finds_nothing(stage: Stage, command: str) -> None:
    await add(stage)
    id = await only_id(stage)
    elsewhere = await stage.open_elsewhere()
    assert (await stage.slash("bob", f"schedule {command}", schedule=id)).text.startswith("Only people who may manage")
    told = await stage.slash("mallory", f"schedule {command}", elsewhere, schedule=id)
    assert told.text == "I don't know this schedule any more. /schedule list shows those there are."
    assert (await add(stage, "bob")).text.startswith("Only people who may manage")


@pytest.mark.parametrize("deed", ["pause", "resume", "move", "remove"])
async def test_a_forged_press_of_somebody_else_is_refused(stage: Stage, deed: str) -> None:
    await add(stage)
    told = await stage.forge("bob", f"schedule:{deed}:{await only_id(stage)}")
    assert told.startswith("Only people who may manage")


async def test_a_lost_channel_pauses_it_and_one_press_moves_it_here(stage: Stage) -> None:
    await add(stage, channel=stage.other)
    id = await only_id(stage)
    await stage.delete_channel(stage.other)
    await stage.skip(HOUR)
    shown = await stage.slash("olga", "schedule show", schedule=id)
    assert "**Paused** because its channel is gone." in shown.text
    moved = await stage.press("olga", shown.message, "Move it here")
    assert "The next times" in moved.text or f"<#{stage.quiz.id}>" in text_of(moved.message)
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    assert (schedule.state, schedule.channel_id) == ("active", stage.quiz.id)


async def test_run_now_starts_a_round_and_removing_is_for_good(stage: Stage) -> None:
    await add(stage)
    id = await only_id(stage)
    await stage.slash("olga", "schedule run-now", schedule=id)
    await stage.advance(2)
    assert await stage.state() is not None
    asked = await stage.slash("olga", "schedule remove", schedule=id)
    await stage.press("olga", asked.message, "Remove it")
    assert (await stage.slash("olga", "schedule list")).text.startswith("There are no schedules yet.")


async def test_the_next_moderator_who_uses_a_command_hears_of_a_lost_channel_once_and_can_move_it(stage: Stage) -> None:
    await add(stage, channel=stage.other)
    await stage.delete_channel(stage.other)
    await stage.skip(HOUR)
    for who, told in (("bob", 0), ("olga", 1), ("olga", 0)):
        before = len(private(stage, who))
        await stage.slash(who, "about")
        assert len(private(stage, who)) - before == 1 + told
    notice = private(stage, "olga")[-2]
    assert "was missed, because its channel is gone." in text_of(notice)
    await stage.press("olga", ResponseMessage(stage.env, notice), "Move it here")
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    assert (schedule.state, schedule.channel_id) == ("active", stage.quiz.id)


async def test_a_missed_time_is_told_in_the_review_channel(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await add(stage, missed="skip")
    await stage.skip(HOUR + 120)
    await stage.advance(1)
    assert "was missed, because I was away." in text_of(stage.last(stage.other))
    assert stage.messages() == []


def private(stage: Stage, who: str) -> list[Any]:
    """What only this person sees, oldest first."""
    seen = stage.env.backend.messages.get(stage.quiz.id, {}).values()
    return [message for message in seen if message.is_ephemeral and message.visible_to(stage.people[who].id)]


async def test_what_was_started_goes_on_when_its_schedule_is_removed_before_it_is_shown(stage: Stage) -> None:
    await add(stage)
    id = await only_id(stage)
    await stage.slash("olga", "schedule run-now", schedule=id)
    asked = await stage.slash("olga", "schedule remove", schedule=id)
    (fire,) = [work for work in stage.bot.due if getattr(work, "__name__", "") == "fire_due"]
    await fire(stage.clock.now() + 1)  # and nothing is sent yet
    await stage.press("olga", asked.message, "Remove it")
    await stage.advance(8)
    assert [text_of(message).split(":")[0] for message in stage.messages()][:1] == ["## Quiz"]
    assert await stage.state() == "asking"


@pytest.mark.parametrize(
    ("what", "options", "told"),
    [
        ("risk", {"questions": 3}, "Risk brief: questions can't be chosen for that."),
        ("daily", {"thread": True}, "Daily question: thread can't be chosen for that."),
        ("debate", {"mode": "teams", "theme": "shapes"}, "Motion to vote on: mode can't be chosen for that."),
    ],
)
async def test_options_that_mean_nothing_for_it_are_refused(
    stage: Stage, what: str, options: dict[str, Any], told: str
) -> None:
    assert (await add(stage, what=what, **options)).text.startswith(told)
    assert await stage.db.read(schedules.list_schedules, stage.guild.id) == []


async def test_a_role_that_would_not_ring_is_refused(stage: Stage) -> None:
    silent = stage.guild.create_role("Quiet")
    await stage.env.settle()
    told = await add(stage, announce=10, role=silent)
    assert told.text.startswith("Discord lets me call only roles that anyone may mention.")


async def test_a_daily_question_and_a_round_of_one_time_both_start(stage: Stage) -> None:
    await add(stage, what="daily")
    await add(stage, what="round")
    await stage.skip(HOUR)
    await stage.advance(3)
    kinds = sorted(text_of(message).splitlines()[0].split(" ·")[0] for message in stage.messages())
    assert kinds == ["## Quiz: Shapes: everything", "-# Daily question"]


async def test_teams_of_a_scheduled_round_are_as_many_as_was_asked_for(stage: Stage) -> None:
    shown = await add(stage, mode="teams", teams=3, scoring="speed", also="shapes/shape")
    assert "Shapes: everything + Shapes: Shape" in shown.text
    assert "mode: teams, 3 teams, points for speed, too" in shown.text
