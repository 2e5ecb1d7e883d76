"""Help shows: the short card and a page of the list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.help import rules
from bot.help.rules import Command
from bot.kit import Button, Card, custom_id
from bot.text import count

PAGE = 10
TITLE = "## What you can use here"
MENU = "**{name}** · right-click a message, then Apps"


def draw_short(usable: Sequence[Command], dailies: Sequence[int]) -> Card:
    """The short card; `dailies` are channels where a daily question is open that this person can see."""
    together = _describe_shortly(usable, rules.TOGETHER)
    if dailies:
        together.append(f"**Daily question** · open in {' '.join(f'<#{id}>' for id in dailies)}")
    card = Card().text(TITLE)
    for lines in (
        together,
        _describe_shortly(usable, rules.ALONE),
        _describe_shortly(usable, rules.LOOK_UP),
        _name_all("Moderating", usable, rules.MODERATION) + _name_all("Setting up", usable, rules.SETUP),
    ):
        if lines:
            card.line().text("\n".join(lines))
    return card.buttons(Button("All commands", custom_id("help:all", 0)))


def draw_page(usable: Sequence[Command], page: int) -> Card:
    """A page of all that somebody may use, from 0; behind the last comes the last."""
    last = max(len(usable) - 1, 0) // PAGE
    page = min(page, last)
    shown = usable[page * PAGE :][:PAGE]
    card = Card().text("## All commands you can use").text("\n".join(map(_describe, shown)))
    return card.turning(page, last, count(len(usable), "command"), "help:all")


def _describe(command: Command) -> str:
    if command.menu:
        return MENU.format(name=command.name)
    return f"{_mention(command)} · {command.description}"


def _describe_shortly(usable: Sequence[Command], names: Sequence[str]) -> list[str]:
    """A line for each that somebody may use: what it says of itself up to the first colon or semicolon."""
    return [f"{_mention(c)} · {re.split('[:;]', c.description)[0]}" for c in rules.pick(usable, names)]


def _name_all(heading: str, usable: Sequence[Command], names: Sequence[str]) -> list[str]:
    mentions = " · ".join(map(_mention, rules.pick(usable, names)))
    return [f"**{heading}** · {mentions}"] if mentions else []


def _mention(command: Command) -> str:
    """A command to click on, or its name where Discord has not given us its id."""
    return f"`/{command.name}`" if command.id is None else f"</{command.name}:{command.id}>"
