"""What is said against questions, and what moderators ruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from storage.db import insert_new
from storage.tables import Asked, Report, Round, Ruling

OPEN = Report.ruling_id.is_(None)


@dataclass(frozen=True)
class Reported:
    """A question with open reports; round and position are those of the newest report."""

    question_id: str
    reports: int
    round_id: int
    position: int
    item: str


@dataclass(frozen=True)
class Complaint:
    """One open report. User 0 stands for the figures."""

    user_id: int
    reason: str
    note: str
    at: int


@dataclass(frozen=True)
class Ruled:
    """A ruling; `before` and `after` are items as JSON."""

    id: int
    question_id: str
    kind: str
    before: str
    after: str
    rounds: int
    answers: int
    people: int


def add_report(session: Session, values: dict[str, Any]) -> bool:
    """Save a report, or change somebody's own while it is open; False if a ruling has dealt with it."""
    if is_dealt_with(session, *(values[column] for column in ("guild_id", "round_id", "position", "user_id"))):
        return False
    insert_new(session, Report, values, "reason", "note", "at")
    return True


def is_dealt_with(session: Session, guild_id: int, round_id: int, position: int, user_id: int) -> bool:
    """Whether a ruling has dealt with somebody's report of a question in a round."""
    there = session.get(Report, (guild_id, round_id, position, user_id))
    return there is not None and there.ruling_id is not None


def count_open(session: Session, guild_id: int, question_id: str) -> int:
    """How many open reports there are on a question."""
    return session.scalar(select(func.count()).where(*_on(guild_id, question_id), OPEN)) or 0


def count_all(session: Session, guild_id: int, question_id: str) -> int:
    """How many reports there ever were on a question."""
    return session.scalar(select(func.count()).where(*_on(guild_id, question_id))) or 0


def count_reported(session: Session, guild_id: int) -> int:
    """How many questions have open reports."""
    return (
        session.scalar(select(func.count(Report.question_id.distinct())).where(Report.guild_id == guild_id, OPEN)) or 0
    )


def list_reported(session: Session, guild_id: int, skip: int, most: int) -> list[Reported]:
    """The questions with open reports, those with most first."""
    newest = func.max(Report.round_id)
    rows = session.execute(
        select(Report.question_id, func.count(), newest)
        .where(Report.guild_id == guild_id, OPEN)
        .group_by(Report.question_id)
        .order_by(func.count().desc(), func.min(Report.at))
        .offset(skip)
        .limit(most)
    )
    return [_reported(session, guild_id, *row) for row in rows]


def list_open(session: Session, guild_id: int, question_id: str) -> list[Complaint]:
    """The open reports on a question, the oldest first."""
    rows = session.scalars(select(Report).where(*_on(guild_id, question_id), OPEN).order_by(Report.at))
    return [Complaint(row.user_id, row.reason, row.note, row.at) for row in rows]


def close_reports(session: Session, guild_id: int, question_id: str, ruling_id: int) -> None:
    session.execute(update(Report).where(*_on(guild_id, question_id), OPEN).values(ruling_id=ruling_id))


def add_ruling(session: Session, values: dict[str, Any]) -> bool:
    """Save a ruling; False if it had been."""
    return insert_new(session, Ruling, values)


def get_ruling(session: Session, guild_id: int, ruling_id: int) -> Ruled | None:
    row = session.get(Ruling, (guild_id, ruling_id))
    return _ruled(row) if row else None


def list_rulings(session: Session, guild_id: int, question_id: str | None = None) -> list[Ruled]:
    """Every ruling that changed something, of a server or of one question, the oldest first."""
    of_question = [] if question_id is None else [Ruling.question_id == question_id]
    where = (Ruling.guild_id == guild_id, Ruling.kind != "keep", *of_question)
    return [_ruled(row) for row in session.scalars(select(Ruling).where(*where).order_by(Ruling.id))]


def place_of_latest(session: Session, guild_id: int, question_id: str) -> int | None:
    """The channel of the round that asked a question last."""
    asked = (Asked.guild_id == guild_id, Asked.question_id == question_id, Asked.opened_at.is_not(None))
    return session.scalar(
        select(Round.channel_id)
        .join(Asked, (Asked.guild_id == Round.guild_id) & (Asked.round_id == Round.id))
        .where(*asked)
        .order_by(Asked.opened_at.desc())
        .limit(1)
    )


def _reported(session: Session, guild_id: int, question_id: str, reports: int, round_id: int) -> Reported:
    here = (*_on(guild_id, question_id), Report.round_id == round_id, OPEN)
    position = session.scalar(select(func.min(Report.position)).where(*here)) or 0
    asked = session.get(Asked, (guild_id, round_id, position))
    assert asked is not None, "a report goes with its question"
    return Reported(question_id, reports, round_id, position, asked.item)


def _ruled(row: Ruling) -> Ruled:
    return Ruled(row.id, row.question_id, row.kind, row.before, row.after, row.rounds, row.answers, row.people)


def _on(guild_id: int, question_id: str) -> Sequence[Any]:
    return (Report.guild_id == guild_id, Report.question_id == question_id)
