"""Tallies: what everybody has in each period and theme, kept in the transaction that changes what it sums up.

A question counts in the periods in which it closed, with all its answers. A void question does not count, nor does
one of a round that a moderator took out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage import periods
from storage.periods import ALL, name_periods, name_season
from storage.tables import Answer, Asked, Round, Season, Setting, Tally


class Worth(NamedTuple):
    """What is to be added for somebody's answers to one question. A tuple: there may be 100,000."""

    theme: str  # pack/theme
    closed_at: int
    user_id: int
    points: int
    right: int
    answered: int


class Place(NamedTuple):
    """A closed question of a round: whether a ruling made it void, and whether its round was taken out (1 or 0)."""

    round_id: int
    position: int
    theme: str
    closed_at: int
    void: int
    out: int


EVERY = (0, 1_000_000)  # positions of a round
Sum = tuple[int, int, int]  # points, right, answered
SAME_QUESTION = and_(
    Answer.guild_id == Asked.guild_id, Answer.round_id == Asked.round_id, Answer.position == Asked.position
)
SAME_ROUND = and_(Round.guild_id == Asked.guild_id, Round.id == Asked.round_id)
COUNTED = and_(Asked.closed_at.is_not(None), Asked.void == 0)
ZONE = select(Setting.zone).where(Setting.guild_id == bindparam("guild_id"))
SEASONS = select(Season.id, Season.started_at, Season.ended_at).where(Season.guild_id == bindparam("guild_id"))
ANSWERS = (
    select(Asked.theme, Asked.closed_at, Answer.user_id, Answer.points, Answer.right)
    .join(Answer, SAME_QUESTION)
    .where(
        Asked.guild_id == bindparam("guild_id"),
        Asked.round_id == bindparam("round_id"),
        Asked.position >= bindparam("first"),
        Asked.position <= bindparam("last"),
        COUNTED,
    )
)
EMPTY = delete(Tally).where(
    Tally.guild_id == bindparam("guild"),
    Tally.period == bindparam("in_period"),
    Tally.theme == bindparam("of_theme"),
    Tally.user_id == bindparam("user"),
    Tally.answered == 0,
)


def count_question(session: Session, guild_id: int, round_id: int, position: int, now: int) -> None:
    """Count a question that has just been closed."""
    session.flush()
    if session.scalar(select(Round.void).where(Round.guild_id == guild_id, Round.id == round_id)) == 0:
        _count(session, guild_id, round_id, (position, position), 1, now)
    _drop_old(session, guild_id, now)


def count_round(session: Session, guild_id: int, round_id: int, sign: int, now: int) -> None:
    """Add (1) or take away (-1) all that a round's closed questions count."""
    session.flush()
    _count(session, guild_id, round_id, EVERY, sign, now)


def list_places(session: Session, guild_id: int, question_id: str) -> list[Place]:
    """Wherever a question was closed in a server."""
    statement = (
        select(Asked.round_id, Asked.position, Asked.theme, Asked.closed_at, Asked.void, Round.void)
        .join(Round, SAME_ROUND)
        .where(Asked.guild_id == guild_id, Asked.question_id == question_id, Asked.closed_at.is_not(None))
    )
    rows: Any = session.execute(statement)
    return [Place(*row) for row in rows]


def change(session: Session, guild_id: int, worths: Iterable[Worth], now: int) -> None:
    """Add to what people have, in every period that a board can still show."""
    sums = _spread(worths, _Calendar(session, guild_id, now))
    rows: list[dict[str, Any]] = [
        {"guild_id": guild_id, "period": period, "theme": theme, "user_id": user_id}
        | {"points": points, "right": right, "answered": answered}
        for (period, theme, user_id), (points, right, answered) in sums.items()
        if points or right or answered
    ]
    if not rows:
        return
    connection = session.connection()
    connection.execute(_addition(session.get_bind().dialect.name), rows)
    less = [row for row in rows if row["answered"] < 0]
    if less:
        connection.execute(EMPTY, [_key(row) for row in less])


def recompute(session: Session, guild_id: int, now: int) -> None:
    """Make the days, weeks and months of a server anew, by the zone that it has now."""
    session.flush()
    for kind in periods.DAYS:
        session.execute(delete(Tally).where(*_of_kind(guild_id, kind)))
    zone = get_zone(session, guild_id)
    oldest = min(periods.bounds(name, zone)[0] for name in name_periods(now - periods.SPARE, zone))
    closed = session.scalars(
        select(Asked.closed_at).where(Asked.guild_id == guild_id, Asked.closed_at >= oldest).distinct()
    )
    named = {period for at in closed for period in name_periods(at or 0, zone)}
    for period in sorted(named):
        if periods.is_kept(period, now, zone):
            _fill(session, guild_id, period, *periods.bounds(period, zone))


def get_zone(session: Session, guild_id: int) -> str:
    """A server's zone, as it is in the table: the session may have read it before it was changed."""
    return session.connection().scalar(ZONE, {"guild_id": guild_id}) or "UTC"


class _Calendar:
    """In which periods of a server a time falls."""

    def __init__(self, session: Session, guild_id: int, now: int) -> None:
        self._zone = get_zone(session, guild_id)
        self._now = now
        self._seasons: list[Any] = list(session.connection().execute(SEASONS, {"guild_id": guild_id}))
        self._known: dict[int, tuple[str, ...]] = {}

    def find(self, at: int) -> tuple[str, ...]:
        """The periods in which what closed at a time (ms) counts, if a board can still show them."""
        if at not in self._known:
            days = [p for p in name_periods(at, self._zone) if periods.is_kept(p, self._now, self._zone)]
            self._known[at] = (ALL, *days, *self._find_seasons(at))
        return self._known[at]

    def _find_seasons(self, at: int) -> list[str]:
        # What closes in the millisecond of its start is before a season, in that of its end still in it.
        return [name_season(id) for id, start, end in self._seasons if start < at and (end is None or at <= end)]


def _count(session: Session, guild_id: int, round_id: int, between: tuple[int, int], sign: int, now: int) -> None:
    key = {"guild_id": guild_id, "round_id": round_id, "first": between[0], "last": between[1]}
    rows: Any = session.connection().execute(ANSWERS, key)
    worths = [Worth(theme, at, user, sign * points, sign * right, sign) for theme, at, user, points, right in rows]
    change(session, guild_id, worths, now)


def _spread(worths: Iterable[Worth], calendar: _Calendar) -> dict[tuple[str, str, int], Sum]:
    """The sums by period, theme and person. First by what falls in the same periods, as most does."""
    alike: dict[tuple[tuple[str, ...], str, int], Sum] = defaultdict(lambda: (0, 0, 0))
    for theme, at, user_id, points, right, answered in worths:
        key = (calendar.find(at), theme, user_id)
        before = alike[key]
        alike[key] = (before[0] + points, before[1] + right, before[2] + answered)
    sums: dict[tuple[str, str, int], Sum] = defaultdict(lambda: (0, 0, 0))
    for (found, theme, user_id), more in alike.items():
        for period in found:
            for part in ("", theme.partition("/")[0], theme):
                before = sums[period, part, user_id]
                sums[period, part, user_id] = (before[0] + more[0], before[1] + more[1], before[2] + more[2])
    return sums


@cache  # making a statement takes ten times as long as running it
def _addition(dialect: str) -> Any:
    new = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(Tally.metadata.tables["tallies"])
    columns = ("points", "right", "answered")
    more = {column: getattr(Tally, column) + new.excluded[column] for column in columns}
    return new.on_conflict_do_update(index_elements=["guild_id", "period", "theme", "user_id"], set_=more)


def _key(row: dict[str, Any]) -> dict[str, Any]:
    names = {"guild": "guild_id", "in_period": "period", "of_theme": "theme", "user": "user_id"}
    return {name: row[column] for name, column in names.items()}


def _drop_old(session: Session, guild_id: int, now: int) -> None:
    """Delete the days, weeks and months that no board will show any more."""
    for oldest in name_periods(now - periods.SPARE, get_zone(session, guild_id)):
        kind = oldest.partition(":")[0]
        session.execute(delete(Tally).where(*_of_kind(guild_id, kind), Tally.period < oldest))


def _of_kind(guild_id: int, kind: str) -> tuple[Any, ...]:
    return (Tally.guild_id == guild_id, Tally.period >= f"{kind}:", Tally.period < f"{kind};")  # ; follows on :


def _fill(session: Session, guild_id: int, period: str, start: int, end: int) -> None:
    """Sum up a period that has no tallies: each theme from the answers, packs and everything from the themes."""
    closed = (Asked.guild_id == guild_id, Asked.closed_at >= start, Asked.closed_at < end, COUNTED)
    sums: Any = (func.sum(Answer.points), func.sum(Answer.right), func.count())
    columns = ["guild_id", "period", "theme", "user_id", "points", "right", "answered"]
    of_themes: Any = (
        select(Asked.guild_id, bindparam("named", period), Asked.theme, Answer.user_id, *sums)
        .join(Answer, SAME_QUESTION)
        .join(Round, SAME_ROUND)
        .where(*closed, Round.void == 0)
        .group_by(Asked.theme, Answer.user_id)
    )
    session.execute(insert(Tally).from_select(columns, of_themes))
    here = (Tally.guild_id == guild_id, Tally.period == period)
    themes = list(session.scalars(select(Tally.theme).where(*here).distinct()))
    parts = {"": themes} | {pack: [t for t in themes if t.startswith(f"{pack}/")] for pack in map(_pack_of, themes)}
    for part, inside in parts.items():
        sums = (func.sum(Tally.points), func.sum(Tally.right), func.sum(Tally.answered))
        of_part: Any = select(Tally.guild_id, Tally.period, bindparam("part", part), Tally.user_id, *sums)
        rolled = of_part.where(*here, Tally.theme.in_(inside)).group_by(Tally.user_id)
        session.execute(insert(Tally).from_select(columns, rolled))


def _pack_of(theme: str) -> str:
    return theme.partition("/")[0]
