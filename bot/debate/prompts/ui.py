"""Prompts are pressed: what their command and buttons do."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from bot.debate.prompts import actions, cards, facts, rules
from bot.debate.prompts.actions import Place, Put
from bot.delivery import Kind
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from bot.rights import may_moderate
from content.pack import Motion
from storage import prompts

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.debate")


async def put(press: Press, theme: str | None, once: bool = False) -> None:
    """Put a motion to the channel, with `once` only if none on that is open in it.

    Its row is written first, so that every button on the card works.
    """
    motions = rules.list_motions(press.bot.packs, theme)
    press.need("put a motion", "view_channel", press.writing)
    order = Put(press.guild_id, press.id, press.channel_id, press.user_id, motions, once)
    await press.bot.db.write(actions.put_motion, order, press.bot.clock.now())
    card = await draw_open(press.bot, press.guild_id, press.id)
    assert card is not None
    message_id = await press.show(card, private=False)
    if message_id is not None:  # else the first vote will tell which message it is
        await press.bot.db.write(prompts.set_message, press.guild_id, press.id, message_id)


async def put_pressed(press: Press, pack: str, theme: str) -> None:
    """Put a motion on what divided the people of a round; however many press, one is open."""
    await put(press, f"{pack}/{theme}", once=True)


async def vote_pressed(press: Press, prompt_id: int, vote: str) -> None:
    place = _place(press, prompt_id)
    recorded = await press.bot.db.write(actions.vote, place, vote, press.bot.clock.now())
    await press.say(cards.describe_vote(recorded))
    if recorded.before is None and press.message_id is not None:
        press.bot.delivery.edit_soon(press.channel_id, press.message_id, draw_open, press.guild_id, prompt_id)


async def sides_pressed(press: Press, prompt_id: int) -> None:
    talk = await press.bot.db.read(facts.get_talk, _place(press, prompt_id))
    await press.show(cards.draw_sides(talk.motion, rules.pair_up(talk.motion, secrets.randbits(32))))


async def close_pressed(press: Press, prompt_id: int) -> None:
    moderator = press.may("manage_messages") or await may_moderate(press)
    await press.bot.db.write(actions.close_early, _place(press, prompt_id), moderator, press.bot.clock.now())
    await press.say("The vote is closed. The card shows the result in a moment.")


def _place(press: Press, prompt_id: int) -> Place:
    return Place(press.guild_id, prompt_id, press.channel_id, press.message_id, press.user_id, press.id)


async def draw_open(bot: Offramp, guild_id: int, prompt_id: int) -> Card | None:
    open = await bot.db.read(facts.get_open, guild_id, prompt_id)
    return cards.draw_open(open, _theme(bot, open.motion_id, open.motion)) if open else None


async def draw_closed(bot: Offramp, guild_id: int, prompt_id: int) -> Card | None:
    closed = await bot.db.read(facts.get_closed, guild_id, prompt_id)
    return cards.draw_closed(closed, _theme(bot, closed.motion_id, closed.motion)) if closed else None


def _theme(bot: Offramp, motion_id: str, motion: Motion) -> str:
    """The title of a motion's theme, or its id where the pack is not loaded any more."""
    pack = bot.packs.get(motion_id.partition("/")[0])
    return next((t.title for t in pack.themes if t.id == motion.theme), motion.theme) if pack else motion.theme


ROUTES: dict[str, Handler] = {
    "debate:put": put_pressed,
    "debate:vote": vote_pressed,
    "debate:sides": sides_pressed,
    "debate:close": close_pressed,
}

POSTS = {"debate:closed": Kind(draw_closed)}
