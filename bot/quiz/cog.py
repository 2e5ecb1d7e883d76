"""The quiz listens: its slash commands, and the loop's question what is due."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import discord
from discord import Interaction, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.kit import suggest
from bot.press import FAILURES
from bot.quiz import boards, certainty, course, daily, duel, practice, review, scheduled, ui, voiding
from bot.subjects import list_titles
from bot.threads import EXISTS, open_thread
from storage import quiz
from storage.db import NotSaved

if TYPE_CHECKING:
    from bot.app import Offramp
    from storage.quiz import Threading

log = logging.getLogger("offramp.quiz")
PUT_OFF = 60_000  # ms until a step that failed is tried again


class Quiz(commands.GroupCog, name="quiz", description="Quiz rounds, practice and the leaderboard"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self._restarted_at: int | None = bot.clock.now()
        self._threads: dict[int, asyncio.Task[None]] = {}

    @app_commands.command(description="Start a round in this channel; everyone here can join")
    @app_commands.describe(
        theme="What it is about: a pack, a theme, or this server's own questions; the first pack if you leave it out",
        also="A second theme to mix in, such as this server's own questions",
        questions="How many questions (10 if you leave it out)",
        seconds="Seconds to answer each (30 if you leave it out)",
        scoring="accuracy: points by difficulty. speed: faster right answers earn more",
        mode="How it is played; everybody for themselves if you leave it out",
        teams="How many teams, with mode: teams",
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
        mode: Literal["classic", "last one standing", "teams", "certainty"] = "classic",
        teams: Range[int, 2, 4] = 2,
        thread: bool = False,
    ) -> None:
        how = (questions, seconds, scoring, mode, teams, thread)
        await self.bot.gate.run(interaction, ui.play, theme, also, *how)

    @app_commands.command(description="Ask somebody for a duel; they have a minute to accept")
    @app_commands.describe(
        member="Whom you ask",
        theme="What it is about; the first pack if you leave it out",
        questions="How many questions (5 if you leave it out)",
        seconds="Seconds to answer each (20 if you leave it out)",
    )
    async def duel(
        self,
        interaction: Interaction[Any],
        member: discord.Member,
        theme: str | None = None,
        questions: Range[int, 1, 25] = 5,
        seconds: Range[int, 5, 120] = 20,
    ) -> None:
        await self.bot.gate.run(interaction, duel.ask, member, theme, questions, seconds)

    @app_commands.command(description="End the round in this channel and show the standing")
    async def stop(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.stop)

    @app_commands.command(description="Who has the most points in this server")
    @app_commands.describe(period="Since when (all time if you leave it out)", theme="Only this theme")
    async def leaderboard(
        self,
        interaction: Interaction[Any],
        period: Literal["day", "week", "month", "season", "all"] = "all",
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

    @app_commands.command(description="What you missed in rounds here, when it is due; only you see it, and no points")
    async def review(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, review.review)

    @app_commands.command(description="How sure you were in rounds by certainty, and how often right; only you see it")
    async def certainty(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, certainty.certainty)

    @play.autocomplete("theme")
    @play.autocomplete("also")
    @duel.autocomplete("theme")
    @leaderboard.autocomplete("theme")
    @practice.autocomplete("theme")
    async def _suggest_theme(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        titles = await self.bot.db.read(list_titles, interaction.guild_id or 0, self.bot.packs)
        return suggest(titles.items(), typed)

    @app_commands.command(description="Moderators: take a round out of every board, or count it again; asks before")
    @app_commands.describe(round="Which one; the newest are offered as you type")
    async def void(self, interaction: Interaction[Any], round: str) -> None:
        await self.bot.gate.run(interaction, voiding.ask, round)

    @void.autocomplete("round")
    async def _suggest_round(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return await voiding.suggest_rounds(self.bot, interaction, typed)

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

    async def open_threads(self, now: int) -> None:
        """Open the thread of every round that waits for one, beside the loop."""
        for round in await self.bot.db.read(quiz.list_threading):
            if round.id not in self._threads:
                task = asyncio.create_task(self._open_thread(round), name=f"thread {round.id}")
                self._threads[round.id] = task
                task.add_done_callback(partial(self._drop_thread, round.id))

    def _drop_thread(self, round_id: int, _: asyncio.Task[None]) -> None:
        self._threads.pop(round_id, None)

    async def _open_thread(self, round: Threading) -> None:
        thread_id = None
        try:
            where = (round.guild_id, round.home_id, round.opening_id)
            thread_id = await open_thread(self.bot, *where, f"Quiz: {round.subject}")
        except FAILURES as error:
            if getattr(error, "code", 0) == EXISTS:  # a crash came after it was opened
                thread_id = round.opening_id
            else:
                log.warning("no thread", extra={"guild": round.guild_id, "round": round.id, "why": str(error)})
        await self.bot.db.write(course.settle_in, round.guild_id, round.id, thread_id, self.bot.clock.now())

    async def come_back(self, now: int) -> None:
        """Take up the rounds that were open while we were away."""
        await self.bot.db.write(course.resume, now, self._restarted_at)
        self._restarted_at = None


async def setup(bot: Offramp) -> None:
    cog = Quiz(bot)
    for routes in (ui.ROUTES, boards.ROUTES, practice.ROUTES, review.ROUTES, duel.ROUTES, daily.ROUTES, voiding.ROUTES):
        bot.gate.add(routes)
    bot.delivery.kinds.update(ui.POSTS | daily.POSTS | voiding.POSTS)
    bot.startables |= {"round": scheduled.STARTABLE, "daily": daily.STARTABLE}
    bot.due[:0] = [cog.open_threads, cog.take_steps]  # before the sending, so that a step is shown in the same turn
    bot.returns.append(cog.come_back)
    await bot.add_cog(cog)
