"""How sure people said they were of their answers."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from storage.quiz import CLOSED, COUNTED, asked_of_answer
from storage.tables import Answer, Asked, Round


def list_certain(session: Session, guild_id: int, user_id: int) -> list[tuple[int, bool, int]]:
    """(certainty from 1 to 3, whether it was right, when in ms) of somebody's answers to what is closed and counts."""
    rows = session.execute(
        select(Answer.certainty, Answer.right, Answer.at)
        .join(Asked, asked_of_answer())
        .join(Round, and_(Round.guild_id == Asked.guild_id, Round.id == Asked.round_id))
        .where(Answer.guild_id == guild_id, Answer.user_id == user_id, CLOSED, COUNTED, Round.void == 0)
        .order_by(Answer.at)
    )
    return [(certainty, bool(right), at) for certainty, right, at in rows if certainty is not None]
