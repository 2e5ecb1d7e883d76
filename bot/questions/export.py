"""Questions are handed out: this server's own as a file, and what the file could not hold."""

from __future__ import annotations

import asyncio

from bot.errors import Refusal
from bot.kit import Card
from bot.press import Press
from bot.questions.browse import find_deck
from bot.rights import need_moderator
from bot.text import count, escape
from content.deck import QUESTION
from content.exporters.write import FORMATS, export
from content.importers.formats import TITLES
from storage import questions
from storage.questions import Filter

SHOWN = 8  # losses on the card; the others are in the file beside it
NONE = "There are no questions to hand out yet. Write some with /question add, or bring a file with /question import."


async def hand_out(press: Press, format: str, deck: str | None) -> None:
    """Answer with a file of the questions that are asked, of one deck or of all."""
    await need_moderator(press)
    wanted = Filter(deck_id=await find_deck(press, deck) if deck else None)
    await press.defer()
    kept = await press.bot.db.read(questions.list_kept, press.guild_id, wanted)
    if not kept:
        raise Refusal(NONE)
    made = await asyncio.to_thread(lambda: [QUESTION.validate_json(row.body) for row in kept])
    exported = await asyncio.to_thread(export, made, format)
    card = Card().text(f"### {count(len(made), 'question')} as {TITLES[format]}")
    if exported.losses:
        card.text("This format does not hold:\n" + "\n".join(f"- {escape(loss)}" for loss in exported.losses[:SHOWN]))
    if len(exported.losses) > SHOWN:
        card.text(f"-# {len(exported.losses) - SHOWN} more stand in losses.txt.")
        card.file("losses.txt", "\n".join(exported.losses).encode())
    await press.show(card.file(f"questions{FORMATS[format].ending}", exported.text.encode()))
