"""Boards are read: a page of a period and theme, and somebody's own place and themes. Nobody is loaded twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from storage.periods import ALL
from storage.tables import Member, Tally


class Row(NamedTuple):
    """A line of a board; equal points share a rank, and the ranks after a tie are skipped (1, 1, 3)."""

    rank: int
    user_id: int
    name: str
    points: int
    right: int
    answered: int


@dataclass(frozen=True)
class Board:
    """A page of a board, from 0, and of how many people and pages it is one."""

    rows: tuple[Row, ...]
    people: int
    page: int
    last: int


class OfTheme(NamedTuple):
    """What somebody has in a theme (pack/theme)."""

    id: str
    right: int
    answered: int


def get_board(session: Session, guild_id: int, period: str, theme: str, page: int, size: int) -> Board:
    """A page of `size` people, or the last one if there are fewer; who has hidden themselves is left out."""
    shown = _shown(guild_id, period, theme)
    people = session.scalar(shown.with_only_columns(func.count())) or 0
    last = max(people - 1, 0) // size
    page = min(page, last)
    columns = (Tally.user_id, Tally.points, Tally.right, Tally.answered)
    ordered = shown.with_only_columns(*columns).order_by(Tally.points.desc(), Tally.right.desc(), Tally.user_id)
    found = ordered.offset(page * size).limit(size).subquery()
    named = select(found, Member.name).outerjoin(
        Member, and_(Member.guild_id == guild_id, Member.user_id == found.c.user_id)
    )
    order = (found.c.points.desc(), found.c.right.desc(), found.c.user_id)
    rows = session.execute(named.order_by(*order)).all()
    ahead = _count_above(session, shown, rows[0].points) if rows else 0
    return Board(tuple(_rank(rows, ahead, page * size)), people, page, last)


def get_own(session: Session, guild_id: int, period: str, user_id: int) -> tuple[Row, int] | None:
    """Somebody's own line among those who are shown, hidden or not, and how many these are with them."""
    tally = session.get(Tally, (guild_id, period, "", user_id))
    if tally is None:
        return None
    others = _shown(guild_id, period, "").where(Tally.user_id != user_id)
    people = session.scalar(others.with_only_columns(func.count())) or 0
    rank = _count_above(session, others, tally.points) + 1
    return Row(rank, user_id, "", tally.points, tally.right, tally.answered), people + 1


def list_own_themes(session: Session, guild_id: int, user_id: int) -> list[OfTheme]:
    """Somebody's themes of all time, best known first."""
    mine = (Tally.guild_id == guild_id, Tally.user_id == user_id, Tally.period == ALL)
    themes = select(Tally.theme, Tally.right, Tally.answered).where(*mine, Tally.theme.contains("/"))
    order = ((Tally.right * 1.0 / Tally.answered).desc(), Tally.theme)
    return [OfTheme(*row) for row in session.execute(themes.order_by(*order))]


def _shown(guild_id: int, period: str, theme: str) -> Select[Any]:
    hidden = select(Member.user_id).where(Member.guild_id == guild_id, Member.hidden == 1)
    here = (Tally.guild_id == guild_id, Tally.period == period, Tally.theme == theme)
    return select(Tally).where(*here, Tally.user_id.not_in(hidden))


def _count_above(session: Session, shown: Select[Any], points: int) -> int:
    return session.scalar(shown.where(Tally.points > points).with_only_columns(func.count())) or 0


def _rank(rows: Any, ahead: int, skipped: int) -> list[Row]:
    """Give each its rank; `ahead` people have more points than the first, `skipped` stand before it."""
    ranked: list[Row] = []
    for place, row in enumerate(rows, start=skipped + 1):
        same = ranked and ranked[-1].points == row.points
        rank = ranked[-1].rank if same else ahead + 1 if not ranked else place
        ranked.append(Row(rank, row.user_id, row.name or "", row.points, row.right, row.answered))
    return ranked
