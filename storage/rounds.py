"""Rounds that were played: the newest of a server, and whether boards count one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select, update
from sqlalchemy.orm import Session

from storage.db import change_one
from storage.tables import Answer, Asked, Round


@dataclass(frozen=True)
class Played:
    """A round somebody answered in: how many people, and what its closed questions that count are worth to them."""

    id: int
    subject: str
    channel_id: int
    started_at: int
    void: bool
    people: int
    answers: int
    points: int


def list_played(session: Session, guild_id: int, most: int) -> list[Played]:
    """Those of the newest `most` rounds of a server in which somebody answered, the newest first."""
    newest = select(Round.id).where(Round.guild_id == guild_id).order_by(Round.started_at.desc()).limit(most)
    found = _played(session, guild_id, Round.id.in_(newest.subquery().select()))
    return [round for round in found if round.people]


def get_played(session: Session, guild_id: int, round_id: int) -> Played | None:
    return next(iter(_played(session, guild_id, Round.id == round_id)), None)


def _played(session: Session, guild_id: int, which: ColumnElement[bool]) -> list[Played]:
    # The server is named for each table: all of these are found by their keys.
    answer = and_(Answer.guild_id == guild_id, Answer.round_id == Round.id)
    asked = and_(Asked.guild_id == guild_id, Asked.round_id == Round.id, Asked.position == Answer.position)
    counts = and_(Asked.closed_at.is_not(None), Asked.void == 0)
    sums = (
        func.count(Answer.user_id.distinct()),
        func.count(case((counts, 1))),
        func.coalesce(func.sum(case((counts, Answer.points), else_=0)), 0),
    )
    rows = session.execute(
        select(Round.id, Round.subject, Round.channel_id, Round.started_at, Round.void, *sums)
        .outerjoin(Answer, answer)
        .outerjoin(Asked, asked)
        .where(Round.guild_id == guild_id, which)
        .group_by(Round.guild_id, Round.id)
        .order_by(Round.started_at.desc())
    )
    return [Played(id, subject, where, at, bool(void), *many) for id, subject, where, at, void, *many in rows]


def set_void(session: Session, guild_id: int, round_id: int, void: bool) -> bool:
    """Take a round out of boards, or count it again; False if it was so already."""
    here = (Round.guild_id == guild_id, Round.id == round_id, Round.void == int(not void))
    return change_one(session, update(Round).where(*here).values(void=int(void)))
