"""A debate's posts are drawn from what is stored at the moment at which they are sent."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from bot.debate import (
    cards,
    facts,
    outcome_facts,
    posted,
    result_cards,
    said_cards,
    said_facts,
    turn_cards,
    waiting_cards,
)
from bot.delivery import Kind
from bot.kit import Card
from storage import debates

if TYPE_CHECKING:
    from bot.app import Offramp


async def draw_panel(bot: Offramp, guild_id: int, debate_id: int, *_: int) -> Card | None:
    panel = await bot.db.read(facts.get_panel, guild_id, debate_id)
    return cards.draw_panel(panel) if panel else None


async def draw_turn(bot: Offramp, guild_id: int, debate_id: int, position: int, *_: int) -> Card | None:
    turn = await bot.db.read(facts.get_turn, guild_id, debate_id, position)
    return turn_cards.draw_turn(turn) if turn else None


async def draw_counted(bot: Offramp, guild_id: int, debate_id: int, position: int, message_id: int) -> Card | None:
    """A phase with its count of votes or of what waits, while this is its newest card."""
    turn = await bot.db.read(facts.get_turn, guild_id, debate_id, position)
    return turn_cards.draw_turn(turn) if turn and turn.message_id == message_id else None


async def recount(bot: Offramp, guild_id: int, debate_id: int) -> None:
    """Have the card of the open phase show how much waits."""
    if where := await bot.db.read(facts.find_card, guild_id, debate_id):
        channel_id, message_id, position = where
        bot.delivery.edit_soon(channel_id, message_id, draw_counted, guild_id, debate_id, position, message_id)


async def draw_said(bot: Offramp, guild_id: int, debate_id: int, speech_id: int, *_: int) -> Card | None:
    said = await bot.db.read(said_facts.get_said, guild_id, speech_id)
    return said_cards.draw_said(said) if said else None


async def draw_older(bot: Offramp, *_: int) -> Card:
    return cards.draw_older()


async def draw_told(bot: Offramp, guild_id: int, debate_id: int) -> Card | None:
    """That something waits in a debate, for the moderators' channel."""
    debate = await bot.db.read(debates.get_debate, guild_id, debate_id)
    return waiting_cards.draw_told(debate_id, debate.thread_id or debate.channel_id) if debate else None


async def draw_moved(bot: Offramp, *_: int) -> Card:
    return cards.draw_moved()


async def draw_result(bot: Offramp, guild_id: int, debate_id: int, *_: int) -> Card | None:
    """The result; its picture is drawn beside the loop."""
    recap = await bot.db.read(outcome_facts.get_recap, guild_id, debate_id)
    if recap is None:
        return None
    png = await asyncio.to_thread(result_cards.draw_picture, recap) if recap.ending == "held" else None
    return result_cards.draw_result(recap, png)


POSTS = {
    "debate:panel": Kind(draw_panel, posted.take_panel, partial(posted.take_loss, "panel")),
    "debate:begun": Kind(draw_panel, anew=False),
    "debate:phase": Kind(draw_turn, posted.take_phase, partial(posted.take_loss, "phase")),
    "debate:shut": Kind(draw_turn, anew=False),
    "debate:speech": Kind(draw_said, posted.take_speech, partial(posted.take_loss, "speech"), anew=False),
    "debate:older": Kind(draw_older, anew=False),
    "debate:moved": Kind(draw_moved, None, partial(posted.take_loss, "moved")),
    "debate:result": Kind(draw_result, posted.take_result, partial(posted.take_loss, "result"), anew=False),
    "debate:held": Kind(draw_told),
}
