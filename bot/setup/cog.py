"""Setup listens: its slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction, Permissions, app_commands
from discord.ext import commands

from bot.setup import ui

if TYPE_CHECKING:
    from bot.app import Offramp


@app_commands.default_permissions(Permissions(manage_guild=True))
class Setup(commands.GroupCog, name="setup", description="How I work in this server"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Set me up, step by step, up to the first round")
    async def start(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.open_setup)

    @app_commands.command(description="Check that I may do what I need in the channels you have chosen")
    async def check(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.check)


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    await bot.add_cog(Setup(bot))
