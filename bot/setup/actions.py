"""Setup does: save what a server has chosen, and note who chose it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from storage import audit, tallies
from storage.settings import Settings, change_settings, get_settings

EVERYONE = "That role is everybody. Please choose a role of the people who look after questions."


def choose(session: Session, act: Act, name: str, value: int | str | None) -> Settings:
    """Set one setting by its name; the settings as they now are."""
    if name == "moderator_role_id" and value == act.guild_id:
        raise Refusal(EVERYONE)
    before = asdict(get_settings(session, act.guild_id))[name]
    change_settings(session, act.guild_id, {name: value})
    if name == "zone":
        tallies.recompute(session, act.guild_id, act.now)  # days, weeks and months begin elsewhere now
    audit.note(session, act.guild_id, act.id, act.user_id, "setup", name, act.now, _said(before), _said(value))
    return get_settings(session, act.guild_id)


def _said(value: object) -> str | None:
    return None if value is None else str(int(value)) if isinstance(value, bool) else str(value)
