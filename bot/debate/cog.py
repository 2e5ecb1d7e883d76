"""The debate listens: its slash command, and the loop's question what is due."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.debate import actions, scheduled, thread, ui
from bot.kit import suggest
from content.subjects import list_subjects
from storage import prompts

if TYPE_CHECKING:
    from bot.app import Offramp


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

    async def close_due(self, now: int) -> None:
        """Close every vote whose time is up, all at once: they share a commit."""
        due = await self.bot.db.read(prompts.due_prompts, now)
        await asyncio.gather(*(self.bot.db.write(actions.close_due, *prompt, now) for prompt in due))


async def setup(bot: Offramp) -> None:
    cog = Debate(bot)
    for routes in (ui.ROUTES, thread.ROUTES):
        bot.gate.add(routes)
    bot.delivery.kinds.update(ui.POSTS)
    bot.flaggables["prompt"] = actions.FLAGGABLE
    bot.startables["debate"] = scheduled.STARTABLE
    bot.due.insert(0, cog.close_due)  # before the sending, so that a result is shown in the same turn
    await bot.add_cog(cog)
