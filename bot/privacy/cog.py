"""Privacy listens: its slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.privacy import ui

if TYPE_CHECKING:
    from bot.app import Offramp


class Privacy(commands.Cog):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="What I store about you: hide from boards, export it, delete it; only you see it")
    async def privacy(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.open_privacy)


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    await bot.add_cog(Privacy(bot))
