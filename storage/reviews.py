"""What people missed in rounds, and when it comes back to them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.quiz import CLOSED, COUNTED, asked_of_answer
from storage.tables import Answer, Asked, Review, Round


def list_missed(session: Session, guild_id: int, user_id: int) -> list[tuple[str, int, str | None]]:
    """(question, when it was answered in ms, its card) of what somebody's latest answer in a server was wrong to.

    What is open or void does not count; the card is None where the question is not under review yet.
    """
    newest = func.row_number().over(
        partition_by=Asked.question_id, order_by=(Answer.at.desc(), Answer.round_id.desc(), Answer.position.desc())
    )
    answered = (
        select(Asked.question_id, Answer.at, Answer.right, newest.label("place"))
        .join(Asked, asked_of_answer())
        .join(Round, and_(Round.guild_id == Asked.guild_id, Round.id == Asked.round_id))
        .where(Answer.guild_id == guild_id, Answer.user_id == user_id, CLOSED, COUNTED, Round.void == 0)
        .subquery()
    )
    mine = and_(_of_person(guild_id, user_id), Review.question_id == answered.c.question_id)
    rows = session.execute(
        select(answered.c.question_id, answered.c.at, Review.card)
        .outerjoin(Review, mine)
        .where(answered.c.place == 1, answered.c.right == 0)
        .order_by(answered.c.at, answered.c.question_id)
    )
    return [(question_id, at, card) for question_id, at, card in rows]


def get_review(session: Session, guild_id: int, user_id: int, question_id: str) -> Review | None:
    return session.get(Review, (guild_id, user_id, question_id))


def add_review(session: Session, guild_id: int, user_id: int, question_id: str, card: str, due_at: int) -> bool:
    """Put a question under review; False if it is already."""
    key = {"guild_id": guild_id, "user_id": user_id, "question_id": question_id}
    return insert_new(session, Review, key | {"card": card, "due_at": due_at})


def move_review(session: Session, review: Review, card: str, due_at: int) -> bool:
    """Change when a question comes back, if it is still due when it was read to be: compare-and-set."""
    same = and_(*_of_question(review), Review.due_at == review.due_at)
    done = change_one(session, update(Review).where(same).values(card=card, due_at=due_at))
    session.expire(review)
    return done


def drop_review(session: Session, review: Review) -> None:
    """Forget a question that is not asked any more."""
    session.execute(delete(Review).where(*_of_question(review)))


def list_due(session: Session, guild_id: int, user_id: int, now: int) -> list[Review]:
    """What is due to somebody, the longest due first."""
    mine = select(Review).where(_of_person(guild_id, user_id), Review.due_at <= now)
    return list(session.scalars(mine.order_by(Review.due_at, Review.question_id)))


def next_due_at(session: Session, guild_id: int, user_id: int, now: int) -> int | None:
    """When (ms) the first question that is not due yet comes back."""
    later = and_(_of_person(guild_id, user_id), Review.due_at > now)
    return session.scalar(select(func.min(Review.due_at)).where(later))


def _of_person(guild_id: int, user_id: int) -> ColumnElement[bool]:
    return and_(Review.guild_id == guild_id, Review.user_id == user_id)


def _of_question(review: Review) -> tuple[ColumnElement[bool], ...]:
    return (_of_person(review.guild_id, review.user_id), Review.question_id == review.question_id)
