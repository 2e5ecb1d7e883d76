"""Figures: the answers that say what a question is worth, read by index and in pieces, and the rounds to weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Double, and_, cast, column, func, select, tuple_, update, values
from sqlalchemy.orm import Session

from storage.quiz import asked_of_answer
from storage.tables import UNWEIGHED, Answer, Asked, Big, Report, Round, Ruling

FIGURES = 0  # the person in whose name the figures report a question
SERVER_ROUNDS = 200  # of one server, weighed in one go: most ask the same questions again

COUNTED = and_(Asked.closed_at.is_not(None), Asked.void == 0)

# Made once: the loop asks four times a second, and making a statement takes ten times as long as running it.
OVER = select(Round.guild_id, Round.id).where(UNWEIGHED).order_by(Round.guild_id, Round.id).limit(SERVER_ROUNDS)


@dataclass(frozen=True)
class Asking:
    """A closed question of a round, as it is judged now, and how many answered it."""

    question_id: str
    round_id: int
    position: int
    item: str
    answers: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody's answer, and their share of right ones (0 to 1) among the other questions of that round.

    `given` is JSON; times are ms; a round's open and void questions count for no share, and without others it is None.
    """

    round_id: int
    position: int
    user_id: int
    given: str
    took: int
    at: int
    score: float | None


@dataclass(frozen=True)
class Dealt:
    """A ruling that dealt with what the figures had against a question: when (ms), and the item as it ruled it."""

    at: int
    item: str


def list_askings(session: Session, guild_id: int, question_id: str | None, most: int) -> tuple[list[Asking], bool]:
    """The newest askings of a question, or of all of a server, until they have `most` answers; and if there are more.

    Equal items are one object, so that a thousand askings weigh little.
    """
    found: list[Asking] = []
    texts: dict[str, str] = {}
    total = 0
    rows = session.connection().execute(_askings(guild_id, question_id, most))
    for question, round_id, position, item, answers in rows:
        if total >= most:
            return found, True
        found.append(Asking(question, round_id, position, texts.setdefault(item, item), answers))
        total += answers
    return found, total > most


def list_attempts(
    session: Session, guild_id: int, askings: Sequence[Asking], after: Attempt | None, most: int
) -> list[Attempt]:
    """The next answers that were given in these askings, by their keys: up to `most`, after one or from the first.

    What is looked up for each of them goes by key, so that the size of its round does not matter.
    """
    chosen = _answers(guild_id, askings, after, most)
    rows: Any = session.connection().execute(select(*chosen.c, _score(chosen.c, guild_id)).order_by(*chosen.c[:3]))
    return [Attempt(*row) for row in rows]


def list_last_asked(session: Session, guild_id: int) -> list[tuple[str, str]]:
    """(id, item) of every question that was asked in a server, as it was last; the newest first."""
    asked = (Asked.guild_id == guild_id, Asked.opened_at.is_not(None))
    last = func.max(Asked.opened_at).label("last")
    newest = select(Asked.question_id, last).where(*asked).group_by(Asked.question_id).subquery()
    same = (Asked.guild_id == guild_id, Asked.question_id == newest.c.question_id, Asked.opened_at == newest.c.last)
    item = select(Asked.item).where(*same).limit(1).scalar_subquery()
    rows = session.execute(select(newest.c.question_id, item).order_by(newest.c.last.desc(), newest.c.question_id))
    return [(id, item) for id, item in rows]


def list_unweighed(session: Session) -> tuple[int, list[int]] | None:
    """A server and rounds of it that are over and have not been weighed; None if there are none anywhere."""
    rows = session.connection().execute(OVER).all()
    return (rows[0].guild_id, [id for guild_id, id in rows if guild_id == rows[0].guild_id]) if rows else None


def list_questions(session: Session, guild_id: int, round_id: int) -> list[str]:
    """The ids of a round's questions that were closed and count."""
    where = (Asked.guild_id == guild_id, Asked.round_id == round_id, COUNTED)
    return list(session.scalars(select(Asked.question_id).where(*where).order_by(Asked.position)))


def mark_weighed(session: Session, guild_id: int, round_id: int) -> None:
    session.execute(update(Round).where(Round.guild_id == guild_id, Round.id == round_id).values(weighed=1))


def is_suspected(session: Session, guild_id: int, question_id: str) -> bool:
    """Whether the figures have reported a question, and no ruling has dealt with that yet."""
    where = (*_of_figures(guild_id, question_id), Report.ruling_id.is_(None))
    return session.scalar(select(Report.round_id).where(*where).limit(1)) is not None


def last_dealt(session: Session, guild_id: int, question_id: str) -> Dealt | None:
    """The newest ruling that dealt with a report of the figures on a question."""
    row = session.execute(
        select(Ruling.at, Ruling.after)
        .join(Report, and_(Report.guild_id == Ruling.guild_id, Report.ruling_id == Ruling.id))
        .where(*_of_figures(guild_id, question_id))
        .order_by(Ruling.id.desc())
        .limit(1)
    ).one_or_none()
    return Dealt(*row) if row is not None else None


def _askings(guild_id: int, question_id: str | None, most: int) -> Any:
    answers = select(func.count()).select_from(Answer).where(asked_of_answer()).scalar_subquery()
    columns = (Asked.question_id, Asked.round_id, Asked.position, Asked.item)
    # The answers come row by row, and whoever has enough of them stops there.
    statement = select(*columns, answers).where(Asked.guild_id == guild_id, COUNTED).limit(most)
    if question_id is None:
        return statement.order_by(Asked.round_id.desc(), Asked.position.desc())
    return statement.where(Asked.question_id == question_id).order_by(Asked.opened_at.desc())


def _answers(guild_id: int, askings: Sequence[Asking], after: Attempt | None, most: int) -> Any:
    places = values(column("round_id", Big), column("position", Big), name="places")
    # As a table, and in its order: else SQLite reads all answers of the server, to find these or to sort them.
    here = places.data([(asking.round_id, asking.position) for asking in askings]).cte()
    key = (here.c.round_id, here.c.position, Answer.user_id)
    statement = (
        select(*key, Answer.given, Answer.took, Answer.at)
        .join(here, and_(Answer.round_id == here.c.round_id, Answer.position == here.c.position))
        .where(Answer.guild_id == guild_id)
        .order_by(*key)
        .limit(most)
    )
    if after is not None:
        statement = statement.where(tuple_(*key) > tuple_(after.round_id, after.position, after.user_id))
    return statement.subquery()


def _score(answer: Any, guild_id: int) -> Any:
    """The share of right ones among what the same person answered to the other questions of the round."""
    share = cast(func.avg(Answer.right), Double)
    others = (Asked.guild_id == guild_id, Asked.round_id == answer.round_id, Asked.position != answer.position)
    # An outer join, so that SQLite begins with the questions: it would begin with all that the person ever answered.
    return (
        select(share)
        .select_from(Asked)
        .outerjoin(Answer, and_(asked_of_answer(), Answer.user_id == answer.user_id))
        .where(*others, COUNTED)
        .scalar_subquery()
    )


def _of_figures(guild_id: int, question_id: str) -> tuple[Any, ...]:
    return (Report.guild_id == guild_id, Report.question_id == question_id, Report.user_id == FIGURES)
