"""The thread of a motion: one, opened by whoever asks first, and again only if it was deleted."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.debate.prompts import actions, facts
from bot.debate.prompts.actions import Place
from bot.errors import Refusal
from bot.gate import Handler
from bot.press import FAILURES, Press
from bot.threads import EXISTS, open_thread

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.debate")

IN_THREAD = "This is a thread already, so you can talk about the motion right here."
MAY_NOT_WRITE = "You may not write in threads here, so I leave the opening to someone who may."
NOT_OPENED = "Discord did not let me open a thread on this card. You can talk about the motion in the channel."


async def thread_pressed(press: Press, prompt_id: int) -> None:
    """Open the thread of a motion, or say where it is."""
    place = Place(press.guild_id, prompt_id, press.channel_id, press.message_id, press.user_id)
    talk = await press.bot.db.read(facts.get_talk, place)
    thread_id = talk.thread_id
    if thread_id is None or not await _exists(press.bot, thread_id):
        _check(press)
        opened = await _open(press, talk.motion.text)
        thread_id = await press.bot.db.write(actions.note_thread, place, talk.thread_id, opened)
    await press.say(f"The thread for this motion: <#{thread_id}>")


def _check(press: Press) -> None:
    if press.in_thread:
        raise Refusal(IN_THREAD)
    if not press.may("send_messages_in_threads"):
        raise Refusal(MAY_NOT_WRITE)
    press.need("open a thread", "view_channel", "read_message_history", "create_public_threads")


async def _open(press: Press, title: str) -> int:
    """Open a thread on the card that was pressed; return its id, which is that of the card."""
    assert press.message_id is not None
    try:
        return await open_thread(press.bot, press.guild_id, press.channel_id, press.message_id, title)
    except FAILURES as error:
        code = getattr(error, "code", 0)
        if code == EXISTS and await _exists(press.bot, press.message_id):
            return press.message_id  # somebody pressed at the same moment
        log.warning("no thread", extra={"interaction": press.id, "code": code})
        raise Refusal(NOT_OPENED) from error


async def _exists(bot: Offramp, thread_id: int) -> bool:
    try:
        await bot.fetch_channel(thread_id)
    except discord.NotFound:
        return False
    except discord.Forbidden:
        return True  # there, but not for us to see
    return True


ROUTES: dict[str, Handler] = {"debate:thread": thread_pressed}
