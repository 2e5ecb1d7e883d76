"""What was measured as a Markdown table: medians, the range over the repetitions, and the ratio to the bare bot."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import discord

from tests.bench.loads import Measured

Results = dict[str, dict[str, list[Measured]]]  # by load, then by bot


@dataclass(frozen=True)
class Column:
    """One measure: its name, how it is read and written, and whether the bare bot is a yardstick for it."""

    name: str
    read: Callable[[Measured], float]
    form: str
    compared: bool = True


COLUMNS = (
    Column("presses/s", lambda m: m.rate, ",.0f"),
    Column("p50 ms", lambda m: m.p50, ",.0f"),
    Column("p99 ms", lambda m: m.p99, ",.0f"),
    Column("worst ms", lambda m: m.worst, ",.0f"),
    Column("later than 3 s", lambda m: m.pressed - m.in_time, ".0f", compared=False),
    Column("CPU ms per press", lambda m: m.cpu, ".2f"),
    Column("REST per press", lambda m: m.requests, ".2f"),
    Column("memory MiB", lambda m: m.memory, ".0f"),
)


def write_report(results: Results) -> Iterator[str]:
    """The table, line by line: for each load this bot, the bare one, and the ratio."""
    yield _line(["", "", *(column.name for column in COLUMNS)])
    yield _line(["---", "---", *("---:" for _ in COLUMNS)])
    for load, by_bot in results.items():
        ours, bare = by_bot["Offramp"], by_bot["bare"]
        yield _line([f"**{load}**", "Offramp", *(_range(map(c.read, ours), c.form) for c in COLUMNS)])
        yield _line(["", "bare bot", *(_range(map(c.read, bare), c.form) for c in COLUMNS)])
        yield _line(["", "ratio", *(_ratio(c, ours, bare) if c.compared else "" for c in COLUMNS)])


def describe_machine() -> str:
    """What it ran on; the load average says how alone it was."""
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    python, library = platform.python_version(), discord.__version__
    return f"{os.cpu_count()} cores, CPython {python}, discord.py {library}, {platform.system()}, load average {load}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _range(values: Iterable[float], form: str) -> str:
    """The median, and from where to where if it is not always the same."""
    found = sorted(values)
    middle, low, high = (format(value, form) for value in (median(found), found[0], found[-1]))
    return middle if low == high else f"{middle} ({low}–{high})"


def _ratio(column: Column, ours: Sequence[Measured], bare: Sequence[Measured]) -> str:
    """Of neighbours in time, so that what else the machine did weighs on both."""
    return _range((column.read(one) / column.read(other) for one, other in zip(ours, bare, strict=True)), ".2f")
