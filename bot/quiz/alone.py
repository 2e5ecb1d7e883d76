"""Alone: how a question looks to one person who is told at once, and how their answer is read."""

from __future__ import annotations

from collections.abc import Sequence

from bot import item_card
from bot.item import Item
from bot.kit import Card
from bot.press import Press
from bot.text import escape


def draw_question(
    title: str, item: Item, order: Sequence[int], press_route: str, form_route: str, *ids: int | str
) -> Card:
    """The question and what it is answered with; the ids are those of the routes."""
    card = Card().text(f"-# {title} · {escape(item.theme)} · {item_card.DIFFICULTY[item.difficulty]}")
    card.text(item_card.body(item, order))
    item_card.add_answer_controls(card, item, order, press_route, form_route, *ids)
    return card


def draw_verdict(title: str, item: Item, order: Sequence[int], right: bool) -> Card:
    """Whether an answer was right, what is, and why."""
    verdict = "Right." if right else "Not this time."
    return (
        Card()
        .text(f"-# {title} · {escape(item.theme)}")
        .text(item_card.body(item, order))
        .text(f"**{verdict}** The answer: {item_card.key_in_words(item, order)}")
        .text(item_card.why(item))
    )


def read_choice(press: Press, shown: int) -> list[int]:
    """What was taken in a select, or else the letter that was pressed, as shown."""
    return [int(value) for value in press.values if value.isdecimal()] or [shown]
