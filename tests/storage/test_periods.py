"""Periods begin and end where a zone's clocks say so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.periods import DAYS, SPARE, bounds, is_kept, name_periods

FRIDAY = 1_800_000_000_000  # 2027-01-15 08:00 UTC
ZONES = ["Europe/Vilnius", "Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]
SKIPS_MIDNIGHT = ["Africa/Cairo", "America/Havana", "Asia/Beirut", "America/Santiago", "America/Asuncion"]


@pytest.mark.parametrize(
    ("zone", "named"),
    [
        ("UTC", ("day:2027-01-15", "week:2027-01-11", "month:2027-01")),
        ("Pacific/Honolulu", ("day:2027-01-14", "week:2027-01-11", "month:2027-01")),
        ("Pacific/Kiritimati", ("day:2027-01-15", "week:2027-01-11", "month:2027-01")),
    ],
)
def test_a_time_is_in_the_day_week_and_month_of_the_zones_clock(zone: str, named: tuple[str, str, str]) -> None:
    assert name_periods(FRIDAY, zone) == named


@pytest.mark.parametrize("zone", ["UTC", *ZONES, *SKIPS_MIDNIGHT])
def test_every_period_of_two_years_begins_where_the_one_before_ends(zone: str) -> None:
    at = int(datetime(2026, 1, 1, 12, tzinfo=UTC).timestamp()) * 1000
    for day in range(2 * 366):
        for kind, period in enumerate(name_periods(at + day * 86_400_000, zone)):
            start, end = bounds(period, zone)
            assert [name_periods(t, zone)[kind] == period for t in (start - 1, start, end - 1, end)] == [
                False,
                True,
                True,
                False,
            ]


def test_a_day_is_kept_for_two_days_more() -> None:
    _, end = bounds("day:2027-01-15", "UTC")
    assert is_kept("day:2027-01-15", end - 1 + SPARE, "UTC")
    assert not is_kept("day:2027-01-15", end + SPARE, "UTC")


@pytest.mark.parametrize(
    ("period", "zone", "start"),
    [
        ("day", "UTC", "2026-03-29T00:00"),
        ("day", "Europe/Vilnius", "2026-03-28T22:00"),
        ("week", "UTC", "2026-03-23T00:00"),
        ("week", "Europe/Vilnius", "2026-03-22T22:00"),
        ("month", "UTC", "2026-03-01T00:00"),
        ("month", "America/New_York", "2026-03-01T05:00"),
    ],
)
def test_a_period_begins_at_midnight_of_the_zone(period: str, zone: str, start: str) -> None:
    assert _begin_of(period, _utc("2026-03-29T12:00"), zone) == _utc(start)


def test_a_day_without_a_midnight_begins_after_its_gap() -> None:
    assert _begin_of("day", _utc("2026-04-24T12:00"), "Africa/Cairo") == _utc("2026-04-23T22:00")


def _begin_of(kind: str, at: int, zone: str) -> int:
    """When (ms) the day, week or month began that a time is in."""
    return bounds(name_periods(at, zone)[DAYS.index(kind)], zone)[0]


def _utc(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000
