"""The threads of a debate: one for its turns, and one for those who watch, opened as it begins."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import discord

from bot.press import FAILURES, Press
from bot.threads import EXISTS, open_loose_thread, open_thread
from storage import debates

PATIENCE: Final = 5.0  # seconds that the second thread may hold up the debate

log = logging.getLogger("offramp.debate")


async def open_threads(press: Press, debate_id: int, motion: str) -> int | None:
    """Open both; the id of the one for turns, on the card that was pressed.

    None where that can't be had: then the channel does. Whoever opens it opens the one for those who watch as well,
    so that a second try opens no second one.
    """
    rights = press.interaction.app_permissions
    allowed = rights.create_public_threads and rights.send_messages_in_threads and rights.read_message_history
    if press.message_id is None or press.in_thread or not allowed:
        return None
    try:
        thread_id = await open_thread(press.bot, press.guild_id, press.channel_id, press.message_id, motion)
    except FAILURES as error:
        code = getattr(error, "code", 0)
        if code == EXISTS:  # somebody pressed at the same moment, or a crash came after it was opened
            return press.message_id
        log.warning("no thread", extra={"interaction": press.id, "code": code})
        return None
    await _open_gallery(press, debate_id, motion)
    return thread_id


async def _open_gallery(press: Press, debate_id: int, motion: str) -> None:
    """Open the thread of those who watch; without it they talk wherever they like."""
    channel = press.interaction.channel
    if not isinstance(channel, discord.TextChannel):
        return
    try:
        async with asyncio.timeout(PATIENCE):
            gallery_id = await open_loose_thread(channel, f"Gallery: {motion}")
    except (*FAILURES, TimeoutError) as error:
        log.info("no gallery", extra={"interaction": press.id, "code": getattr(error, "code", 0)})
        return
    await press.bot.db.write(debates.note_gallery, press.guild_id, debate_id, gallery_id)
