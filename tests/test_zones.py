"""Time zones: what is offered, what is understood, and wall clocks on the days on which they change."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.zones import CITIES, WELL_KNOWN, find_zone, suggest_zones, to_utc, today

NOON = 1_774_785_600_000  # 2026-03-29 12:00 UTC, the day on which Europe's clocks go forward


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def names(typed: str) -> list[str]:
    return [zone for zone, _ in suggest_zones(typed, NOON)]


def test_utc_and_well_known_cities_are_offered_while_nothing_is_typed() -> None:
    assert names("") == ["UTC", *WELL_KNOWN]
    assert names("  ") == ["UTC", *WELL_KNOWN]


def test_a_zone_is_offered_with_its_clock() -> None:
    assert suggest_zones("vilnius", NOON) == [("Europe/Vilnius", "Europe/Vilnius (now 15:00)")]
    assert suggest_zones("utc", NOON) == [("UTC", "UTC (now 12:00)")]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("america/new", "America/New_York"),
        ("WARS", "Europe/Warsaw"),
        ("ilniu", "Europe/Vilnius"),
        ("kiev", "Europe/Kyiv"),
        ("calcutta", "Asia/Kolkata"),
        ("são paulo", "America/Sao_Paulo"),
        ("port au", "America/Port-au-Prince"),
    ],
)
def test_any_part_of_a_name_is_enough(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_oddities_are_never_offered() -> None:
    offered = {zone for letter in "abcdefghijklmnopqrstuvwxyz/ +-0123456789" for zone in names(letter)}
    offered |= set(names("etc")) | set(names("gmt")) | set(names("posix")) | set(names("systemv")) | set(names("est"))
    assert {zone for zone in offered if "/" not in zone or zone.startswith(("Etc/", "SystemV/", "posix"))} <= {"UTC"}
    assert names("etc/gmt") == []


def test_there_are_never_more_than_discord_takes() -> None:
    assert len(names("a")) == 25
    assert len(names("")) == 25


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Vilnius", "Europe/Vilnius"),
        (" europe/vilnius ", "Europe/Vilnius"),
        ("new york", "America/New_York"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("US/Eastern", "America/New_York"),
        ("Poland", "Europe/Warsaw"),
        ("Europe/Oslo", "Europe/Oslo"),
        ("utc", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Zulu", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_names(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "CET",
            "“CET” names what a clock shows, not a place, and doesn't say when that clock changes. "
            "Please choose Europe/Warsaw or Europe/Berlin.",
        ),
        (
            "est",
            "“est” names what a clock shows, not a place, and doesn't say when that clock changes. "
            "Please choose America/New_York or America/Panama.",
        ),
        (
            "Vilnus",
            "I don't know the time zone “Vilnus”. Please choose one from the list as you type, "
            "for instance Europe/Vilnius or UTC.",
        ),
    ],
)
def test_what_is_unclear_is_refused_with_what_to_choose(typed: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_zone(typed)
    assert str(refused.value) == words


def test_what_an_abbreviation_stands_for_can_be_chosen() -> None:
    assert [city for cities in CITIES.values() for city in cities.split(" or ") if find_zone(city) != city] == []


STRANGE = ["../../etc", "../../etc/passwd", "/etc/localtime", "Europe/../UTC", "Etc/GMT+3", "posixrules", "localtime"]


@pytest.mark.parametrize("typed", [*STRANGE, "", "/", "\0", "Europe", "Europe/", "a" * 5000, "zone.tab", "__init__.py"])
def test_what_is_no_zone_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        find_zone(typed)


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/localtime", "Europe/../UTC", "zone.tab", "", "\0"])
def test_a_path_is_refused_before_the_file_system_is_asked(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    suggest_zones("x", NOON)  # the lists are read once
    monkeypatch.setattr(Path, "open", lambda *given: pytest.fail("a file was opened"))
    for ask in (lambda: today(NOON, zone), lambda: to_utc(wall("2026-03-29"), zone), lambda: find_zone(zone)):
        with pytest.raises(Refusal):
            ask()


@given(st.text(max_size=200))
def test_whatever_is_typed_gets_a_zone_or_a_sentence(typed: str) -> None:
    with contextlib.suppress(Refusal):
        zone = find_zone(typed)
        assert find_zone(zone) == zone
    assert len(suggest_zones(typed, NOON)) <= 25


def test_the_date_is_that_of_the_zone() -> None:
    assert today(utc("2026-01-01T00:30"), "UTC") == date(2026, 1, 1)
    assert today(utc("2026-01-01T00:30"), "America/New_York") == date(2025, 12, 31)
    assert today(utc("2026-01-01T11:30"), "Pacific/Auckland") == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("zone", "local", "moment"),
    [
        ("Europe/Vilnius", "2026-03-29T02:59", "2026-03-29T00:59"),
        ("Europe/Vilnius", "2026-03-29T03:00", "2026-03-29T01:00"),
        ("Europe/Vilnius", "2026-03-29T03:30", "2026-03-29T01:00"),
        ("Europe/Vilnius", "2026-03-29T04:00", "2026-03-29T01:00"),
        ("Europe/Vilnius", "2026-10-25T03:30", "2026-10-25T00:30"),
        ("Europe/Vilnius", "2026-10-25T04:00", "2026-10-25T02:00"),
        ("Europe/Warsaw", "2026-03-29T02:30", "2026-03-29T01:00"),
        ("Europe/Warsaw", "2026-10-25T02:30", "2026-10-25T00:30"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00"),
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00"),
        ("UTC", "2026-03-29T02:30", "2026-03-29T02:30"),
    ],
)
def test_a_wall_time_is_one_moment(zone: str, local: str, moment: str) -> None:
    assert to_utc(wall(local), zone) == utc(moment)
