"""What questions are worth is asked for: an overview of all that were asked here, or one of them; for moderators."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.gate import Handler
from bot.item import Item
from bot.kit import Card
from bot.press import Press
from bot.questions import figures, stats_cards
from bot.questions.share_picture import draw
from bot.rights import need_moderator
from bot.text import clip
from storage.figures import list_last_asked
from storage.reports import count_all, count_open

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import Offramp

OFFERED = 25  # Discord shows no more
TITLE = 100  # characters of what is offered

NONE_YET = "No question has been asked and closed here yet. Start a round with /quiz play."
UNKNOWN = "I don't know that question, or it was not asked here. Please pick one from the list that opens as you type."
NONE_COUNTS = "No answer to that question counts: it is still open, or a ruling has left it out. Please try another."


async def stats(press: Press, question: str | None) -> None:
    """The overview, or the question that was picked from the list or typed: its id, or its words."""
    await need_moderator(press)
    await press.show(await (_draw_page(press, 0) if question is None else _draw_one(press, question)))


async def page_pressed(press: Press, page: int) -> None:
    await need_moderator(press)
    await press.update(await _draw_page(press, page))


async def suggest_asked(bot: Offramp, guild_id: int, typed: str) -> list[tuple[str, str]]:
    """(id, title) of up to 25 questions that were asked in a server and hold what was typed, the newest first."""
    asked = await bot.db.read(_list_titles, guild_id)
    words = typed.casefold().split()
    return [(id, title) for id, title in asked if all(word in f"{id} {title.casefold()}" for word in words)][:OFFERED]


async def _draw_page(press: Press, page: int) -> Card:
    found = await figures.weigh_all(press.bot.db, press.guild_id)
    if not found:
        raise Refusal(NONE_YET)
    return stats_cards.draw_page(found, page)


async def _draw_one(press: Press, question: str) -> Card:
    asked = await press.bot.db.read(_list_titles, press.guild_id)
    wanted = question.strip().casefold()
    id = next((id for id, title in asked if wanted in (id, title.casefold())), None)
    if id is None:
        raise Refusal(UNKNOWN)
    known = await figures.weigh(press.bot.db, press.guild_id, id)
    if known is None:
        raise Refusal(NONE_COUNTS)
    thirds = known.analysis.thirds
    picture = await asyncio.to_thread(draw, thirds, known.analysis.key) if thirds else None
    made = await press.bot.db.read(count_all, press.guild_id, id)
    still_open = await press.bot.db.read(count_open, press.guild_id, id)
    return stats_cards.draw_one(known, made, still_open, picture)


def _list_titles(session: Session, guild_id: int) -> list[tuple[str, str]]:
    """(id, title) of every question that was asked in a server, the newest first."""
    asked = list_last_asked(session, guild_id)
    return [(id, clip(Item.model_validate_json(item).prompt, TITLE)) for id, item in asked]


ROUTES: dict[str, Handler] = {"stats:page": page_pressed}
