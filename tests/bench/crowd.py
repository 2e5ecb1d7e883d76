"""The load generator: people who press, all from one process, and the watch that times their answers."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.demo import acting
from bot.demo.world import Person
from tests.socket_world import Message, SocketWorld

LETTERS = 4


class Watch:
    """Times every press from the moment it leaves for the bot until its answer is there. One a person at a time."""

    def __init__(self, world: SocketWorld) -> None:
        self.waits: list[float] = []  # seconds
        self._sent: dict[int, float] = {}
        world.world.listen(self._hear, quiet=True)

    def restart(self) -> None:
        """Time what is under way from now on only."""
        now = time.perf_counter()
        self._sent = dict.fromkeys(self._sent, now)

    def clear(self) -> None:
        self.waits.clear()
        self._sent.clear()

    def _hear(self, event: str, payload: Mapping[str, Any]) -> None:
        if event == "INTERACTION_CREATE":
            self._sent[int(payload["member"]["user"]["id"])] = time.perf_counter()
        elif event == "EPHEMERAL_UPDATE" and (sent := self._sent.pop(payload["owner"], None)) is not None:
            self.waits.append(time.perf_counter() - sent)


class Crowd:
    """The same number of people at each card. Everybody presses letters by chance, but the same in each run."""

    def __init__(self, world: SocketWorld, cards: Sequence[Message], people: Sequence[Person]) -> None:
        self._world = world.world
        self._chance = random.Random(7)
        self._places = [(person, cards[n % len(cards)]) for n, person in enumerate(people)]
        self._chance.shuffle(self._places)

    async def press_paced(self, times: int, rate: float) -> None:
        """Everybody presses so many times; `rate` presses a second in all, whether or not the bot keeps up."""
        loop = asyncio.get_running_loop()
        started, pressing = loop.time(), []
        for n, place in enumerate(self._places * times):
            await asyncio.sleep(max(started + n / rate - loop.time(), 0))
            pressing.append(asyncio.create_task(self._press(*place)))
        await asyncio.gather(*pressing)

    async def press_unpaced(self, times: int) -> None:
        """Everybody presses again as soon as the last press was answered."""

        async def keep_pressing(person: Person, card: Message) -> None:
            for _ in range(times):
                await self._press(person, card)

        await asyncio.gather(*(keep_pressing(*place) for place in self._places))

    async def press_at_once(self, watch: Watch) -> None:
        """Everybody presses once at one instant, timed from before the first press reaches the bot."""
        pressing = [asyncio.create_task(self._press(*place)) for place in self._places]
        await asyncio.sleep(0)  # each has put its press on the wire's queue; none has left yet
        watch.restart()
        await asyncio.gather(*pressing)

    async def _press(self, person: Person, card: Message) -> None:
        buttons = acting.controls(card)
        chosen = str(buttons[self._chance.randrange(LETTERS)]["custom_id"])
        await acting.press(self._world, person, int(card["channel_id"]), int(card["id"]), chosen)
