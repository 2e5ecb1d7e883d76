"""The quiz listens: its slash commands, and the loop's question what is due."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Literal

from discord import Interaction, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.kit import suggest
from bot.quiz import boards, course, practice, ui
from bot.quiz.subjects import list_titles
from storage import quiz
from storage.db import NotSaved

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.quiz")
PUT_OFF = 60_000  # ms until a step that failed is tried again


class Quiz(commands.GroupCog, name="quiz", description="Quiz rounds, practice and the leaderboard"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self._restarted_at: int | None = bot.clock.now()

    @app_commands.command(description="Start a round in this channel; everyone here can join")
    @app_commands.describe(
        theme="What it is about: a pack, a theme, or this server's own questions; the first pack if you leave it out",
        also="A second theme to mix in, such as this server's own questions",
        questions="How many questions (10 if you leave it out)",
        seconds="Seconds to answer each (30 if you leave it out)",
        scoring="accuracy: points by difficulty. speed: faster right answers earn more",
        thread="Play in a thread of its own, so that the channel stays free",
    )
    async def play(
        self,
        interaction: Interaction[Any],
        theme: str | None = None,
        also: str | None = None,
        questions: Range[int, 1, 25] = 10,
        seconds: Range[int, 5, 120] = 30,
        scoring: Literal["accuracy", "speed"] = "accuracy",
        thread: bool = False,
    ) -> None:
        await self.bot.gate.run(interaction, ui.play, theme, also, questions, seconds, scoring, thread)

    @app_commands.command(description="End the round in this channel and show the standing")
    async def stop(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.stop)

    @app_commands.command(description="Who has the most points in this server")
    @app_commands.describe(period="Since when (all time if you leave it out)", theme="Only this theme")
    async def leaderboard(
        self,
        interaction: Interaction[Any],
        period: Literal["day", "week", "month", "all"] = "all",
        theme: str | None = None,
    ) -> None:
        await self.bot.gate.run(interaction, boards.leaderboard, period, theme)

    @app_commands.command(description="Your own points, place and themes; only you see it")
    async def me(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, boards.me)

    @app_commands.command(description="Practise alone: no timer, no points, the explanation at once")
    @app_commands.describe(theme="What to practise; all themes if you leave it out")
    async def practice(self, interaction: Interaction[Any], theme: str | None = None) -> None:
        await self.bot.gate.run(interaction, practice.practise, theme)

    @play.autocomplete("theme")
    @play.autocomplete("also")
    @leaderboard.autocomplete("theme")
    @practice.autocomplete("theme")
    async def _suggest_theme(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        titles = await self.bot.db.read(list_titles, interaction.guild_id or 0, self.bot.packs)
        return suggest(titles.items(), typed)

    async def take_steps(self, now: int) -> None:
        """Do the next step of every round whose time has come, all at once: they share a commit."""
        due = await self.bot.db.read(quiz.due_rounds, now)
        await asyncio.gather(*(self._take_step(guild_id, round_id, now) for guild_id, round_id in due))

    async def _take_step(self, guild_id: int, round_id: int, now: int) -> None:
        try:
            await self.bot.db.write(course.step, guild_id, round_id, now)
        except NotSaved:
            raise  # the loop knows what to do, and the round is due again at once
        except Exception:
            # A round that can't go on must neither hold up the others nor fill the log.
            log.exception("step failed", extra={"guild": guild_id, "round": round_id})
            await self.bot.db.write(quiz.put_off, guild_id, round_id, now + PUT_OFF)

    async def come_back(self, now: int) -> None:
        """Take up the rounds that were open while we were away."""
        await self.bot.db.write(course.resume, now, self._restarted_at)
        self._restarted_at = None


async def setup(bot: Offramp) -> None:
    cog = Quiz(bot)
    for routes in (ui.ROUTES, boards.ROUTES, practice.ROUTES):
        bot.gate.add(routes)
    bot.delivery.kinds.update(ui.POSTS)
    bot.due.insert(0, cog.take_steps)  # before the sending, so that a step is shown in the same turn
    bot.returns.append(cog.come_back)
    await bot.add_cog(cog)
