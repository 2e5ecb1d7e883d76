"""The loads: paced, as fast as it goes, and all at once, each on a world and in a bot's process of its own."""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bot.demo.acting import controls
from bot.demo.child import REAL_BOT
from tests.bench.crowd import Crowd, Watch
from tests.bench.question import write_pack
from tests.bench.usage import cpu_seconds, memory_mib
from tests.socket_world import Message, SocketWorld

BOTS = {"Offramp": REAL_BOT, "bare": (sys.executable, "-m", "tests.bench.bare_bot")}
LATE = 3.0  # seconds: Discord's limit for the first answer
SETTLE = 2.5  # seconds after the last press, in which the live edits of the cards go out
OPEN_FOR = 120  # seconds that a question can be answered
WARM = "alice"  # presses every card once before anything is measured


@dataclass(frozen=True)
class Measured:
    """What a load took. Times in ms; `cpu` (ms) and `requests` a press; memory in MiB."""

    pressed: int
    in_time: int
    rate: float
    p50: float
    p99: float
    worst: float
    cpu: float
    requests: float
    memory: float


class Bench:
    """A bot with an open card in each channel, and people who have not pressed yet."""

    def __init__(self, world: SocketWorld, crowd: Crowd, watch: Watch) -> None:
        self.crowd = crowd
        self.watch = watch
        self._world = world

    async def measure(self, pressed: int, load: Awaitable[None]) -> Measured:
        """Everything the bot did from the first press until its last live edit is out."""
        pid = self._world.pid
        assert pid is not None, self._world.tail()
        self.watch.clear()
        requests, cpu, started = len(self._world.requests), cpu_seconds(pid), time.perf_counter()
        await load
        took = time.perf_counter() - started
        await asyncio.sleep(SETTLE)
        late = pressed - len(self.watch.waits)  # Discord has taken no answer to these
        waits = sorted(self.watch.waits) + [LATE] * late
        cuts = quantiles(waits, n=100, method="inclusive")
        return Measured(
            pressed=pressed,
            in_time=sum(wait < LATE for wait in waits),
            rate=pressed / took,
            p50=cuts[49] * 1000,
            p99=cuts[98] * 1000,
            worst=waits[-1] * 1000,
            cpu=(cpu_seconds(pid) - cpu) * 1000 / pressed,
            requests=(len(self._world.requests) - requests) / pressed,
            memory=memory_mib(pid),
        )


@asynccontextmanager
async def open_bench(bot: str, channels: int, people: int) -> AsyncIterator[Bench]:
    """A fresh world and process with so many channels and so many people in each."""
    rooms = [f"table-{n}" for n in range(channels)]
    names = [f"p{n}" for n in range(channels * people)]
    gc.collect()  # what the last world left is not for this one to clear up
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_pack(folder / "pack")
        environment = {"OFFRAMP_PACKS": str(folder / "pack")}
        argv, commands = BOTS[bot], bot == "Offramp"
        async with SocketWorld(
            folder, argv=argv, environment=environment, channels=rooms, people=names, commands_expected=commands
        ) as world:
            if commands:
                await open_questions(world, rooms)
            cards = [await world.until(_card_in(world, room), 30) for room in rooms]
            crowd = Crowd(world, cards, [world.person(name) for name in names])
            await Crowd(world, cards, [world.person(WARM)] * channels).press_unpaced(1)
            await asyncio.sleep(SETTLE)
            yield Bench(world, crowd, Watch(world))


async def open_questions(world: SocketWorld, rooms: list[str]) -> None:
    """Have a round of one question started in every room."""
    for room in rooms:
        await world.slash("alice", room, "quiz play", theme="bench", questions=1, seconds=OPEN_FOR)


def _card_in(world: SocketWorld, room: str) -> Callable[[], Message]:
    """Finds the newest message with buttons in a room."""
    return lambda: next((message for message in reversed(world.messages(room)) if controls(message)), {})


async def paced(bot: str, channels: int, people: int, times: int, rate: float) -> tuple[Measured, Measured]:
    """Everybody answers once; then everybody presses `times` - 1 times more. Both at a fixed rate a second."""
    async with open_bench(bot, channels, people) as bench:
        number = channels * people
        first = await bench.measure(number, bench.crowd.press_paced(1, rate))
        again = await bench.measure(number * (times - 1), bench.crowd.press_paced(times - 1, rate))
        return first, again


async def unpaced(bot: str, channels: int, people: int, times: int) -> Measured:
    """Everybody presses `times` times, the next time as soon as the last was answered; the first one counts."""
    async with open_bench(bot, channels, people) as bench:
        return await bench.measure(channels * people * times, bench.crowd.press_unpaced(times))


async def at_once(bot: str, channels: int, presses: int) -> Measured:
    """So many people press at one instant, each for the first time."""
    async with open_bench(bot, channels, presses // channels) as bench:
        return await bench.measure(presses, bench.crowd.press_at_once(bench.watch))
