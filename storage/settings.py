"""What a server has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from storage.db import insert_new
from storage.tables import Setting


@dataclass(frozen=True)
class Settings:
    """A server's settings; what it has not chosen is as it comes. `zone` is an IANA name, `subject` a subject's id.

    `approval` says whose words wait for a moderator (off, new, all); with `winner` a debate's result may name one.
    """

    moderator_role_id: int | None = None
    review_channel_id: int | None = None
    second_opinion: bool = False
    suggestions_a_day: int = 5
    zone: str = "UTC"
    quiz_channel_id: int | None = None
    subject: str | None = None
    approval: str = "off"
    winner: bool = False


def get_settings(session: Session, guild_id: int) -> Settings:
    row = session.get(Setting, guild_id)
    if row is None:
        return Settings()
    return Settings(
        row.moderator_role_id,
        row.review_channel_id,
        bool(row.second_opinion),
        row.suggestions_a_day,
        row.zone,
        row.quiz_channel_id,
        row.subject,
        row.approval,
        bool(row.winner),
    )


def change_settings(session: Session, guild_id: int, values: Mapping[str, int | str | None]) -> None:
    """Set some of a server's settings, by the names of their columns."""
    insert_new(session, Setting, {"guild_id": guild_id, **values}, *values)
