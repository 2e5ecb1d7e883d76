"""Setup is pressed: one card on which people who may manage a server choose how the bot works there."""

from __future__ import annotations

from discord.abc import GuildChannel

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, Choice, custom_id
from bot.press import Press
from bot.setup import actions
from storage.settings import Settings, get_settings

NOT_YOU = "Only people who may manage this server can set me up. Please ask one of them."
LIMITS = (0, 1, 3, 5, 10, 20)  # suggestions of one person a day


async def open_setup(press: Press) -> None:
    _need_manager(press)
    await press.show(_draw(press, await press.bot.db.read(get_settings, press.guild_id)))


async def role_chosen(press: Press) -> None:
    await _choose(press, "moderator_role_id", _taken(press))


async def channel_chosen(press: Press) -> None:
    _need_manager(press)
    taken = _taken(press)
    if taken is not None and _find_channel(press, taken) is None:
        raise Refusal("I can't see that channel. Let me see it, or choose another.")
    await _choose(press, "review_channel_id", taken)


async def limit_chosen(press: Press) -> None:
    value = _taken(press)
    if value not in LIMITS:
        raise Refusal("I don't know that number. Please use /setup again.")
    await _choose(press, "suggestions_a_day", value)


async def second_pressed(press: Press, on: int) -> None:
    await _choose(press, "second_opinion", min(on, 1))


def _need_manager(press: Press) -> None:
    if not press.may("manage_guild"):
        raise Refusal(NOT_YOU)


async def _choose(press: Press, name: str, value: int | None) -> None:
    _need_manager(press)
    settings = await press.bot.db.write(actions.choose, press.act, name, value)
    await press.update(_draw(press, settings))


def _taken(press: Press) -> int | None:
    """The id or number that was chosen; None where a choice was taken back."""
    taken = press.values[0] if press.values else ""
    return int(taken) if taken.isdecimal() and len(taken) <= 19 else None


def _find_channel(press: Press, id: int) -> GuildChannel | None:
    """A channel of this server; ids come from outside."""
    guild = press.interaction.guild
    return guild.get_channel(id) if guild else None


def _draw(press: Press, settings: Settings) -> Card:
    card = (
        Card()
        .text("## Setup")
        .text("**Who looks after questions?** People who may manage this server, and those with this role:")
    )
    card.role_select(custom_id("setup:role"), "No other role", settings.moderator_role_id)
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
    card.buttons(Button(label, custom_id("setup:second", 0 if settings.second_opinion else 1)))
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
    "setup:role": role_chosen,
    "setup:channel": channel_chosen,
    "setup:limit": limit_chosen,
    "setup:second": second_pressed,
}
