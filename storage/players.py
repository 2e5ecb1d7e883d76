"""Who takes part in a round whose mode needs to know that."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.db import insert_new
from storage.members import SHOWN, note_name
from storage.tables import Member, Player


def list_players(session: Session, guild_id: int, round_id: int) -> list[tuple[int, int | None, int | None]]:
    """(user, team, position that put them out) of everybody in a round, in the order of their ids."""
    here = (Player.guild_id == guild_id, Player.round_id == round_id)
    rows = session.execute(select(Player.user_id, Player.team, Player.out_at).where(*here).order_by(Player.user_id))
    return [(user, team, out_at) for user, team, out_at in rows]


def add_player(session: Session, values: dict[str, Any], name: str) -> bool:
    """Let somebody take part, and note their name; False if they do already."""
    if not insert_new(session, Player, values):
        return False
    note_name(session, values["guild_id"], values["user_id"], name)
    return True


def put_out(session: Session, guild_id: int, round_id: int, user_ids: Collection[int], position: int) -> None:
    here = (Player.guild_id == guild_id, Player.round_id == round_id, Player.user_id.in_(user_ids))
    session.execute(update(Player).where(*here).values(out_at=position))


def get_names(session: Session, guild_id: int, user_ids: Collection[int]) -> dict[int, str]:
    """The names by which people are shown in a server."""
    here = (Member.guild_id == guild_id, Member.user_id.in_(user_ids))
    rows = session.execute(select(Member.user_id, SHOWN.label("name")).where(*here)).all()
    return {row.user_id: row.name for row in rows}
