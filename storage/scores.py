"""Scores judged anew: every asking of a question, every answer to it, and what they count after a ruling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.orm import Session

from storage.quiz import asked_of_answer
from storage.tables import Answer, Asked, Round


@dataclass(frozen=True)
class Asking:
    """A question in one round, and what its answers are worth there; `item` is as it is judged, as JSON."""

    round_id: int
    position: int
    item: str
    scoring: str
    seconds: int


@dataclass(frozen=True)
class Scored:
    """An answer, as JSON, and what it counts; `right` is 1 or 0, `took` in ms."""

    round_id: int
    position: int
    user_id: int
    given: str
    took: int
    right: int
    points: int


def list_askings(session: Session, guild_id: int, question_id: str) -> list[Asking]:
    """Every time a question was, is or will be asked in a server's rounds."""
    rows = session.execute(
        select(Asked.round_id, Asked.position, Asked.item, Round.scoring, Round.seconds)
        .join(Round, and_(Round.guild_id == Asked.guild_id, Round.id == Asked.round_id))
        .where(Asked.guild_id == guild_id, Asked.question_id == question_id)
    )
    return [Asking(*row) for row in rows]


def list_scored(session: Session, guild_id: int, question_id: str) -> list[Scored]:
    """Every answer to a question in a server, with what it counts now."""
    rows = session.execute(
        select(Answer.round_id, Answer.position, Answer.user_id, Answer.given, Answer.took, Answer.right, Answer.points)
        .join(Asked, asked_of_answer())
        .where(Asked.guild_id == guild_id, Asked.question_id == question_id)
    )
    return [Scored(*row) for row in rows]


def set_judged(session: Session, guild_id: int, askings: Sequence[Asking], void: bool) -> None:
    """Have questions judged by the items that these askings hold."""
    changed = update(Asked).where(
        Asked.guild_id == guild_id, Asked.round_id == bindparam("round"), Asked.position == bindparam("place")
    )
    rows = [{"round": a.round_id, "place": a.position, "judged": a.item} for a in askings]
    statement = changed.values(item=bindparam("judged"), void=int(void))
    if rows:
        session.connection().execute(statement, rows)


def set_scores(session: Session, guild_id: int, scored: Sequence[Scored]) -> None:
    """Set what answers count."""
    changed = update(Answer).where(
        Answer.guild_id == guild_id,
        Answer.round_id == bindparam("round"),
        Answer.position == bindparam("place"),
        Answer.user_id == bindparam("user"),
    )
    rows = [
        {"round": s.round_id, "place": s.position, "user": s.user_id, "is_right": s.right, "worth": s.points}
        for s in scored
    ]
    if rows:
        session.connection().execute(changed.values(right=bindparam("is_right"), points=bindparam("worth")), rows)
