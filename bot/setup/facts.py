"""Setup loads: what a server has chosen, and what it can choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.subjects import list_titles
from content.pack import Pack
from storage.settings import Settings, get_settings


@dataclass(frozen=True)
class Choices:
    settings: Settings
    subjects: dict[str, str]  # title by id


def load(session: Session, guild_id: int, packs: Mapping[str, Pack]) -> Choices:
    return Choices(get_settings(session, guild_id), list_titles(session, guild_id, packs))
