"""Schedules are changed by people: added, paused, resumed, removed, run. Functions of a session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.schedule import course, rules
from bot.schedule.recurrence import Rule
from bot.startable import Startable
from storage import audit, schedules

if TYPE_CHECKING:
    from content.pack import Pack
    from storage.tables import Schedule

UNKNOWN = "I don't know this schedule any more. /schedule list shows those there are."
RUNS = "This schedule is not paused."
PAUSED = "This schedule is paused. Take it up with /schedule resume first."


@dataclass(frozen=True)
class Plan:
    """What somebody wants to have started again and again; `grace` and `announce` in minutes."""

    what: str
    settings: Mapping[str, Any]
    rule: Rule
    channel_id: int
    thread: bool
    announce: int
    role_id: int | None
    missed: str
    grace: int
    event: bool


def add(session: Session, act: Act, startable: Startable, packs: Mapping[str, Pack], plan: Plan) -> int:
    """Save a schedule and make its first time; its id. Refusal if it can't be used, or if there are too many."""
    startable.check(session, act.guild_id, packs, plan.settings)
    rules.check_call(plan.role_id, act.guild_id, plan.announce)
    if len(schedules.list_schedules(session, act.guild_id)) >= rules.MOST:
        raise Refusal(rules.FULL)
    if schedules.add_schedule(session, _row(act, plan)):
        course.make_next(session, find(session, act.guild_id, act.id), act.now, act.now)
        _note(session, act, "schedule.add", act.id)
    return act.id


def pause(session: Session, act: Act, schedule_id: int) -> None:
    schedule = find(session, act.guild_id, schedule_id)
    if schedule.state == "paused":
        raise Refusal("This schedule is paused already.")
    course.pause(session, schedule, "moderator")
    _note(session, act, "schedule.pause", schedule_id)


def resume(session: Session, act: Act, schedule_id: int, channel_id: int | None = None) -> None:
    """Take a paused schedule up again, in another channel if one is given. It goes on with its first time from now."""
    schedule = find(session, act.guild_id, schedule_id)
    if schedule.state != "paused" and channel_id in (None, schedule.channel_id):
        raise Refusal(RUNS)
    if schedule.why == "role":
        schedule.role_id = None
    schedule.channel_id = channel_id or schedule.channel_id
    schedule.state, schedule.why = "active", None
    course.make_next(session, schedule, act.now, act.now)
    _note(session, act, "schedule.resume" if channel_id is None else "schedule.edit", schedule_id)


def remove(session: Session, act: Act, schedule_id: int) -> None:
    find(session, act.guild_id, schedule_id)
    schedules.remove_schedule(session, act.guild_id, schedule_id)
    _note(session, act, "schedule.remove", schedule_id)


def run_now(session: Session, act: Act, schedule_id: int) -> None:
    """Have a schedule start once, as soon as possible, beside its own times."""
    if find(session, act.guild_id, schedule_id).state == "paused":
        raise Refusal(PAUSED)
    if _note(session, act, "schedule.run", schedule_id):
        at = act.now
        while not schedules.add_fire(session, act.guild_id, schedule_id, at, by_hand=True):
            at += 1


def tell_settings(
    session: Session, startables: Mapping[str, Startable], packs: Mapping[str, Pack], schedule: Schedule
) -> str:
    """A schedule's settings in words, or what is wrong with them by now."""
    try:
        return startables[schedule.what].check(session, schedule.guild_id, packs, json.loads(schedule.settings))
    except (KeyError, Refusal) as error:
        return str(error) if isinstance(error, Refusal) else "I can't start that any more."


def find(session: Session, guild_id: int, schedule_id: int) -> Schedule:
    """A server's schedule; Refusal if it has none such."""
    schedule = schedules.get_schedule(session, guild_id, schedule_id)
    if schedule is None:
        raise Refusal(UNKNOWN)
    return schedule


def _row(act: Act, plan: Plan) -> dict[str, Any]:
    rule = plan.rule
    return {
        "guild_id": act.guild_id,
        "id": act.id,
        "what": plan.what,
        "settings": json.dumps(dict(plan.settings)),
        "rule": rule.cron,
        "every": rule.every,
        "anchor": rule.anchor.isoformat() if rule.anchor else None,
        "zone": rule.zone,
        "channel_id": plan.channel_id,
        "thread": int(plan.thread),
        "announce": plan.announce,
        "role_id": plan.role_id,
        "missed": plan.missed,
        "grace": plan.grace,
        "event": int(plan.event),
        "state": "active",
        "maker_id": act.user_id,
        "made_at": act.now,
    }


def _note(session: Session, act: Act, deed: str, schedule_id: int) -> bool:
    return audit.note(session, act.guild_id, act.id, act.user_id, deed, f"schedule/{schedule_id}", act.now)
