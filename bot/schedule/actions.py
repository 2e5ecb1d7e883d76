"""Schedules are changed by people: added, paused, resumed, removed, run. Functions of a session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.schedule import course, rules
from bot.schedule.recurrence import Rule, describe, read_rule
from bot.startable import Startable
from bot.zones import today
from storage import audit, schedules

if TYPE_CHECKING:
    from content.pack import Pack
    from storage.tables import Schedule

UNKNOWN = "I don't know this schedule any more. /schedule list shows those there are."
RUNS = "This schedule is not paused."
THERE = "This schedule is in that channel already, and not paused."
NOTHING = "Please say what to change: when, zone, channel, theme or any other of the options."
REMAKES = {"rule", "every", "anchor", "zone", "channel_id", "announce", "role_id", "event"}  # what the next time shows
PAUSED = "This schedule is paused. Resume it first, with /schedule resume."

OPTIONS = {
    "channel": "channel_id",
    "thread": "thread",
    "announce": "announce",
    "role": "role_id",
    "missed": "missed",
    "grace": "grace",
    "event": "event",
}


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


@dataclass(frozen=True)
class Change:
    """What somebody wants to have different of a schedule; `columns` by name, and `settings` of what is started."""

    when: str | None
    zone: str | None
    settings: Mapping[str, Any]
    columns: Mapping[str, Any]


def add(session: Session, act: Act, startable: Startable, packs: Mapping[str, Pack], plan: Plan) -> int:
    """Save a schedule and make its first time; its id. Refusal if it can't be used, or if there are too many."""
    rules.check_options(startable.title, startable.takes, [*plan.settings, *(["thread"] if plan.thread else [])])
    startable.check(session, act.guild_id, packs, plan.settings)
    rules.check_call(plan.role_id, act.guild_id, plan.announce)
    if len(schedules.list_schedules(session, act.guild_id)) >= rules.MOST:
        raise Refusal(rules.FULL)
    if schedules.add_schedule(session, _row(act, plan)):
        course.make_next(session, find(session, act.guild_id, act.id), act.now)
        _note(session, act, "schedule.add", act.id)
    return act.id


def pause(session: Session, act: Act, schedule_id: int) -> None:
    schedule = find(session, act.guild_id, schedule_id)
    if schedule.state == "paused":
        raise Refusal("This schedule is paused already.")
    course.pause(session, schedule, "moderator", act.now)
    _note(session, act, "schedule.pause", schedule_id)


def edit(
    session: Session,
    act: Act,
    startables: Mapping[str, Startable],
    packs: Mapping[str, Pack],
    schedule_id: int,
    change: Change,
) -> None:
    """Change what is given of a schedule, and nothing else. Refusal if it can't be used so.

    One that was paused because of its place or its role goes on: whoever asks for the change has checked both.
    """
    schedule = find(session, act.guild_id, schedule_id)
    new = _change(schedule, change, act.now)
    if not new:
        raise Refusal(NOTHING)
    before = tell(schedule)
    for column, value in new.items():
        setattr(schedule, column, value)
    if new.get("announce") == 0 and "role_id" not in change.columns:
        schedule.role_id = None
    rules.check_call(schedule.role_id, act.guild_id, schedule.announce)
    if startable := startables.get(schedule.what):
        given = [*change.settings, *(["thread"] if change.columns.get("thread") else [])]
        rules.check_options(startable.title, startable.takes, given)
        startable.check(session, act.guild_id, packs, json.loads(schedule.settings))
    mended = schedule.why in rules.WHAT_PAUSES
    if mended:
        schedule.state, schedule.why = "active", None
    if schedule.state == "active" and (mended or REMAKES & new.keys()):
        course.make_next(session, schedule, act.now)
    _note_change(session, act, "schedule.edit", schedule, before)


def resume(
    session: Session, act: Act, schedule_id: int, channel_id: int | None = None, role_gone: bool = False
) -> None:
    """Take a paused schedule up again, in another channel if one is given. It goes on with its first time from now."""
    schedule = find(session, act.guild_id, schedule_id)
    paused = schedule.state == "paused"
    if not paused and channel_id in (None, schedule.channel_id):
        raise Refusal(RUNS if channel_id is None else THERE)
    before = tell(schedule)
    if role_gone:
        schedule.role_id = None
    schedule.channel_id = channel_id or schedule.channel_id
    schedule.state, schedule.why = "active", None
    course.make_next(session, schedule, act.now)
    _note_change(session, act, "schedule.resume" if paused else "schedule.edit", schedule, before)


def remove(session: Session, act: Act, schedule_id: int) -> None:
    find(session, act.guild_id, schedule_id)
    schedules.remove_schedule(session, act.guild_id, schedule_id)
    _note(session, act, "schedule.remove", schedule_id)


def run_now(session: Session, act: Act, schedule_id: int) -> None:
    """Have a schedule start once, as soon as possible, beside its own times."""
    if find(session, act.guild_id, schedule_id).state == "paused":
        raise Refusal(PAUSED)
    if _note(session, act, "schedule.run", schedule_id):
        at = act.now | 1  # odd: never a time of the rule, which are whole minutes
        while not schedules.add_fire(session, act.guild_id, schedule_id, at, by_hand=True):
            at += 2


def tell(schedule: Schedule) -> dict[str, Any]:
    """What somebody has chosen for a schedule, by the name of the option."""
    chosen = {name: getattr(schedule, column) for name, column in OPTIONS.items()}
    return {"when": describe(course.rule_of(schedule)), **chosen, **json.loads(schedule.settings)}


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
    return {
        "guild_id": act.guild_id,
        "id": act.id,
        "what": plan.what,
        "settings": json.dumps(dict(plan.settings)),
        **_columns(plan.rule),
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


def _change(schedule: Schedule, change: Change, now: int) -> dict[str, Any]:
    """The columns that get a new value."""
    new: dict[str, Any] = dict(change.columns)
    if change.settings:
        new["settings"] = json.dumps(json.loads(schedule.settings) | dict(change.settings))
    if change.when is not None:
        zone = change.zone or schedule.zone
        new |= _columns(read_rule(change.when, zone, today(now, zone)))
    elif change.zone is not None:
        new |= _columns(replace(course.rule_of(schedule), zone=change.zone))
    return {column: value for column, value in new.items() if value != getattr(schedule, column)}


def _columns(rule: Rule) -> dict[str, Any]:
    anchor = rule.anchor.isoformat() if rule.anchor else None
    return {"rule": rule.cron, "every": rule.every, "anchor": anchor, "zone": rule.zone}


def _note_change(session: Session, act: Act, deed: str, schedule: Schedule, before: dict[str, Any]) -> None:
    """Note what differs of a schedule, before and after."""
    after = tell(schedule)
    names = [name for name in before | after if before.get(name) != after.get(name)]
    old, new = (json.dumps({name: side.get(name) for name in names}) if names else None for side in (before, after))
    audit.note(session, act.guild_id, act.id, act.user_id, deed, f"schedule/{schedule.id}", act.now, old, new)


def _note(session: Session, act: Act, deed: str, schedule_id: int) -> bool:
    return audit.note(session, act.guild_id, act.id, act.user_id, deed, f"schedule/{schedule_id}", act.now)
