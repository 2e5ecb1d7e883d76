"""`offramp demo`: the real bot beside a page that looks like Discord, all on this machine."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import tempfile
import webbrowser
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import click

UNAVAILABLE = 69  # EX_UNAVAILABLE of sysexits.h: something that is needed is not there


@click.command(
    epilog="Example: offramp demo --port 8400 --keep scores.db",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Print the address and leave the browser alone.")
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the database in this file; otherwise it goes when the demo ends.",
)
def demo(port: int, no_browser: bool, keep: Path | None) -> None:
    """Try the bot in the browser, without Discord.

    Starts the real bot against a small Discord of its own, with a server, three people and a page
    that shows two of them side by side. Nothing leaves this machine. Ctrl-C ends it.
    """
    if find_spec("simcord") is None:
        click.echo("the demo needs its extra: pip install 'offramp[demo]'", err=True)
        sys.exit(UNAVAILABLE)
    # The world model checks discord.py with clients that nobody connects; their advice is for nobody.
    logging.getLogger("discord").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="offramp-demo-") as folder:
        database = keep or Path(folder) / "demo.db"
        with suppress(KeyboardInterrupt):
            asyncio.run(_run(port, database.resolve(), browse=not no_browser))


async def _run(port: int, database: Path, *, browse: bool) -> None:
    # Only here, because these need the demo's extra.
    from bot.demo import seed
    from bot.demo.server import LocalDiscord

    world, first_steps = seed.build()
    environment = {"OFFRAMP_DATABASE_URL": f"sqlite:///{database}", "OFFRAMP_LOG_LEVEL": "warning"}
    try:
        discord = LocalDiscord(world, environment, first_steps=first_steps, port=port)
    except OSError as error:
        raise click.ClickException(f"port {port} can't be used: {error.strerror}") from None
    try:
        await discord.start()
        await discord.child.start()
        click.echo(discord.url)
        if browse:
            await asyncio.to_thread(webbrowser.open, discord.url)
        await _until_told_to_stop()
    finally:
        await discord.close()


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt instead
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
