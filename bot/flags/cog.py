"""Flags listen: the slash command of moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.flags import ui
from bot.flags.slowing import Lifting

if TYPE_CHECKING:
    from bot.app import Offramp


class Flags(commands.Cog):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Moderators: what members flagged, and what is to become of it")
    async def flags(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.list_raised)


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    bot.delivery.kinds.update(ui.POSTS)
    bot.due.append(Lifting(bot).begin)
    await bot.add_cog(Flags(bot))
