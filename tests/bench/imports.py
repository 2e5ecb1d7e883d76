"""What reading a file of questions costs: hostile ones and large honest ones, in the child process of the bot.

    python -m tests.bench.imports

Time is from starting the child to its end, memory its peak of resident pages. At last the bot's own side: how late the
event loop of a process is that has all of them read, two at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

import click

from tests.content.importers.hostile import REFUSED, count

# As in bot.questions.parsing. That is not imported before the measuring: a child's peak is at least its parent's size.
CHILD = (sys.executable, "-I", "-m", "content.importers")
TODAY = "2026-11-22"
TICK = 0.005  # seconds between two looks at the event loop
PROMPTS = 5_000


@dataclass(frozen=True)
class Measured:
    """Seconds of a child from start to end and of its CPU, its peak in MiB, and what came of the file."""

    wall: float
    cpu: float
    memory: float
    outcome: str


def make_prompts(seed: int) -> list[str]:
    """As many prompts as a server may have, each of six to twelve words of a vocabulary of two hundred."""
    chance = random.Random(seed)
    words = ["".join(random.Random(n).choices("aeioubdgklmnprst", k=7)) for n in range(200)]
    return [f"Which {' '.join(chance.choices(words, k=chance.randint(6, 12)))}?" for _ in range(PROMPTS)]


def make_honest() -> dict[str, bytes]:
    """Files of people who mean well: one of the usual size in each format of ours, and a large table."""
    prompts = make_prompts(1)
    rows = [f'"{prompt}",Right {n},Wrong {n},Other {n},{"e" * 150}\n' for n, prompt in enumerate(prompts)]
    header = "question,correct,wrong1,wrong2,explanation\n"
    few = [
        {
            "kind": "single",
            "prompt": prompt,
            "options": [f"Right {n}", f"Wrong {n}"],
            "key": "A",
            "explanation": "e" * 150,
        }
        for n, prompt in enumerate(prompts[:500])
    ]
    return {
        "500 questions.csv": (header + "".join(rows[:500])).encode(),
        "500 questions.yaml": ("questions:\n" + "".join(f"- {json.dumps(one)}\n" for one in few)).encode(),
        "500 questions.json": json.dumps({"format": "offramp-questions", "questions": few}).encode(),
        "500 questions.red.yaml": count("Which thing is number {}?: [a, b, c]\n", 500),
        "5,000 questions.csv": (header + "".join(rows)).encode(),
    }


def measure(name: str, data: bytes, prompts: list[str]) -> Measured:
    """Have one child read one file."""
    with tempfile.TemporaryFile() as request:
        request.write(json.dumps([name, None, prompts, TODAY]).encode() + b"\n" + data)
        request.seek(0)
        began = time.perf_counter()
        child = subprocess.Popen(CHILD, stdin=request, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert child.stdout is not None
        with child.stdout:
            lines = child.stdout.read().splitlines()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    return Measured(time.perf_counter() - began, cpu, used.ru_maxrss / 1024, _outcome(child.returncode, lines))


def _outcome(code: int, lines: list[bytes]) -> str:
    if code != 0:
        return "ended by a limit"
    reading = json.loads(lines[0])
    if not reading["faults"]:
        return f"{len(lines) - 1:,} questions, {len(reading['duplicates'])} duplicates"
    first = reading["faults"][0]
    more = f" (and {len(reading['faults']) - 1:,} more)" if len(reading["faults"]) > 1 else ""
    return f"{first['line']}:{first['column']}: {first['message'][:70]}{more}"


def write_table(measured: dict[str, list[Measured]]) -> Iterator[str]:
    yield "| file | ms | CPU ms | peak MiB | outcome |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for name, turns in measured.items():
        wall, cpu = (median(times) * 1000 for times in ([one.wall for one in turns], [one.cpu for one in turns]))
        outcome = turns[0].outcome.replace("|", "\\|")
        yield f"| {name} | {wall:,.0f} | {cpu:,.0f} | {max(one.memory for one in turns):.0f} | {outcome} |"


async def find_lag(files: dict[str, bytes]) -> tuple[float, float]:
    """The worst lateness of the event loop in ms, at rest and while all these files are read."""
    from bot.questions.parsing import parse_file

    async def watch(stop: asyncio.Event) -> float:
        worst = 0.0
        while not stop.is_set():
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            worst = max(worst, time.perf_counter() - began - TICK)
        return worst * 1000

    async def during(*work: object) -> float:
        stop = asyncio.Event()
        watching = asyncio.create_task(watch(stop))
        await asyncio.gather(*work)  # type: ignore[call-overload]
        stop.set()
        return await watching

    at_rest = await during(asyncio.sleep(3))
    day = date.fromisoformat(TODAY)
    return at_rest, await during(*(parse_file(data, name, None, [], day) for name, data in files.items()))


@click.command(epilog="Example: python -m tests.bench.imports --repeats 1")
@click.option("--repeats", default=3, show_default=True, help="Turns of each file.")
def imports(repeats: int) -> None:
    """Measure what hostile and honest files cost. Takes about a minute a turn."""
    load = os.getloadavg()[0]
    honest, known = make_honest(), make_prompts(2)
    hostile = [name for name in REFUSED if name != "fifty megabytes.yaml"]  # which no child ever sees
    measured: dict[str, list[Measured]] = {}
    for _ in range(repeats):
        for name, data in honest.items():
            measured.setdefault(name, []).append(measure(name, data, known))
        for name in hostile:
            measured.setdefault(name, []).append(measure(name, REFUSED[name](), []))
    for line in write_table(measured):
        click.echo(line)
    refused = [one for name in hostile for one in measured[name]]
    worst, most = max(one.wall for one in refused), max(one.memory for one in refused)
    click.echo(f"\nOf {len(hostile)} hostile files, the slowest took {worst:.2f} s, the largest {most:.0f} MiB.")
    at_rest, busy = asyncio.run(find_lag(honest | {name: REFUSED[name]() for name in hostile}))
    click.echo(f"The event loop was late by {at_rest:.0f} ms at most at rest, by {busy:.0f} ms while all were read.")
    click.echo(
        f"{os.cpu_count()} cores, CPython {platform.python_version()}, {platform.system()}, load {load:.1f} before."
    )


if __name__ == "__main__":
    imports()
