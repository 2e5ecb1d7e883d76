"""Deltas: who says that a message changed their view, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Claim, Delta

STANDING = Delta.state == "standing"
Key = tuple[int, int, int]  # server, message, giver


def add_delta(session: Session, values: dict[str, Any]) -> bool:
    """Save a delta, also in place of one that its giver took back; False if there is one already."""
    if insert_new(session, Delta, values):
        return True
    key = (values["guild_id"], values["message_id"], values["giver_id"])
    return change_one(session, update(Delta).where(_is(key), Delta.state == "revoked").values(values | {"told": 0}))


def get_delta(session: Session, key: Key) -> Delta | None:
    return session.get(Delta, key)


def find_channel(session: Session, guild_id: int, message_id: int) -> int | None:
    """Where a message is of which somebody has said that it changed their view."""
    where = (Delta.guild_id == guild_id, Delta.message_id == message_id)
    return session.scalars(select(Delta.channel_id).where(*where).limit(1)).first()


def end_delta(session: Session, key: Key, state: str) -> bool:
    """Take a delta back or away; False if that had been done."""
    return change_one(session, update(Delta).where(_is(key), STANDING).values(state=state))


def count_deltas(session: Session, guild_id: int, giver_id: int | None) -> int:
    """How many deltas stand in a server, or how many of somebody's."""
    return session.scalar(select(func.count()).where(*_of(guild_id, giver_id))) or 0


def list_deltas(session: Session, guild_id: int, giver_id: int | None, skip: int, most: int) -> Sequence[Delta]:
    """The deltas that stand in a server, or somebody's, the newest first."""
    standing = select(Delta).where(*_of(guild_id, giver_id)).order_by(Delta.at.desc(), Delta.message_id)
    return session.scalars(standing.offset(skip).limit(most)).all()


def count_by_claim(session: Session, guild_id: int, motion_id: str) -> dict[int, int]:
    """How many people say that each claim on a motion changed their view; nobody says so of their own."""
    same = and_(Claim.guild_id == Delta.guild_id, Claim.number == Delta.number)
    rows = session.execute(
        select(Delta.number, func.count(Delta.giver_id.distinct()))
        .join(Claim, same)
        .where(Delta.guild_id == guild_id, STANDING, Claim.motion_id == motion_id, Claim.author_id != Delta.giver_id)
        .group_by(Delta.number)
    )
    return {number: people for number, people in rows if number is not None}


def list_untold(session: Session, before: int) -> Sequence[int]:
    """The servers with deltas from before a time (ms) that moderators have not been told of."""
    return session.scalars(select(Delta.guild_id).where(_untold(before)).distinct()).all()


def mark_told(session: Session, guild_id: int, before: int) -> int | None:
    """Note that moderators are told of a server's deltas from before a time; the time of the first, if any."""
    where = and_(Delta.guild_id == guild_id, _untold(before))
    first = session.scalar(select(func.min(Delta.at)).where(where))
    session.execute(update(Delta).where(where).values(told=1))
    return first


def list_between(session: Session, guild_id: int, since: int, until: int) -> Sequence[Delta]:
    """The deltas of a server that stand, from one time (ms) to before another, the oldest first."""
    where = (Delta.guild_id == guild_id, STANDING, Delta.at >= since, Delta.at < until)
    return session.scalars(select(Delta).where(*where).order_by(Delta.at, Delta.message_id)).all()


def _untold(before: int) -> ColumnElement[bool]:
    return and_(Delta.told == 0, STANDING, Delta.at < before)


def _of(guild_id: int, giver_id: int | None) -> tuple[ColumnElement[bool], ...]:
    own = (Delta.giver_id == giver_id,) if giver_id is not None else ()
    return (Delta.guild_id == guild_id, STANDING, *own)


def _is(key: Key) -> ColumnElement[bool]:
    return and_(Delta.guild_id == key[0], Delta.message_id == key[1], Delta.giver_id == key[2])
