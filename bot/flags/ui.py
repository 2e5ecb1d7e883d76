"""Flags are pressed: by members who flag, and by moderators who decide."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.delivery import Kind
from bot.flags import actions, cards, rules
from bot.gate import Handler
from bot.kit import Card
from bot.press import FAILURES, Press
from bot.rights import may_moderate, need_moderator
from storage import flags

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.flags")
LISTED = 4  # cases on a page
THANKS = "Thank you. It waits for the moderators now; they find it with /flags."
NOTED = "Thank you, it is noted. Moderators are told as soon as somebody else flags it too, or one of them does."


async def flag_opened(press: Press, subject: str, id: int) -> None:
    """Open the form, if there is something to flag here."""
    bot = press.bot
    what = (subject, id, press.channel_id)
    await press.ask(cards.flag_form(await bot.db.read(actions.check, press.act, bot.flaggables, *what), subject, id))


async def flag_sent(press: Press, subject: str, id: int) -> None:
    bot, fields = press.bot, press.fields
    said = (fields.get("reason", ""), " ".join(fields.get("note", "").split())[: rules.NOTE])
    what, moderator = (subject, id, press.channel_id), await may_moderate(press)
    noted = await bot.db.write(actions.flag, press.act, bot.flaggables, what, said, moderator)
    await press.say(THANKS if noted.told else NOTED)
    if noted.heated:
        await _slow_down(press)


async def list_raised(press: Press) -> None:
    await press.show(await _draw_list(press, 0))


async def page_pressed(press: Press, page: int) -> None:
    await press.update(await _draw_list(press, page))


async def case_opened(press: Press, case_id: int) -> None:
    await need_moderator(press)
    case = await press.bot.db.read(actions.get_case, press.bot.flaggables, press.guild_id, case_id)
    await press.show(cards.draw_case(case))


async def keep_pressed(press: Press, case_id: int) -> None:
    await _settle(press, case_id, removed=False)


async def remove_pressed(press: Press, case_id: int) -> None:
    await _settle(press, case_id, removed=True)


async def _settle(press: Press, case_id: int, removed: bool) -> None:
    await need_moderator(press)
    bot = press.bot
    await bot.db.write(actions.settle, press.act, bot.flaggables, case_id, removed)
    await press.update(cards.draw_case(await bot.db.read(actions.get_case, bot.flaggables, press.guild_id, case_id)))


async def _draw_list(press: Press, page: int) -> Card:
    await need_moderator(press)
    bot = press.bot
    total = await bot.db.read(flags.count_raised, press.guild_id)
    last = max(total - 1, 0) // LISTED
    page = min(page, last)
    found = await bot.db.read(actions.list_cases, bot.flaggables, press.guild_id, page * LISTED, LISTED)
    return cards.draw_list(found, page, last, total)


async def _slow_down(press: Press) -> None:
    """Have people wait between two messages, where the bot may do that and nobody has set it."""
    channel = press.interaction.channel
    if not isinstance(channel, discord.TextChannel | discord.Thread) or channel.slowmode_delay:
        return
    held = press.interaction.app_permissions
    if held.manage_threads if isinstance(channel, discord.Thread) else held.manage_channels:
        try:
            await channel.edit(slowmode_delay=rules.SLOW, reason="Several people flagged something here")
        except FAILURES as error:
            log.warning("not slowed down", extra={"guild": press.guild_id, "why": type(error).__name__})


async def draw_case(bot: Offramp, guild_id: int, case_id: int) -> Card | None:
    case = await bot.db.read(actions.get_case, bot.flaggables, guild_id, case_id)
    return None if case.flags[0].settled else cards.draw_case(case)


async def draw_calm(bot: Offramp, guild_id: int, channel_id: int) -> Card:
    return cards.draw_calm()


ROUTES: dict[str, Handler] = {
    "flag:open": flag_opened,
    "flag:send": flag_sent,
    "flags:page": page_pressed,
    "flags:open": case_opened,
    "flags:keep": keep_pressed,
    "flags:remove": remove_pressed,
}
POSTS = {"flags:case": Kind(draw_case), "flags:calm": Kind(draw_calm)}
