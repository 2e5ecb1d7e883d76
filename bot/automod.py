"""AutoMod: what members write is held to their server's own rules before the bot shows it to others."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import discord

from bot.errors import Refusal
from bot.member_text import LOCAL, Rule, Writer, find_fault, read_rules
from bot.press import FAILURES, Press

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.automod")

FRESH: Final = 60_000  # ms for which the rules of a server are not asked for again
PATIENCE: Final = 5.0  # seconds that Discord has to tell them
MOST_KEPT: Final = 1_000  # servers whose rules are in memory; a large list takes a megabyte
STRANGE = (KeyError, TypeError, ValueError, AttributeError)  # an answer that is no list of rules

Rules = tuple[Rule, ...]


@dataclass(frozen=True)
class Kept:
    """A server's rules, or the reading of them that is under way, and the time (ms) until which they are fresh."""

    until: int
    rules: asyncio.Task[Rules]


class AutoMod:
    """Reads and applies the AutoMod rules of servers that let the bot see them, and a local list elsewhere."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self._kept: dict[int, Kept] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def check_text(self, press: Press, text: str, links: int = 0) -> None:
        """Refuse a text that may not be shown to others, in a sentence that repeats nothing of it.

        To be asked for each text of a member, before it is stored; `links` is how many links may be in it. Neither
        markup nor mentions are looked for: `bot.text.escape` takes their effect when the text is shown.
        """
        # As on Discord, no rule is for people who could change it.
        rules = () if press.may("manage_guild") else await self._rules_for(press)
        # Moderators may write rules that take seconds, so in a thread, and one thread a server.
        async with self._turns.setdefault(press.guild_id, asyncio.Lock()):
            fault = await asyncio.to_thread(find_fault, text, rules, _writer(press), links)
        if fault:
            raise Refusal(fault)

    async def _rules_for(self, press: Press) -> Rules:
        # Asked of the press, not of Discord: an answer of 403 counts against the bot.
        if not press.interaction.app_permissions.manage_guild:
            return (LOCAL,)
        guild_id, now = press.guild_id, self.bot.clock.now()
        kept = self._kept.get(guild_id)
        if kept is None or now >= kept.until:
            self._kept.pop(guild_id, None)
            kept = self._kept[guild_id] = Kept(now + FRESH, asyncio.create_task(self._read(guild_id, kept)))
            if len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        # Others may be waiting for the same answer.
        return await asyncio.shield(kept.rules)

    async def _read(self, guild_id: int, earlier: Kept | None) -> Rules:
        """The rules as Discord tells them now, or as they were last known, or the local list."""
        try:
            async with asyncio.timeout(PATIENCE):
                told = await self.bot.http.get_auto_moderation_rules(guild_id)
                rules = await asyncio.to_thread(read_rules, told)
        except (*FAILURES, *STRANGE, TimeoutError) as error:
            log.warning("rules not read", extra={"guild": guild_id, "why": type(error).__name__})
            if earlier is None or isinstance(error, discord.Forbidden):
                return (LOCAL,)
            return await earlier.rules
        if unreadable := sum(rule.unreadable for rule in rules):
            log.warning("patterns not applied", extra={"guild": guild_id, "patterns": unreadable})
        return rules


def _writer(press: Press) -> Writer:
    """Whom AutoMod's exemptions are for: roles, and the channel with the one it is a thread of and its category."""
    channel, user = press.interaction.channel, press.interaction.user
    channels = {press.channel_id}
    if isinstance(channel, discord.Thread):
        channels.add(channel.parent_id)
        channel = channel.parent
    if category := getattr(channel, "category_id", None):
        channels.add(category)
    roles = user.roles if isinstance(user, discord.Member) else []
    return Writer(frozenset(role.id for role in roles if not role.is_default()), frozenset(channels))
