"""Every zone through every change of its clocks from 2026 to 2037, against an independent reckoning."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.schedule.recurrence import Rule, next_times

HOURS = [(0, 30), (1, 0), (1, 30), (2, 0), (2, 30), (3, 0)]
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)

Change = tuple[datetime, timedelta, timedelta]  # the first minute after it, the offset before and the one after


@pytest.fixture(autouse=True)
def _zones_of_the_package() -> Iterator[None]:
    """The machine's own zones may be of another year than those that the bot takes along."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(())
    yield
    zoneinfo.reset_tzpath(before)


def changes(zone: zoneinfo.ZoneInfo) -> tuple[Change, ...]:
    """Each change of the offset, to the minute; no zone changes twice within a week and back."""
    found = []
    at, offset = FIRST, FIRST.astimezone(zone).utcoffset()
    while at < LAST:
        later = at + 7 * DAY
        if later.astimezone(zone).utcoffset() != offset:
            low, high = 0, 7 * 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                if (at + timedelta(minutes=middle)).astimezone(zone).utcoffset() == offset:
                    low = middle
                else:
                    high = middle
            change = at + timedelta(minutes=high)
            after = later.astimezone(zone).utcoffset()
            assert offset is not None
            assert after is not None
            found.append((change, offset, after))
            offset = after
        at = later
    return tuple(found)


def first_minute(wall: datetime, zone: zoneinfo.ZoneInfo, most: timedelta) -> datetime:
    """The first UTC minute at which the clock shows `wall` or later, looked for minute by minute.

    `most` is the largest offset about then: before `wall - most` no clock can show it.
    """
    at = wall.replace(tzinfo=UTC) - most
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        at += timedelta(minutes=1)
    return at


def test_each_time_comes_once_a_day_and_at_its_first_moment_in_every_zone() -> None:
    expected: dict[Change, list[list[int]]] = {}
    wrong = []
    for name in sorted(zoneinfo.available_timezones()):
        zone = zoneinfo.ZoneInfo.no_cache(name)
        for change in changes(zone):
            moment, before, after = change
            middle = (moment + before).date()
            days = [middle + timedelta(days=n) for n in (-1, 0, 1)]
            if change not in expected:
                expected[change] = [
                    [
                        int(first_minute(datetime(d.year, d.month, d.day, h, m), zone, max(before, after)).timestamp())  # noqa: DTZ001
                        for d in days
                    ]
                    for h, m in HOURS
                ]
            for (hour, minute), moments in zip(HOURS, expected[change], strict=True):
                told = next_times(Rule(f"{minute} {hour} * * *", name), moments[0] * 1000 - 1, 3)
                if told != [at * 1000 for at in moments]:
                    wrong.append((name, change, hour, minute))
    assert len(expected) > 100
    assert wrong == []
