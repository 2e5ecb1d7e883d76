"""Rounds, the questions they ask, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.members import SHOWN, note_name
from storage.tables import Answer, Asked, Member, Round

OPEN = Round.state != "over"
ALONE = and_(OPEN, Round.mode != "daily")  # what holds its channel
CLOSED = Asked.closed_at.is_not(None)
COUNTED = Asked.void == 0

# What a press, a live edit or the loop runs is made once: making a statement takes ten times as long as running it.
DUE = select(Round.guild_id, Round.id).where(OPEN, Round.due_at <= bindparam("now")).order_by(Round.due_at)
THREADING = select(Round.guild_id, Round.id, Round.home_id, Round.opening_id, Round.subject).where(
    OPEN, Round.state == "threading"
)
ANSWERED = select(func.count()).where(
    Answer.guild_id == bindparam("guild_id"),
    Answer.round_id == bindparam("round_id"),
    Answer.position == bindparam("position"),
)
QUESTION = (
    select(
        Round.channel_id,
        Round.state,
        Round.position,
        Round.length,
        Round.scoring,
        Round.seconds,
        Round.seed,
        Round.mode,
        Asked.item,
        Asked.opened_at,
        Asked.closes_at,
        Answer.given,
    )
    .join(Asked, and_(Asked.guild_id == Round.guild_id, Asked.round_id == Round.id))
    .outerjoin(
        Answer,
        and_(
            Answer.guild_id == Asked.guild_id,
            Answer.round_id == Asked.round_id,
            Answer.position == Asked.position,
            Answer.user_id == bindparam("user_id"),
        ),
    )
    .where(
        Round.guild_id == bindparam("guild_id"),
        Round.id == bindparam("round_id"),
        Asked.position == bindparam("position"),
    )
)


@dataclass(frozen=True)
class Question:
    """A question, the round it stands in, and what somebody answered to it."""

    channel_id: int
    state: str
    position: int  # where the round stands
    length: int
    scoring: str
    seconds: int
    seed: int
    mode: str
    item: str
    opened_at: int | None
    closes_at: int | None
    given: str | None  # as JSON


@dataclass(frozen=True)
class Threading:
    """A round whose card, `opening_id`, is to get a thread."""

    guild_id: int
    id: int
    home_id: int
    opening_id: int
    subject: str


@dataclass(frozen=True)
class Given:
    """An answer as it is in the table."""

    user_id: int
    name: str
    given: str
    right: bool
    points: int
    took: int


def add_round(session: Session, values: dict[str, Any], asked: Sequence[dict[str, Any]]) -> bool:
    """Save a new round with its questions; False if one is open in that channel already (the unique key says so)."""
    if not insert_new(session, Round, values):
        return False
    session.execute(insert(Asked), list(asked))
    return True


def get_round(session: Session, guild_id: int, round_id: int) -> Round | None:
    return session.get(Round, (guild_id, round_id))


def get_open_round(session: Session, guild_id: int, channel_id: int) -> Round | None:
    """The round that is being played in a channel, or was started from it; a daily question is none."""
    here = (Round.channel_id == channel_id) | (Round.home_id == channel_id)
    return session.scalars(select(Round).where(Round.guild_id == guild_id, here, ALONE).limit(1)).first()


def list_open_rounds(session: Session) -> list[Round]:
    return list(session.scalars(select(Round).where(OPEN)))


def due_rounds(session: Session, now: int) -> list[tuple[int, int]]:
    """(guild, round) of every round whose next step is due, the longest due first."""
    return [(guild_id, id) for guild_id, id in session.connection().execute(DUE, {"now": now})]


def move_round(session: Session, round: Round, **values: Any) -> bool:
    """Change a round, if it is still as it was read: compare-and-set on its version."""
    same = and_(Round.guild_id == round.guild_id, Round.id == round.id, Round.version == round.version)
    done = change_one(session, update(Round).where(same).values(version=round.version + 1, **values))
    session.expire(round)
    return done


def put_off(session: Session, guild_id: int, round_id: int, until: int) -> None:
    """Let a round wait until a time (ms), whatever its version."""
    session.execute(update(Round).where(Round.guild_id == guild_id, Round.id == round_id).values(due_at=until))


def get_asked(session: Session, guild_id: int, round_id: int, position: int) -> Asked | None:
    return session.get(Asked, (guild_id, round_id, position))


def next_position(session: Session, guild_id: int, round_id: int, after: int) -> int | None:
    """The place of the first question after another that is not void; None if there is none."""
    here = (Asked.guild_id == guild_id, Asked.round_id == round_id, Asked.position > after, COUNTED)
    return session.scalar(select(func.min(Asked.position)).where(*here))


def list_open_ids(session: Session, guild_id: int) -> set[str]:
    """The questions that a server's rounds are asking right now."""
    open = and_(Round.guild_id == Asked.guild_id, Round.id == Asked.round_id, OPEN)
    now = (Asked.guild_id == guild_id, Asked.opened_at.is_not(None), Asked.closed_at.is_(None))
    return set(session.scalars(select(Asked.question_id).join(Round, open).where(*now)))


def is_open_anywhere(session: Session, guild_id: int, question_id: str) -> bool:
    """Whether some round of a server is asking a question right now."""
    asked = (Asked.guild_id == guild_id, Asked.question_id == question_id, Asked.opened_at.is_not(None))
    open = and_(Round.guild_id == Asked.guild_id, Round.id == Asked.round_id, OPEN)
    statement = select(Asked.round_id).join(Round, open).where(*asked, Asked.closed_at.is_(None)).limit(1)
    return session.scalar(statement) is not None


def last_card(session: Session, guild_id: int, round_id: int) -> int | None:
    """The newest message of a round's questions."""
    here = (Asked.guild_id == guild_id, Asked.round_id == round_id, Asked.message_id.is_not(None))
    return session.scalar(select(Asked.message_id).where(*here).order_by(Asked.position.desc()).limit(1))


def list_asked(session: Session, guild_id: int, round_id: int) -> list[Asked]:
    """The questions of a round, in order."""
    here = (Asked.guild_id == guild_id, Asked.round_id == round_id)
    return list(session.scalars(select(Asked).where(*here).order_by(Asked.position)))


def get_question(
    session: Session, guild_id: int, round_id: int, position: int, user_id: int | None = None
) -> Question | None:
    """What judging somebody's answer or showing a question needs, in one query."""
    key = {"guild_id": guild_id, "round_id": round_id, "position": position, "user_id": user_id}
    row: Any = session.connection().execute(QUESTION, key).one_or_none()
    return Question(*row) if row is not None else None


def last_asked(session: Session, guild_id: int) -> dict[str, int]:
    """When (ms) each question was last opened in a server."""
    rows = session.execute(
        select(Asked.question_id, func.max(Asked.opened_at))
        .where(Asked.guild_id == guild_id, Asked.opened_at.is_not(None))
        .group_by(Asked.question_id)
    )
    return {id: at or 0 for id, at in rows}


def save_answer(session: Session, values: dict[str, Any], name: str) -> bool:
    """Save an answer and the name it came under; False if this person had answered: the first one counts."""
    if not insert_new(session, Answer, values):
        return False
    note_name(session, values["guild_id"], values["user_id"], name)
    return True


def get_given(session: Session, guild_id: int, round_id: int, position: int, user_id: int) -> str | None:
    """What somebody answered to a question, as JSON."""
    answer = session.get(Answer, (guild_id, round_id, position, user_id))
    return answer.given if answer else None


def set_certainty(
    session: Session, guild_id: int, round_id: int, position: int, user_id: int, level: int, points: int
) -> bool:
    """Note how sure somebody was of an answer, and what it is worth; False if that had been said."""
    mine = (*_of_question(guild_id, round_id, position), Answer.user_id == user_id, Answer.certainty.is_(None))
    return change_one(session, update(Answer).where(*mine).values(certainty=level, points=points))


def was_answered(session: Session, guild_id: int, round_id: int, before: int) -> bool:
    """Whether somebody answered a question of a round that comes before a position."""
    earlier = (Answer.guild_id == guild_id, Answer.round_id == round_id, Answer.position < before)
    return session.scalar(select(Answer.position).where(*earlier).limit(1)) is not None


def list_right(session: Session, guild_id: int, round_id: int, position: int) -> list[int]:
    """Who answered a question right."""
    return list(
        session.scalars(select(Answer.user_id).where(*_of_question(guild_id, round_id, position), Answer.right == 1))
    )


def daily_before(session: Session, guild_id: int, round_id: int) -> int | None:
    """The daily question that the same schedule asked before this one."""
    this = select(Round.schedule_id).where(Round.guild_id == guild_id, Round.id == round_id).scalar_subquery()
    here = (Round.guild_id == guild_id, Round.mode == "daily", Round.schedule_id == this, Round.id < round_id)
    return session.scalar(select(Round.id).where(*here).order_by(Round.id.desc()).limit(1))


def list_dailies(session: Session, guild_id: int, user_id: int, most: int) -> list[tuple[int, bool]]:
    """(when it opened, whether somebody answered it) of a server's daily questions, the newest first.

    One whose card never came is none of them.
    """
    mine = and_(Answer.guild_id == Round.guild_id, Answer.round_id == Round.id, Answer.user_id == user_id)
    rows = session.execute(
        select(Round.started_at, Answer.user_id.is_not(None))
        .join(Asked, and_(Asked.guild_id == Round.guild_id, Asked.round_id == Round.id, Asked.position == 0))
        .outerjoin(Answer, mine)
        .where(Round.guild_id == guild_id, Round.mode == "daily", Round.void == 0)
        .where(or_(Asked.message_id.is_not(None), Answer.user_id.is_not(None)))
        .order_by(Round.started_at.desc())
        .limit(most)
    )
    return [(at, bool(answered)) for at, answered in rows]


def list_open_dailies(session: Session, guild_id: int) -> list[Round]:
    """The daily questions of a server that can be answered."""
    here = (Round.guild_id == guild_id, OPEN, Round.mode == "daily")
    return list(session.scalars(select(Round).where(*here)))


def list_threading(session: Session) -> list[Threading]:
    """Rounds that wait for their thread."""
    rows: Any = session.connection().execute(THREADING)  # which have an opening: it came first
    return [Threading(*row) for row in rows]


def count_answers(session: Session, guild_id: int, round_id: int, position: int) -> int:
    key = {"guild_id": guild_id, "round_id": round_id, "position": position}
    return session.connection().scalar(ANSWERED, key) or 0


def list_just_answered(session: Session, within: int) -> list[tuple[int, int, int]]:
    """(guild, round, message) of each open question answered in the last `within` ms before the newest such answer."""
    asked = and_(
        Asked.guild_id == Round.guild_id,
        Asked.round_id == Round.id,
        Asked.position == Round.position,
        Asked.message_id > 0,
    )
    rows = session.execute(
        select(Round.guild_id, Round.id, Asked.message_id, func.max(Answer.at))
        .join(Asked, asked)
        .join(Answer, asked_of_answer())
        .where(OPEN, Round.state == "asking")
        .group_by(Round.guild_id, Round.id, Asked.message_id)
    ).all()
    newest = max((at for *_, at in rows), default=0)
    return [
        (guild_id, round_id, message_id or 0) for guild_id, round_id, message_id, at in rows if at >= newest - within
    ]


def list_answers(session: Session, guild_id: int, round_id: int, position: int) -> list[Given]:
    """The answers to a question, in the order in which they came."""
    rows = session.execute(
        select(Answer.user_id, SHOWN, Answer.given, Answer.right, Answer.points, Answer.took)
        .join(Member, _member_of_answer())
        .where(*_of_question(guild_id, round_id, position))
        .order_by(Answer.took, Answer.user_id)
    )
    return [Given(user, name, given, bool(right), points, took) for user, name, given, right, points, took in rows]


def sum_round(session: Session, guild_id: int, round_id: int, before: int | None = None) -> Sequence[Any]:
    """(user, name, points, right, answered) of everybody in a round; up to a position if `before` is given.

    Who has only answered what is void stays in the list, with none answered.
    """
    # A bound on the position in any case: else SQLite goes through all answers of the server, person by person.
    here = (Answer.guild_id == guild_id, Answer.round_id == round_id, Answer.position >= 0)
    until = [Answer.position < before] if before is not None else []
    return session.execute(_sums().where(*here, *until)).all()


def _sums() -> Any:
    return (
        select(
            Answer.user_id,
            SHOWN,
            func.sum(Answer.points),
            func.sum(Answer.right),
            func.sum(1 - Asked.void),
        )
        .join(Member, _member_of_answer())
        .join(Asked, asked_of_answer())
        .group_by(Answer.user_id, Member.name, Member.hidden)
    )


def _of_question(guild_id: int, round_id: int, position: int) -> tuple[Any, ...]:
    return (Answer.guild_id == guild_id, Answer.round_id == round_id, Answer.position == position)


def _member_of_answer() -> Any:
    return and_(Member.guild_id == Answer.guild_id, Member.user_id == Answer.user_id)


def asked_of_answer() -> Any:
    return and_(
        Asked.guild_id == Answer.guild_id,
        Asked.round_id == Answer.round_id,
        Asked.position == Answer.position,
    )
