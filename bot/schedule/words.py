"""What a cron line says, in words, and phrases that complete what somebody is typing."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator

from cronsim import CronSim

from bot.errors import Refusal
from bot.schedule.phrases import ORDINALS, RARE, WEEKDAYS, flatten, split_times

EVERY_WEEKDAY = set(range(1, 6))
MOST_TIMES = 6  # told one by one; more are told as cronsim tells them
TIMES = ["19:00", "9:00", "12:00", "20:00"]  # offered while no time is typed
MONDAY_FIRST = [*WEEKDAYS[1:], WEEKDAYS[0]]
DAYS = [
    *("every day", "every weekday", "every weekend"),
    *(f"every {day}" for day in MONDAY_FIRST),
    *(f"every second {day}" for day in MONDAY_FIRST),
    *("1st of month", "15th of month", "last day of month", "last weekday of month"),
    *(f"{nth} {day} of month" for nth in ("last", *ORDINALS[:4]) for day in MONDAY_FIRST),
    *(
        f"{nth} of month"
        for nth in ("2nd", "3rd", *(f"{n}th" for n in range(4, 15)), *(f"{n}th" for n in range(16, 21)))
    ),
    *(f"{nth} of month" for nth in ("21st", "22nd", "23rd", *(f"{n}th" for n in range(24, 31)), "31st")),
]
_SAME = {"each": "every", "daily": "every", "other": "second", "at": "", "on": "", "the": "", "and": ""}
_UNFINISHED = re.compile(r"(?<![\w:.])(\d{1,2})(?::(\d?)|( ?[ap]\.?))?$")


def tell_times(sim: CronSim) -> str:
    """`09:00 and 18:00`; nothing if there are too many to tell."""
    times = [f"{hour:02}:{minute:02}" for hour in sorted(sim.hours) for minute in sorted(sim.minutes)]
    return _join(times) if len(times) <= MOST_TIMES else ""


def tell_days(sim: CronSim, every: int) -> str:
    """`every second Friday`, `on the 1st of each month`; nothing if the days are none that a phrase can say."""
    dates, weekdays = set(sim.days), {_in_week(day) for day in sim.weekdays}
    every_date, every_day = len(dates) == 31, weekdays == set(range(7))
    if len(sim.months) < 12 or not (every_date or every_day):
        return ""
    if not every_date:
        return _tell_dates(dates)
    plain = {day for day in weekdays if isinstance(day, int)}
    if plain == weekdays:
        return _tell_week(plain, every)
    return _tell_nths({day for day in weekdays if isinstance(day, tuple)}) if not plain else ""


def _in_week(day: int | tuple[int, int]) -> int | tuple[int, int]:
    """A weekday with Sunday as 0 only; cron knows it as 7, too."""
    return day % 7 if isinstance(day, int) else (day[0] % 7, day[1])


def _tell_week(days: set[int], every: int) -> str:
    if len(days) == 7:
        return "every day"
    names = {(0, 6): "weekend", (1, 2, 3, 4, 5): "weekday"}.get(tuple(sorted(days)), "") or _join(_names(days))
    if every == 1:
        return f"every {names}"
    if every == 2 and days != EVERY_WEEKDAY:
        return f"every second {names}"
    return f"every {ORDINALS[every - 1]} week on {names}{'s' * names.startswith('week')}"


def _tell_dates(dates: set[int]) -> str:
    if dates == {CronSim.LAST_WEEKDAY}:
        return "on the last weekday of each month"
    if CronSim.LAST_WEEKDAY in dates:
        return ""
    told = [_ordinal(day) for day in sorted(dates - {CronSim.LAST})]
    if CronSim.LAST in dates:
        return f"on the {_join([*told, 'last'])} day of each month"
    return f"on the {_join(told)} of each month" + (RARE if max(dates) > 28 else "")


def _tell_nths(pairs: set[tuple[int, int]]) -> str:
    days = {day for day, _ in pairs}
    nths = sorted({nth for _, nth in pairs}, key=lambda nth: (nth == CronSim.LAST, nth))
    if len(days) * len(nths) != len(pairs):
        return ""
    told = _join("last" if nth == CronSim.LAST else ORDINALS[nth - 1] for nth in nths)
    return f"on the {told} {_join(_names(days))} of each month" + (RARE if 5 in nths else "")


def _names(days: set[int]) -> list[str]:
    return [day for day in MONDAY_FIRST if WEEKDAYS.index(day) in days]


def _ordinal(number: int) -> str:
    ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _join(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def complete(typed: str) -> Iterator[str]:
    """What was typed, and phrases that go on from it, best first; not each can be read."""
    yield typed
    flat = flatten(typed)
    yield from _with_times(flat, [], flat)
    with contextlib.suppress(Refusal):
        times, days = split_times(flat)
        rest, unfinished = _finish(days if times else flat)
        told = [f"{hour:02}:{minute:02}" for hour, minute in times]
        yield from _with_times(
            rest, [" and ".join([*told, time]) for time in unfinished] or [" and ".join(told)], typed
        )


def _with_times(wanted: str, times: list[str], typed: str) -> Iterator[str]:
    """Days that fit the words, each with one of the times; what was typed itself comes first, if it is a day."""
    times = [time for time in times if time] or TIMES
    for time in times:
        yield f"{wanted} {time}"
        yield from (f"{day} {time}" for day in DAYS if _fits(wanted, day))


def _finish(flat: str) -> tuple[str, list[str]]:
    """The words before a time that is still being typed, and the times it may become: `fri 19:` is 19:00 or 19:30."""
    match = _UNFINISHED.search(flat)
    if not match or int(match[1]) > 23:
        return flat, []
    hour, tens = int(match[1]), match[2]
    if match[3]:
        hour = hour % 12 + 12 * ("p" in match[3])
    minutes = [0, 30] if tens == "" else [int(tens) * 10] if tens and int(tens) < 6 else [0]
    return re.sub(r"(?: and| at)* ?$", "", flat[: match.start()]), [f"{hour:02}:{minute:02}" for minute in minutes]


def _fits(wanted: str, day: str) -> bool:
    """Whether each word that was typed begins a word of a phrase."""
    words = day.lower().split()
    typed = [_SAME.get(word, word) for word in wanted.split()]
    return all(any(word.startswith(part) and (word != "month" or part != "mon") for word in words) for part in typed)
