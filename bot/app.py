"""The Bot: what it listens to, which features it has, and the loop that does due work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.automod import AutoMod
from bot.clock import Clock
from bot.delivery import Delivery
from bot.errors import Refusal
from bot.flaggable import Flaggable
from bot.gate import Gate
from bot.opening import name_post
from bot.press import Press
from bot.startable import Startable
from content.pack import Pack
from storage.db import Database, NotSaved

log = logging.getLogger("offramp")

FEATURES = (
    "quiz",
    "debate",
    "risk",
    "questions",
    "reports",
    "setup",
    "audit",
    "seasons",
    "privacy",
    "help",
    "schedule",
    "flags",
    "argue",
)
# All that the bot needs in a channel; the README says why each.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    read_message_history=True,
    attach_files=True,
)
TICK = 0.25  # seconds between two looks for due work
STORAGE_DOWN = 5.0  # seconds until the next look when the database takes nothing
# What Discord shows a person may be older than what this version knows.
OUTDATED = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch, app_commands.TransformerError)
CHANGED = "This command has changed since Discord showed it to you. Please reload Discord (Ctrl+R), then try again."

Due = Callable[[int], Awaitable[None]]


class Offramp(commands.Bot):
    """A bot without privileged intents, prefix commands, message cache or help command.

    `due` is asked for due work on every tick; `returns` is run whenever the connection to Discord has been made or
    restored, before the next tick: start-up is recovery. `after_command` is run when a slash command has been answered.
    """

    def __init__(self, db: Database, packs: Mapping[str, Pack], clock: Clock) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self.db = db
        self.packs = packs
        self.clock = clock
        self.gate = Gate(self)
        self.delivery = Delivery(self)
        self.automod = AutoMod(self)
        self.startables: dict[str, Startable] = {}
        self.flaggables: dict[str, Flaggable] = {}
        self.command_ids: dict[str, int] = {}  # Discord's, by the first word, once the commands are synced
        self.due: list[Due] = [self.delivery.send_due]
        self.returns: list[Due] = []
        self.after_command: list[Callable[[Press], Awaitable[None]]] = []
        self._connected = asyncio.Event()
        self._away = True
        self._loop: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        for feature in FEATURES:
            await self.load_extension(f"bot.{feature}.cog")
        self.delivery.kinds |= {name_post(kind): one.opening for kind, one in self.startables.items()}
        self.tree.error(self._take_command_error)
        self.command_ids = {command.name: command.id for command in await self.tree.sync()}
        self._loop = asyncio.create_task(self._do_due_work(), name="due work")

    async def close(self) -> None:
        if self._loop:
            self._loop.cancel()
        await self.gate.finish()
        await self.delivery.close()
        await super().close()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        await self.gate.receive(interaction)

    async def on_connect(self) -> None:
        # Not on_ready: that waits until the guilds have come, and people press before.
        self._connected.set()

    async def on_ready(self) -> None:
        log.info("ready", extra={"guilds": len(self.guilds)})

    async def on_resumed(self) -> None:
        self._connected.set()

    async def on_disconnect(self) -> None:
        # Nobody can answer while we are away, so nothing may close either.
        self._away = True
        self._connected.clear()

    async def _do_due_work(self) -> None:
        while True:
            await self._connected.wait()
            work, self._away = (self.returns + self.due if self._away else self.due), False
            await self.clock.wait(await self._do(work))

    async def _do(self, work: list[Due]) -> float:
        """Do what is due; return the seconds until the next look."""
        for do in work:
            try:
                await do(self.clock.now())
            except NotSaved:
                # Nothing else would be saved either, and what belongs to the return is still to be done.
                log.warning("due work not saved", extra={"work": _name(do)})
                self._away = self._away or do in self.returns
                return STORAGE_DOWN
            except Exception:
                log.exception("due work failed", extra={"work": _name(do)})
        return TICK

    async def _take_command_error(
        self, interaction: discord.Interaction[Any], error: discord.app_commands.AppCommandError
    ) -> None:
        async def fail(press: object) -> None:
            if isinstance(error, OUTDATED):
                raise Refusal(CHANGED)
            raise getattr(error, "original", error)

        await self.gate.run(interaction, fail)


def _name(work: Due) -> str:
    return getattr(work, "__qualname__", repr(work))


def use_loopback(port: int) -> None:
    """Talk to a local Discord on 127.0.0.1 instead of the real one. Only this machine can be named."""
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gw")
