"""Days on which clocks change, by real commands and the injected clock: one round, at the moment that the rule says.

The instants are worked out by hand from the offsets of 2027. Casablanca left its +1 for Ramadan, until in September
2026 it left it for good, so its two are of 2026. In a gap a round starts at the first moment after it, in an overlap
in the first of the two hours, once.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.schedule.test_commands import add
from tests.stage import START, Stage, text_of

DAY = 24 * 3600

GAPS = [  # zone, wall clock of the rule, the moment of the day of the change, the moment of the day after (UTC)
    ("Europe/Vilnius", "03:30", "2027-03-28T01:00", "2027-03-29T00:30"),  # 03:00 becomes 04:00, +2 to +3
    ("Europe/Warsaw", "02:30", "2027-03-28T01:00", "2027-03-29T00:30"),  # 02:00 becomes 03:00, +1 to +2
    ("America/New_York", "02:30", "2027-03-14T07:00", "2027-03-15T06:30"),  # 02:00 becomes 03:00, -5 to -4
    ("Australia/Lord_Howe", "02:15", "2027-10-02T15:30", "2027-10-03T15:15"),  # 02:00 becomes 02:30, +10:30 to +11
    ("Africa/Casablanca", "02:30", "2026-03-22T02:00", "2026-03-23T01:30"),  # 02:00 becomes 03:00, +0 to +1
]
OVERLAPS = [
    ("Europe/Vilnius", "03:30", "2027-10-31T00:30", "2027-11-01T01:30"),  # 04:00 becomes 03:00, +3 to +2
    ("Europe/Warsaw", "02:30", "2027-10-31T00:30", "2027-11-01T01:30"),  # 03:00 becomes 02:00, +2 to +1
    ("America/New_York", "01:30", "2027-11-07T05:30", "2027-11-08T06:30"),  # 02:00 becomes 01:00, -4 to -5
    ("Australia/Lord_Howe", "01:45", "2027-04-03T14:45", "2027-04-04T15:15"),  # 02:00 becomes 01:30, +11 to +10:30
    ("Africa/Casablanca", "02:30", "2026-02-15T01:30", "2026-02-16T02:30"),  # 03:00 becomes 02:00, +1 to +0
]


def seconds(moment: str) -> int:
    """Seconds from the stage's start to a moment in UTC."""
    return int(datetime.fromisoformat(f"{moment}:00+00:00").timestamp()) - START // 1000


def opened(stage: Stage) -> int:
    return sum(text_of(message).startswith("## Quiz") for message in stage.messages())


@pytest.mark.parametrize(("zone", "wall", "first", "second"), GAPS + OVERLAPS)
async def test_a_round_opens_once_on_the_day_of_the_change_and_on_the_next_by_the_new_clock(
    stage: Stage, zone: str, wall: str, first: str, second: str
) -> None:
    stage.clock.move((seconds(first) - DAY // 2) * 1000)
    await stage.restart()
    shown = await add(stage, when=f"every day {wall}", zone=zone, questions=1, seconds=5)
    assert [f"<t:{seconds(moment) + START // 1000}:F>" in shown.text for moment in (first, second)] == [True, True]
    await stage.skip(DAY // 2 - 1)
    assert opened(stage) == 0
    await stage.advance(2)
    assert opened(stage) == 1
    for _ in range(3):  # through the hour that comes twice, and past the round
        await stage.skip(1800)
    assert opened(stage) == 1
    await stage.skip(seconds(second) - seconds(first) - 3 * 1800 - 2)
    assert opened(stage) == 1
    await stage.advance(3)
    assert opened(stage) == 2
