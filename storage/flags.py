"""What members flag: something said here, or how a motion is framed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from storage.db import insert_new
from storage.tables import Flag, Slowed

RAISED = and_(Flag.raised == 1, Flag.settled.is_(None))

# Made once: the loop asks again and again, and making a statement takes ten times as long as running it.
DUE = select(Slowed.guild_id, Slowed.channel_id).where(Slowed.until <= bindparam("now")).order_by(Slowed.until)


def add_flag(session: Session, values: dict[str, Any]) -> bool:
    """Save a flag; False if this person has flagged that already."""
    return insert_new(session, Flag, values)


def get_flag(session: Session, guild_id: int, id: int) -> Flag | None:
    return session.scalars(select(Flag).where(Flag.guild_id == guild_id, Flag.id == id)).first()


def list_flags(session: Session, guild_id: int, subject: str, subject_id: int) -> list[Flag]:
    """All flags of one thing, the oldest first."""
    return list(session.scalars(select(Flag).where(_is(guild_id, subject, subject_id)).order_by(Flag.at, Flag.id)))


def raise_case(session: Session, guild_id: int, id: int) -> None:
    """Note that moderators are told of what a flag is about, with this flag."""
    session.execute(update(Flag).where(Flag.guild_id == guild_id, Flag.id == id).values(raised=1))


def settle(session: Session, guild_id: int, subject: str, subject_id: int, settled: str) -> bool:
    """Say what moderators decided; False if they had decided before."""
    open = and_(_is(guild_id, subject, subject_id), Flag.settled.is_(None))
    return session.execute(update(Flag).where(open).values(settled=settled)).rowcount > 0  # type: ignore[attr-defined,no-any-return]


def count_raised(session: Session, guild_id: int) -> int:
    return session.scalar(select(func.count()).where(Flag.guild_id == guild_id, RAISED)) or 0


def list_raised(session: Session, guild_id: int, skip: int, most: int) -> list[Flag]:
    """The flags with which moderators were told of something they have not decided on, the newest first."""
    of_guild = select(Flag).where(Flag.guild_id == guild_id, RAISED)
    return list(session.scalars(of_guild.order_by(Flag.id.desc()).offset(skip).limit(most)))


def list_flaggers(session: Session, guild_id: int, channel_id: int, since: int) -> Sequence[int]:
    """The people who flagged something in a channel after a time (ms); below zero one person can be several."""
    where = (Flag.guild_id == guild_id, Flag.channel_id == channel_id, Flag.at > since, Flag.user_id > 0)
    return session.scalars(select(Flag.user_id).where(*where).distinct()).all()


def count_flagged(session: Session, guild_id: int, user_id: int, since: int) -> int:
    """How many things somebody has flagged since a time (ms)."""
    where = (Flag.guild_id == guild_id, Flag.user_id == user_id, Flag.at > since)
    return session.scalar(select(func.count()).where(*where)) or 0


def note_slowed(session: Session, guild_id: int, channel_id: int, until: int) -> None:
    """Note that a channel is slowed down until a time (ms)."""
    insert_new(session, Slowed, {"guild_id": guild_id, "channel_id": channel_id, "until": until}, "until")


def keep_slowed(session: Session, guild_id: int, channel_id: int, until: int) -> None:
    """Leave a channel slowed down until a time (ms), if it is slowed down."""
    session.execute(update(Slowed).where(_slows(guild_id, channel_id)).values(until=until))


def forget_slowed(session: Session, guild_id: int, channel_id: int) -> None:
    session.execute(delete(Slowed).where(_slows(guild_id, channel_id)))


def due_slowed(session: Session, now: int) -> list[tuple[int, int]]:
    """(guild, channel) of every channel that has been slowed down for long enough."""
    return [(guild_id, channel_id) for guild_id, channel_id in session.connection().execute(DUE, {"now": now})]


def _slows(guild_id: int, channel_id: int) -> ColumnElement[bool]:
    return and_(Slowed.guild_id == guild_id, Slowed.channel_id == channel_id)


def _is(guild_id: int, subject: str, subject_id: int) -> ColumnElement[bool]:
    return and_(Flag.guild_id == guild_id, Flag.subject == subject, Flag.subject_id == subject_id)
