"""Structured debates: their phases, seats, speeches and ballots."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, union, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Debate, DebateBallot, Fairness, Phase, Seat, Speech

OPEN = Debate.state != "over"

# Made once: the loop asks four times a second, and making a statement takes ten times as long as running it.
DUE = select(Debate.guild_id, Debate.id).where(OPEN, Debate.due_at <= bindparam("now")).order_by(Debate.due_at)


def add_debate(session: Session, values: Mapping[str, Any]) -> bool:
    """Save a new debate; False if it was there, or if one that is not over is in the same channel."""
    return insert_new(session, Debate, values)


def get_debate(session: Session, guild_id: int, debate_id: int) -> Debate | None:
    return session.get(Debate, (guild_id, debate_id))


def find_open(session: Session, guild_id: int, channel_id: int) -> Debate | None:
    """The newest debate that is not over in a channel or a thread."""
    here = (Debate.guild_id == guild_id, or_(Debate.channel_id == channel_id, Debate.thread_id == channel_id), OPEN)
    return session.scalars(select(Debate).where(*here).order_by(Debate.id.desc()).limit(1)).first()


def due_debates(session: Session, now: int) -> list[tuple[int, int]]:
    """(guild, debate) of every debate that moves on by itself, the longest due first."""
    return [(guild_id, id) for guild_id, id in session.connection().execute(DUE, {"now": now})]


def list_open(session: Session) -> list[Debate]:
    return list(session.scalars(select(Debate).where(OPEN)))


def move(session: Session, debate: Debate, **values: Any) -> bool:
    """Change a debate, if it is still as it was read: compare-and-set on its version."""
    same = and_(Debate.guild_id == debate.guild_id, Debate.id == debate.id, Debate.version == debate.version)
    done = change_one(session, update(Debate).where(same).values(version=debate.version + 1, **values))
    session.expire(debate)
    return done


def put_off(session: Session, guild_id: int, debate_id: int, until: int) -> None:
    """Let a debate wait until a time (ms), whatever its version."""
    session.execute(update(Debate).where(Debate.guild_id == guild_id, Debate.id == debate_id).values(due_at=until))


def note_message(session: Session, guild_id: int, debate_id: int, message_id: int) -> None:
    """Note the message with a debate's seats, unless it is known."""
    unknown = (Debate.guild_id == guild_id, Debate.id == debate_id, Debate.message_id.is_(None))
    session.execute(update(Debate).where(*unknown).values(message_id=message_id))


def note_gallery(session: Session, guild_id: int, debate_id: int, thread_id: int) -> None:
    """Note the thread of those who watch a debate."""
    here = (Debate.guild_id == guild_id, Debate.id == debate_id)
    session.execute(update(Debate).where(*here).values(gallery_id=thread_id))


def list_speakers(session: Session, guild_id: int, debate_ids: Collection[int]) -> dict[int, set[int]]:
    """Who had a seat once a debate had begun, or spoke in it, by debate."""
    seated = select(Seat.debate_id, Seat.user_id).where(
        Seat.guild_id == guild_id, Seat.debate_id.in_(debate_ids), Seat.state != "queued"
    )
    spoke = select(Speech.debate_id, Speech.user_id).where(
        Speech.guild_id == guild_id, Speech.debate_id.in_(debate_ids), Speech.kind != "question"
    )
    found: dict[int, set[int]] = {id: set() for id in debate_ids}
    for debate_id, user_id in session.execute(union(seated, spoke)):
        found[debate_id].add(user_id)
    return found


def list_all_ballots(session: Session, guild_id: int, debate_ids: Collection[int]) -> dict[int, list[DebateBallot]]:
    """The ballots of several debates, by debate."""
    here = (DebateBallot.guild_id == guild_id, DebateBallot.debate_id.in_(debate_ids))
    found: dict[int, list[DebateBallot]] = {id: [] for id in debate_ids}
    for ballot in session.scalars(select(DebateBallot).where(*here)):
        found[ballot.debate_id].append(ballot)
    return found


def list_past(session: Session, guild_id: int, motion_id: str) -> list[Debate]:
    """All debates of a server on a motion, the oldest first."""
    here = (Debate.guild_id == guild_id, Debate.motion_id == motion_id)
    return list(session.scalars(select(Debate).where(*here).order_by(Debate.id)))


def add_phases(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    session.execute(insert(Phase), rows)


def list_phases(session: Session, guild_id: int, debate_id: int) -> list[Phase]:
    """The phases of a debate in order; none before it begins."""
    here = (Phase.guild_id == guild_id, Phase.debate_id == debate_id)
    return list(session.scalars(select(Phase).where(*here).order_by(Phase.position)))


def get_phase(session: Session, guild_id: int, debate_id: int, position: int) -> Phase | None:
    return session.get(Phase, (guild_id, debate_id, position))


def list_seats(session: Session, guild_id: int, debate_id: int) -> list[Seat]:
    """Everybody who has or had a seat, or waits for one, in the order in which they came."""
    here = (Seat.guild_id == guild_id, Seat.debate_id == debate_id)
    return list(session.scalars(select(Seat).where(*here).order_by(Seat.at, Seat.user_id)))


def save_seat(session: Session, values: Mapping[str, Any]) -> None:
    """Save somebody's seat; it replaces the one they had."""
    insert_new(session, Seat, values, "side", "state", "at")


def add_speech(session: Session, values: Mapping[str, Any]) -> bool:
    """Save what somebody said; False if something was said in that turn already."""
    return insert_new(session, Speech, values)


def get_speech(session: Session, guild_id: int, speech_id: int) -> Speech | None:
    return session.get(Speech, (guild_id, speech_id))


def find_speech_by_message(session: Session, guild_id: int, message_id: int) -> Speech | None:
    """What was said that a message shows."""
    where = (Speech.guild_id == guild_id, Speech.message_id == message_id)
    return session.scalars(select(Speech).where(*where)).first()


def list_speeches(session: Session, guild_id: int, debate_id: int) -> list[Speech]:
    """Everything said in a debate, as it came."""
    here = (Speech.guild_id == guild_id, Speech.debate_id == debate_id)
    return list(session.scalars(select(Speech).where(*here).order_by(Speech.at, Speech.id)))


def save_fairness(session: Session, values: Mapping[str, Any]) -> None:
    """Save what somebody finds of a restatement; it replaces what they found before."""
    insert_new(session, Fairness, values, "fair", "why", "state", "at")


def get_fairness(session: Session, guild_id: int, speech_id: int, user_id: int) -> Fairness | None:
    return session.get(Fairness, (guild_id, speech_id, user_id))


def list_fairness(session: Session, guild_id: int, debate_id: int) -> list[Fairness]:
    said = and_(Speech.guild_id == Fairness.guild_id, Speech.id == Fairness.speech_id)
    here = (Speech.guild_id == guild_id, Speech.debate_id == debate_id)
    return list(session.scalars(select(Fairness).join(Speech, said).where(*here).order_by(Fairness.at)))


def get_ballot(session: Session, guild_id: int, debate_id: int, stage: str, user_id: int) -> DebateBallot | None:
    return session.get(DebateBallot, (guild_id, debate_id, stage, user_id))


def save_ballot(session: Session, values: Mapping[str, Any]) -> None:
    """Save a ballot; it replaces the one this person had at that stage."""
    insert_new(session, DebateBallot, values, "vote", "at")


def set_moved_by(session: Session, guild_id: int, debate_id: int, user_id: int, speech_id: int | None) -> None:
    """Note which speech moved somebody who has voted after the debate."""
    mine = (DebateBallot.debate_id == debate_id, DebateBallot.stage == "after", DebateBallot.user_id == user_id)
    here = update(DebateBallot).where(DebateBallot.guild_id == guild_id, *mine)
    session.execute(here.values(moved_by=speech_id))


def list_ballots(session: Session, guild_id: int, debate_id: int) -> list[DebateBallot]:
    here = (DebateBallot.guild_id == guild_id, DebateBallot.debate_id == debate_id)
    return list(session.scalars(select(DebateBallot).where(*here)))


def count_ballots(session: Session, guild_id: int, debate_id: int, stage: str) -> int:
    here = (DebateBallot.guild_id == guild_id, DebateBallot.debate_id == debate_id, DebateBallot.stage == stage)
    return session.scalar(select(func.count()).where(*here)) or 0
