"""Where and by whom a debate is pressed."""

from __future__ import annotations

from bot.debate.floor import Place
from bot.press import Press
from bot.rights import may_moderate


async def find_place(press: Press, debate_id: int) -> Place:
    """Where and by whom a debate is pressed, with the rights that this very press comes with."""
    rights = await may_moderate(press)
    return Place(press.guild_id, debate_id, press.channel_id, press.user_id, rights, press.joined_at, press.id)
