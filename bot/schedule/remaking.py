"""Pending times are made anew where their rule does not give them any more: zones change. Functions of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.schedule.course import lose, make_next, pause, rule_of
from bot.schedule.recurrence import next_times
from bot.zones import is_known
from storage import schedules

if TYPE_CHECKING:
    from storage.tables import Schedule


def list_outdated(session: Session, now: int) -> list[tuple[int, int]]:
    """(guild, schedule) whose pending time their rule does not give any more: zones change.

    Times that are due, or that somebody asked for by hand, stay.
    """
    active = schedules.list_active(session)
    return [(schedule.guild_id, schedule.id) for schedule in active if _is_outdated(session, schedule, now)]


def remake(session: Session, guild_id: int, schedule_id: int, now: int) -> None:
    """Make the pending time of a schedule anew, or pause it if its zone is known no more."""
    schedule = schedules.get_schedule(session, guild_id, schedule_id)
    if schedule is None or schedule.state != "active" or not _is_outdated(session, schedule, now):
        return
    if is_known(schedule.zone):
        make_next(session, schedule, now)
        return
    fire = schedules.get_next(session, guild_id, schedule_id)
    if fire is not None:
        lose(session, schedule, fire, "rule", now)
    pause(session, schedule, "rule", now)


def _is_outdated(session: Session, schedule: Schedule, now: int) -> bool:
    fire = schedules.get_next(session, schedule.guild_id, schedule.id)
    if fire is not None and (fire.at <= now or fire.state == "claimed"):
        return False
    if fire is None or not is_known(schedule.zone):
        return True
    after = max(now, schedules.last_settled(session, schedule.guild_id, schedule.id))
    return fire.at != next_times(rule_of(schedule), after, 1)[0]
