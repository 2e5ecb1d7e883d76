"""The benchmark of a press: Offramp and a bare discord.py bot on the local Discord, in one run, in turn.

    python -m tests.bench.clicks

The load generator and the local Discord share one process, the bot has another; times are taken in the former. The
bare bot does nothing but acknowledge: it is what discord.py itself costs.
"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict

import click

from tests.bench.loads import BOTS, at_once, paced, unpaced
from tests.bench.report import Results, describe_machine, write_report


@click.command(epilog="Example: python -m tests.bench.clicks --repeats 1")
@click.option("--channels", default=50, show_default=True, help="Channels with an open question each.")
@click.option("--people", default=10, show_default=True, help="People in each channel.")
@click.option("--times", default=10, show_default=True, help="Presses of each person; the first one counts.")
@click.option("--rate", default=150.0, show_default=True, help="Presses a second, where they are paced.")
@click.option("--storm", default=1000, show_default=True, help="Presses at one instant.")
@click.option("--repeats", default=3, show_default=True, help="Turns of each bot.")
def clicks(channels: int, people: int, times: int, rate: float, storm: int, repeats: int) -> None:
    """Measure what a press costs, next to a bare discord.py bot. Takes about two and a half minutes a turn."""
    before = describe_machine()
    results = asyncio.run(run_all(channels, people, times, rate, storm, repeats))
    for line in write_report(results):
        click.echo(line)
    click.echo(f"\nBefore: {before}.\nAfter: {describe_machine()}.")
    click.echo(f"\n{channels} channels, {people} people in each; median and range of {repeats} turns of each bot.")
    click.echo("To repeat: " + " ".join(["python -m tests.bench.clicks", *sys.argv[1:]]))


async def run_all(channels: int, people: int, times: int, rate: float, storm: int, repeats: int) -> Results:
    """Every load on each bot in turn, so that what else the machine does meanwhile weighs on both."""
    results: Results = defaultdict(lambda: defaultdict(list))
    for turn in range(repeats):
        for bot in BOTS:
            click.echo(f"turn {turn + 1} of {repeats}: {bot}", err=True)
            first, again = await paced(bot, channels, people, times, rate)
            results[f"one answer each, {rate:g} a second"][bot].append(first)
            results[f"{times - 1} presses more each, {rate:g} a second"][bot].append(again)
            fast = await unpaced(bot, channels, people, times)
            results[f"{times} presses each, as fast as answers come"][bot].append(fast)
            results[f"{storm:,} answers at one instant"][bot].append(await at_once(bot, channels, storm))
    return results


if __name__ == "__main__":
    clicks()
