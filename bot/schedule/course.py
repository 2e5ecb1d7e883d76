"""The course of a schedule: its times are made, done, put off or missed. Functions of a session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.errors import Refusal
from bot.moderators import tell_moderators
from bot.opening import open_occasion
from bot.schedule import rules
from bot.schedule.recurrence import Rule, next_times, walk
from bot.startable import Occasion, Startable
from storage import posts, schedules
from storage.schedules import Claim

if TYPE_CHECKING:
    from content.pack import Pack
    from storage.tables import Fire, Schedule


def name_opening(what: str) -> str:
    """The kind of post that shows what a schedule has started. It names it, for the schedule may be removed by then."""
    return f"schedule:opening:{what}"


def rule_of(schedule: Schedule) -> Rule:
    anchor = date.fromisoformat(schedule.anchor) if schedule.anchor else None
    return Rule(schedule.rule, schedule.zone, schedule.every, anchor)


def perform(
    session: Session,
    startables: Mapping[str, Startable],
    packs: Mapping[str, Pack],
    claim: Claim,
    now: int,
    there_since: int | None = None,
) -> None:
    """Do a claimed time, or note that it was missed, and make the next one. A claim that holds no more does nothing.

    What was due after `there_since` (ms) is not late, however many others went first; without it lateness counts to
    `now`. Refusal: it can't be started now; nothing was changed.
    """
    schedule = schedules.get_schedule(session, claim.guild_id, claim.schedule_id)
    if schedule is None:
        return
    outcome = _decide(schedule, claim, now if there_since is None else max(claim.at, there_since))
    if not outcome.runs:
        fire = schedules.get_fire(session, claim.guild_id, claim.schedule_id, claim.at)
        why = (fire.why if fire else None) or "late"
        _miss(session, schedule, claim, why, now, outcome)
        return
    occasion = _occasion(schedule, claim, outcome.next_at, now)
    if not schedules.settle(session, claim, "done", started_id=occasion.id, why=None):
        return
    _start(session, startables, packs, schedule, occasion)
    if outcome.next_at is not None:
        _make(session, schedule, outcome.next_at, now)
    schedules.forget_old(session, claim.guild_id, claim.schedule_id, now)


def put_off(session: Session, claim: Claim, until: int, why: str, now: int) -> None:
    """Look at a claimed time again at `until` (ms), or call it missed if it may not start any more by then."""
    schedule = schedules.get_schedule(session, claim.guild_id, claim.schedule_id)
    if schedule is None:
        return
    if rules.may_run(claim.at, until, schedule.missed, schedule.grace):
        schedules.put_off(session, claim, until, why)
        return
    # Not yet over, but it will be before the next look: the times after it stand for themselves.
    next_at = None if claim.by_hand else next_times(rule_of(schedule), claim.at, 1)[0]
    _miss(session, schedule, claim, why, now, rules.Outcome(False, next_at))


def stop_for(session: Session, claim: Claim, why: str, now: int) -> None:
    """Pause a schedule whose place can't be used any more; the claimed time was missed for that."""
    schedule = schedules.get_schedule(session, claim.guild_id, claim.schedule_id)
    if schedule is None:
        return
    past = [] if claim.by_hand or why == "rule" else _past(schedule, claim.at, now)
    outcome = rules.Outcome(False, None, len(past) + 1, past[-1] if past else None)
    if _miss(session, schedule, claim, why, now, outcome):
        pause(session, schedule, why, now)


def take_loss(session: Session, guild_id: int, schedule_id: int, at: int, why: str, now: int) -> None:
    """What was started could not be shown: nobody had anything of it, and the schedule pauses."""
    schedule = schedules.get_schedule(session, guild_id, schedule_id)
    fire = schedules.get_fire(session, guild_id, schedule_id, at)
    if schedule is None or fire is None or fire.state != "done":
        return
    lose(session, schedule, fire, why, now)
    pause(session, schedule, why, now)


def pause(session: Session, schedule: Schedule, why: str, now: int) -> None:
    """Let nothing come of a schedule until somebody resumes it. What is due already was missed."""
    for fire in schedules.list_due(session, schedule.guild_id, schedule.id, now):
        lose(session, schedule, fire, why, now)
    schedules.drop_pending(session, schedule.guild_id, schedule.id)
    schedule.state, schedule.why = "paused", why


def make_next(session: Session, schedule: Schedule, now: int) -> None:
    """Have a schedule wait for its first time after `now` (ms) that has not been, and for no other.

    One that is due already stays so: whoever does it makes the next.
    """
    pending = schedules.get_next(session, schedule.guild_id, schedule.id)
    if pending is not None and pending.at <= now:
        return
    schedules.drop_pending(session, schedule.guild_id, schedule.id, by_hand=False)
    after = max(now, schedules.last_settled(session, schedule.guild_id, schedule.id))
    _make(session, schedule, next_times(rule_of(schedule), after, 1)[0], now)


def _decide(schedule: Schedule, claim: Claim, seen: int) -> rules.Outcome:
    if claim.by_hand:
        return rules.Outcome(rules.may_run(claim.at, seen, "catch-up", schedule.grace), None)
    later = _later(rule_of(schedule), claim.at, seen)
    return rules.decide(claim.at, later, seen, schedule.missed, schedule.grace)


def _past(schedule: Schedule, at: int, now: int) -> list[int]:
    """The times after one that have come, too."""
    return _later(rule_of(schedule), at, now)[:-1]


def _later(rule: Rule, at: int, now: int) -> list[int]:
    """The times after one, up to the first that is still to come. After COUNTED what counts is where it goes on."""
    later = []
    for time in islice(walk(rule, at), rules.COUNTED):
        later.append(time)
        if time > now:
            return later
    return later + next_times(rule, now, 1)


def _occasion(schedule: Schedule, claim: Claim, next_at: int | None, now: int) -> Occasion:
    return Occasion(
        guild_id=schedule.guild_id,
        id=rules.name_occasion(schedule.id, claim.at),
        channel_id=schedule.channel_id,
        starter_id=schedule.maker_id,
        schedule_id=schedule.id,
        thread=bool(schedule.thread),
        settings=json.loads(schedule.settings),
        at=claim.at,
        next_at=next_at or next_times(rule_of(schedule), claim.at, 1)[0],
        now=now,
    )


def _start(
    session: Session,
    startables: Mapping[str, Startable],
    packs: Mapping[str, Pack],
    schedule: Schedule,
    occasion: Occasion,
) -> None:
    if schedule.what not in startables:
        raise Refusal("I can't start that any more")
    # Of a kind of its own: one that can't be shown pauses the schedule.
    subject = (schedule.guild_id, schedule.id, occasion.at)
    open_occasion(session, packs, startables[schedule.what], occasion, name_opening(schedule.what), subject)


def _miss(session: Session, schedule: Schedule, claim: Claim, why: str, now: int, outcome: rules.Outcome) -> bool:
    """Note that nothing came of a time, say so to moderators, and go on; False if the claim holds no more."""
    if not schedules.settle(session, claim, "missed", why=why, times=outcome.times, until=outcome.until):
        return False
    _tell(session, claim.guild_id, claim.schedule_id, claim.at, now)
    if why == "away" and schedules.away_since(session, claim.guild_id, claim.schedule_id) <= now - rules.LONG_AWAY:
        if outcome.next_at is not None:
            _make(session, schedule, outcome.next_at, now)  # so that the pause counts it, if it has come
        pause(session, schedule, "left", now)
    elif outcome.next_at is not None:
        _make(session, schedule, outcome.next_at, now)
    schedules.forget_old(session, claim.guild_id, claim.schedule_id, now)
    return True


def lose(session: Session, schedule: Schedule, fire: Fire, why: str, now: int) -> None:
    """Note that nothing comes of a time, nor of those after it that have come."""
    past = [] if fire.by_hand or why == "rule" else _past(schedule, fire.at, now)
    fire.state, fire.why, fire.times, fire.until = "missed", why, len(past) + 1, past[-1] if past else None
    session.flush()
    if why != "moderator":
        _tell(session, fire.guild_id, fire.schedule_id, fire.at, now)


def _tell(session: Session, guild_id: int, schedule_id: int, at: int, now: int) -> None:
    """Have moderators hear of a missed time: in the review channel, else the next one who uses a command."""
    key = f"{rules.name_occasion(schedule_id, at)}-missed"
    if not tell_moderators(session, guild_id, key, "schedule:missed", [schedule_id, at], now):
        schedules.set_told(session, guild_id, schedule_id, at, False)


def take_unheard(session: Session, why: str, now: int, guild_id: int, schedule_id: int, at: int) -> None:
    """The review channel can't be used: the next moderator who uses a command hears of it."""
    schedules.set_told(session, guild_id, schedule_id, at, False)


def _make(session: Session, schedule: Schedule, at: int, now: int) -> None:
    """Make a time ahead, and its announcement; if that one has been, the next that has not."""
    while not schedules.add_fire(session, schedule.guild_id, schedule.id, at):
        at = next_times(rule_of(schedule), at, 1)[0]
    soon = at - schedule.announce * 60_000
    if schedule.announce and soon >= now:
        where, role = schedule.channel_id, schedule.role_id or 0
        key = f"{rules.name_occasion(schedule.id, at)}-soon-{where}-{schedule.announce}-{role}"
        subject = json.dumps([schedule.guild_id, schedule.id, at, where, schedule.announce, role])
        posts.add_post(session, schedule.guild_id, key, where, "schedule:soon", subject, now, due_at=soon)
