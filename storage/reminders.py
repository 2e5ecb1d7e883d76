"""Who asked to be reminded of a daily question."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Reminder


def add_reminder(session: Session, guild_id: int, user_id: int, channel_id: int) -> None:
    """Remind somebody from now on, in a channel of direct messages."""
    values = {"guild_id": guild_id, "user_id": user_id, "channel_id": channel_id}
    insert_new(session, Reminder, values, "channel_id")


def drop_reminder(session: Session, guild_id: int, user_id: int) -> bool:
    """Remind somebody no more; False if they were not reminded."""
    mine = (Reminder.guild_id == guild_id, Reminder.user_id == user_id)
    return change_one(session, delete(Reminder).where(*mine))


def list_reminders(session: Session, guild_id: int) -> list[tuple[int, int]]:
    """(user, channel of their direct messages) of everybody who is reminded in a server."""
    rows = session.execute(select(Reminder.user_id, Reminder.channel_id).where(Reminder.guild_id == guild_id))
    return [(user, channel) for user, channel in rows]


def has_reminder(session: Session, guild_id: int, user_id: int) -> bool:
    return session.get(Reminder, (guild_id, user_id)) is not None
