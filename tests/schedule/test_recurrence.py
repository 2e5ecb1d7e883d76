"""Schedules in words: what is understood, how it is told, and when it is due."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.schedule.recurrence import Rule, describe, next_times, read_rule, suggest_rules

TODAY = date(2026, 11, 24)  # a Tuesday


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    ("typed", "cron", "every", "words"),
    [
        ("every day 9:00", "0 9 * * *", 1, "every day at 09:00"),
        ("daily 9am", "0 9 * * *", 1, "every day at 09:00"),
        ("every weekday 20:00", "0 20 * * 1-5", 1, "every weekday at 20:00"),
        ("every weekend 11:00", "0 11 * * 0,6", 1, "every weekend at 11:00"),
        ("every Monday and Thursday 7:30pm", "30 19 * * 1,4", 1, "every Monday and Thursday at 19:30"),
        ("every second Friday 19:30", "30 19 * * 5", 2, "every second Friday at 19:30"),
        ("every other week on Fri at 19:30", "30 19 * * 5", 2, "every second Friday at 19:30"),
        ("1st of month 18:00", "0 18 1 * *", 1, "on the 1st of each month at 18:00"),
        ("31st of month 18:00", "0 18 31 * *", 1, "on the 31st of each month, if it has one, at 18:00"),
        ("first Monday of month 18:00", "0 18 * * 1#1", 1, "on the first Monday of each month at 18:00"),
        ("last Friday of month 17:00", "0 17 * * 5L", 1, "on the last Friday of each month at 17:00"),
        ("last day of month 17:00", "0 17 L * *", 1, "on the last day of each month at 17:00"),
        ("every day 9:00 and 18:00", "0 9,18 * * *", 1, "every day at 09:00 and 18:00"),
        ("every second week on weekdays 9:00", "0 9 * * 1-5", 2, "every second week on weekdays at 09:00"),
        ("15th of month 18:00", "0 18 15 * *", 1, "on the 15th of each month at 18:00"),
        ("1st and 15th of month 18:00", "0 18 1,15 * *", 1, "on the 1st and 15th of each month at 18:00"),
        ("every third Friday 19:30", "30 19 * * 5", 3, "every third week on Friday at 19:30"),
        ("last weekday of month 18:00", "0 18 LW * *", 1, "on the last weekday of each month at 18:00"),
        ("mon-fri noon", "0 12 * * 1-5", 1, "every weekday at 12:00"),
    ],
)
def test_words_become_a_rule_and_the_rule_words(typed: str, cron: str, every: int, words: str) -> None:
    rule = read_rule(typed, "Europe/Vilnius", TODAY)
    assert (rule.cron, rule.every) == (cron, every)
    assert describe(rule) == f"{words}, Europe/Vilnius time"
    assert read_rule(words, "Europe/Vilnius", TODAY) == rule


def test_a_cron_line_is_told_in_words() -> None:
    assert describe(read_rule("0 19 * * fri", "UTC", TODAY)) == "every Friday at 19:00, UTC"
    assert describe(read_rule("0 9 1 1 *", "UTC", TODAY)) == "at 09:00 on January 1, UTC"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("last day of month", "At what time? Please add it, for instance “last day of month 19:00”."),
        (
            "*/5 * * * *",
            "That is more often than every 10 minutes. Please leave at least 10 minutes between one time and the next.",
        ),
        (
            "0 0 30 2 *",
            "That day never comes. Please choose one that is in the calendar, for instance “last day of month 18:00”.",
        ),
        (
            "9:00 and 18:30 daily",
            "Several times in one schedule need the same minutes, such as 9:00 and 18:00. "
            "Please make one schedule for 9:00 and another one for 18:30.",
        ),
        (
            "0 19 * *",
            "A cron line has five parts: minute, hour, day of the month, month, weekday. This one has 4. "
            "“0 19 * * FRI” is every Friday at 19:00.",
        ),
        (
            "0 24 * * *",
            "“24” can't be the hour of a cron line. It takes 0 to 23, lists such as 9,18, ranges such as 9-17, or *.",
        ),
        ("25:00 daily", "“25:00” is not a time of day. Times go from 0:00 to 23:59, or from 12am to 11:59pm."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(typed: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_rule(typed, "UTC", TODAY)
    assert str(refused.value) == words


@pytest.mark.parametrize("typed", ["", "nope", "every 2 months 9:00", "every second day 9:00", "1 2 3", "0 0 * * FOO"])
def test_what_is_not_understood_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_rule(typed, "UTC", TODAY)


@pytest.mark.parametrize("typed", ["", "fri 19", "mon and thu", "1", "last", "every other", "fri 7p", "0 19 * * FRI"])
def test_every_suggestion_is_understood(typed: str) -> None:
    phrases = suggest_rules(typed)
    assert 0 < len(phrases) <= 25
    assert len({read_rule(phrase, "UTC", TODAY) for phrase in phrases}) == len(phrases)


def test_a_suggestion_goes_on_from_what_was_typed() -> None:
    assert suggest_rules("fri 19")[:3] == [
        "every Friday 19:00",
        "every second Friday 19:00",
        "last Friday of month 19:00",
    ]


@pytest.mark.parametrize(
    ("zone", "cron", "after", "times"),
    [
        ("Europe/Vilnius", "30 3 * * *", "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:30"]),
        ("Europe/Vilnius", "30 3 * * *", "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ("Europe/Warsaw", "30 2 * * *", "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:30"]),
        ("America/New_York", "30 1 * * *", "2026-10-31T12:00", ["2026-11-01T05:30", "2026-11-02T06:30"]),
        ("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00", ["2026-10-03T15:30", "2026-10-04T15:15"]),
        ("Europe/Warsaw", "30 2 * * *", "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ("America/New_York", "30 2 * * *", "2026-03-07T12:00", ["2026-03-08T07:00", "2026-03-09T06:30"]),
        ("Australia/Lord_Howe", "45 1 * * *", "2026-04-04T10:00", ["2026-04-04T14:45", "2026-04-05T15:15"]),
        ("Africa/Casablanca", "30 2 * * *", "2026-02-14T12:00", ["2026-02-15T01:30", "2026-02-16T02:30"]),
        ("Africa/Casablanca", "30 2 * * *", "2026-03-21T12:00", ["2026-03-22T02:00", "2026-03-23T01:30"]),
        ("Europe/Vilnius", "0,30 3 * * *", "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:00"]),
    ],
)
def test_a_day_on_which_clocks_change_has_one_time(zone: str, cron: str, after: str, times: list[str]) -> None:
    assert next_times(Rule(cron, zone), utc(after), 2) == [utc(time) for time in times]


def test_every_second_friday_is_counted_in_weeks_by_the_wall_clock() -> None:
    rule = read_rule("every second Friday 19:30", "Europe/Vilnius", TODAY)
    assert rule.anchor == date(2026, 11, 27)
    times = next_times(rule, utc("2026-11-24T00:00"), 27)
    assert times[0] == utc("2026-11-27T17:30")
    assert times[26] == utc("2027-11-26T17:30")
    hour = 3_600_000
    fortnight = 14 * 24 * hour
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert [gap - fortnight for gap in gaps if gap != fortnight] == [-hour, hour]


def test_a_second_friday_that_is_today_counts_from_today_and_comes_within_two_weeks() -> None:
    rule = read_rule("every second Friday 19:30", "UTC", date(2026, 11, 27))
    assert rule.anchor == date(2026, 11, 27)
    assert next_times(rule, utc("2026-11-27T12:00"), 1) == [utc("2026-11-27T19:30")]
    assert next_times(rule, utc("2026-11-27T20:00"), 1) == [utc("2026-12-11T19:30")]


ZONES = ["Europe/Vilnius", "Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]


def shipped(zone: str) -> ZoneInfo:
    """A zone by the rules the program ships; those of the machine may be older."""
    with resources.files("tzdata.zoneinfo").joinpath(*zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)


def names_day(phrase: str, day: date) -> bool:
    """Whether a phrase of `PHRASES` names a day, by the calendar alone; weeks are counted from TODAY's."""
    weeks = (day - timedelta(days=day.weekday()) - date(2026, 11, 23)).days // 7
    return {
        "every day": True,
        "every Monday and Thursday": day.weekday() in (0, 3),
        "second Sunday of month": day.weekday() == 6 and 8 <= day.day <= 14,
        "1st and 15th of month": day.day in (1, 15),
        "last day of month": (day + timedelta(days=1)).day == 1,
        "every second Sunday": day.weekday() == 6 and weeks % 2 == 0,
        "every third Sunday": day.weekday() == 6 and weeks % 3 == 0,
    }[phrase]


PHRASES = ["every day", "every Monday and Thursday", "second Sunday of month", "1st and 15th of month"]
PHRASES += ["last day of month", "every second Sunday", "every third Sunday"]


@given(
    st.sampled_from(ZONES),
    st.sampled_from(PHRASES),
    st.sets(st.integers(0, 23), min_size=1, max_size=2),
    st.sampled_from([0, 15, 30, 45]),
    st.integers(utc("2026-12-01T00:00"), utc("2036-01-01T00:00")),
)
def test_times_come_in_order_at_the_wall_times_the_rule_names(
    zone: str, phrase: str, hours: set[int], minute: int, after: int
) -> None:
    typed = f"{phrase} {' and '.join(f'{hour}:{minute:02}' for hour in hours)}"
    times = next_times(read_rule(typed, zone, TODAY), after, 5)
    assert [after, *times] == sorted({after, *times})
    assert len(times) == 5
    clock = shipped(zone)
    for at in times:
        wall = datetime.fromtimestamp(at // 1000, clock)
        assert names_day(phrase, wall.date())
        if wall.hour not in hours or wall.minute != minute:
            before = datetime.fromtimestamp(at // 1000 - 1, clock).replace(tzinfo=None)
            named = [wall.replace(hour=hour, minute=minute, tzinfo=None) for hour in hours]
            assert any(before < time < wall.replace(tzinfo=None) for time in named)  # it lay in the gap just before


TOKENS = "every second last 1st 15th 31st week weekday weekend Friday mon month day of at and , - 9 19:30 25:00 7pm"
CRON_TOKENS = "* */5 0 5#2 5L L LW 1-5 9-17 60 ? FRI JAN / #"


@given(st.text(max_size=120) | st.lists(st.sampled_from(f"{TOKENS} {CRON_TOKENS}".split()), max_size=8).map(" ".join))
def test_whatever_is_typed_is_a_rule_in_words_or_refused(typed: str) -> None:
    with contextlib.suppress(Refusal):
        assert describe(read_rule(typed, "UTC", TODAY)).endswith(", UTC")
    assert len(suggest_rules(typed)) <= 25
