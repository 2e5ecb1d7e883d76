"""A schedule is changed by real presses: what is given and nothing else, and its next time with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text

from storage import schedules
from storage.tables import Schedule
from tests.build import make_motion, make_own
from tests.schedule.test_commands import HOUR, add, only_id
from tests.stage import START, Reply, Stage, text_of

MINUTE = 60
OWN = "This server's questions: General"


async def edit(stage: Stage, who: str = "olga", **changes: Any) -> Reply:
    """/schedule edit, in #quiz; `channel` is the command's option."""
    person = stage.people[who]
    return Reply(await person.slash(stage.quiz, "schedule edit", schedule=await only_id(stage), **changes))


async def kept(stage: Stage) -> Schedule:
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    return schedule


async def pending(stage: Stage) -> list[int]:
    """Minutes from the stage's start to the times that are waited for."""
    sql = text("SELECT at FROM fires WHERE state IN ('due', 'claimed') ORDER BY at")
    rows = await stage.db.read(lambda session: session.scalars(sql).all())
    return [(at - START) // 60_000 for at in rows]


async def test_what_is_not_given_stays_as_it_is(stage: Stage) -> None:
    await add(stage, questions=3, seconds=20, announce=10, grace=30, missed="skip")
    shown = await edit(stage, seconds=45)
    assert "3 questions, 45 seconds each" in shown.text
    schedule = await kept(stage)
    assert json.loads(schedule.settings) == {"questions": 3, "seconds": 45}
    assert (schedule.announce, schedule.grace, schedule.missed, schedule.zone) == (10, 30, "skip", "UTC")
    assert await pending(stage) == [60]


async def test_another_zone_keeps_the_time_of_day_and_the_old_time_is_dropped(stage: Stage) -> None:
    await add(stage)
    shown = await edit(stage, zone="Asia/Kolkata")
    assert "every day at 09:00, Asia/Kolkata time" in shown.text
    assert await pending(stage) == [19 * 60 + 30]  # 03:30 UTC of the next day
    await stage.skip(HOUR)
    await stage.advance(2)
    assert stage.messages() == []


async def test_other_words_are_read_in_the_schedules_own_zone(stage: Stage) -> None:
    await add(stage, zone="Asia/Kolkata")
    shown = await edit(stage, when="every day 15:00")
    assert "every day at 15:00, Asia/Kolkata time" in shown.text
    assert await pending(stage) == [90]


async def test_the_announcement_follows_its_time_and_its_place(stage: Stage) -> None:
    await add(stage, announce=30)
    await edit(stage, when="every day 10:00", channel=stage.other)
    await stage.skip(35 * MINUTE)  # when the old one was to be announced
    await stage.advance(2)
    assert (stage.messages(), stage.messages(stage.other)) == ([], [])
    await stage.skip(55 * MINUTE)
    await stage.advance(2)
    assert [text_of(m) for m in stage.messages()] == []
    assert [text_of(message).startswith("**Quiz round** begins here") for message in stage.messages(stage.other)] == [
        True
    ]


async def test_a_time_that_is_due_already_goes_to_the_new_channel(stage: Stage) -> None:
    await stage.slash("olga", "quiz play", questions=5, seconds=120)
    await add(stage, when="every day 08:05")
    await stage.skip(5 * MINUTE)
    await stage.advance(2)  # the channel is taken by the round that is going on
    await edit(stage, channel=stage.other)
    await stage.advance(20)
    assert [text_of(m).startswith("## Quiz") for m in stage.messages(stage.other)][:1] == [True]
    assert await pending(stage) == [24 * 60 + 5]


async def test_one_that_rests_stays_at_rest(stage: Stage) -> None:
    await add(stage)
    await stage.slash("olga", "schedule pause", schedule=await only_id(stage))
    shown = await edit(stage, when="every day 08:30")
    assert "**Paused** by a moderator" in shown.text
    assert await pending(stage) == []


async def test_one_that_lost_its_channel_goes_on_in_the_new_one(stage: Stage) -> None:
    await add(stage, channel=stage.other)
    await stage.delete_channel(stage.other)
    await stage.skip(HOUR)
    shown = await edit(stage, channel=stage.quiz)
    assert "The next times" in shown.text
    assert (await kept(stage)).state == "active"


async def test_announcing_nothing_takes_the_role_away(stage: Stage) -> None:
    await add(stage, announce=10, role=stage.editor)
    assert (await kept(stage)).role_id == stage.editor.id
    await edit(stage, announce=0)
    await edit(stage, announce=5)
    assert (await kept(stage)).role_id is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Please say what to change"),
        ({"when": "every day 09:00"}, "Please say what to change"),
        ({"when": "now and then"}, "I don't understand"),
        ({"zone": "Mars/Base"}, "I don't know"),
        ({"theme": "knitting"}, "I don't know that theme"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    stage: Stage, changes: dict[str, Any], told: str
) -> None:
    await add(stage)
    assert (await edit(stage, **changes)).text.startswith(told)
    schedule = await kept(stage)
    assert (schedule.rule, schedule.zone, schedule.settings) == ("0 9 * * *", "UTC", "{}")
    assert await pending(stage) == [60]


async def test_a_role_can_only_be_called_where_something_is_announced(stage: Stage) -> None:
    await add(stage)
    assert (await edit(stage, role=stage.editor)).text.startswith("A role is called in the announcement.")
    assert (await kept(stage)).role_id is None


async def test_nobody_else_may_change_one(stage: Stage) -> None:
    await add(stage)
    assert (await edit(stage, "bob", questions=3)).text.startswith("Only people who may manage")
    elsewhere = await stage.open_elsewhere()
    told = await stage.slash("mallory", "schedule edit", elsewhere, schedule=await only_id(stage), questions=3)
    assert told.text == "I don't know this schedule any more. /schedule list shows those there are."
    assert (await kept(stage)).settings == "{}"


async def test_the_log_says_what_was_before_and_after(stage: Stage) -> None:
    await add(stage)
    await edit(stage, when="every day 10:00", channel=stage.other, thread=True)
    told = (await stage.slash("olga", "audit")).text
    assert "changed a schedule" in told
    assert (
        f"when: every day at 09:00, UTC → every day at 10:00, UTC · channel: <#{stage.quiz.id}> → "
        f"<#{stage.other.id}> · thread: off → on" in told
    )


@pytest.mark.pack(motions=[make_motion()])
async def test_themes_are_those_of_what_is_started(stage: Stage) -> None:
    await stage.add_own(make_own())
    await add(stage)
    for filled, titles in (
        ({"what": "round"}, ["Shapes: everything", "Shapes: Shape", "This server's questions: everything", OWN]),
        ({"what": "debate"}, ["Shapes: everything", "Shapes: Shape"]),
        ({"what": "nothing"}, []),
    ):
        assert await offered(stage, "schedule add", **filled) == titles
    own = await offered(stage, "schedule edit", schedule=await only_id(stage))
    assert own == ["Shapes: everything", "Shapes: Shape", "This server's questions: everything", OWN]


async def offered(stage: Stage, command: str, **filled: str) -> list[str]:
    found = await stage.people["olga"].autocomplete(stage.quiz, command, "theme", "", **filled)
    return [choice["name"] for choice in found]


async def test_removing_asks_once(stage: Stage) -> None:
    await add(stage)
    asked = await stage.slash("olga", "schedule remove", schedule=await only_id(stage))
    assert asked.text.startswith("### Remove this schedule?")
    kept_card = await stage.press("olga", asked.message, "Keep it")
    assert "The next times" in text_of(kept_card.message)
    again = await stage.press("olga", kept_card.message, "Remove")
    assert (await stage.forge("bob", f"schedule:removal:{await only_id(stage)}")).startswith("Only people who may")
    await stage.press("olga", again.message, "Remove it")
    assert await stage.db.read(schedules.list_schedules, stage.guild.id) == []


async def test_a_long_list_is_paged(stage: Stage) -> None:
    for minute in range(11):
        await add(stage, when=f"every day 09:{minute:02}")
    first = await stage.slash("olga", "schedule list")
    assert ("at 09:09" in first.text, "at 09:10" in first.text, "Page 1 of 2 · 11 schedules" in first.text) == (
        True,
        False,
        True,
    )
    second = await stage.press("olga", first.message, "Next")
    assert text_of(second.message).count("every day at 09:10, UTC") == 1


async def test_a_schedule_that_lost_its_role_goes_on_without_it_and_says_so(stage: Stage) -> None:
    await add(stage, announce=10, role=stage.editor)
    stage.env.backend.delete_role(stage.guild.id, stage.editor.id)
    await stage.env.settle()
    await stage.skip(HOUR)
    resumed = await stage.slash("olga", "schedule resume", schedule=await only_id(stage))
    assert "calling nobody" in resumed.text
    assert (await kept(stage)).role_id is None


async def test_moving_it_where_it_is_says_so(stage: Stage) -> None:
    await add(stage)
    told = await stage.forge("olga", f"schedule:move:{await only_id(stage)}")
    assert told == "This schedule is in that channel already, and not paused."
