"""Rounds that were played: the newest of a server, and whether boards count one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

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
    """The newest rounds of a server in which somebody answered, the newest first."""
    statement = select(Round).where(Round.guild_id == guild_id).order_by(Round.started_at.desc()).limit(most)
    found = (get_played(session, guild_id, round.id) for round in session.scalars(statement))
    return [round for round in found if round and round.people]


def get_played(session: Session, guild_id: int, round_id: int) -> Played | None:
    round = session.get(Round, (guild_id, round_id))
    if round is None:
        return None
    here = (Answer.guild_id == guild_id, Answer.round_id == round_id)
    people = session.scalar(select(func.count(Answer.user_id.distinct())).where(*here)) or 0
    asked = and_(Asked.guild_id == guild_id, Asked.round_id == round_id, Asked.position == Answer.position)
    counts = (Asked.closed_at.is_not(None), Asked.void == 0)
    worth: Any = select(func.count(), func.coalesce(func.sum(Answer.points), 0)).join(Asked, asked)
    answers, points = session.execute(worth.where(*here, *counts)).one()
    void = bool(round.void)
    return Played(round.id, round.subject, round.channel_id, round.started_at, void, people, answers, points)


def set_void(session: Session, guild_id: int, round_id: int, void: bool) -> bool:
    """Take a round out of boards, or count it again; False if it was so already."""
    here = (Round.guild_id == guild_id, Round.id == round_id, Round.void == int(not void))
    done = session.execute(update(Round).where(*here).values(void=int(void)))
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]
