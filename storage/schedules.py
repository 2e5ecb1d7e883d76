"""Schedules, and their times: made ahead, claimed, done or missed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Fire, Schedule, StaleEvent

LEASE = 60_000  # ms for which a claim holds; then the time is free again
KEPT = 90 * 24 * 3600_000  # ms for which it is known what became of a time
PENDING = Fire.state.in_(("due", "claimed"))
SETTLED = Fire.state.in_(("done", "missed"))
KEY = (Fire.guild_id, Fire.schedule_id, Fire.at)

# Made once: the loop asks four times a second, and making a statement takes ten times as long as running it.
DUE = select(*KEY).where(PENDING, Fire.due_at <= bindparam("now")).order_by(Fire.due_at).limit(bindparam("most"))
CLAIM = (
    update(Fire)
    .where(PENDING, tuple_(*KEY).in_(DUE))
    .values(
        state="claimed",
        owner=bindparam("new_owner"),
        fence=Fire.fence + 1,
        due_at=bindparam("now", type_=Fire.due_at.type) + LEASE,
    )
    .returning(*KEY, Fire.fence, Fire.by_hand)
    .execution_options(synchronize_session=False)
)
LOOK = select(func.min(Fire.due_at)).where(PENDING)


@dataclass(frozen=True)
class Claim:
    """A time of a schedule that somebody has claimed; `fence` tells this claim from an earlier or later one."""

    guild_id: int
    schedule_id: int
    at: int
    fence: int
    by_hand: bool


def add_schedule(session: Session, values: dict[str, Any]) -> bool:
    """Save a schedule; False if it is there already."""
    return insert_new(session, Schedule, values)


def get_schedule(session: Session, guild_id: int, schedule_id: int) -> Schedule | None:
    return session.get(Schedule, (guild_id, schedule_id))


def list_schedules(session: Session, guild_id: int) -> list[Schedule]:
    """A server's schedules, the oldest first."""
    return list(session.scalars(select(Schedule).where(Schedule.guild_id == guild_id).order_by(Schedule.id)))


def list_active(session: Session) -> list[Schedule]:
    return list(session.scalars(select(Schedule).where(Schedule.state == "active")))


def remove_schedule(session: Session, guild_id: int, schedule_id: int) -> None:
    """Remove a schedule and all its times."""
    _leave_events(session, guild_id, schedule_id)
    session.execute(delete(Schedule).where(Schedule.guild_id == guild_id, Schedule.id == schedule_id))


def add_fire(session: Session, guild_id: int, schedule_id: int, at: int, by_hand: bool = False) -> bool:
    """Have a schedule start something at a time (ms); False if that time is pending, or was done or missed."""
    one = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id, Fire.at == at)
    revived = update(Fire).where(one, Fire.state == "dropped").values(state="due", due_at=at, why=None)
    if change_one(session, revived):
        return True
    values = {"guild_id": guild_id, "schedule_id": schedule_id, "at": at, "due_at": at, "state": "due"}
    return insert_new(session, Fire, values | {"by_hand": int(by_hand)})


def get_fire(session: Session, guild_id: int, schedule_id: int, at: int) -> Fire | None:
    return session.get(Fire, (guild_id, schedule_id, at))


def get_next(session: Session, guild_id: int, schedule_id: int) -> Fire | None:
    """The time that a schedule waits for; those asked for by hand don't count."""
    own = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id)
    return session.scalars(select(Fire).where(own, PENDING, Fire.by_hand == 0).order_by(Fire.at).limit(1)).first()


def last_settled(session: Session, guild_id: int, schedule_id: int) -> int:
    """The newest time that was done or missed, by the rule; 0 if there was none."""
    own = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id)
    last = func.max(func.coalesce(Fire.until, Fire.at))
    return session.scalar(select(last).where(own, SETTLED, Fire.by_hand == 0)) or 0


def away_since(session: Session, guild_id: int, schedule_id: int) -> int:
    """Since when (ms) each time of a schedule was missed because its server was not to be seen."""
    away = and_(Fire.state == "missed", Fire.why == "away")
    own = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id, SETTLED)
    there = session.scalar(select(func.max(Fire.at)).where(own, ~func.coalesce(away, False))) or 0  # no why: done
    return session.scalar(select(func.min(Fire.at)).where(own, away, Fire.at > there)) or there


def first_due(session: Session) -> int | None:
    """When (ms) the next time of any schedule has to be looked at."""
    return session.connection().execute(LOOK).scalar()


def claim(session: Session, owner: str, now: int, most: int) -> list[Claim]:
    """Claim what is due, the longest due first: nobody else may do it for LEASE, and whoever had claimed it no more."""
    rows = session.connection().execute(CLAIM, {"new_owner": owner, "now": now, "most": most})
    claims = [Claim(guild, id, at, fence, bool(by_hand)) for guild, id, at, fence, by_hand in rows]
    return sorted(claims, key=lambda claim: claim.at)


def settle(session: Session, claim: Claim, state: str, **values: Any) -> bool:
    """Say what became of a claimed time; False if the claim does not hold any more, and nothing may come of it."""
    return change_one(session, update(Fire).where(_holds(claim)).values(state=state, **values))


def put_off(session: Session, claim: Claim, until: int, why: str) -> bool:
    """Give a claimed time back, to be looked at again at `until` (ms)."""
    return change_one(session, update(Fire).where(_holds(claim)).values(state="due", due_at=until, why=why))


def list_due(session: Session, guild_id: int, schedule_id: int, now: int) -> list[Fire]:
    """The times of a schedule that have come (`now` in ms) and of which nothing has become yet."""
    own = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id)
    return list(session.scalars(select(Fire).where(own, PENDING, Fire.at <= now)))


def drop_pending(session: Session, guild_id: int, schedule_id: int, by_hand: bool = True) -> None:
    """Let nothing come of the times that a schedule waits for; `by_hand` takes those asked for by hand along."""
    _leave_events(session, guild_id, schedule_id)
    own = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id, PENDING)
    mine = own if by_hand else and_(own, Fire.by_hand == 0)
    session.execute(update(Fire).where(mine).values(state="dropped"))


def forget_old(session: Session, guild_id: int, schedule_id: int, now: int) -> None:
    """Remove the times of long ago."""
    own = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id)
    session.execute(delete(Fire).where(own, Fire.at < now - KEPT, ~PENDING))


def has_untold(session: Session, guild_id: int) -> bool:
    return session.scalar(select(Fire.at).where(Fire.guild_id == guild_id, Fire.told == 0).limit(1)) is not None


def list_untold(session: Session, guild_id: int, most: int) -> list[Fire]:
    """Missed times that no moderator has heard of, the oldest first."""
    return list(
        session.scalars(select(Fire).where(Fire.guild_id == guild_id, Fire.told == 0).order_by(Fire.at).limit(most))
    )


def set_told(session: Session, guild_id: int, schedule_id: int, at: int, told: bool) -> None:
    """Note whether a moderator has heard that a time was missed."""
    session.execute(update(Fire).where(_is(guild_id, schedule_id, at)).values(told=int(told)))


def list_eventless(session: Session, now: int, most: int, without: Collection[int]) -> list[Fire]:
    """Times ahead that should also stand as a scheduled event and don't yet, the nearest first.

    `without` are servers to be left out.
    """
    of = and_(Schedule.guild_id == Fire.guild_id, Schedule.id == Fire.schedule_id)
    wanted = and_(PENDING, Fire.at > now, Fire.by_hand == 0, Fire.event_id.is_(None), Schedule.event == 1)
    wanted = and_(wanted, Fire.guild_id.not_in(without))
    return list(session.scalars(select(Fire).join(Schedule, of).where(wanted).order_by(Fire.at).limit(most)))


def list_stale_events(session: Session, most: int, without: Collection[int]) -> list[tuple[int, int]]:
    """(guild, event) of scheduled events that stand for a time nobody waits for any more, but in these servers."""
    all = select(StaleEvent.guild_id, StaleEvent.event_id).where(StaleEvent.guild_id.not_in(without))
    rows = session.execute(all.limit(most))
    return [(guild_id, event_id) for guild_id, event_id in rows]


def forget_event(session: Session, guild_id: int, event_id: int) -> None:
    session.execute(delete(StaleEvent).where(StaleEvent.guild_id == guild_id, StaleEvent.event_id == event_id))


def set_event(session: Session, fire: Fire, event_id: int) -> None:
    """Note the scheduled event of a time, 0 for none. If nobody waits for that time any more, the event is stale."""
    waits = and_(_is(fire.guild_id, fire.schedule_id, fire.at), PENDING, Fire.event_id.is_(None))
    if not change_one(session, update(Fire).where(waits).values(event_id=event_id)) and event_id:
        insert_new(session, StaleEvent, {"guild_id": fire.guild_id, "event_id": event_id})


def _leave_events(session: Session, guild_id: int, schedule_id: int) -> None:
    """Have the events of the times that a schedule waits for taken away."""
    own = and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id, PENDING)
    for event_id in session.scalars(select(Fire.event_id).where(own, Fire.event_id > 0)):
        insert_new(session, StaleEvent, {"guild_id": guild_id, "event_id": event_id})
    session.execute(update(Fire).where(own).values(event_id=None))


def _is(guild_id: int, schedule_id: int, at: int) -> ColumnElement[bool]:
    return and_(Fire.guild_id == guild_id, Fire.schedule_id == schedule_id, Fire.at == at)


def _holds(claim: Claim) -> ColumnElement[bool]:
    held = and_(Fire.state == "claimed", Fire.fence == claim.fence)
    return and_(_is(claim.guild_id, claim.schedule_id, claim.at), held)
