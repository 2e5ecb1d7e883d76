"""Schedules decide: what becomes of a time that is due, and which times nothing came of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.errors import Refusal

ON_TIME = 60_000  # ms after its time for which something is not late
AWAY = 30_000  # ms until the next look for a server that is not to be seen just now
BUSY = 15_000  # ms until the next try where the place was taken
MOST = 25  # schedules of one server
COUNTED = 100_000  # missed times are counted up to here: two years of one every ten minutes
LONG_AWAY = 14 * 24 * 3600_000  # ms for which a server is not to be seen until its schedules pause
DISCORD_EPOCH = 1_420_070_400_000  # ms; ids of Discord count from there

WHAT_PAUSES = {
    "gone": "its channel is gone",
    "forbidden": "I may not write in its channel any more",
    "role": "the role that it calls is gone",
    "unreachable": "Discord did not take what I wrote there",
    "rule": "its time zone is not known any more",
    "left": "I could not see this server for two weeks",
}
WHAT_MISSES = {"late": "I was away", "away": "I could not see this server", "moderator": "the schedule was paused"}
FULL = f"There are {MOST} schedules here already. Please remove one with /schedule remove first."
EVERYONE = "@everyone can't be called. Please choose a role that people have taken for this, or none."
NOT_TAKEN = "{title}: {options} can't be chosen for that. Please leave it out."
NO_MINUTES = "A role is called in the announcement. Please add announce, such as 10 minutes before."


@dataclass(frozen=True)
class Outcome:
    """What becomes of a claimed time: it runs, or it is missed with `times` others up to `until` (ms).

    `next_at` is the time that the schedule waits for then; None for one asked for by hand.
    """

    runs: bool
    next_at: int | None
    times: int = 1
    until: int | None = None


def may_run(at: int, seen: int, missed: str, grace: int) -> bool:
    """Whether something may still start that was due at `at` and could be started from `seen` (ms) on.

    `grace` in minutes.
    """
    return seen - at <= (max(grace * 60_000, ON_TIME) if missed == "catch-up" else ON_TIME)


def decide(at: int, later: Sequence[int], seen: int, missed: str, grace: int) -> Outcome:
    """What becomes of the time `at`; `later` are the schedule's next times, up to at least one after `seen`.

    `seen` is when the bot was first there to start it. Of several that were missed only the newest is caught up, and
    the others are missed together. Times in ms.
    """
    past = [time for time in later if time <= seen]
    ahead = next(time for time in later if time > seen)
    on_time = seen - at <= ON_TIME
    if on_time or (not past and may_run(at, seen, missed, grace)):
        return Outcome(True, later[0])
    if past and may_run(past[-1], seen, missed, grace):
        return Outcome(False, past[-1], len(past), past[-2] if len(past) > 1 else at)
    return Outcome(False, ahead, len(past) + 1, past[-1] if past else at)


def name_occasion(schedule_id: int, at: int) -> int:
    """The id of one time of a schedule: shaped like Discord's, and the same whenever it is asked for.

    The low bits tell schedules apart that are due at one time, also those made in one millisecond.
    """
    digest = sha256(str(schedule_id).encode()).digest()
    return ((at - DISCORD_EPOCH) << 22) | (int.from_bytes(digest[:3], "big") & 0x3FFFFF)


def check_options(title: str, takes: Collection[str], given: Collection[str]) -> None:
    """Refuse options that mean nothing for what is started."""
    if wrong := [option for option in given if option not in takes]:
        raise Refusal(NOT_TAKEN.format(title=title, options=" and ".join(wrong)))


def check_call(role_id: int | None, guild_id: int, announce: int) -> None:
    """Refuse a role that is everybody, or one that there is no announcement to call it in."""
    if role_id == guild_id:
        raise Refusal(EVERYONE)
    if role_id is not None and announce == 0:
        raise Refusal(NO_MINUTES)


def say_why(why: str | None) -> str:
    """Why nothing came of a time, as the end of a sentence."""
    if known := (WHAT_PAUSES | WHAT_MISSES).get(why or "late"):
        return known
    first = (why or "").partition(". ")[0].rstrip(".")  # of a refusal, which goes on to tell players what to do
    return f"it was not possible: “{first}”"
