"""The pace: a few requests at once, then one by one, and nothing stops for long."""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from bot.pace import AT_ONCE, EVERY, Pace


class SelfWinding(Clock):
    """Time that passes only while somebody waits, and then only until the first wait is over."""

    def __init__(self) -> None:
        self.time = 1_000_000

    def now(self) -> int:
        return self.time

    async def wait(self, seconds: float) -> None:
        over_at = self.time + round(seconds * 1000)
        while self.time < over_at:
            self.time += 1
            await asyncio.sleep(0)


async def take(clock: SelfWinding, pace: Pace, turns: int) -> list[int]:
    """When each of so many turns came, in ms from now."""
    start, came = clock.time, []
    for _ in range(turns):
        await pace.turn()
        came.append(clock.time - start)
    return came


async def test_a_few_go_at_once_and_the_rest_one_by_one() -> None:
    clock = SelfWinding()
    assert await take(clock, Pace(clock), AT_ONCE + 3) == [0] * AT_ONCE + [EVERY, 2 * EVERY, 3 * EVERY]


async def test_no_second_has_more_than_forty() -> None:
    clock = SelfWinding()
    came = await take(clock, Pace(clock), 200)
    assert max(sum(time <= later < time + 1000 for later in came) for time in came) == 40


async def test_after_a_pause_a_few_go_at_once_again_and_no_more() -> None:
    clock = SelfWinding()
    pace = Pace(clock)
    await take(clock, pace, AT_ONCE)
    clock.time += 3_600_000
    assert await take(clock, pace, AT_ONCE + 1) == [0] * AT_ONCE + [EVERY]


async def test_a_clock_that_is_set_back_an_hour_stops_nothing() -> None:
    clock = SelfWinding()
    pace = Pace(clock)
    await take(clock, pace, AT_ONCE)
    clock.time -= 3_600_000
    assert await take(clock, pace, 2) == [EVERY, 2 * EVERY]


async def test_who_asks_first_is_served_first() -> None:
    clock = SelfWinding()
    pace = Pace(clock)
    served: list[int] = []

    async def ask(number: int) -> None:
        await pace.turn()
        served.append(number)

    await asyncio.gather(*(ask(number) for number in range(30)))
    assert served == list(range(30))


async def test_a_free_turn_is_taken_only_where_there_is_one() -> None:
    clock = SelfWinding()
    pace = Pace(clock)
    assert [pace.take_if_free() for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]
    clock.time += EVERY
    assert [pace.take_if_free(), pace.take_if_free()] == [True, False]
