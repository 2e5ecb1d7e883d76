"""What the database holds of one hourly schedule, as tests look at it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.schedule.test_fires import HOUR

OPENING = "kind LIKE 'schedule:opening%'"
AT = "json_extract(subject, '$[2]')"


class Row(NamedTuple):
    """What is known of a time."""

    at: int
    state: str
    by_hand: int
    times: int
    until: int | None
    due_at: int
    fence: int

    @property
    def counted(self) -> list[int]:
        """The times that this row stands for."""
        return list(range(self.at, (self.until or self.at) + 1, HOUR))


class Seen(NamedTuple):
    """All that the database holds of the schedule: its times, and of what came of them each start and each post."""

    paused: bool
    rows: list[Row]
    started: Counter[int]
    waiting: Counter[int]

    @property
    def pending(self) -> list[Row]:
        return [row for row in self.rows if row.state in ("due", "claimed")]

    @property
    def settled(self) -> Counter[int]:
        """How often each time of the rule was done, or counted as missed."""
        settled = [row for row in self.rows if row.state in ("done", "missed") and not row.by_hand]
        return Counter(at for row in settled for at in row.counted)


def look(session: Session) -> Seen:
    paused = session.execute(text("SELECT state FROM schedules")).all() == [("paused",)]
    rows = session.execute(text("SELECT at, state, by_hand, times, until, due_at, fence FROM fires ORDER BY at"))
    started = Counter(session.scalars(text("SELECT started_at FROM seasons")))
    waiting = Counter(session.scalars(text(f"SELECT {AT} FROM posts WHERE {OPENING}")))
    return Seen(paused, [Row(*row) for row in rows], started, waiting)


def post_openings(session: Session) -> list[int]:
    """Take all openings from the outbox; their times."""
    return list(session.scalars(text(f"DELETE FROM posts WHERE {OPENING} RETURNING {AT}")))


def hours(after: int, until: int) -> range:
    """The full hours after one moment, up to another (UTC, ms)."""
    return range((after // HOUR + 1) * HOUR, until + 1, HOUR)
