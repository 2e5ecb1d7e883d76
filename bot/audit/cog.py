"""The audit log listens: its slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction, app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.audit import ui

if TYPE_CHECKING:
    from bot.app import Offramp


class Audit(commands.Cog):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Who wrote, changed, approved or ruled on what, and when")
    @app_commands.describe(number="Only what happened to this question of the server's own")
    async def audit(self, interaction: Interaction[Any], number: Range[int, 1, 999_999] | None = None) -> None:
        await self.bot.gate.run(interaction, ui.show_log, number)


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    await bot.add_cog(Audit(bot))
