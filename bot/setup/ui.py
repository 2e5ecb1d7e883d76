"""Setup is pressed: one card on which people who may manage a server choose how the bot works there."""

from __future__ import annotations

from collections.abc import Iterable

from discord import Permissions
from discord.abc import GuildChannel

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.opening import open_occasion
from bot.press import Press
from bot.setup import actions, facts, rules
from bot.startable import Occasion
from bot.zones import find_zone, suggest_zones
from storage.settings import Settings, get_settings

NOT_YOU = "Only people who may manage this server can set me up. Please ask one of them."
LIMITS = (0, 1, 3, 5, 10, 20)  # suggestions of one person a day


GONE = "I can't see that channel. Let me see it, or choose another."
NO_CHANNEL = "Please choose a channel for rounds first. /setup start shows where."
NOT_ASKED = "There are no such questions any more. Please use /setup start again."
STARTED = "The first round is starting in <#{id}>. Anybody there can join by answering."
MOST = 25  # choices that a select shows


async def open_setup(press: Press) -> None:
    _need_manager(press)
    await press.show(await _draw(press))


async def check(press: Press) -> None:
    _need_manager(press)
    settings = await press.bot.db.read(get_settings, press.guild_id)
    lines = []
    for id, purpose, needed in (
        (settings.quiz_channel_id, "rounds", rules.ROUNDS),
        (settings.review_channel_id, "suggestions and reports", rules.REVIEW),
    ):
        if id is not None:
            lines += _check_channel(press, id, purpose, needed)
    if settings.quiz_channel_id is None:
        lines.append("No channel for rounds is chosen yet: /setup start has it as its first step.")
    card = Card().text("## Setup check").text("\n".join(lines) or "**All is well.**")
    guild = press.interaction.guild
    held = _held(guild.me.guild_permissions, rules.OPTIONAL) if guild else set()
    if optional := rules.list_missing(rules.OPTIONAL, held):
        card.text("\n".join(["Only if you want it:", *optional]))
    await press.show(card)


async def more_pressed(press: Press) -> None:
    _need_manager(press)
    await press.update(_draw_more(press, await press.bot.db.read(get_settings, press.guild_id)))


async def back_pressed(press: Press) -> None:
    _need_manager(press)
    await press.update(await _draw(press))


async def role_chosen(press: Press) -> None:
    await _step(press, "moderator_role_id", _taken(press))


async def quiz_channel_chosen(press: Press) -> None:
    await _step(press, "quiz_channel_id", _taken_channel(press))


async def zone_chosen(press: Press) -> None:
    _need_manager(press)
    await _step(press, "zone", find_zone(press.values[0] if press.values else ""))


async def zone_asked(press: Press) -> None:
    _need_manager(press)
    hint = "A city or an IANA name, such as Vilnius or Europe/Vilnius"
    await press.ask(Form(custom_id("setup:typed"), "Another zone").field("zone", "Which zone?", hint, 60))


async def zone_typed(press: Press) -> None:
    _need_manager(press)
    await _step(press, "zone", find_zone(press.fields.get("zone", "")))


async def subject_chosen(press: Press) -> None:
    _need_manager(press)
    chosen = press.values[0] if press.values else ""
    choices = await press.bot.db.read(facts.load, press.guild_id, press.bot.packs)
    if chosen not in choices.subjects:
        raise Refusal(NOT_ASKED)
    await _step(press, "subject", chosen)


async def begin_pressed(press: Press) -> None:
    """Start a round in the channel for rounds, as a schedule would."""
    _need_manager(press)
    settings = await press.bot.db.read(get_settings, press.guild_id)
    id = settings.quiz_channel_id
    channel = _find_channel(press, id) if id is not None else None
    if id is None or channel is None:
        raise Refusal(NO_CHANNEL)
    held = channel.permissions_for(channel.guild.me)
    if not (held.view_channel and held.send_messages):
        raise Refusal(f"I can't write in <#{id}> yet: /setup check says what to give me.")
    chosen = {"theme": settings.subject} if settings.subject else {}
    now = press.bot.clock.now()
    occasion = Occasion(press.guild_id, press.id, id, press.user_id, 0, False, chosen, now, now, now)
    await press.bot.db.write(open_occasion, press.bot.packs, "round", press.bot.startables["round"], occasion)
    await press.say(STARTED.format(id=id))


async def channel_chosen(press: Press) -> None:
    await _choose(press, "review_channel_id", _taken_channel(press))


async def limit_chosen(press: Press) -> None:
    value = _taken(press)
    if value not in LIMITS:
        raise Refusal("I don't know that number. Please use /setup start again.")
    await _choose(press, "suggestions_a_day", value)


async def second_pressed(press: Press, on: int) -> None:
    await _choose(press, "second_opinion", min(on, 1))


def _need_manager(press: Press) -> None:
    if not press.may("manage_guild"):
        raise Refusal(NOT_YOU)


async def _choose(press: Press, name: str, value: int | None) -> None:
    _need_manager(press)
    settings = await press.bot.db.write(actions.choose, press.act, name, value)
    await press.update(_draw_more(press, settings))


async def _step(press: Press, name: str, value: int | str | None) -> None:
    """Set what a step of the card asks for, and show the card as it is then."""
    _need_manager(press)
    await press.bot.db.write(actions.choose, press.act, name, value)
    await press.update(await _draw(press))


def _taken(press: Press) -> int | None:
    """The id or number that was chosen; None where a choice was taken back."""
    taken = press.values[0] if press.values else ""
    return int(taken) if taken.isdecimal() and len(taken) <= 19 else None


def _taken_channel(press: Press) -> int | None:
    """The channel that was chosen, one that the bot can find here; None where a choice was taken back."""
    _need_manager(press)
    taken = _taken(press)
    if taken is not None and _find_channel(press, taken) is None:
        raise Refusal(GONE)
    return taken


def _find_channel(press: Press, id: int) -> GuildChannel | None:
    """A channel of this server; ids come from outside."""
    guild = press.interaction.guild
    return guild.get_channel(id) if guild else None


def _check_channel(press: Press, id: int, purpose: str, needed: dict[str, tuple[str, str]]) -> list[str]:
    """What a channel's permissions break, under a heading; one line if nothing."""
    channel = _find_channel(press, id)
    if channel is None:
        return [f"**The channel for {purpose}** is gone, or I can't see it: choose another with /setup start."]
    if missing := rules.list_missing(needed, _held(channel.permissions_for(channel.guild.me), needed)):
        return [f"**<#{id}>, for {purpose}.** Edit Channel → Permissions → give me:", *missing]
    return [f"**<#{id}>, for {purpose}.** All is well."]


def _held(permissions: Permissions, asked: Iterable[str]) -> set[str]:
    return {name for name in asked if getattr(permissions, name)}


async def _draw(press: Press) -> Card:
    choices = await press.bot.db.read(facts.load, press.guild_id, press.bot.packs)
    settings, ready = choices.settings, choices.settings.quiz_channel_id is not None
    card = Card().text("## Setup\nFrom here to the first round. Every choice is kept at once.")
    card.text(f"**1. Where are rounds held?** {_mark(ready)}")
    card.channel_select(custom_id("setup:quiz"), "Choose a channel", settings.quiz_channel_id)
    if settings.quiz_channel_id is not None:
        card.text("\n".join(_check_channel(press, settings.quiz_channel_id, "rounds", rules.ROUNDS)))
    chosen = settings.moderator_role_id is not None
    card.text(f"**2. Who moderates?** People who may manage this server, and those with this role: {_mark(chosen)}")
    card.role_select(custom_id("setup:role"), "No other role", settings.moderator_role_id)
    card.text(f"**3. Which clock do days and times go by?** Now: {settings.zone}")
    card.select(custom_id("setup:zone"), settings.zone, _list_zones(settings.zone, press.bot.clock.now()))
    card.buttons(Button("Another zone", custom_id("setup:another")))
    card.text(f"**4. What are rounds about, if nothing is said?** {_mark(settings.subject is not None)}")
    subjects = [Choice(title, id, chosen=id == settings.subject) for id, title in choices.subjects.items()]
    card.select(custom_id("setup:subject"), "The first pack", subjects[:MOST])
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
        offers = dict(list(offers.items())[: MOST - 1]) | {zone: zone}
    return [Choice(title, id, chosen=id == zone) for id, title in offers.items()]


def _draw_more(press: Press, settings: Settings) -> Card:
    card = Card().text("## More settings")
    card.text("**Where do suggestions and reports come in?** There, and always in /question review and /reports:")
    card.channel_select(custom_id("setup:channel"), "In no channel", settings.review_channel_id)
    card.text("**How many questions may one person send in within a day?**")
    choices = [Choice(str(n), str(n), chosen=n == settings.suggestions_a_day) for n in LIMITS]
    card.select(custom_id("setup:limit"), f"{settings.suggestions_a_day} a day", choices)
    now = (
        "Nobody approves a question that they wrote or changed; only files that are imported are asked at once"
        if settings.second_opinion
        else "Who writes a question may save it alone"
    )
    card.text(f"**Second opinion:** {now}.")
    label = "Let people save alone" if settings.second_opinion else "Ask for a second opinion"
    card.buttons(
        Button(label, custom_id("setup:second", 0 if settings.second_opinion else 1)),
        Button("Back to the steps", custom_id("setup:back")),
    )
    return card.text("\n".join(_notes(press, settings)))


def _notes(press: Press, settings: Settings) -> list[str]:
    """What works less well with the permissions that the bot has."""
    notes = []
    if id := settings.review_channel_id:
        channel = _find_channel(press, id)
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


ROUTES: dict[str, Handler] = {
    "setup:quiz": quiz_channel_chosen,
    "setup:role": role_chosen,
    "setup:zone": zone_chosen,
    "setup:another": zone_asked,
    "setup:typed": zone_typed,
    "setup:subject": subject_chosen,
    "setup:begin": begin_pressed,
    "setup:more": more_pressed,
    "setup:back": back_pressed,
    "setup:channel": channel_chosen,
    "setup:limit": limit_chosen,
    "setup:second": second_pressed,
}
