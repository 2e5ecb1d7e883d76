"""Motions put to a channel, and the ballots on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Ballot, Prompt

OPEN = Prompt.state != "over"

# Made once: the loop asks four times a second, and making a statement takes ten times as long as running it.
DUE = select(Prompt.guild_id, Prompt.id).where(OPEN, Prompt.closes_at <= bindparam("now"))


def add_prompt(session: Session, values: dict[str, Any]) -> None:
    session.execute(insert(Prompt).values(values))


def get_prompt(session: Session, guild_id: int, prompt_id: int) -> Prompt | None:
    return session.get(Prompt, (guild_id, prompt_id))


def find_open(session: Session, guild_id: int, channel_id: int, motion_ids: Sequence[str]) -> Prompt | None:
    """The newest motion of these that is open in a channel."""
    here = and_(Prompt.guild_id == guild_id, Prompt.channel_id == channel_id, OPEN)
    found = select(Prompt).where(here, Prompt.motion_id.in_(motion_ids)).order_by(Prompt.id.desc()).limit(1)
    return session.scalars(found).first()


def last_put(session: Session, guild_id: int) -> dict[str, int]:
    """When (ms) each motion was last put in a server."""
    rows = session.execute(
        select(Prompt.motion_id, func.max(Prompt.opened_at))
        .where(Prompt.guild_id == guild_id)
        .group_by(Prompt.motion_id)
    )
    return dict(rows.all())


def due_prompts(session: Session, now: int) -> list[tuple[int, int]]:
    """(guild, prompt) of every open prompt whose time is up."""
    return [(guild_id, id) for guild_id, id in session.connection().execute(DUE, {"now": now})]


def list_shown(session: Session) -> list[tuple[int, int, int, int]]:
    """(channel, message, guild, prompt) of every open prompt whose card is known."""
    shown = select(Prompt.channel_id, Prompt.message_id, Prompt.guild_id, Prompt.id)
    rows = session.execute(shown.where(OPEN, Prompt.message_id.is_not(None)))
    return [(channel_id, message_id or 0, guild_id, id) for channel_id, message_id, guild_id, id in rows]


def close_prompt(session: Session, prompt: Prompt, now: int) -> bool:
    """Close a prompt; False if that had been done."""
    closes_at = min(prompt.closes_at, now)
    closing = update(Prompt).where(_is(prompt.guild_id, prompt.id), OPEN).values(state="over", closes_at=closes_at)
    return change_one(session, closing)


def set_message(session: Session, guild_id: int, prompt_id: int, message_id: int) -> None:
    """Note the message that shows a prompt, unless it is known."""
    unknown = and_(_is(guild_id, prompt_id), Prompt.message_id.is_(None))
    session.execute(update(Prompt).where(unknown).values(message_id=message_id))


def set_thread(session: Session, guild_id: int, prompt_id: int, seen: int | None, thread_id: int) -> bool:
    """Note the thread of a prompt, if it is still the one that was seen before: compare-and-set."""
    same = and_(_is(guild_id, prompt_id), Prompt.thread_id.is_not_distinct_from(seen))
    return change_one(session, update(Prompt).where(same).values(thread_id=thread_id))


def get_vote(session: Session, guild_id: int, prompt_id: int, user_id: int) -> str | None:
    """How somebody votes on a motion."""
    ballot = session.get(Ballot, (guild_id, prompt_id, user_id))
    return ballot.vote if ballot else None


def save_ballot(session: Session, values: dict[str, Any]) -> None:
    """Save a ballot; it replaces the one this person had."""
    insert_new(session, Ballot, values, "vote", "at")


def count_votes(session: Session, guild_id: int, prompt_id: int) -> dict[str, int]:
    """How many ballots there are for each vote that was cast."""
    where = (Ballot.guild_id == guild_id, Ballot.prompt_id == prompt_id)
    rows = session.execute(select(Ballot.vote, func.count()).where(*where).group_by(Ballot.vote))
    return dict(rows.all())


def count_voters_since(session: Session, prompt: Prompt, since: int, besides: int | None) -> int:
    """How many people have cast or changed a ballot after a time (ms), one of them left out."""
    of_prompt = (Ballot.guild_id == prompt.guild_id, Ballot.prompt_id == prompt.id)
    where = (*of_prompt, Ballot.at > since, Ballot.user_id.is_distinct_from(besides))
    return session.scalar(select(func.count()).where(*where)) or 0


def note_split(session: Session, prompt: Prompt, split: str, now: int) -> None:
    """Keep the split (JSON) that voters are shown until it is made anew."""
    split_now = update(Prompt).where(_is(prompt.guild_id, prompt.id)).values(told=split, told_at=now)
    session.execute(split_now)


def _is(guild_id: int, prompt_id: int) -> ColumnElement[bool]:
    return and_(Prompt.guild_id == guild_id, Prompt.id == prompt_id)
