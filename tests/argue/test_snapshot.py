"""Figures that stay as they were shown: made anew by six, by nobody alone, at once while they tell nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from bot.argue.snapshot import ALL, Snapshot


class Tally:
    """Numbers by key that a test changes, and how often they were asked for."""

    def __init__(self, **start: int) -> None:
        self.now = {int(key[1:]): number for key, number in start.items()} or {ALL: 6}
        self.asked: list[list[int]] = []

    async def load(self, keys: Collection[int]) -> dict[int, int]:
        self.asked.append(list(keys))
        await asyncio.sleep(0)
        return {key: self.now[key] for key in keys}


def keep() -> Snapshot[int]:
    return Snapshot(lambda number: number >= 6)


async def test_what_is_shown_stays_until_six_have_spoken_five_besides_whoever_of_them_looks() -> None:
    tally = Tally()
    kept = keep()
    shown = [await kept.look(tally.load)]
    for person in range(10, 16):
        tally.now[ALL] += 1
        kept.note(person)
        shown.append(await kept.look(tally.load))
    assert [one[ALL] for one in shown] == [6, 6, 6, 6, 6, 6, 12]


async def test_one_who_speaks_six_times_is_not_six() -> None:
    tally = Tally()
    kept = keep()
    await kept.look(tally.load)
    tally.now[ALL] = 7
    for person in (*[10] * 6, 11, 12, 13, 14):
        kept.note(person)
    assert await kept.look(tally.load) == {ALL: 6}


async def test_what_tells_nothing_is_made_anew_when_anybody_has_spoken_and_else_not() -> None:
    tally = Tally(k0=2)
    kept = keep()
    assert [await kept.look(tally.load), await kept.look(tally.load)] == [{ALL: 2}] * 2
    tally.now[ALL] = 3
    kept.note(1)
    assert (await kept.look(tally.load), len(tally.asked)) == ({ALL: 3}, 2)


async def test_each_key_is_kept_for_itself() -> None:
    tally = Tally(k1=6, k2=6)
    kept = keep()
    await kept.look(tally.load, [1, 2])
    tally.now = {1: 9, 2: 9, 3: 9}
    for person in range(10, 16):
        kept.note(person, 2)
    assert await kept.look(tally.load, [1, 2, 3]) == {1: 6, 2: 9, 3: 9}
    assert tally.asked == [[1, 2], [2, 3]]


async def test_fifty_who_look_at_once_are_shown_the_same() -> None:
    tally = Tally()
    kept = keep()
    shown = await asyncio.gather(*(kept.look(tally.load) for _ in range(50)))
    assert (shown, len(tally.asked)) == ([{ALL: 6}] * 50, 1)
