"""Scores judged anew: every asking of a question, every answer to it, and what they count after a ruling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from storage.tables import Answer, Asked, Round

# Made once: a question may have been asked in a thousand rounds, and making a statement takes longer than running it.
PLACE = and_(
    Answer.guild_id == bindparam("guild"),
    Answer.round_id == bindparam("round"),
    Answer.position == bindparam("place"),
)
SCORED = select(
    Answer.round_id,
    Answer.position,
    Answer.user_id,
    Answer.given,
    Answer.took,
    Answer.right,
    Answer.points,
    Answer.certainty,
).where(PLACE)
GIVEN = (
    select(Answer.round_id, Answer.given, func.sum(Answer.right), func.count())
    .where(PLACE)
    .group_by(Answer.round_id, Answer.given)
)
SCORE = (
    update(Answer)
    .where(PLACE, Answer.user_id == bindparam("user"))
    .values(right=bindparam("is_right"), points=bindparam("worth"))
)
JUDGE = (
    update(Asked)
    .where(
        Asked.guild_id == bindparam("guild"),
        Asked.round_id == bindparam("round"),
        Asked.position == bindparam("place"),
    )
    .values(item=bindparam("judged"), void=bindparam("is_void"))
)


@dataclass(frozen=True)
class Asking:
    """A question in one round, and what its answers are worth there; `item` is as it is judged, as JSON.

    Once it is `closed`, nobody answers any more.
    """

    round_id: int
    position: int
    item: str
    scoring: str
    seconds: int
    closed: bool


class Scored(NamedTuple):
    """An answer, as JSON, and what it counts; `right` is 1 or 0, `took` in ms, `certainty` 1 to 3 or none.

    A tuple: there may be 100,000.
    """

    round_id: int
    position: int
    user_id: int
    given: str
    took: int
    right: int
    points: int
    certainty: int | None


class Group(NamedTuple):
    """How many people gave one answer (as JSON) to a question in one round, and how many of them were right."""

    round_id: int
    given: str
    right: int
    people: int


def list_askings(session: Session, guild_id: int, question_id: str) -> list[Asking]:
    """Every time a question was, is or will be asked in a server's rounds."""
    rows = session.execute(
        select(Asked.round_id, Asked.position, Asked.item, Round.scoring, Round.seconds, Asked.closed_at.is_not(None))
        .join(Round, and_(Round.guild_id == Asked.guild_id, Round.id == Asked.round_id))
        .where(Asked.guild_id == guild_id, Asked.question_id == question_id)
    )
    return [Asking(*row) for row in rows]


def list_scored(session: Session, guild_id: int, asking: Asking) -> list[Scored]:
    """Every answer that was given in one asking, with what it counts now."""
    return list(map(Scored._make, session.connection().execute(SCORED, _place(guild_id, asking))))


def count_given(session: Session, guild_id: int, asking: Asking) -> list[Group]:
    """What was answered in one asking, and by how many."""
    return list(map(Group._make, session.connection().execute(GIVEN, _place(guild_id, asking))))


def set_judged(session: Session, guild_id: int, judged: Iterable[tuple[Asking, str, bool]]) -> None:
    """Have askings judged by other items (JSON); with True no answer to them counts."""
    rows = [
        {"guild": guild_id, "round": asking.round_id, "place": asking.position, "judged": item, "is_void": int(void)}
        for asking, item, void in judged
    ]
    if rows:
        session.connection().execute(JUDGE, rows)


def set_scores(session: Session, guild_id: int, scored: Sequence[Scored]) -> None:
    """Set what answers count."""
    rows = [
        {"guild": guild_id, "round": s.round_id, "place": s.position, "user": s.user_id}
        | {"is_right": s.right, "worth": s.points}
        for s in scored
    ]
    if rows:
        session.connection().execute(SCORE, rows)


def _place(guild_id: int, asking: Asking) -> dict[str, int]:
    return {"guild": guild_id, "round": asking.round_id, "place": asking.position}
