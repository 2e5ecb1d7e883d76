"""Periods of boards: the names of the day, the week and the month that a time falls in, by a zone's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

ALL = "all"
DAYS = ("day", "week", "month")
SPARE = 2 * 86_400_000  # ms for which a period is kept after its end: a clock that ran ahead may be put back


def name_periods(at: int, zone: str) -> tuple[str, str, str]:
    """Day, week (by its Monday) and month of a time (ms): day:2026-11-24, week:2026-11-23, month:2026-11."""
    return _name(read_clock(at, zone).date())


def read_clock(at: int, zone: str) -> datetime:
    """What the clocks of a zone show at a time (ms), to the second."""
    return datetime.fromtimestamp(at // 1000, load_zone(zone))


def name_season(season_id: int) -> str:
    return f"season:{season_id}"


def is_kept(period: str, now: int, zone: str) -> bool:
    """Whether a day, week or month is one that a board can still show."""
    oldest = name_periods(now - SPARE, zone)[DAYS.index(period.partition(":")[0])]
    return period >= oldest


def bounds(period: str, zone: str) -> tuple[int, int]:
    """When (ms) a day, week or month begins, and when the next one does."""
    kind, _, name = period.partition(":")
    first = date.fromisoformat(name if kind != "month" else f"{name}-01")
    lengths = {"day": 1, "week": 7, "month": 32}
    last = first + timedelta(days=lengths[kind])
    return _begin(first, zone), _begin(last.replace(day=1) if kind == "month" else last, zone)


def _name(day: date) -> tuple[str, str, str]:
    monday = day - timedelta(days=day.weekday())
    return f"day:{day}", f"week:{monday}", f"month:{day:%Y-%m}"


def _begin(day: date, zone: str) -> int:
    """The first moment of a date. Where midnight is skipped, fold 0 counts by the clock before: the moment after."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=load_zone(zone))
    return round(midnight.timestamp()) * 1000


@lru_cache(maxsize=1024)
def load_zone(zone: str) -> ZoneInfo:
    """A zone from the tzdata package, whatever the machine has; whoever takes its name from outside checks it first."""
    with resources.files("tzdata.zoneinfo").joinpath(*zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)
