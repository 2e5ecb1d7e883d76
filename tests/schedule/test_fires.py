"""A due time is done once: claims, fences, what is missed, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.act import Act
from bot.delivery import Kind
from bot.errors import Refusal
from bot.schedule import actions, course, remaking, rules
from bot.schedule.actions import Plan
from bot.schedule.recurrence import Rule
from bot.startable import Occasion, Startable
from content.pack import Pack
from storage import schedules
from storage.db import Database
from storage.settings import change_settings
from tests.build import make_pack

NOON = 1_800_014_400_000  # 2027-01-15 12:00 UTC
HOUR = 3600_000
MINUTE = 60_000
RULE = Rule("0 * * * *", "UTC")  # every hour
PACKS = {"shapes": make_pack()}


def check(session: Session, guild_id: int, packs: Mapping[str, Pack], settings: Mapping[str, Any]) -> str:
    return "something"


def start(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    """Start something whose one trace is a row of its own; busy while the server's quiz channel is 1."""
    if session.execute(text("SELECT 1 FROM settings WHERE quiz_channel_id = 1")).first():
        raise Refusal("Something is going on here.")
    values = {"guild": occasion.guild_id, "id": occasion.id, "at": occasion.at}
    session.execute(
        text(
            "INSERT INTO seasons (guild_id, id, name, starter_id, started_at, ended_at) "
            "VALUES (:guild, :id, '', 1, :at, 1)"
        ),
        values,
    )


async def draw(*_: Any) -> None:
    return None


ROUND = Startable("Round", check, start, lambda *_: {}, frozenset(), Kind(draw))


async def add(db: Database, now: int, missed: str = "catch-up", grace: int = 60, announce: int = 0) -> None:
    plan = Plan("round", {}, RULE, 5, False, announce, None, missed, grace, False)
    await db.write(actions.add, Act(1, 7 << 22, 3, now), ROUND, PACKS, plan)


async def fire(db: Database, now: int) -> int:
    """Claim and do what is due; how many claims there were."""
    claims = await db.write(schedules.claim, "a", now, 50)
    for claim in claims:
        await db.write(course.perform, {"round": ROUND}, PACKS, claim, now)
    return len(claims)


async def rows(db: Database, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await db.read(lambda session: session.execute(text(sql)).all())]


async def remake(db: Database, now: int) -> int:
    """Make anew what its rule does not give any more; how many there were."""
    outdated = await db.read(remaking.list_outdated, now)
    for one in outdated:
        await db.write(remaking.remake, *one, now)
    return len(outdated)


async def started(db: Database) -> list[int]:
    return [at for (at,) in await rows(db, "SELECT started_at FROM seasons ORDER BY 1")]


async def fires(db: Database) -> list[tuple[Any, ...]]:
    return await rows(db, "SELECT at, state, why, times, until FROM fires ORDER BY at")


async def test_a_due_time_is_done_and_the_next_one_made(db: Database) -> None:
    await add(db, NOON - 1)
    assert await fire(db, NOON - 1) == 0
    assert await fire(db, NOON) == 1
    assert await started(db) == [NOON]
    assert [(at, state) for at, state, *_ in await fires(db)] == [(NOON, "done"), (NOON + HOUR, "due")]
    occasion = rules.name_occasion(7 << 22, NOON)
    posts = await rows(db, "SELECT key, channel_id, kind, subject, due_at FROM posts")
    assert posts == [(f"{occasion}:opening", 5, "schedule:opening:round", f"[1, {7 << 22}, {NOON}]", NOON)]


async def test_a_claim_whose_lease_ran_out_can_do_nothing_any_more(db: Database) -> None:
    await add(db, NOON - 1)
    (old,) = await db.write(schedules.claim, "a", NOON, 50)
    assert await db.write(schedules.claim, "b", NOON + schedules.LEASE - 1, 50) == []
    (new,) = await db.write(schedules.claim, "b", NOON + schedules.LEASE, 50)
    assert (old.fence, new.fence) == (1, 2)
    await db.write(course.perform, {"round": ROUND}, PACKS, old, NOON + schedules.LEASE)
    assert await started(db) == []
    for claim in (new, new, old):
        await db.write(course.perform, {"round": ROUND}, PACKS, claim, NOON + schedules.LEASE)
    assert await started(db) == [NOON]


@pytest.mark.parametrize(
    ("missed", "late", "done"),
    [
        ("catch-up", 30 * MINUTE, True),
        ("catch-up", 40 * MINUTE, False),
        ("skip", MINUTE, True),
        ("skip", MINUTE + 1, False),
    ],
)
async def test_a_late_time_is_caught_up_within_its_grace_or_skipped(
    db: Database, missed: str, late: int, done: bool
) -> None:
    await add(db, NOON - 1, missed=missed, grace=30)
    await fire(db, NOON + late)
    state = ("done", None, 1, None) if done else ("missed", "late", 1, NOON)
    assert await fires(db) == [(NOON, *state), (NOON + HOUR, "due", None, 1, None)]
    assert await started(db) == [NOON] * done


async def test_of_several_missed_times_only_the_newest_is_caught_up_and_the_others_are_counted(db: Database) -> None:
    await add(db, NOON - 1)
    now = NOON + 4 * HOUR + 5 * MINUTE
    assert [await fire(db, now) for _ in range(3)] == [1, 1, 0]
    assert await started(db) == [NOON + 4 * HOUR]
    assert await fires(db) == [
        (NOON, "missed", "late", 4, NOON + 3 * HOUR),
        (NOON + 4 * HOUR, "done", None, 1, None),
        (NOON + 5 * HOUR, "due", None, 1, None),
    ]


async def test_months_away_are_one_missed_row_and_go_on_from_now(db: Database) -> None:
    await add(db, NOON - 1, missed="skip")
    now = NOON + 2000 * HOUR + 5 * MINUTE
    assert [await fire(db, now) for _ in range(2)] == [1, 0]
    assert (await fires(db))[-1][:2] == (NOON + 2001 * HOUR, "due")
    assert [state for _, state, *_ in await fires(db)] == ["missed", "due"]
    assert await started(db) == []


async def test_a_busy_place_is_tried_again_and_missed_with_its_words_in_the_end(db: Database) -> None:
    await add(db, NOON - 1, grace=1)
    await db.write(change_settings, 1, {"quiz_channel_id": 1})
    (claim,) = await db.write(schedules.claim, "a", NOON, 50)
    with pytest.raises(Refusal):
        await db.write(course.perform, {"round": ROUND}, PACKS, claim, NOON)
    await db.write(course.put_off, claim, NOON + MINUTE, "Something is going on here.", NOON)
    assert await db.write(schedules.claim, "a", NOON + MINUTE - 1, 50) == []
    (claim,) = await db.write(schedules.claim, "a", NOON + MINUTE, 50)
    await db.write(course.put_off, claim, NOON + MINUTE + rules.BUSY, "Something is going on here.", NOON + MINUTE)
    assert (await fires(db))[0][:3] == (NOON, "missed", "Something is going on here.")
    assert await rows(db, "SELECT told FROM fires ORDER BY at") == [(0,), (1,)]


async def test_moderators_hear_of_a_missed_time_in_the_review_channel(db: Database) -> None:
    await db.write(change_settings, 1, {"review_channel_id": 9})
    await add(db, NOON - 1, missed="skip")
    await fire(db, NOON + 2 * MINUTE)
    posts = await rows(db, "SELECT channel_id, kind, subject FROM posts")
    assert posts == [(9, "schedule:missed", f"[1, {7 << 22}, {NOON}]")]


async def test_a_lost_place_pauses_and_resuming_goes_on_with_the_next_time(db: Database) -> None:
    await add(db, NOON - 1)
    (claim,) = await db.write(schedules.claim, "a", NOON, 50)
    await db.write(course.stop_for, claim, "gone", NOON)
    assert await rows(db, "SELECT state, why FROM schedules") == [("paused", "gone")]
    assert await fires(db) == [(NOON, "missed", "gone", 1, None)]
    await db.write(actions.resume, Act(1, 8, 3, NOON + 1), 7 << 22, 6)
    assert await rows(db, "SELECT state, why, channel_id FROM schedules") == [("active", None, 6)]
    assert (await fires(db))[-1][:2] == (NOON + HOUR, "due")


async def test_what_is_due_when_somebody_pauses_is_noted_as_missed(db: Database) -> None:
    await add(db, NOON - 1)
    await db.write(actions.run_now, Act(1, 8, 3, NOON), 7 << 22)
    (claim, *_) = await db.write(schedules.claim, "a", NOON, 1)
    now = NOON + 2 * HOUR + MINUTE
    await db.write(actions.pause, Act(1, 9, 3, now), 7 << 22)
    assert await fires(db) == [
        (NOON, "missed", "moderator", 3, NOON + 2 * HOUR),
        (NOON + 1, "missed", "moderator", 1, None),
    ]
    await db.write(course.perform, {"round": ROUND}, PACKS, claim, now)
    assert await started(db) == []
    await db.write(actions.resume, Act(1, 10, 3, now), 7 << 22)
    assert (await fires(db))[-1][:2] == (NOON + 3 * HOUR, "due")


async def test_run_now_starts_once_beside_the_schedules_own_times(db: Database) -> None:
    await add(db, NOON - 1)
    act = Act(1, 8, 3, NOON - 1)
    for _ in range(2):  # a repeat of one and the same press
        await db.write(actions.run_now, act, 7 << 22)
    await fire(db, NOON - 1)
    assert await started(db) == [NOON - 1]
    assert [(at, state) for at, state, *_ in await fires(db)] == [(NOON - 1, "done"), (NOON, "due")]


async def test_a_clock_set_back_an_hour_starts_nothing_twice(db: Database) -> None:
    await add(db, NOON - 1)
    await fire(db, NOON)
    await remake(db, NOON - HOUR)
    for minute in range(0, 125, 5):
        await fire(db, NOON - HOUR + minute * MINUTE)
    assert await started(db) == [NOON, NOON + HOUR]


async def test_a_time_that_the_zone_does_not_give_any_more_is_made_anew(db: Database) -> None:
    await add(db, NOON - 1)
    await db.write(lambda session: session.execute(text("UPDATE schedules SET zone = 'Asia/Kolkata'")))
    assert [await remake(db, NOON - 1) for _ in range(2)] == [1, 0]
    assert [(at, state) for at, state, *_ in await fires(db)] == [(NOON, "dropped"), (NOON + HOUR // 2, "due")]


async def test_a_schedule_whose_zone_is_gone_pauses_and_moderators_hear_of_it(db: Database) -> None:
    await add(db, NOON - 1)
    await db.write(lambda session: session.execute(text("UPDATE schedules SET zone = 'Atlantis/Capital'")))
    await remake(db, NOON - 1)
    assert await rows(db, "SELECT state, why FROM schedules") == [("paused", "rule")]
    assert await rows(db, "SELECT state, why, told FROM fires") == [("missed", "rule", 0)]


async def test_a_claimed_time_whose_zone_is_gone_is_missed_once_and_for_all(db: Database) -> None:
    await add(db, NOON - 1)
    (claim,) = await db.write(schedules.claim, "a", NOON, 50)
    await db.write(lambda session: session.execute(text("UPDATE schedules SET zone = 'Atlantis/Capital'")))
    await db.write(course.stop_for, claim, "rule", NOON)
    assert await fires(db) == [(NOON, "missed", "rule", 1, None)]


async def test_what_came_due_while_the_bot_was_there_is_never_late(db: Database) -> None:
    await add(db, NOON - 1, missed="skip")
    (claim,) = await db.write(schedules.claim, "a", NOON + 3 * MINUTE, 50)
    await db.write(course.perform, {"round": ROUND}, PACKS, claim, NOON + 3 * MINUTE, NOON - MINUTE)
    assert await started(db) == [NOON]


async def test_what_came_due_before_the_bot_was_there_is_late_by_then(db: Database) -> None:
    await add(db, NOON - 1, missed="skip")
    (claim,) = await db.write(schedules.claim, "a", NOON + 3 * MINUTE, 50)
    await db.write(course.perform, {"round": ROUND}, PACKS, claim, NOON + 3 * MINUTE, NOON + MINUTE + 1)
    assert (await fires(db))[0] == (NOON, "missed", "late", 1, NOON)


async def test_a_place_that_is_found_lost_late_counts_all_that_was_missed(db: Database) -> None:
    await add(db, NOON - 1)
    now = NOON + 3 * HOUR + MINUTE
    (claim,) = await db.write(schedules.claim, "a", now, 50)
    await db.write(course.stop_for, claim, "gone", now)
    assert await fires(db) == [(NOON, "missed", "gone", 4, NOON + 3 * HOUR)]


async def test_a_server_that_is_not_to_be_seen_for_two_weeks_is_left_alone(db: Database) -> None:
    await add(db, NOON - 1, missed="skip")
    states, hour = [], 0
    while hour <= 14 * 24:
        now = NOON + hour * HOUR
        (claim,) = await db.write(schedules.claim, "a", now, 50)
        if hour == 2:  # it was there once, so the two weeks count from the next
            await db.write(course.perform, {"round": ROUND}, PACKS, claim, now)
        else:
            await db.write(course.put_off, claim, now + 2 * MINUTE, "away", now)
        hour += 1
    states = await rows(db, "SELECT state, why FROM schedules")
    for more in (0, 1, 2):
        now = NOON + (hour + more) * HOUR
        for claim in await db.write(schedules.claim, "a", now, 50):
            await db.write(course.put_off, claim, now + 2 * MINUTE, "away", now)
        states += await rows(db, "SELECT state, why FROM schedules")
    assert states == [("active", None)] * 3 + [("paused", "left")]


async def test_two_schedules_made_at_one_moment_each_have_times_of_their_own(db: Database) -> None:
    plan = Plan("round", {}, RULE, 5, False, 0, None, "skip", 60, False)
    for id in (7 << 22, (7 << 22) + 1):
        await db.write(actions.add, Act(1, id, 3, NOON - 1), ROUND, PACKS, plan)
    assert await fire(db, NOON) == 2
    assert await started(db) == [NOON, NOON]


def test_a_refusal_is_told_to_moderators_without_what_players_are_to_do() -> None:
    why = "A round is already going on here. Join it; or end it with /quiz stop."
    assert rules.say_why(why) == "it was not possible: “A round is already going on here”"


def test_options_that_mean_nothing_are_refused() -> None:
    rules.check_options("Risk brief", {"theme"}, ["theme"])
    with pytest.raises(Refusal, match="Risk brief: questions and thread can't be chosen for that"):
        rules.check_options("Risk brief", {"theme"}, ["theme", "questions", "thread"])


async def test_an_announcement_is_a_post_for_later(db: Database) -> None:
    await add(db, NOON - HOUR, announce=10)
    assert await rows(db, "SELECT kind, due_at FROM posts") == [("schedule:soon", NOON - 10 * MINUTE)]


async def test_a_stale_claim_pauses_nothing(db: Database) -> None:
    await add(db, NOON - MINUTE)
    (stale,) = await db.write(schedules.claim, "a", NOON, 50)
    later = NOON + schedules.LEASE + 1
    assert await fire(db, later) == 1  # by somebody else, once the lease is over
    await db.write(course.stop_for, stale, "gone", later)
    (schedule,) = await db.read(schedules.list_schedules, 1)
    next_fire = await db.read(schedules.get_next, 1, schedule.id)
    assert next_fire is not None
    assert (schedule.state, next_fire.state, next_fire.at) == ("active", "due", NOON + HOUR)
