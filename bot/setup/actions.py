"""Setup does: save what a server has chosen, and note who chose it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from bot.errors import Refusal
from storage import audit
from storage.settings import Settings, change_settings, get_settings

EVERYONE = "That role is everybody. Please choose a role of the people who look after questions."


def choose(
    session: Session, guild_id: int, act_id: int, user_id: int, name: str, value: int | None, now: int
) -> Settings:
    """Set one setting by its name; the settings as they now are."""
    if name == "moderator_role_id" and value == guild_id:
        raise Refusal(EVERYONE)
    before = asdict(get_settings(session, guild_id))[name]
    change_settings(session, guild_id, {name: value})
    audit.note(session, guild_id, act_id, user_id, "setup", name, now, _said(before), _said(value))
    return get_settings(session, guild_id)


def _said(value: object) -> str | None:
    return None if value is None else str(int(value)) if isinstance(value, bool) else str(value)
