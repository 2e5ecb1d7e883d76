"""Plain words about days and times, such as `every second Friday 19:30`, as the parts of a cron line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import Refusal
from bot.text import clip, escape

WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]  # as cron numbers them
RARE = ", if it has one,"  # said of a day that not each month has
ORDINALS = ["first", "second", "third", "fourth", "fifth"]

NOT_A_TIME = "“{time}” is not a time of day. Times go from 0:00 to 23:59, or from 12am to 11:59pm."
OTHER_MINUTES = (
    "Several times in one schedule need the same minutes, such as 9:00 and 18:00. "
    "Please make one schedule for {first} and another one for {other}."
)

_TIME = re.compile(r"(?<![\w:.])(\d{1,2})(?:[:.h](\d{2}))?(?: ?([ap])\.?m\b\.?)?(?![\w:])")
_BARE_HOUR = re.compile(r"(?:\bat |(?<![\w:.,-]))(\d{1,2})$")
_FILLERS = {"at", "on", "the", "of", "in", "a"}
_WORDS = {
    "each": "every", "everyday": "every day", "daily": "every day", "days": "day", "weekly": "every week",
    "fortnightly": "every second week", "other": "second", "2nd": "second", "two": "second", "2": "second",
    "3rd": "third", "three": "third", "3": "third", "4th": "fourth", "four": "fourth", "4": "fourth",
    "1st": "first", "5th": "fifth", "weeks": "week", "monthly": "every month", "weekdays": "weekday",
    "workday": "weekday", "workdays": "weekday", "weekends": "weekend", "until": "to", "through": "to",
}  # fmt: skip
_NAMES = {
    spelling: str(number)
    for number, day in enumerate(WEEKDAYS)
    for spelling in (day.lower(), f"{day.lower()}s", day[:3].lower(), f"{day[:3].lower()}s")
} | {"tues": "2", "weds": "3", "thur": "4", "thurs": "4"}

_SET = r"(?:weekday|weekend|\d(?: to \d)?)"
_SETS = rf"{_SET}(?:(?: and)? {_SET})*"
_NTH = rf"(?:{'|'.join(ORDINALS)}|last)"
_WEEKLY = re.compile(rf"(?:every )?(?:(?<=every )(?P<nth>second|third|fourth) )?(?P<week>week )?(?P<days>day|{_SETS})")
_DATE = rf"(?:{_NTH}|\d\d?(?:st|nd|rd|th))"
_BY_DATE = re.compile(rf"(?P<dates>{_DATE}(?: and {_DATE})*)(?P<day> day)?")
_BY_WEEKDAY = re.compile(rf"(?P<nths>{_NTH}(?: and {_NTH})*) (?P<days>\d(?: and \d)*)")
_SKIPPING = re.compile(rf"every {_NTH} (?:month|day)")  # a second month or a second day: a cron line can't say it


@dataclass(frozen=True)
class Days:
    """Which days: two fields of a cron line, and every so many weeks."""

    of_month: str = "*"
    of_week: str = "*"
    every: int = 1


def flatten(text: str) -> str:
    """A phrase in small letters, with single spaces, `and` between the parts of a list and `to` inside a range."""
    text = text.lower().replace(RARE, "")
    text = re.sub(r"\s*(?:,(?:\s*and\b)?|&|\+)\s*", " and ", text)
    text = re.sub(r"(?<=[a-z])\s*[-–]\s*(?=[a-z])", " to ", text)
    text = re.sub(r"\bnoon\b", "12:00", re.sub(r"\bmidnight\b", "0:00", text))
    return " ".join(text.split())


def split_times(flat: str) -> tuple[list[tuple[int, int]], str]:
    """The times of day (hour, minute) in a flat phrase, in order, and what is left of it. Refusal for a 25:00."""
    found = [match for match in _TIME.finditer(flat) if match[2] or match[3]]
    if not found:
        bare = _BARE_HOUR.search(flat)
        found = [bare] if bare else []
    rest = flat
    for match in reversed(found):
        before = re.sub(r"\s*\b(?:and|at)\s*$", "", rest[: match.start()])
        rest = f"{before} {rest[match.end() :]}"
    return sorted({_read_time(match) for match in found}), " ".join(rest.split())


def _read_time(match: re.Match[str]) -> tuple[int, int]:
    hour, minute, half = int(match[1]), 0, None
    if match.re is _TIME:
        minute, half = int(match[2] or 0), match[3]
    if minute > 59 or (not 1 <= hour <= 12 if half else hour > 23):
        raise Refusal(NOT_A_TIME.format(time=escape(clip(match[0], 20))))
    return (hour % 12 + 12 * (half == "p") if half else hour), minute


def read_days(rest: str) -> Days | None:
    """What a flat phrase without its times says about days; None if it isn't understood, in part or at all."""
    words = " ".join(_WORDS.get(word, word) for word in rest.split() if word not in _FILLERS).split()
    text = " ".join(_NAMES.get(word, "?" if word.isdigit() else word) for word in words)
    if "month" in words:
        if _SKIPPING.search(text):
            return None
        return _monthly(" ".join(word for word in text.split() if word not in ("month", "every")))
    match = _WEEKLY.fullmatch(text)
    if not match or (match["nth"] and match["days"] in ("day", "weekday") and not match["week"]):
        return None
    if match["days"] == "day":
        return None if match["week"] or match["nth"] else Days()
    every = ORDINALS.index(match["nth"]) + 1 if match["nth"] else 1
    return Days(of_week=write_weekdays(_read_weekdays(match["days"])), every=every)


def _monthly(text: str) -> Days | None:
    if text == "last weekday":
        return Days(of_month="LW")
    if match := _BY_WEEKDAY.fullmatch(text):
        nths = [nth if nth == "last" else ORDINALS.index(nth) + 1 for nth in match["nths"].split(" and ")]
        days = match["days"].split(" and ")
        return Days(of_week=",".join(f"{day}L" if nth == "last" else f"{day}#{nth}" for nth in nths for day in days))
    match = _BY_DATE.fullmatch(text)
    if not match or ("last" in match["dates"] and not match["day"]):
        return None
    dates = [_read_date(date) for date in match["dates"].split(" and ")]
    return Days(of_month=",".join(dates)) if all(date == "L" or 1 <= int(date) <= 31 for date in dates) else None


def _read_date(word: str) -> str:
    if word == "last":
        return "L"
    return str(ORDINALS.index(word) + 1) if word in ORDINALS else str(int(word[:-2]))


def _read_weekdays(text: str) -> set[int]:
    """Numbers (Sunday is 0) of `1 and 4`, `1 to 5`, `weekday and 6`."""
    text = text.replace("weekday", "1 to 5").replace("weekend", "6 to 0")
    found: set[int] = set()
    for first, last in re.findall(r"(\d)(?: to (\d))?", text):
        many = (int(last) - int(first)) % 7 if last else 0
        found |= {(int(first) + days) % 7 for days in range(many + 1)}
    return found


def write_weekdays(numbers: Iterable[int]) -> str:
    """Weekdays (Sunday is 0) as a field of a cron line."""
    days = set(numbers)
    if len(days) == 7:
        return "*"
    return "1-5" if days == {1, 2, 3, 4, 5} else ",".join(map(str, sorted(days)))


def write_times(times: list[tuple[int, int]]) -> str:
    """Times of day as the first two fields of a cron line. Refusal for times that one line can't hold."""
    hours, minutes = sorted({hour for hour, _ in times}), sorted({minute for _, minute in times})
    if len(hours) * len(minutes) != len(times):
        first, *rest = times
        other = next(time for time in rest if time[1] != first[1])
        raise Refusal(OTHER_MINUTES.format(first="{}:{:02}".format(*first), other="{}:{:02}".format(*other)))
    return f"{','.join(map(str, minutes))} {','.join(map(str, hours))}"
