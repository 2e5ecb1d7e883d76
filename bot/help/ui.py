"""Help is pressed: one private card that points at what this person may use, and the list of all of it."""

from __future__ import annotations

from discord import AppCommandType, Member, app_commands

from bot.gate import Handler
from bot.help import cards, rules
from bot.help.rules import Command
from bot.press import Press
from bot.rights import may_moderate
from storage.quiz import list_open_dailies

MOST_DAILIES = 3  # channels named on the short card


async def open_help(press: Press) -> None:
    await press.show(cards.draw_short(await _list_usable(press), await _find_dailies(press)))


async def all_pressed(press: Press, page: int) -> None:
    """Show a page of the list. Rights are looked at anew: they may have changed since the card was shown."""
    await press.update(cards.draw_page(await _list_usable(press), page))


async def _list_usable(press: Press) -> list[Command]:
    held = {name for name, on in press.interaction.permissions if on}
    return rules.list_usable(_list_commands(press), held, await may_moderate(press))


def _list_commands(press: Press) -> list[Command]:
    """All that the bot listens to, as its command tree has it."""
    tree, ids = press.bot.tree, press.bot.command_ids
    found = []
    for command in tree.walk_commands():
        if not isinstance(command, app_commands.Group):
            root = command.root_parent or command
            asked = root.default_permissions
            needs = frozenset(name for name, on in asked or () if on)
            found.append(Command(command.qualified_name, command.description, needs, ids.get(root.name)))
    menus = tree.get_commands(type=AppCommandType.message)
    return found + [Command(menu.name, "", menu=True) for menu in menus]


async def _find_dailies(press: Press) -> list[int]:
    """The channels where a daily question is open that this person can see."""
    guild, member = press.interaction.guild, press.interaction.user
    if guild is None or not isinstance(member, Member):
        return []
    rounds = await press.bot.db.read(list_open_dailies, press.guild_id)
    ids = dict.fromkeys(round.channel_id for round in rounds)
    channels = [channel for id in ids if (channel := guild.get_channel(id))]
    return [c.id for c in channels if c.permissions_for(member).view_channel][:MOST_DAILIES]


ROUTES: dict[str, Handler] = {"help:all": all_pressed}
