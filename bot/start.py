"""Start-up in its order: packs, database, migrations, and only then Discord."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Mapping
from contextlib import suppress

import aiohttp
import discord

from bot.app import Offramp, use_loopback
from bot.clock import Clock
from bot.config import ConfigFault, DatabaseSettings, PackSettings, Settings
from content.faults import PackFaults
from content.loader import find_packs, load_packs
from content.pack import Pack
from storage.db import Database, Unusable
from storage.migrate import TooNew, migrate

log = logging.getLogger("offramp")


class Unreachable(Exception):
    """Discord can't be reached at the start; the text says so."""


async def run_bot(settings: Settings, token: str) -> None:
    """Run the bot until it is told to stop. ConfigFault if a pack, the database or the token can't be used."""
    packs = load_all_packs(settings)
    db = open_database(settings)
    if settings.loopback_port is not None:
        use_loopback(settings.loopback_port)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the bot does not speak
    bot = Offramp(db, packs, Clock())
    stop_on_signals(bot)
    spare_the_collector()
    log.info("starting", extra={"packs": list(packs)})
    try:
        async with bot:
            await bot.start(token)
    except (aiohttp.ClientError, OSError) as error:
        raise Unreachable(f"I can't reach Discord ({error}). Check the network, then start me again.") from None
    except discord.LoginFailure:
        raise ConfigFault("DISCORD_TOKEN: expected a token that Discord accepts, found one that it refuses") from None
    finally:
        db.close()
        log.info("stopped")


def spare_the_collector() -> None:
    """Have the garbage collector look at less and less often: it took a quarter of the CPU of a press."""
    gc.collect()
    gc.freeze()  # what is loaded by now stays
    gc.set_threshold(10_000)  # at the usual 700 it goes through the presses under way again and again


def load_all_packs(settings: PackSettings) -> Mapping[str, Pack]:
    """The shipped packs and those of OFFRAMP_PACKS, by id."""
    try:
        return load_packs(find_packs(settings.packs))
    except PackFaults as faults:
        raise ConfigFault(
            f"OFFRAMP_PACKS: expected packs without faults, found {len(faults.faults)}; "
            f"the first is {faults.faults[0]} (offramp check lists all)"
        ) from None


def open_database(settings: DatabaseSettings, alone: bool = True) -> Database:
    """The database, brought to the newest schema; for this process alone, unless it only wants to read."""
    try:
        db = Database(settings.database_url, alone)
        try:
            migrate(db)
        except BaseException:
            db.close()
            raise
    except Unusable as error:
        raise ConfigFault(f"OFFRAMP_DATABASE_URL: expected a database I can write to, found {error}") from None
    except TooNew as error:
        raise ConfigFault(
            f"OFFRAMP_DATABASE_URL: expected a database of this version or an older one, found schema {error}"
        ) from None
    return db


def stop_on_signals(bot: Offramp) -> None:
    """Close the connection on SIGTERM and SIGINT. What was not said yet is in the table, for the next start."""
    closing: set[asyncio.Task[None]] = set()

    def close() -> None:
        closing.add(asyncio.ensure_future(bot.close()))

    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows has no signal handlers on its event loop
            asyncio.get_running_loop().add_signal_handler(number, close)
