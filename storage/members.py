"""Members as boards know them: who has hidden themselves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from storage.db import insert_new
from storage.tables import Member

# By what name somebody is shown to others, on cards of a round as well.
SHOWN = case((Member.hidden == 1, "somebody"), else_=Member.name)


def note_name(session: Session, guild_id: int, user_id: int, name: str) -> None:
    """Note the name under which somebody was seen."""
    insert_new(session, Member, {"guild_id": guild_id, "user_id": user_id, "name": name}, "name")


def is_hidden(session: Session, guild_id: int, user_id: int) -> bool:
    return bool(hidden_ids(session, guild_id, [user_id]))


def hidden_ids(session: Session, guild_id: int, user_ids: Iterable[int]) -> set[int]:
    """Those of these people who want to be on no board."""
    where = (Member.guild_id == guild_id, Member.hidden == 1, Member.user_id.in_(list(user_ids)))
    return set(session.scalars(select(Member.user_id).where(*where)))


def set_hidden(session: Session, guild_id: int, user_id: int, name: str, hidden: bool) -> None:
    """Leave somebody out of boards, or no more; they may never have answered."""
    values = {"guild_id": guild_id, "user_id": user_id, "name": name, "hidden": int(hidden)}
    insert_new(session, Member, values, "name", "hidden")
