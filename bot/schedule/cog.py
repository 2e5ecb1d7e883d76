"""Schedules listen: their slash commands, and the loop's question what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import discord
from discord import Interaction, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.errors import Refusal
from bot.kit import suggest
from bot.press import Press, read_id
from bot.rights import may_moderate, need_moderator
from bot.schedule import actions, cards, posts, telling, ui
from bot.schedule.actions import Change
from bot.schedule.events import Events
from bot.schedule.firing import Firing
from bot.schedule.recurrence import suggest_rules
from bot.zones import suggest_zones
from storage import schedules

if TYPE_CHECKING:
    from bot.app import Offramp

Mode = Literal["classic", "last one standing", "teams", "certainty"]


SETTINGS = ("theme", "also", "questions", "seconds", "mode", "teams", "scoring")
DESCRIBED = {  # the same to make one and to change one
    "when": "Such as: every weekday 20:00, every second Friday 19:30, 1st of month 18:00; or a cron line",
    "theme": "What it is about",
    "also": "A second theme, mixed in",
    "teams": "How many teams, where the mode is teams",
    "announce": "Announce it so many minutes before",
    "missed": "If I was away: catch up once, or skip and tell moderators",
    "thread": "Play each round in a thread of its own",
    "event": "Show the next time as an event of this server, too; I need the permission Create Events",
}


class Schedule(commands.GroupCog, name="schedule", description="What I start by myself: rounds, daily questions, more"):
    def __init__(self, bot: Offramp) -> None:
        self.bot = bot

    @app_commands.command(description="Have something started again and again")
    @app_commands.describe(
        what="What is started",
        zone="The time zone; the server's if you leave it out",
        channel="Where; this channel if you leave it out",
        role="A role to call in the announcement; nobody is called if you leave it out",
        grace="Minutes within which a missed time is caught up (60 if you leave it out)",
        **DESCRIBED,
    )
    async def add(
        self,
        interaction: Interaction[Any],
        what: str,
        when: Range[str, 1, 100],
        zone: str | None = None,
        channel: discord.TextChannel | None = None,
        theme: str | None = None,
        also: str | None = None,
        questions: Range[int, 1, 25] | None = None,
        seconds: Range[int, 5, 120] | None = None,
        mode: Mode | None = None,
        teams: Range[int, 2, 4] | None = None,
        scoring: Literal["accuracy", "speed"] | None = None,
        thread: bool = False,
        announce: Range[int, 0, 1440] = 0,
        role: discord.Role | None = None,
        missed: Literal["catch-up", "skip"] = "catch-up",
        grace: Range[int, 1, 1440] = 60,
        event: bool = False,
    ) -> None:
        settings = _settings(theme, also, questions, seconds, mode, teams, scoring)
        how = {
            "channel_id": channel.id if channel else interaction.channel_id or 0,
            "thread": thread,
            "announce": announce,
            "role_id": role.id if role else None,
            "missed": missed,
            "grace": grace,
            "event": event,
        }
        await self.bot.gate.run(interaction, ui.add, what, when, zone, settings, how)

    @app_commands.command(description="Change a schedule; what you leave out stays as it is")
    @app_commands.describe(
        zone="The time zone",
        channel="Where",
        role="A role to call in the announcement; announce 0 takes it away again",
        grace="Minutes within which a missed time is caught up",
        **DESCRIBED,
    )
    async def edit(
        self,
        interaction: Interaction[Any],
        schedule: str,
        when: Range[str, 1, 100] | None = None,
        zone: str | None = None,
        channel: discord.TextChannel | None = None,
        theme: str | None = None,
        also: str | None = None,
        questions: Range[int, 1, 25] | None = None,
        seconds: Range[int, 5, 120] | None = None,
        mode: Mode | None = None,
        teams: Range[int, 2, 4] | None = None,
        scoring: Literal["accuracy", "speed"] | None = None,
        thread: bool | None = None,
        announce: Range[int, 0, 1440] | None = None,
        role: discord.Role | None = None,
        missed: Literal["catch-up", "skip"] | None = None,
        grace: Range[int, 1, 1440] | None = None,
        event: bool | None = None,
    ) -> None:
        settings = _settings(theme, also, questions, seconds, mode, teams, scoring)
        how = {
            "channel_id": channel.id if channel else None,
            "thread": None if thread is None else int(thread),
            "announce": announce,
            "role_id": role.id if role else None,
            "missed": missed,
            "grace": grace,
            "event": None if event is None else int(event),
        }
        change = Change(when, zone, settings, _given(how))
        await self.bot.gate.run(interaction, _with_id(ui.edit), schedule, change)

    @app_commands.command(name="list", description="All schedules of this server")
    async def list_all(self, interaction: Interaction[Any]) -> None:
        await self.bot.gate.run(interaction, ui.list_all)

    @app_commands.command(description="A schedule in full, with its next times")
    async def show(self, interaction: Interaction[Any], schedule: str) -> None:
        await self.bot.gate.run(interaction, _with_id(ui.show), schedule)

    @app_commands.command(description="Let a schedule rest")
    async def pause(self, interaction: Interaction[Any], schedule: str) -> None:
        await self.bot.gate.run(interaction, _with_id(ui.pause_pressed), schedule)

    @app_commands.command(description="Take a paused schedule up again")
    async def resume(self, interaction: Interaction[Any], schedule: str) -> None:
        await self.bot.gate.run(interaction, _with_id(ui.resume_pressed), schedule)

    @app_commands.command(description="Remove a schedule; what it has started goes on")
    async def remove(self, interaction: Interaction[Any], schedule: str) -> None:
        await self.bot.gate.run(interaction, _with_id(ui.remove_pressed), schedule)

    @app_commands.command(name="run-now", description="Start it once now, beside its own times")
    async def run_now(self, interaction: Interaction[Any], schedule: str) -> None:
        await self.bot.gate.run(interaction, _with_id(ui.run_now), schedule)

    @add.autocomplete("what")
    async def _suggest_what(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return suggest(((id, startable.title) for id, startable in self.bot.startables.items()), typed)

    @add.autocomplete("when")
    @edit.autocomplete("when")
    async def _suggest_when(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return [Choice(name=phrase, value=phrase) for phrase in suggest_rules(typed)]

    @add.autocomplete("zone")
    @edit.autocomplete("zone")
    async def _suggest_zone(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return [Choice(name=title, value=id) for id, title in suggest_zones(typed, self.bot.clock.now())]

    @add.autocomplete("theme")
    @add.autocomplete("also")
    @edit.autocomplete("theme")
    @edit.autocomplete("also")
    async def _suggest_theme(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        """What the thing to be started can be about: the one named here, or that of the schedule named here."""
        guild_id, named = interaction.guild_id or 0, interaction.namespace
        what = named.what
        if what is None and (id := read_id(named.schedule or "")) is not None:
            schedule = await self.bot.db.read(schedules.get_schedule, guild_id, id)
            what = schedule.what if schedule else None
        if what not in self.bot.startables:
            return []
        titles = await self.bot.db.read(self.bot.startables[what].list_subjects, guild_id, self.bot.packs)
        return suggest(titles.items(), typed)

    @show.autocomplete("schedule")
    @pause.autocomplete("schedule")
    @resume.autocomplete("schedule")
    @remove.autocomplete("schedule")
    @run_now.autocomplete("schedule")
    @edit.autocomplete("schedule")
    async def _suggest_schedule(self, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        guild_id = interaction.guild_id or 0
        if not await may_moderate(Press(self.bot, interaction, guild_id)):
            return []
        found = await self.bot.db.read(schedules.list_schedules, guild_id)
        return suggest(
            ((str(one.id), self._title(one.channel_id, cards.name(one, self.bot.startables))) for one in found), typed
        )

    def _title(self, channel_id: int, name: str) -> str:
        channel = self.bot.get_channel(channel_id)
        return f"{name} · #{getattr(channel, 'name', 'channel gone')}"


def _settings(*options: Any) -> dict[str, Any]:
    """What was asked for of what is started, by the name of the option."""
    return _given(dict(zip(SETTINGS, options, strict=True)))


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _with_id(handler: Any) -> Any:
    """A handler of a schedule's id, for what was typed or taken from the list."""

    async def handle(press: Press, typed: str, *rest: Any) -> None:
        await need_moderator(press)  # before anybody is told what there is
        if (id := read_id(typed)) is None:
            raise Refusal(actions.UNKNOWN)
        await handler(press, id, *rest)

    return handle


async def setup(bot: Offramp) -> None:
    bot.gate.add(ui.ROUTES)
    bot.delivery.kinds.update(posts.make_kinds(bot))
    firing = Firing(bot)
    bot.due.insert(0, firing.fire_due)  # before the sending, so that what starts is shown in the same turn
    bot.due.append(Events(bot).keep)
    bot.returns.append(firing.remake)
    bot.after_command.append(telling.tell_moderator)
    await bot.add_cog(Schedule(bot))
