"""The debate listens: its slash command, and the loop's question what is due."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from discord import Interaction, RawThreadDeleteEvent, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.debate import chairing, flagged, framing, moving, panel, pausing, posted, posting, relaying, speaking, waiting
from bot.debate.prompts import actions, scheduled, thread, ui
from bot.errors import Refusal
from bot.kit import suggest
from content.subjects import list_motions, list_subjects
from storage import debates, prompts
from storage.db import NotSaved

if TYPE_CHECKING:
    from bot.app import Offramp


log = logging.getLogger("offramp.debate")
PUT_OFF = 60_000  # ms until a step that failed is tried again


class Debate(commands.GroupCog, name="debate", description="Motions to vote on privately and to argue about"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Put a motion to this channel: private votes, both sides, a thread to talk in")
    @app_commands.describe(theme="What it is about; any theme if you leave it out")
    async def prompt(self, interaction: Interaction[Any], theme: str | None = None) -> None:
        await self.bot.gate.run(interaction, ui.put, theme)

    @prompt.autocomplete("theme")
    async def _suggest_theme(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return suggest(list_subjects(self.bot.packs, "motions"), typed)

    @app_commands.command(description="Hold a debate: seats, turns with a deadline, and votes before and after")
    @app_commands.describe(
        motion="What it is about; pick one from the list",
        format="How it is held (duel if you leave it out)",
        pace="live: minutes a turn. async: hours a turn (live if you leave it out)",
        hours="Hours a turn, with pace: async (24 if you leave it out)",
    )
    async def start(
        self,
        interaction: Interaction[Any],
        motion: str,
        format: Literal["oxford", "duel", "circle"] = "duel",
        pace: Literal["live", "async"] = "live",
        hours: Range[int, 12, 48] = 24,
    ) -> None:
        await self.bot.gate.run(interaction, panel.start, motion, format, pace, hours)

    @start.autocomplete("motion")
    async def _suggest_motion(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return suggest(((id, motion.text) for id, motion in list_motions(self.bot.packs).items()), typed)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: RawThreadDeleteEvent) -> None:
        await self.bot.db.write(posted.lose_thread, thread.guild_id, thread.thread_id, self.bot.clock.now())

    async def take_steps(self, now: int) -> None:
        """Do what the time has come for in every debate, all at once: they share a commit."""
        due = await self.bot.db.read(debates.due_debates, now)
        await asyncio.gather(*(self._take_step(guild_id, debate_id, now) for guild_id, debate_id in due))

    async def _take_step(self, guild_id: int, debate_id: int, now: int) -> None:
        try:
            with suppress(Refusal):  # something else moved it first
                await self.bot.db.write(moving.step, guild_id, debate_id, now)
        except NotSaved:
            raise  # the loop knows what to do, and the debate is due again at once
        except Exception:
            # A debate that can't go on must neither hold up the others nor fill the log.
            log.exception("step failed", extra={"guild": guild_id, "debate": debate_id})
            await self.bot.db.write(debates.put_off, guild_id, debate_id, now + PUT_OFF)

    async def come_back(self, now: int) -> None:
        """Take up the debates that ran while we were away: their deadlines stand, unless they are long past.

        A vote that was counted just before we went may not stand on its motion's card yet.
        """
        for channel_id, message_id, *prompt in await self.bot.db.read(prompts.list_shown):
            self.bot.delivery.edit_soon(channel_id, message_id, ui.draw_open, *prompt)
        await self.bot.db.write(pausing.come_back, now)

    async def close_due(self, now: int) -> None:
        """Close every vote whose time is up, all at once: they share a commit."""
        due = await self.bot.db.read(prompts.due_prompts, now)
        await asyncio.gather(*(self.bot.db.write(actions.close_due, *prompt, now) for prompt in due))


async def setup(bot: Offramp) -> None:
    cog = Debate(bot)
    for routes in (
        ui.ROUTES,
        thread.ROUTES,
        panel.ROUTES,
        chairing.ROUTES,
        waiting.ROUTES,
        relaying.ROUTES,
        speaking.ROUTES,
    ):
        bot.gate.add(routes)
    bot.delivery.kinds.update(ui.POSTS | posting.POSTS)
    bot.flaggables["prompt"] = actions.FLAGGABLE
    bot.flaggables["speech"] = flagged.FLAGGABLE
    bot.flaggables["debate"] = framing.FLAGGABLE
    bot.startables["debate"] = scheduled.STARTABLE
    bot.due[:0] = [cog.close_due, cog.take_steps]  # before the sending, so that a result is shown in the same turn
    bot.returns.append(cog.come_back)
    await bot.add_cog(cog)
