"""The audit log: who did what to a server's questions and settings."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.db import insert_new
from storage.tables import Audit


@dataclass(frozen=True)
class Entry:
    """A line of the log. `before` and `after` are texts of the deed's own form, None where there was nothing."""

    id: int
    user_id: int
    deed: str
    subject: str
    before: str | None
    after: str | None
    at: int


def note(
    session: Session,
    guild_id: int,
    id: int,
    user_id: int,
    deed: str,
    subject: str,
    now: int,
    before: str | None = None,
    after: str | None = None,
) -> bool:
    """Note a deed under the id of the interaction that did it; False if that had been noted."""
    values = {
        "guild_id": guild_id,
        "id": id,
        "user_id": user_id,
        "deed": deed,
        "subject": subject,
        "before": before,
        "after": after,
        "at": now,
    }
    return insert_new(session, Audit, values)


def count_entries(session: Session, guild_id: int, subject: str | None) -> int:
    """How many lines a server's log has, or one subject's."""
    of_subject = [Audit.subject == subject] if subject is not None else []
    where = (Audit.guild_id == guild_id, *of_subject)
    return session.scalar(select(func.count()).select_from(Audit).where(*where)) or 0


def last_entry(session: Session, guild_id: int, subject: str, deed: str) -> Entry | None:
    """The newest line of a subject that tells of one deed."""
    where = (Audit.guild_id == guild_id, Audit.subject == subject, Audit.deed == deed)
    row = session.scalars(select(Audit).where(*where).order_by(Audit.id.desc()).limit(1)).first()
    return _entry(row) if row else None


def list_entries(session: Session, guild_id: int, subject: str | None, skip: int, most: int) -> list[Entry]:
    """The newest lines of a server's log first, or of one subject's (such as server/17)."""
    of_subject = [Audit.subject == subject] if subject is not None else []
    rows = session.scalars(
        select(Audit)
        .where(Audit.guild_id == guild_id, *of_subject)
        .order_by(Audit.id.desc(), Audit.deed)
        .offset(skip)
        .limit(most)
    )
    return [_entry(row) for row in rows]


def _entry(row: Audit) -> Entry:
    return Entry(row.id, row.user_id, row.deed, row.subject, row.before, row.after, row.at)
