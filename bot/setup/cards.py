"""Setup shows: its steps, the other settings, and what missing permissions break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discord import Permissions, TextChannel
from discord.abc import GuildChannel

from bot.kit import Button, Card, Choice, custom_id
from bot.press import Press
from bot.setup import facts, rules
from bot.setup.facts import Scheduled
from bot.text import count, escape
from bot.zones import suggest_zones
from storage.settings import Settings


def find_channel(press: Press, id: int) -> GuildChannel | None:
    """A channel of this server; ids come from outside."""
    guild = press.interaction.guild
    return guild.get_channel(id) if guild else None


def check_channel(press: Press, id: int, purpose: str, needed: dict[str, tuple[str, str]]) -> list[str]:
    """What a channel's permissions break, under a heading; one line if nothing."""
    channel = find_channel(press, id)
    if channel is None:
        return [f"**The channel for {purpose}** is gone, or I can't see it: choose another with /setup start."]
    if missing := rules.list_missing(needed, held_of(channel.permissions_for(channel.guild.me), needed)):
        return [f"**<#{id}>, for {purpose}.** Edit Channel → Permissions → give me:", *missing]
    return [f"**<#{id}>, for {purpose}.** All is well."]


def check_schedules(press: Press, scheduled: Sequence[Scheduled]) -> list[str]:
    """What is missing in the channels of schedules, in as many as fit a card; one line if nothing is."""
    faults = [lines for one in scheduled if (lines := _check_scheduled(press, one))]
    if not faults:
        return ["**Where schedules start something:** All is well."] if scheduled else []
    shown = [line for lines in faults[: rules.SHOWN] for line in lines]
    if len(faults) > rules.SHOWN:
        shown.append(
            f"-# … and {count(len(faults) - rules.SHOWN, 'more channel')}. Use /setup check again after these."
        )
    return shown


def _check_scheduled(press: Press, one: Scheduled) -> list[str]:
    purpose = f"{count(one.many, 'schedule')}"
    channel = find_channel(press, one.channel_id)
    if not isinstance(channel, TextChannel):
        return [
            f"**The channel of {purpose}** is gone, or I can't see it: /schedule list and /schedule edit put it right."
        ]
    needed = rules.SCHEDULES | (rules.THREADS if one.threads else {})
    missing = rules.list_missing(needed, held_of(channel.permissions_for(channel.guild.me), needed))
    heading = f"**<#{one.channel_id}>, for {purpose}.** Edit Channel → Permissions → give me:"
    return [heading, *missing] if missing else []


def held_of(permissions: Permissions, asked: Iterable[str]) -> set[str]:
    return {name for name in asked if getattr(permissions, name)}


async def draw_steps(press: Press, page: int = 0) -> Card:
    """The steps; `page` is that of the subjects, of which a select shows 25."""
    choices = await press.bot.db.read(facts.load, press.guild_id, press.bot.packs)
    settings, ready = choices.settings, choices.settings.quiz_channel_id is not None
    card = Card().text("## Setup\nFrom here to the first round. What you choose is saved as you choose it.")
    card.text(f"**1. Where are rounds held?** {_mark(ready)}")
    card.channel_select(custom_id("setup:quiz"), "Choose a channel", settings.quiz_channel_id)
    if settings.quiz_channel_id is not None:
        card.text("\n".join(check_channel(press, settings.quiz_channel_id, "rounds", rules.ROUNDS)))
    card.text("**2. Who moderates?** People who may manage this server and, if you choose a role, those who have it:")
    card.role_select(custom_id("setup:role"), "Nobody else", settings.moderator_role_id)
    card.text(f"**3. Which clock do days and times go by?** Chosen: {settings.zone}")
    card.select(custom_id("setup:zone"), settings.zone, _list_zones(settings.zone, press.bot.clock.now()))
    card.buttons(Button("Another zone", custom_id("setup:another")))
    usual = next(iter(choices.subjects.values()))
    chosen = choices.subjects.get(settings.subject or "", usual)
    card.text(f"**4. What are rounds about, if nothing is said?** {escape(chosen)}")
    subjects = [Choice(title, id, chosen=id == settings.subject) for id, title in choices.subjects.items()]
    last = (len(subjects) - 1) // rules.MOST
    page = min(page, last)
    card.select(custom_id("setup:subject"), chosen, subjects[page * rules.MOST : (page + 1) * rules.MOST])
    if last:
        card.turning(page, last, count(len(subjects), "theme"), "setup:subjects")
    if not ready:
        card.text("-# The first round can start as soon as step 1 is done.")
    return card.buttons(
        Button("Start the first round", custom_id("setup:begin"), disabled=not ready),
        Button("More settings", custom_id("setup:more")),
    )


def _mark(done: bool) -> str:
    return "✓ chosen" if done else "not chosen yet"


def _list_zones(zone: str, now: int) -> list[Choice]:
    """Zones with their clock now; the one that is set is always among them."""
    offers = dict(suggest_zones("", now))
    if zone not in offers:
        offers = dict(list(offers.items())[: rules.MOST - 1]) | {zone: zone}
    return [Choice(title, id, chosen=id == zone) for id, title in offers.items()]


def draw_more(press: Press, settings: Settings) -> Card:
    card = Card().text("## More settings")
    card.text("**Where do suggestions and reports come in?** There, and always in /question review and /reports:")
    card.channel_select(custom_id("setup:channel"), "In no channel", settings.review_channel_id)
    card.text("**How many questions may one person send in within a day?**")
    choices = [Choice(str(n), str(n), chosen=n == settings.suggestions_a_day) for n in rules.LIMITS]
    card.select(custom_id("setup:limit"), f"{settings.suggestions_a_day} a day", choices)
    card.text(
        "**Are members' claims and words in debates shown at once?** Claims that wait are in /argue review. "
        "Where some wait, Discord accounts younger than a week don't rate claims."
    )
    ways = [Choice(title, id, chosen=id == settings.approval) for id, title in rules.APPROVAL.items()]
    card.select(custom_id("setup:approval"), rules.APPROVAL[settings.approval], ways)
    now = (
        "Nobody approves a question that they wrote or changed; only files that are imported are asked at once"
        if settings.second_opinion
        else "Who writes a question may save it alone"
    )
    card.text(f"**Second opinion:** {now}.")
    named = "Where votes clearly moved, the side is named the winner" if settings.winner else "No winner is named"
    card.text(f"**The result of a debate:** {named}.")
    label = "Let people save alone" if settings.second_opinion else "Ask for a second opinion"
    card.buttons(
        Button(label, custom_id("setup:second", 0 if settings.second_opinion else 1)),
        Button(
            "Name no winner" if settings.winner else "Name a winner",
            custom_id("setup:winner", int(not settings.winner)),
        ),
        Button("Back to the steps", custom_id("setup:back")),
    )
    return card.text("\n".join(_notes(press, settings)))


def _notes(press: Press, settings: Settings) -> list[str]:
    """What works less well with the permissions that the bot has."""
    notes = []
    if id := settings.review_channel_id:
        channel = find_channel(press, id)
        held = channel.permissions_for(channel.guild.me) if channel else None
        if held is None:
            notes.append("-# The channel that was chosen is gone. Nothing is posted until you choose another.")
        elif not (held.view_channel and held.send_messages):
            notes.append(f"-# I can't write in <#{id}>: give me View Channel and Send Messages there.")
        if channel and channel.permissions_for(channel.guild.default_role).view_channel:
            notes.append(f"-# Everybody can read <#{id}>, and suggestions are shown there with their right answer.")
    if not press.interaction.app_permissions.manage_guild:
        notes.append(
            "-# Members' texts are held to my own short list of words. With the permission Manage Server I can read "
            "this server's AutoMod rules, and hold them to those."
        )
    return notes
