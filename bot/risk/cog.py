"""The risk feature listens: its slash commands, and /about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.errors import Refusal
from bot.kit import suggest
from bot.risk import rules, scheduled, ui

if TYPE_CHECKING:
    from bot.app import Offramp

SUBJECT = "Which subject; the first one if you leave it out"


class Risk(commands.GroupCog, name="risk", description="The risks the source names, and what it sets against them"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Each risk in one line, and the ways down; only you see it until you share it")
    @app_commands.describe(subject=SUBJECT)
    async def brief(self, interaction: Interaction[Any], subject: str | None = None) -> None:
        await self.bot.gate.run(interaction, ui.open_card, "brief", subject)

    @app_commands.command(
        description="One risk in full: what is said, by whom, what stands against it, what is left out"
    )
    @app_commands.describe(card="Which card to begin with; the first one if you leave it out", subject=SUBJECT)
    async def full(self, interaction: Interaction[Any], card: str | None = None, subject: str | None = None) -> None:
        await self.bot.gate.run(interaction, ui.open_card, "full", subject, card)

    @app_commands.command(description="The source's own table of actions and effects, with a caution")
    @app_commands.describe(subject=SUBJECT)
    async def table(self, interaction: Interaction[Any], subject: str | None = None) -> None:
        await self.bot.gate.run(interaction, ui.open_card, "table", subject)

    @brief.autocomplete("subject")
    @full.autocomplete("subject")
    @table.autocomplete("subject")
    async def _suggest_subject(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return suggest(rules.list_packs(self.bot.packs, with_risks=True), typed)

    @full.autocomplete("card")
    async def _suggest_card(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        try:
            pack = rules.choose_pack(self.bot.packs, interaction.namespace.subject, with_risks=True)
        except Refusal:
            return []  # the command itself says why
        return suggest(rules.list_cards(pack), typed)


class About(commands.Cog):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="What the source is, how the questions were made, and what I store about you")
    @app_commands.describe(subject=SUBJECT)
    async def about(self, interaction: Interaction[Any], subject: str | None = None) -> None:
        await self.bot.gate.run(interaction, ui.open_card, "about", subject)

    @about.autocomplete("subject")
    async def _suggest_subject(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return suggest(rules.list_packs(self.bot.packs, with_risks=False), typed)


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    bot.startables["risk"] = scheduled.STARTABLE
    await bot.add_cog(Risk(bot))
    await bot.add_cog(About(bot))
