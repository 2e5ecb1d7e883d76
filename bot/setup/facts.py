"""Setup loads: what a server has chosen, and what it can choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.subjects import list_titles
from content.pack import Pack
from storage import schedules
from storage.settings import Settings, get_settings


@dataclass(frozen=True)
class Choices:
    settings: Settings
    subjects: dict[str, str]  # title by id


@dataclass(frozen=True)
class Scheduled:
    """A channel in which schedules start something, how many, and whether in threads."""

    channel_id: int
    many: int
    threads: bool


def list_scheduled(session: Session, guild_id: int) -> list[Scheduled]:
    """The channels of a server's schedules, but for those that a moderator lets rest."""
    found = [one for one in schedules.list_schedules(session, guild_id) if one.why != "moderator"]
    channels = dict.fromkeys(one.channel_id for one in found)
    by_channel = {id: [one for one in found if one.channel_id == id] for id in channels}
    return [Scheduled(id, len(those), any(one.thread for one in those)) for id, those in by_channel.items()]


def load(session: Session, guild_id: int, packs: Mapping[str, Pack]) -> Choices:
    return Choices(get_settings(session, guild_id), list_titles(session, guild_id, packs))
