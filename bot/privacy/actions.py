"""Privacy does: hide somebody from boards, or show them again, and remind them no more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from storage import members, reminders


@dataclass(frozen=True)
class Choices:
    """What somebody has chosen in a server."""

    hidden: bool
    reminded: bool


def get_choices(session: Session, guild_id: int, user_id: int) -> Choices:
    hidden = members.is_hidden(session, guild_id, user_id)
    return Choices(hidden, reminders.has_reminder(session, guild_id, user_id))


def hide(session: Session, guild_id: int, user_id: int, name: str, hidden: bool) -> Choices:
    members.set_hidden(session, guild_id, user_id, name, hidden)
    return get_choices(session, guild_id, user_id)


def stop_reminders(session: Session, guild_id: int, user_id: int) -> Choices:
    reminders.drop_reminder(session, guild_id, user_id)
    return get_choices(session, guild_id, user_id)
