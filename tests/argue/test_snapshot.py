"""Figures that stay as they were shown: made anew by five others, by nobody alone, at once while they tell nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from bot.argue.snapshot import ALL, Snapshot

ME = 1


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


async def test_what_is_shown_stays_until_five_others_have_spoken() -> None:
    tally = Tally()
    kept = keep()
    shown = [await kept.look(ME, tally.load)]
    for other in range(10, 15):
        tally.now[ALL] += 1
        kept.note(other)
        shown.append(await kept.look(ME, tally.load))
    assert [one[ALL] for one in shown] == [6, 6, 6, 6, 6, 11]


async def test_one_who_speaks_five_times_and_who_looks_are_not_five_others() -> None:
    tally = Tally()
    kept = keep()
    await kept.look(ME, tally.load)
    tally.now[ALL] = 7
    for person in (*[10] * 5, 11, 12, 13, ME):
        kept.note(person)
    assert await kept.look(ME, tally.load) == {ALL: 6}
    assert await kept.look(99, tally.load) == {ALL: 7}  # to whom they are five


async def test_what_tells_nothing_is_made_anew_when_anybody_has_spoken_and_else_not() -> None:
    tally = Tally(k0=2)
    kept = keep()
    assert [await kept.look(ME, tally.load), await kept.look(ME, tally.load)] == [{ALL: 2}] * 2
    tally.now[ALL] = 3
    kept.note(ME)
    assert (await kept.look(ME, tally.load), len(tally.asked)) == ({ALL: 3}, 2)


async def test_each_key_is_kept_for_itself() -> None:
    tally = Tally(k1=6, k2=6)
    kept = keep()
    await kept.look(ME, tally.load, [1, 2])
    tally.now = {1: 9, 2: 9, 3: 9}
    for other in range(10, 15):
        kept.note(other, 2)
    assert await kept.look(ME, tally.load, [1, 2, 3]) == {1: 6, 2: 9, 3: 9}
    assert tally.asked == [[1, 2], [2, 3]]


async def test_fifty_who_look_at_once_are_shown_the_same() -> None:
    tally = Tally()
    kept = keep()
    shown = await asyncio.gather(*(kept.look(person, tally.load) for person in range(50)))
    assert (shown, len(tally.asked)) == ([{ALL: 6}] * 50, 1)
