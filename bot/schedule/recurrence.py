"""When a schedule is due: a wall-clock rule in a zone, read from plain words, told in them, and counted out in UTC."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

from cronsim import CronSim, CronSimError

from bot.errors import Refusal
from bot.schedule import phrases, words
from bot.text import clip, escape
from bot.zones import to_utc

LONGEST = 100  # characters of a phrase or a cron line
OFFERED = 25  # as many as Discord shows
OFTEN = timedelta(minutes=10)
SEEN = 300  # times that are looked at to find out how often a rule fires: two days of one every ten minutes
EXAMPLES = "“every weekday 20:00”, “every second Friday 19:30”, “1st of month 18:00” or “last Friday of month 17:00”"

UNKNOWN = f"I don't understand “{{typed}}”. Please write for instance {EXAMPLES}."
NO_TIME = "At what time? Please add it, for instance “{typed} 19:00”."
TOO_OFTEN = "That is more often than every 10 minutes. Please leave at least 10 minutes between one time and the next."
NEVER = "That day never comes. Please choose one that is in the calendar, for instance “last day of month 18:00”."
FIVE = (
    "A cron line has five parts: minute, hour, day of the month, month, weekday. This one has {many}. "
    "“0 19 * * FRI” is every Friday at 19:00."
)
BAD_PART = "“{part}” can't be the {name} of a cron line. {allowed}"
PARTS = {
    "minute": (0, "It takes 0 to 59, lists such as 0,30, steps such as */15, or *."),
    "hour": (1, "It takes 0 to 23, lists such as 9,18, ranges such as 9-17, or *."),
    "day-of-month": (2, "It takes 1 to 31, L for the last day, LW for the last weekday, or *."),
    "month": (3, "It takes 1 to 12, names such as JAN, or *."),
    "day-of-week": (
        4,
        "It takes 0 (Sunday) to 6, names such as FRI, 5#2 for a second Friday, 5L for the last one, or *.",
    ),
}


@dataclass(frozen=True)
class Rule:
    """A wall-clock rule: a cron line of five fields, by the clocks of an IANA zone.

    With `every` above 1 it counts weeks from the one of `anchor` and fires in each `every`th.
    """

    cron: str
    zone: str
    every: int = 1
    anchor: date | None = None


def read_rule(text: str, zone: str, today: date) -> Rule:
    """What somebody's words or cron line mean, in a zone where it is `today`. Refusal if unclear or too often.

    “Every second Friday”, said on a Friday, counts from that day, whatever the hour: a date can't tell whether its
    time has passed. If it has, the first is two weeks later, as the next times that are shown with the rule say.
    """
    typed = text.strip()
    if len(typed) > LONGEST:
        raise Refusal(UNKNOWN.format(typed=escape(clip(typed, 40))))
    if _is_cron(typed):
        return Rule(_check(" ".join(typed.upper().split()), today), zone)
    times, rest = phrases.split_times(phrases.flatten(typed))
    days = phrases.read_days(rest)
    if not days:
        raise Refusal(UNKNOWN.format(typed=escape(typed)))
    if not times:
        raise Refusal(NO_TIME.format(typed=escape(typed)))
    cron = _check(f"{phrases.write_times(times)} {days.of_month} * {days.of_week}", today)
    return Rule(cron, zone, days.every, _first_day(cron, today) if days.every > 1 else None)


def describe(rule: Rule) -> str:
    """A rule in words: `every second Friday at 19:30, Europe/Vilnius time`."""
    sim = CronSim(rule.cron, datetime(2000, 1, 1))  # noqa: DTZ001
    clock = "UTC" if rule.zone == "UTC" else f"{rule.zone} time"
    days, times = words.tell_days(sim, rule.every), words.tell_times(sim)
    if days and times:
        return f"{days} at {times}, {clock}"
    explained = sim.explain()
    return f"{explained[0].lower()}{explained[1:]}, {clock}"


def suggest_rules(typed: str) -> list[str]:
    """Up to 25 phrases that `read_rule` understands and that go on from what was typed, best first."""
    found: dict[Rule, str] = {}  # what means the same is offered once, in its last wording
    for phrase in words.complete(clip(typed.strip(), LONGEST - 10)):
        with contextlib.suppress(Refusal):
            found[read_rule(phrase, "UTC", date(2000, 1, 1))] = phrase
        if len(found) == OFFERED:
            break
    return list(found.values())


def next_times(rule: Rule, after: int, many: int) -> list[int]:
    """The next `many` moments (UTC, ms) after one, in order. In a gap: the first one after it; in an overlap: once."""
    return list(islice(walk(rule, after), many))


def walk(rule: Rule, after: int) -> Iterator[int]:
    """All those moments, one after the other."""
    # Clocks have been set by up to a day: two days before, no wall time that is still to come is left out.
    last = after
    for wall in CronSim(rule.cron, datetime.fromtimestamp(after // 1000, UTC).replace(tzinfo=None) - timedelta(days=2)):
        if rule.every > 1 and rule.anchor and _weeks(rule.anchor, wall.date()) % rule.every:
            continue
        at = to_utc(wall, rule.zone)
        if at > last:
            last = at
            yield at


def _weeks(anchor: date, day: date) -> int:
    """Whole weeks, Monday to Sunday, from the one of a date to that of another."""
    return (day.toordinal() - day.weekday() - anchor.toordinal() + anchor.weekday()) // 7


def _first_day(cron: str, today: date) -> date:
    return next(CronSim(cron, _eve(today))).date()


def _eve(day: date) -> datetime:
    """The second before a day."""
    return datetime(day.year, day.month, day.day) - timedelta(seconds=1)  # noqa: DTZ001


def _is_cron(typed: str) -> bool:
    """Whether it is meant as a cron line: it has a star, or two fields of digits begin it and there is no 9:00."""
    return "*" in typed or (":" not in typed and bool(re.match(r"[\d/,-]+\s+[\d/,-]+\s+\S", typed)))


def _check(cron: str, today: date) -> str:
    """The line, if it can be read, fires some day and is not too often; Refusal if not."""
    fields = cron.split()
    if len(fields) != 5:
        raise Refusal(FIVE.format(many=len(fields)))
    # One time a day can't be too often, and 300 months of it take long while somebody is typing.
    many = 1 if fields[0].isdigit() and fields[1].isdigit() else SEEN
    try:
        seen = list(islice(CronSim(cron, _eve(today)), many))
    except CronSimError as error:
        raise Refusal(_tell_error(fields, str(error))) from None
    if not seen:
        raise Refusal(NEVER)
    if any(later - earlier < OFTEN for earlier, later in pairwise(seen)):
        raise Refusal(TOO_OFTEN)
    return cron


def _tell_error(fields: list[str], error: str) -> str:
    """What is wrong with a line, from cronsim's `Bad hour`: which part, and what it takes."""
    name = error.removeprefix("Bad ")
    at, allowed = PARTS[name]
    if name == "day-of-month" and _is_readable(["0", "0", fields[2], "*", "*"]):
        return NEVER  # cronsim says the same of the 30th of February
    return BAD_PART.format(part=escape(clip(fields[at], 40)), name=name.replace("-of-", " of the "), allowed=allowed)


def _is_readable(fields: list[str]) -> bool:
    try:
        CronSim(" ".join(fields), datetime(2000, 1, 1))  # noqa: DTZ001
    except CronSimError:
        return False
    return True
