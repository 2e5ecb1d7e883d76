"""Setup loads: what a server has chosen, and what it can choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.item import SERVER
from content.pack import Pack
from content.subjects import list_subjects
from storage import questions
from storage.settings import Settings, get_settings


@dataclass(frozen=True)
class Choices:
    settings: Settings
    subjects: dict[str, str]  # title by id


def load(session: Session, guild_id: int, packs: Mapping[str, Pack]) -> Choices:
    titles = dict(list_subjects(packs))
    decks = [(id, title) for id, title, live in questions.list_decks(session, guild_id) if live]
    if decks:
        titles[SERVER] = "This server's questions: everything"
    titles |= {f"{SERVER}/{id}": f"This server's questions: {title}" for id, title in decks}
    return Choices(get_settings(session, guild_id), titles)
