"""Deltas are pressed: a message's menu, the form, the list, and what takes a delta back or away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.argue.deltas import cards, giving, rules
from bot.argue.deltas.giving import Message
from bot.argue.rules import HOUR
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, custom_id
from bot.press import Press, read_id
from bot.rights import may_moderate, need_moderator
from bot.text import see
from storage import argue, deltas

if TYPE_CHECKING:
    from bot.app import Offramp

LISTED = 4  # on a page
BACK = "It is taken back, as if it had not been said. If you change your mind, use the message's menu again."
AWAY = "It is taken away and counts no more."


async def begin(press: Press, message: discord.Message) -> None:
    """Open the form for a message, if it may have changed this person's view."""
    about = Message(message.channel.id, message.id, message.author.id)
    bot = message.author.bot or message.webhook_id is not None
    await _ask(press, press.id, await press.bot.db.write(giving.begin, press.act, about, bot))


async def point_pressed(press: Press, speech_id: int) -> None:
    """Open the form for what somebody said in a debate."""
    await _ask(press, press.id, await press.bot.db.write(giving.begin_point, press.act, speech_id))


async def again_pressed(press: Press, draft_id: int) -> None:
    """Open a form anew that was refused."""
    await _ask(press, draft_id, await press.bot.db.read(giving.find_form, press.act, draft_id))


async def form_sent(press: Press, draft_id: int) -> None:
    fields = press.fields
    why = see(fields.get("why", ""))[: rules.WHY_MOST]
    try:
        await press.bot.automod.check_text(press, why)
    except Refusal as refusal:
        await press.bot.db.write(giving.keep_refused, press.act, draft_id, why)
        await press.show(cards.draw_refused(draft_id, str(refusal)))
        return
    number = read_id(fields.get("claim", "")) or 0
    said = (draft_id, number, fields.get("direction", ""), why)
    message = await press.bot.db.write(giving.give, press.act, *said)
    await press.show(cards.draw_given(message))


async def show_list(press: Press) -> None:
    await press.show(await _draw_list(press, 0))


async def page_pressed(press: Press, page: int) -> None:
    await press.update(await _draw_list(press, page))


async def back_pressed(press: Press, message_id: int) -> None:
    await press.bot.db.write(giving.take_back, press.act, message_id)
    await press.update(_draw_ended(BACK))


async def remove_pressed(press: Press, message_id: int, giver_id: int) -> None:
    """Ask once: what is taken away does not come back."""
    await need_moderator(press)
    delta = await press.bot.db.read(giving.find_standing, press.guild_id, message_id, giver_id)
    await press.update(cards.draw_sure(delta))


async def away_pressed(press: Press, message_id: int, giver_id: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(giving.remove, press.act, message_id, giver_id)
    await press.update(_draw_ended(AWAY))


async def look_pressed(press: Press) -> None:
    """Open the list from the digest, which stays as it is."""
    await need_moderator(press)
    await show_list(press)


async def _ask(press: Press, draft_id: int, about: Message) -> None:
    claims = await press.bot.db.read(argue.list_newest, press.guild_id, cards.OFFERED, about.number)
    await press.ask(cards.delta_form(draft_id, claims, about))


async def _draw_list(press: Press, page: int) -> Card:
    """A page of all deltas for moderators, of one's own for others; behind the last page comes the last."""
    everybody = await may_moderate(press)
    giver = None if everybody else press.user_id
    total = await press.bot.db.read(deltas.count_deltas, press.guild_id, giver)
    last = max(total - 1, 0) // LISTED
    page = min(page, last)
    shown = await press.bot.db.read(deltas.list_deltas, press.guild_id, giver, page * LISTED, LISTED)
    return cards.draw_list(shown, page, last, total, press.user_id, everybody)


def _draw_ended(told: str) -> Card:
    return Card().text(told).buttons(Button("Show the list", custom_id("delta:list", 0)))


async def draw_digest(bot: Offramp, guild_id: int, since: int, until: int) -> Card | None:
    new = await bot.db.read(deltas.list_between, guild_id, since, until)
    return cards.draw_digest(new) if new else None


class Digest:
    """Tells moderators once a week, beginning with Monday (UTC), of the deltas that are new."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self._looked_at = 0  # ms; only so that the table is not asked four times a second

    async def tell_due(self, now: int) -> None:
        if now - self._looked_at < HOUR:
            return
        until = rules.find_week(now)
        for guild_id in await self.bot.db.read(deltas.list_untold, until):
            await self.bot.db.write(giving.tell_week, guild_id, until, now)
        self._looked_at = now


ROUTES: dict[str, Handler] = {
    "delta:point": point_pressed,
    "delta:again": again_pressed,
    "delta:send": form_sent,
    "delta:look": look_pressed,
    "delta:list": page_pressed,
    "delta:back": back_pressed,
    "delta:remove": remove_pressed,
    "delta:away": away_pressed,
}
POSTS = {"delta:digest": Kind(draw_digest)}
