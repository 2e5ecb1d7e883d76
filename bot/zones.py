"""IANA time zones: found by what people type, and wall-clock times as moments in UTC."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.errors import Refusal
from bot.text import clip, escape
from storage.periods import load_zone

OFFERED = 25  # as many as Discord shows
WELL_KNOWN = [  # offered while nothing is typed, from west to east
    *("America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo"),
    *("Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Stockholm", "Europe/Warsaw", "Europe/Kaliningrad"),
    *("Europe/Vilnius", "Europe/Riga", "Europe/Tallinn", "Europe/Helsinki", "Europe/Kyiv", "Europe/Minsk"),
    *("Europe/Istanbul", "Europe/Moscow", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney"),
    "Pacific/Auckland",
]
ABBREVIATIONS = {  # most mean one half of a year only, some several places; and what to choose instead
    "CET CEST MET MEST": "Europe/Warsaw or Europe/Berlin",
    "EET EEST": "Europe/Vilnius or Europe/Kyiv",
    "WET WEST": "Europe/Lisbon or Atlantic/Canary",
    "GMT BST": "UTC or Europe/London",
    "EST EDT EST5EDT": "America/New_York or America/Panama",
    "CST CDT CST6CDT": "America/Chicago or Asia/Shanghai",
    "MST MDT MST7MDT": "America/Denver or America/Phoenix",
    "PST PDT PST8PDT": "America/Los_Angeles or America/Vancouver",
    "AST ADT": "America/Halifax or Asia/Riyadh",
    "AEST AEDT": "Australia/Sydney or Australia/Brisbane",
    "NZST NZDT": "Pacific/Auckland",
    "IST": "Asia/Kolkata or Europe/Dublin or Asia/Jerusalem",
    "MSK": "Europe/Moscow",
    "HST": "Pacific/Honolulu",
    "JST": "Asia/Tokyo",
    "SAST": "Africa/Johannesburg",
}
CITIES = {short: cities for shorts, cities in ABBREVIATIONS.items() for short in shorts.split()}
ABBREVIATION = (
    "“{typed}” names what a clock shows, not a place, and doesn't say when that clock changes. Please choose {cities}."
)
UNKNOWN = "I don't know the time zone “{typed}”. Please choose one from the list as you type, for instance {cities}."


def suggest_zones(typed: str, now: int) -> list[tuple[str, str]]:
    """Up to 25 zones that fit what was typed, best first, each with its name and its clock now (ms) in words."""
    wanted = _plain(typed)
    if not wanted:
        found = ["UTC", *WELL_KNOWN]
    else:
        by_fit = sorted((fit, zone) for spelling, zone in _spellings().items() if (fit := _fit(wanted, spelling)) < 4)
        found = list(dict.fromkeys(zone for _, zone in by_fit))
    return [(zone, f"{zone} (now {_wall(now, zone):%H:%M})") for zone in found[:OFFERED]]


def find_zone(text: str) -> str:
    """The zone that is meant: `new york` is America/New_York, `Europe/Kiev` is Europe/Kyiv. Refusal if unclear."""
    typed = clip(text.strip(), 60)
    if cities := CITIES.get(typed.upper()):
        raise Refusal(ABBREVIATION.format(typed=escape(typed), cities=cities))
    wanted, spellings = _plain(typed), _spellings()
    if wanted in spellings:
        return spellings[wanted]
    fits = [(fit, zone) for spelling, zone in spellings.items() if wanted and (fit := _fit(wanted, spelling)) < 2]
    best = sorted({zone for fit, zone in fits if fit == min(fits)[0]})
    if len(best) == 1:
        return best[0]
    raise Refusal(UNKNOWN.format(typed=escape(typed), cities=" or ".join(best[:3] or _near(wanted))))


def is_known(zone: str) -> bool:
    return zone in _names()


def today(now: int, zone: str) -> date:
    """The date in a zone at a time (ms). Refusal if there is no such zone."""
    return _wall(now, zone).date()


def to_utc(wall: datetime, zone: str) -> int:
    """The first moment (ms) at which a zone's clocks show `wall` (without a zone), to the second.

    Where clocks are set forward past it, the first moment after the gap; where they are set back, the first of the two.
    """
    wall = wall.replace(tzinfo=_load(zone), fold=0, microsecond=0)
    first, second = (int(wall.replace(fold=fold).timestamp()) for fold in (0, 1))
    if second >= first:
        return first * 1000
    # Inside a gap fold 0 counts by the clock before it, fold 1 by the one after (PEP 495): the change lies between.
    before, after = second, first
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, wall.tzinfo).replace(tzinfo=None) < wall.replace(tzinfo=None):
            before = middle
        else:
            after = middle
    return after * 1000


def _wall(now: int, zone: str) -> datetime:
    return datetime.fromtimestamp(now // 1000, _load(zone))


def _fit(wanted: str, spelling: str) -> int:
    """How well a zone's plain name fits: 0 it is its city, 1 its city begins so, 2 a word does, 3 anywhere, 4 not."""
    parts = spelling.split("/")
    wanted = wanted.strip("/")
    if wanted in (spelling, parts[-1]):
        return 0
    if parts[-1].startswith(wanted) or spelling.startswith(wanted):
        return 1
    flat = spelling.replace("/", " ")
    if f" {wanted.replace('/', ' ')}" in f" {flat}":
        return 2
    return 3 if wanted.replace("/", " ") in flat else 4


def _near(wanted: str) -> list[str]:
    """Zones spelt nearly so, and two that show what a name looks like."""
    near = process.extract(wanted, list(_spellings()), scorer=fuzz.WRatio, limit=2, score_cutoff=75)
    return list(dict.fromkeys([*(_spellings()[match] for match, _, _ in near), "Europe/Vilnius", "UTC"]))[:3]


def _plain(text: str) -> str:
    """A name without case, accents, underscores and hyphens."""
    letters = unicodedata.normalize("NFKD", text[:100]).casefold()
    flat = "".join(" " if c in "_-" else c for c in letters if not unicodedata.combining(c))
    return " ".join(flat.split())


@cache
def _spellings() -> dict[str, str]:
    """What may be typed, as plain names, and the zone meant: each in use today, and the former name of one."""
    lines = _data("zone.tab").splitlines()
    current = {"UTC", *(line.split("\t")[2] for line in lines if not line.startswith("#"))}
    links = [line.split() for line in _data("tzdata.zi").splitlines() if line.startswith("L ")]
    former = {old: new for _, new, old in links if old not in current and new in current and old not in CITIES}
    of_utc = dict.fromkeys(("Etc/UTC", "Zulu", "Universal"), "UTC")
    return {_plain(name): zone for name, zone in {**former, **of_utc, **{name: name for name in current}}.items()}


@cache
def _names() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def _load(zone: str) -> ZoneInfo:
    """A zone by its name. Only one of the list reaches the file system."""
    if not is_known(zone):
        raise Refusal(UNKNOWN.format(typed=escape(clip(zone, 60)), cities="Europe/Vilnius or UTC"))
    return load_zone(zone)


def _data(name: str) -> str:
    return resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
