"""Seasons listen: the slash commands of /season."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction, app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.seasons import ui

if TYPE_CHECKING:
    from bot.app import Offramp


class Seasons(commands.GroupCog, name="season", description="Seasons: a board with a name, and a podium at its end"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Begin a season; every question from now on counts for it too")
    @app_commands.describe(name="What it is called, such as Winter 2026")
    async def start(self, interaction: Interaction[Any], name: Range[str, 1, ui.LONGEST]) -> None:
        await self.bot.gate.run(interaction, ui.start, name)

    @app_commands.command(description="End the season and post its podium in this channel; asks once before")
    async def end(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.ask_end)

    @app_commands.command(name="list", description="All seasons, with their boards")
    async def list_(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.show_list)


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    bot.delivery.kinds.update(ui.POSTS)
    await bot.add_cog(Seasons(bot))
