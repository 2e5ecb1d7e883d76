"""Who may look after a server's questions: people who may manage the server, and the role it has chosen."""

from __future__ import annotations

from bot.errors import Refusal
from bot.press import Press
from storage.settings import Settings, get_settings

NOT_YOU = "Only people who may manage this server{role} can do that. /help shows what you may use here."


async def need_moderator(press: Press) -> Settings:
    """The server's settings, for somebody who may look after its questions; Refusal for others.

    Discord says with every press what roles and permissions somebody has: one taken away counts at once.
    """
    settings = await press.bot.db.read(get_settings, press.guild_id)
    if not _may(press, settings):
        role = f" or have the role <@&{settings.moderator_role_id}>" if settings.moderator_role_id else ""
        raise Refusal(NOT_YOU.format(role=role))
    return settings


async def may_moderate(press: Press) -> bool:
    return _may(press, await press.bot.db.read(get_settings, press.guild_id))


def _may(press: Press, settings: Settings) -> bool:
    return press.may("manage_guild") or settings.moderator_role_id in press.role_ids
