"""Drafts: what somebody has begun and not yet confirmed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Draft

KEPT = 24 * 3600_000  # ms until a draft that nobody went on with is dropped


def add_draft(session: Session, guild_id: int, id: int, user_id: int, kind: str, body: str, now: int) -> None:
    """Keep a draft under the id of the interaction that began it, and drop the old ones of everybody."""
    session.execute(delete(Draft).where(Draft.at < now - KEPT))
    values = {"guild_id": guild_id, "id": id, "user_id": user_id, "kind": kind, "body": body, "at": now}
    insert_new(session, Draft, values)


def get_draft(session: Session, guild_id: int, id: int, user_id: int, kind: str) -> str | None:
    """The body of somebody's own draft, or None."""
    return session.scalar(select(Draft.body).where(_is(guild_id, id, user_id, kind)))


def list_drafts(session: Session, guild_id: int, user_id: int, kind: str) -> list[tuple[int, str]]:
    """(id, body) of somebody's own drafts of a kind, the newest first."""
    here = (Draft.guild_id == guild_id, Draft.user_id == user_id, Draft.kind == kind)
    rows = session.execute(select(Draft.id, Draft.body).where(*here).order_by(Draft.at.desc(), Draft.id.desc()))
    return [(id, body) for id, body in rows]


def change_draft(session: Session, guild_id: int, id: int, user_id: int, kind: str, body: str, now: int) -> bool:
    """Replace the body of a draft; False if it is not there any more."""
    changing = update(Draft).where(_is(guild_id, id, user_id, kind)).values(body=body, at=now)
    return change_one(session, changing)


def drop_draft(session: Session, guild_id: int, id: int, user_id: int, kind: str) -> bool:
    """Remove a draft; False if that had been done, so that what it asks for is done once."""
    return change_one(session, delete(Draft).where(_is(guild_id, id, user_id, kind)))


def _is(guild_id: int, id: int, user_id: int, kind: str) -> ColumnElement[bool]:
    return and_(Draft.guild_id == guild_id, Draft.id == id, Draft.user_id == user_id, Draft.kind == kind)
