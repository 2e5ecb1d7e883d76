"""Flags are pressed: by members who flag, and by moderators who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery import Kind
from bot.errors import Refusal
from bot.flags import actions, cards, rules
from bot.flags.actions import Case
from bot.flags.slowing import slow_down
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from bot.rights import may_moderate, need_moderator
from bot.text import see
from storage import flags

if TYPE_CHECKING:
    from bot.app import Offramp

LISTED = 4  # cases on a page
THANKS = "Thank you. It waits for the moderators now; they find it with /flags."
NOTED = "Thank you, it is noted. Moderators are told as soon as somebody else flags it too, or one of them does."
NO_NOTE = "A flag counts without a note, too: you can leave it empty."


async def flag_opened(press: Press, subject: str, id: int) -> None:
    """Open the form, if there is something to flag here."""
    bot = press.bot
    what, moderator = (subject, id, press.channel_id), await may_moderate(press)
    flaggable, _ = await bot.db.read(actions.check, press.act, bot.flaggables, what, moderator)
    await press.ask(cards.flag_form(flaggable, subject, id))


async def flag_sent(press: Press, subject: str, id: int) -> None:
    bot, reason = press.bot, press.fields.get("reason", "")
    said = (reason, await _read_note(press))
    what, moderator = (subject, id, press.channel_id), await may_moderate(press)
    noted = await bot.db.write(actions.flag, press.act, bot.flaggables, what, said, moderator)
    await press.say(THANKS if noted.told else NOTED)
    if noted.heated is not None:
        await slow_down(bot, press.guild_id, noted.heated)


async def list_raised(press: Press) -> None:
    await press.show(await _draw_list(press, 0))


async def page_pressed(press: Press, page: int) -> None:
    await press.update(await _draw_list(press, page))


async def case_opened(press: Press, case_id: int) -> None:
    await press.show(cards.draw_case(await _find(press, case_id)))


async def keep_pressed(press: Press, case_id: int) -> None:
    await _settle(press, case_id, removed=False)


async def remove_pressed(press: Press, case_id: int) -> None:
    """Ask once: what is taken away does not come back."""
    await press.update(cards.draw_case(await _find(press, case_id), sure=True))


async def confirm_pressed(press: Press, case_id: int) -> None:
    await _settle(press, case_id, removed=True)


async def cancel_pressed(press: Press, case_id: int) -> None:
    await press.update(cards.draw_case(await _find(press, case_id)))


async def _settle(press: Press, case_id: int, removed: bool) -> None:
    await need_moderator(press)
    told = ""
    try:
        await press.bot.db.write(actions.settle, press.act, press.bot.flaggables, case_id, removed)
    except Refusal as refusal:  # an older card: it says what is so now
        told = str(refusal)
    await press.update(cards.draw_case(await _find(press, case_id), told=told))


async def _find(press: Press, case_id: int) -> Case:
    """A case, for somebody who may decide on it."""
    await need_moderator(press)
    return await press.bot.db.read(actions.get_case, press.bot.flaggables, press.guild_id, case_id)


async def _read_note(press: Press) -> str:
    """What moderators are to know, if it may be shown to others."""
    note = see(press.fields.get("note", ""))[: rules.NOTE]
    try:
        await press.bot.automod.check_text(press, note)
    except Refusal as refusal:
        raise Refusal(f"{refusal} {NO_NOTE}") from None
    return note


async def _draw_list(press: Press, page: int) -> Card:
    await need_moderator(press)
    bot = press.bot
    total = await bot.db.read(flags.count_raised, press.guild_id)
    last = max(total - 1, 0) // LISTED
    page = min(page, last)
    found = await bot.db.read(actions.list_cases, bot.flaggables, press.guild_id, page * LISTED, LISTED)
    return cards.draw_list(found, page, last, total)


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
    "flags:confirm": confirm_pressed,
    "flags:cancel": cancel_pressed,
}
POSTS = {"flags:case": Kind(draw_case), "flags:calm": Kind(draw_calm)}
