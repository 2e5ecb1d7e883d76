"""Seasons: a stretch of time with a name and a board of its own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Season

RUNNING = Season.ended_at.is_(None)
NEWEST = select(Season).order_by(Season.started_at.desc(), Season.id.desc())


@dataclass(frozen=True)
class Kept:
    """A season; `ended_at` (ms) is none while it runs."""

    id: int
    name: str
    started_at: int
    ended_at: int | None


def add_season(session: Session, guild_id: int, id: int, name: str, starter_id: int, now: int) -> bool:
    """Begin a season; False if one is running (the unique key says so)."""
    values = {"guild_id": guild_id, "id": id, "name": name, "starter_id": starter_id, "started_at": now}
    return insert_new(session, Season, values)


def end_season(session: Session, guild_id: int, id: int, now: int) -> bool:
    """End a season; False if it was not running."""
    here = (Season.guild_id == guild_id, Season.id == id, RUNNING)
    return change_one(session, update(Season).where(*here).values(ended_at=now))


def get_season(session: Session, guild_id: int, id: int) -> Kept | None:
    return _first(session, Season.guild_id == guild_id, Season.id == id)


def get_running(session: Session, guild_id: int) -> Kept | None:
    return _first(session, Season.guild_id == guild_id, RUNNING)


def get_latest(session: Session, guild_id: int) -> Kept | None:
    """The season that runs, or else the one that began last."""
    return _first(session, Season.guild_id == guild_id)


def count_seasons(session: Session, guild_id: int) -> int:
    return session.scalar(select(func.count()).select_from(Season).where(Season.guild_id == guild_id)) or 0


def list_seasons(session: Session, guild_id: int, skip: int, most: int) -> list[Kept]:
    """The seasons of a server, the newest first."""
    rows = session.scalars(NEWEST.where(Season.guild_id == guild_id).offset(skip).limit(most))
    return [Kept(row.id, row.name, row.started_at, row.ended_at) for row in rows]


def _first(session: Session, *where: ColumnElement[bool]) -> Kept | None:
    row = session.scalars(NEWEST.where(*where).limit(1)).first()
    return Kept(row.id, row.name, row.started_at, row.ended_at) if row else None
