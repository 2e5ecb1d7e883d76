"""Questions listen: the slash commands of /question, and a message's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import discord
from discord import Interaction, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.kit import suggest as suggest_choices
from bot.press import Press
from bot.questions import bring, browse, export, review, stats, ui
from bot.questions.form import KINDS
from bot.questions.rules import DECK
from bot.questions.weighing import Scales
from bot.rights import may_moderate
from content.exporters.write import FORMATS
from content.fields import fold
from content.importers.formats import TITLES
from storage import questions
from storage.questions import Filter

if TYPE_CHECKING:
    from bot.app import Offramp

Number = Range[int, 1, 999_999]
KindName = Literal["single", "several", "truefalse", "who", "order", "number", "typed"]
KIND_CHOICES = [Choice(name=title, value=kind) for kind, title in KINDS.items()]


class Questions(commands.GroupCog, name="question", description="This server's own questions: write, review, look up"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self.scales = Scales(bot)

    async def cog_unload(self) -> None:
        await self.scales.close()

    @app_commands.command(description="Write a question; you see it as players will before it is saved")
    @app_commands.describe(kind="How it is answered", deck="The deck it belongs to; a new title makes a new deck")
    @app_commands.choices(kind=KIND_CHOICES)
    async def add(self, interaction: Interaction[Any], kind: KindName, deck: str = DECK) -> None:
        await self.bot.gate.run(interaction, ui.add, kind, deck)

    @app_commands.command(description="Send in a question; it is asked once a moderator has approved it")
    @app_commands.describe(kind="How it is answered", deck="The deck it belongs to")
    @app_commands.choices(kind=KIND_CHOICES)
    async def suggest(self, interaction: Interaction[Any], kind: KindName, deck: str = DECK) -> None:
        await self.bot.gate.run(interaction, ui.suggest, kind, deck)

    @app_commands.command(description="Change a question; rounds that have asked it keep what they asked")
    async def edit(self, interaction: Interaction[Any], number: Number) -> None:
        await self.bot.gate.run(interaction, ui.edit, number)

    @app_commands.command(description="Stop asking a question; its scores stay")
    async def retire(self, interaction: Interaction[Any], number: Number) -> None:
        await self.bot.gate.run(interaction, browse.retire, number)

    @app_commands.command(description="A question with its key, its source and its history")
    async def show(self, interaction: Interaction[Any], number: Number) -> None:
        await self.bot.gate.run(interaction, browse.show, number)

    @app_commands.command(name="list", description="All of this server's questions")
    @app_commands.describe(deck="Only this deck", kind="Only this kind", state="Those that are asked, or others")
    @app_commands.choices(kind=KIND_CHOICES)
    async def list_all(
        self,
        interaction: Interaction[Any],
        deck: str | None = None,
        kind: KindName | None = None,
        state: Literal["live", "waiting", "rejected", "retired", "all"] = "live",
    ) -> None:
        await self.bot.gate.run(interaction, browse.list_all, deck, kind, state)

    @app_commands.command(description="Find questions by words in them, in their answers or explanations")
    async def search(self, interaction: Interaction[Any], words: Range[str, 1, 200]) -> None:
        await self.bot.gate.run(interaction, browse.search, words)

    @app_commands.command(description="The suggestions that wait for a review")
    async def review(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, review.review)

    @app_commands.command(
        name="import", description="Bring a file of questions; you see what is in it before anything is saved"
    )
    @app_commands.describe(
        file="Offramp YAML or JSON, a trivia list of Red, OpenTDB, CSV, GIFT or Aiken",
        format="Which it is, if I get it wrong",
        deck="Put all of them into this deck; else each into the one that the file names",
    )
    @app_commands.choices(format=[Choice(name=title, value=name) for name, title in TITLES.items()])
    async def import_file(
        self,
        interaction: Interaction[Any],
        file: discord.Attachment,
        format: str | None = None,
        deck: str | None = None,
    ) -> None:
        await self.bot.gate.run(interaction, bring.bring, file, format, deck)

    @app_commands.command(name="export", description="This server's own questions as a file")
    @app_commands.describe(
        format="Offramp's own formats hold everything", deck="Only this deck; all if you leave it out"
    )
    @app_commands.choices(format=[Choice(name=TITLES[name], value=name) for name in FORMATS])
    async def export_file(
        self, interaction: Interaction[Any], format: str = "offramp", deck: str | None = None
    ) -> None:
        await self.bot.gate.run(interaction, export.hand_out, format, deck)

    @app_commands.command(description="What the questions asked here are worth, the worst first; or one of them")
    @app_commands.describe(question="One question; all that were asked here if you leave it out")
    async def stats(self, interaction: Interaction[Any], question: str | None = None) -> None:
        await self.bot.gate.run(interaction, stats.stats, question)

    @stats.autocomplete("question")
    async def _suggest_asked(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        """Questions that were asked here; for moderators, since some were asked where not everybody can read."""
        guild_id = interaction.guild_id or 0
        if not await may_moderate(Press(self.bot, interaction, guild_id)):
            return []
        found = await stats.suggest_asked(self.bot, guild_id, typed)
        return [Choice(name=title, value=id) for id, title in found]

    @add.autocomplete("deck")
    @export_file.autocomplete("deck")
    @import_file.autocomplete("deck")
    @suggest.autocomplete("deck")
    @list_all.autocomplete("deck")
    async def _suggest_deck(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        decks = await self.bot.db.read(questions.list_decks, interaction.guild_id or 0)
        return suggest_choices(((title, title) for _, title, _ in decks), typed)

    @edit.autocomplete("number")
    @retire.autocomplete("number")
    @show.autocomplete("number")
    async def _suggest_number(self, interaction: Interaction[Any], typed: str) -> list[Choice[int]]:
        """Questions by the beginning of their number, or by words; for moderators, who alone may see them all."""
        guild_id = interaction.guild_id or 0
        if not await may_moderate(Press(self.bot, interaction, guild_id)):
            return []
        wanted = Filter(("live", "waiting", "retired"), words=tuple(fold(str(typed).removeprefix("#")).split()))
        found = await self.bot.db.read(questions.list_kept, guild_id, wanted, 0, 25)
        return [Choice(name=f"#{kept.number} {kept.prompt}"[:100], value=kept.number) for kept in found]


def make_message_command(bot: Offramp) -> app_commands.ContextMenu:
    async def make_a_question(interaction: Interaction[Any], message: discord.Message) -> None:
        await bot.gate.run(interaction, ui.begin_from_message, message.content)

    return app_commands.ContextMenu(name="Make a question of this", callback=make_a_question)


async def setup(bot: Offramp) -> None:
    for routes in (ui.ROUTES, browse.ROUTES, review.ROUTES, bring.ROUTES, stats.ROUTES):
        bot.gate.add(routes)
    bot.delivery.kinds.update(review.POSTS)
    bot.tree.add_command(make_message_command(bot))
    cog = Questions(bot)
    bot.due.append(cog.scales.weigh_due)
    await bot.add_cog(cog)
