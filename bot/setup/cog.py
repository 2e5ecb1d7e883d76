"""Setup listens: its slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction, Permissions, app_commands
from discord.ext import commands

from bot.setup import ui

if TYPE_CHECKING:
    from bot.app import Offramp


class Setup(commands.Cog):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Choose who looks after questions, and where suggestions and reports come in")
    @app_commands.default_permissions(Permissions(manage_guild=True))
    async def setup(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.open_setup)


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    await bot.add_cog(Setup(bot))
