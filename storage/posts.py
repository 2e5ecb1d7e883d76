"""The outbox: what has still to be posted or edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, delete, not_, or_, select, update
from sqlalchemy.orm import Session

from storage.db import insert_new
from storage.tables import Post

RETRY = 2_000  # ms until the second try; the wait doubles from try to try, up to a minute
LONGEST = 60_000

# Made once: the loop asks four times a second, and making a statement takes ten times as long as running it.
IS_PATIENT = and_(Post.edits.is_(None), Post.kind.in_(bindparam("patient", expanding=True)))
DUE = select(Post.guild_id, Post.channel_id).where(Post.due_at <= bindparam("now")).order_by(Post.due_at)
DUE_FIRST, DUE_LAST = DUE.where(not_(IS_PATIENT)), DUE.where(IS_PATIENT)
OF_CHANNEL = (
    select(
        Post.guild_id,
        Post.key,
        Post.channel_id,
        Post.kind,
        Post.subject,
        Post.edits,
        Post.tried_at,
        Post.tries,
        Post.due_at,
    )
    .where(Post.guild_id == bindparam("guild_id"), Post.channel_id == bindparam("channel_id"))
    .order_by(Post.made_at, Post.key)
)


@dataclass(frozen=True)
class Waiting:
    """A row of the outbox, as the sender needs it."""

    guild_id: int
    key: str
    channel_id: int
    kind: str
    subject: str
    edits: int | None
    tried_at: int | None
    tries: int


def add_post(
    session: Session,
    guild_id: int,
    key: str,
    channel_id: int,
    kind: str,
    subject: str,
    now: int,
    edits: int | None = None,
    due_at: int | None = None,
) -> None:
    """Have something posted; asking twice under one key is asking once.

    What stands before the first colon of `key` says what the post is about; `subject` is a JSON list of integers;
    `edits` is the message to change, if any. `due_at` (ms) is when it is wanted, now if left out; its place is among
    the posts made at that time, so that one for later holds up none that is made until then.
    """
    wanted_at = now if due_at is None else due_at
    values = {
        "guild_id": guild_id,
        "key": key,
        "channel_id": channel_id,
        "kind": kind,
        "subject": subject,
        "edits": edits,
        "made_at": wanted_at,
        "due_at": wanted_at,
        "tries": 0,
    }
    insert_new(session, Post, values)


def due_channels(session: Session, now: int, patient: Sequence[str], most: int) -> list[tuple[int, int]]:
    """(guild, channel) of up to `most` places that have something to be sent, those that wait longest first.

    New messages of the `patient` kinds come after everything else.
    """
    found: dict[tuple[int, int], None] = {}
    for statement in (DUE_FIRST, DUE_LAST):
        with session.connection().execute(statement, {"now": now, "patient": patient}) as rows:
            for guild_id, channel_id in rows:  # only as far as needed: thousands may be due
                if len(found) == most:
                    break
                found[guild_id, channel_id] = None
    return list(found)


def next_post(session: Session, guild_id: int, channel_id: int, now: int) -> Waiting | None:
    """The oldest post of a channel that may be sent now: one overtakes no earlier one about the same thing."""
    waits: set[str] = set()
    for row in session.connection().execute(OF_CHANNEL, {"guild_id": guild_id, "channel_id": channel_id}):
        about = row.key.partition(":")[0]
        if row.due_at <= now and about not in waits:
            return Waiting(*row[:-1])
        waits.add(about)
    return None


def is_waiting(session: Session, guild_id: int, key: str) -> bool:
    """Whether something is still to be posted under a key, or under it and more after a colon."""
    here = (Post.guild_id == guild_id, or_(Post.key == key, Post.key.startswith(f"{key}:", autoescape=True)))
    return session.scalar(select(Post.key).where(*here).limit(1)) is not None


def mark_tried(session: Session, post: Waiting, now: int) -> None:
    """Note the first try, before it is made."""
    session.execute(update(Post).where(_is(post)).values(tried_at=now))


def try_later(session: Session, post: Waiting, now: int) -> None:
    """Count a try that failed, and put the post off for longer with each."""
    pause = min(RETRY * 2**post.tries, LONGEST)
    session.execute(update(Post).where(_is(post)).values(due_at=now + pause, tries=post.tries + 1))


def post_anew(session: Session, post: Waiting) -> None:
    """The message to edit is gone: send a new one instead."""
    session.execute(update(Post).where(_is(post)).values(edits=None, tried_at=None, tries=0))


def edit_instead(session: Session, guild_id: int, key: str, message_id: int) -> None:
    """Let a post that still waits change this message, not make a new one."""
    session.execute(update(Post).where(Post.guild_id == guild_id, Post.key == key).values(edits=message_id))


def drop(session: Session, post: Waiting) -> None:
    session.execute(delete(Post).where(_is(post)))


def _is(post: Waiting) -> ColumnElement[bool]:
    return and_(Post.guild_id == post.guild_id, Post.key == post.key)
