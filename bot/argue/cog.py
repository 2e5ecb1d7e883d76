"""Claims listen: the slash commands of /argue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import Interaction, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.argue import deciding, export, review, rules, ui
from bot.argue.deltas import ui as deltas
from bot.argue.map import ui as chart
from bot.argue.rating import ui as rating
from bot.errors import Refusal
from bot.kit import suggest
from bot.text import clip
from bot.votes import SIDES
from content.subjects import list_motions
from storage import argue

if TYPE_CHECKING:
    from bot.app import Offramp

Number = Range[int, 1, 999_999]
SIDE_CHOICES = [Choice(name=label, value=side) for side, label in SIDES.items()]
LINK_CHOICES = [
    Choice(name="supports it", value="supports"),
    Choice(name="rebuts it", value="rebuts"),
    Choice(name="calls it true but not relevant here", value="beside"),
]


class Argue(commands.GroupCog, name="argue", description="A map of this server's arguments on a motion"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Write a claim on a motion, or an answer to a claim")
    @app_commands.describe(
        motion="The motion it is about",
        side="The side of the motion it is on",
        answers="The claim it answers; none if it is about the motion itself",
        link="What it does to the claim it answers",
    )
    @app_commands.choices(side=SIDE_CHOICES, link=LINK_CHOICES)
    async def add(
        self,
        interaction: Interaction[Any],
        motion: str,
        side: str,
        answers: Number | None = None,
        link: str | None = None,
    ) -> None:
        await self.bot.gate.run(interaction, ui.add, motion, side, answers, link)

    @app_commands.command(description="Say what you think of members' claims, one after another; private")
    @app_commands.describe(motion="The motion they are about")
    async def rate(self, interaction: Interaction[Any], motion: str) -> None:
        await self.bot.gate.run(interaction, rating.rate, motion)

    @app_commands.command(
        name="map", description="Both sides of a motion: what members claim, and where each claim stands"
    )
    @app_commands.describe(motion="The motion")
    async def show_map(self, interaction: Interaction[Any], motion: str) -> None:
        await self.bot.gate.run(interaction, chart.show_map, motion)

    @app_commands.command(name="deltas", description="What changed your view; moderators see what changed anybody's")
    async def list_deltas(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, deltas.show_list)

    @app_commands.command(
        description="What became of your claims that others don't see; moderators decide on those that wait"
    )
    async def review(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, review.review)

    @app_commands.command(name="export", description="Moderators: claims and ratings as files that Polis tools read")
    @app_commands.describe(motion="The motion they are about")
    async def export_files(self, interaction: Interaction[Any], motion: str) -> None:
        await self.bot.gate.run(interaction, export.hand_out, motion)

    @add.autocomplete("motion")
    @export_files.autocomplete("motion")
    @rate.autocomplete("motion")
    @show_map.autocomplete("motion")
    async def _suggest_motion(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return suggest(((id, motion.text) for id, motion in list_motions(self.bot.packs).items()), typed)

    @add.autocomplete("answers")
    async def _suggest_claim(self, interaction: Interaction[Any], typed: str) -> list[Choice[int]]:
        """Claims on the motion chosen before, by the beginning of their number or by their words."""
        try:
            motion_id, _ = rules.find_motion(self.bot.packs, str(getattr(interaction.namespace, "motion", "")))
        except Refusal:
            return []
        known = await self.bot.db.read(argue.list_claims, interaction.guild_id or 0, motion_id, "shown")
        wanted = str(typed).removeprefix("#").casefold()
        found = [c for c in known if str(c.number).startswith(wanted) or wanted in c.text.casefold()]
        return [Choice(name=clip(f"#{claim.number} {claim.text}", 100), value=claim.number) for claim in found[:25]]


def make_message_command(bot: Offramp) -> app_commands.ContextMenu:
    async def this_changed_my_view(interaction: Interaction[Any], message: discord.Message) -> None:
        await bot.gate.run(interaction, deltas.begin, message)

    return app_commands.ContextMenu(name="This changed my view", callback=this_changed_my_view)


async def setup(bot: Offramp) -> None:
    for routes in (ui.ROUTES, rating.ROUTES, chart.ROUTES, review.ROUTES, deltas.ROUTES):
        bot.gate.add(routes)
    bot.delivery.kinds |= ui.POSTS | rating.POSTS | review.POSTS | deltas.POSTS
    bot.flaggables["claim"] = deciding.FLAGGABLE
    bot.due.insert(0, deltas.Digest(bot).tell_due)  # before the sending, so that it is sent in the same turn
    bot.tree.add_command(make_message_command(bot))
    await bot.add_cog(Argue(bot))
