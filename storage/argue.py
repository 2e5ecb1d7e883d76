"""Claims on motions, where people stand on a motion, and what they think of its claims."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from storage.db import change_one, insert_new
from storage.tables import Claim, Delta, Flag, Rating, Stance

Said = tuple[int, int, str, str]  # a claim's number; a person, their stance and vote


def add_claim(session: Session, values: dict[str, Any]) -> int:
    """Save a claim under the next number of its server; return the number."""
    last = session.scalar(select(func.max(Claim.number)).where(Claim.guild_id == values["guild_id"]))
    number = (last or 0) + 1
    session.execute(insert(Claim).values(values | {"number": number}))
    return number


def get_claim(session: Session, guild_id: int, number: int) -> Claim | None:
    return session.get(Claim, (guild_id, number))


def list_claims(session: Session, guild_id: int, motion_id: str, *states: str) -> Sequence[Claim]:
    """The claims on a motion that stand in one of these states, by number."""
    where = (Claim.guild_id == guild_id, Claim.motion_id == motion_id, Claim.state.in_(states))
    return session.scalars(select(Claim).where(*where).order_by(Claim.number)).all()


def list_answers(
    session: Session, guild_id: int, motion_id: str, parents: Collection[int], *states: str
) -> Sequence[Claim]:
    """The claims on a motion that answer one of others and stand in one of these states, by number."""
    where = (*_on(guild_id, motion_id), Claim.parent.in_(parents), Claim.state.in_(states))
    return session.scalars(select(Claim).where(*where).order_by(Claim.number)).all()


def find_texts(session: Session, guild_id: int, numbers: Collection[int]) -> dict[int, str]:
    """The words of those of some claims that are shown, by number."""
    where = (Claim.guild_id == guild_id, Claim.number.in_(numbers), Claim.state == "shown")
    return dict(session.execute(select(Claim.number, Claim.text).where(*where)).all())


def list_newest(session: Session, guild_id: int, most: int, first: int) -> Sequence[Claim]:
    """The newest claims of a server that are shown, on whatever motion, after the one with the number `first`."""
    order = ((Claim.number == first).desc(), Claim.number.desc())
    where = (Claim.guild_id == guild_id, Claim.state == "shown")
    return session.scalars(select(Claim).where(*where).order_by(*order).limit(most)).all()


def count_waiting(session: Session, guild_id: int) -> int:
    """How many claims wait for a moderator."""
    where = (Claim.guild_id == guild_id, Claim.state == "waiting")
    return session.scalar(select(func.count()).where(*where)) or 0


def list_waiting(session: Session, guild_id: int, skip: int, most: int) -> Sequence[Claim]:
    """The claims that wait for a moderator, the oldest first."""
    waiting = select(Claim).where(Claim.guild_id == guild_id, Claim.state == "waiting").order_by(Claim.number)
    return session.scalars(waiting.offset(skip).limit(most)).all()


def list_unseen(session: Session, guild_id: int, author_id: int, most: int) -> Sequence[Claim]:
    """The newest claims of somebody that wait for a moderator, were turned down or were taken away."""
    where = (Claim.guild_id == guild_id, Claim.author_id == author_id, Claim.state.in_(("waiting", "removed")))
    return session.scalars(select(Claim).where(*where).order_by(Claim.number.desc()).limit(most)).all()


def count_written(session: Session, guild_id: int, author_id: int, since: int) -> int:
    """How many claims somebody has written since a time (ms)."""
    where = (Claim.guild_id == guild_id, Claim.author_id == author_id, Claim.at > since)
    return session.scalar(select(func.count()).where(*where)) or 0


def has_change_waiting(session: Session, guild_id: int, motion_id: str, number: int) -> bool:
    """Whether a claim on this motion waits for a moderator that is to take the place of another one."""
    where = (*_on(guild_id, motion_id), Claim.state == "waiting", Claim.replaces == number)
    return session.scalar(select(exists().where(*where))) or False


def change_untouched(session: Session, guild_id: int, number: int, text: str, cites: str) -> bool:
    """Change the words of a claim; False if it is gone, or was rated, answered, flagged or changed somebody's view."""
    rated = exists().where(Rating.guild_id == guild_id, Rating.number == number)
    flagged = exists().where(Flag.guild_id == guild_id, Flag.subject == "claim", Flag.subject_id == number)
    answer = aliased(Claim)
    answered = exists().where(answer.guild_id == guild_id, answer.parent == number)
    convinced = exists().where(Delta.guild_id == guild_id, Delta.number == number)
    open = and_(_is(guild_id, number), Claim.state == "shown", ~rated, ~flagged, ~answered, ~convinced)
    return change_one(session, update(Claim).where(open).values(text=text, cites=cites))


def change_state(session: Session, guild_id: int, number: int, now: str, *was: str) -> bool:
    """Move a claim to a state from one of others; False if it was in none of these any more."""
    moving = update(Claim).where(_is(guild_id, number), Claim.state.in_(was)).values(state=now)
    return change_one(session, moving)


def set_message(session: Session, guild_id: int, number: int, message_id: int) -> None:
    """Note the message that shows a claim."""
    session.execute(update(Claim).where(_is(guild_id, number)).values(message_id=message_id))


def get_stance(session: Session, guild_id: int, motion_id: str, user_id: int) -> str | None:
    row = session.get(Stance, (guild_id, motion_id, user_id))
    return row.stance if row else None


def stands_since(session: Session, guild_id: int, motion_id: str, user_id: int) -> int | None:
    """When (ms) somebody last said another stance than before; None if they have not said any."""
    row = session.get(Stance, (guild_id, motion_id, user_id))
    return row.at if row else None


def save_stance(session: Session, values: dict[str, Any]) -> None:
    """Save where somebody stands; it replaces what they said before."""
    insert_new(session, Stance, values, "stance", "at")


def count_stances(session: Session, guild_id: int, motion_id: str) -> dict[str, int]:
    """How many people hold each stance on a motion, of those who have rated a claim on it."""
    same = (*_on(guild_id, motion_id), Rating.user_id == Stance.user_id)
    rated = exists().where(_claim_of_rating(), *same)
    where = (Stance.guild_id == guild_id, Stance.motion_id == motion_id, rated)
    rows = session.execute(select(Stance.stance, func.count()).where(*where).group_by(Stance.stance))
    return dict(rows.all())


def save_rating(session: Session, values: dict[str, Any]) -> None:
    """Save what somebody thinks of a claim; it replaces what they said before, but for the impact."""
    insert_new(session, Rating, values, "vote", "why", "at")


def get_rating(session: Session, guild_id: int, number: int, user_id: int) -> Rating | None:
    return session.get(Rating, (guild_id, number, user_id))


def count_rated(session: Session, guild_id: int, user_id: int, since: int) -> int:
    """How many claims somebody has rated since a time (ms)."""
    where = (Rating.guild_id == guild_id, Rating.user_id == user_id, Rating.at > since)
    return session.scalar(select(func.count()).where(*where)) or 0


def save_impact(session: Session, guild_id: int, number: int, user_id: int, impact: int) -> bool:
    """Save how much somebody finds that a claim bears on what it answers; False if they have not rated it."""
    own = and_(Rating.guild_id == guild_id, Rating.number == number, Rating.user_id == user_id)
    return change_one(session, update(Rating).where(own).values(impact=impact))


def list_rated(session: Session, guild_id: int, motion_id: str, user_id: int) -> set[int]:
    """The numbers of a motion's claims that somebody has rated."""
    rated = select(Rating.number).join(Claim, _claim_of_rating()).where(Rating.user_id == user_id)
    return set(session.scalars(rated.where(*_on(guild_id, motion_id))))


def list_said(session: Session, guild_id: int, motion_id: str, numbers: Collection[int]) -> list[Said]:
    """Every rating of some of a motion's claims, each with where its person stands."""
    columns = (Rating.number, Rating.user_id, Stance.stance, Rating.vote)
    same = (Stance.guild_id == Rating.guild_id, Stance.user_id == Rating.user_id, Stance.motion_id == motion_id)
    of_claims = (Rating.guild_id == guild_id, Rating.number.in_(numbers))
    rows = session.execute(select(*columns).join(Stance, and_(*same)).where(*of_claims))
    return [(number, person, stance, vote) for number, person, stance, vote in rows]


def list_ratings(session: Session, guild_id: int, motion_id: str) -> list[tuple[int, int, str]]:
    """(claim, person, vote) of every rating of a motion's claims that are shown, by claim and person."""
    columns = (Rating.number, Rating.user_id, Rating.vote)
    where = (*_on(guild_id, motion_id), Claim.state == "shown")
    shown = select(*columns).join(Claim, _claim_of_rating()).where(*where)
    rows = session.execute(shown.order_by(Rating.number, Rating.user_id))
    return [(number, user_id, vote) for number, user_id, vote in rows]


def list_impacts(session: Session, guild_id: int, numbers: Collection[int]) -> dict[int, list[int]]:
    """How much people find that each of some claims bears on what it answers, by claim."""
    where = (Rating.guild_id == guild_id, Rating.number.in_(numbers), Rating.impact.is_not(None))
    impacts: dict[int, list[int]] = {}
    for number, impact in session.execute(select(Rating.number, Rating.impact).where(*where)):
        impacts.setdefault(number, []).append(impact or 0)
    return impacts


def find_by_message(session: Session, guild_id: int, message_id: int) -> Claim | None:
    """The claim that a message shows."""
    where = (Claim.guild_id == guild_id, Claim.message_id == message_id)
    return session.scalars(select(Claim).where(*where)).first()


def count_passes(session: Session, guild_id: int, number: int, why: str) -> int:
    """How many people passed a claim for one reason."""
    where = (Rating.guild_id == guild_id, Rating.number == number, Rating.why == why)
    return session.scalar(select(func.count()).where(*where)) or 0


def _on(guild_id: int, motion_id: str) -> tuple[ColumnElement[bool], ...]:
    return Claim.guild_id == guild_id, Claim.motion_id == motion_id


def _claim_of_rating() -> ColumnElement[bool]:
    return and_(Rating.guild_id == Claim.guild_id, Rating.number == Claim.number)


def _is(guild_id: int, number: int) -> ColumnElement[bool]:
    return and_(Claim.guild_id == guild_id, Claim.number == number)
