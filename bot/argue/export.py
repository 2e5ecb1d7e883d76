"""Claims and ratings are handed out to moderators, as files that Polis tools read."""

from __future__ import annotations

import asyncio

from bot.argue import figures, rules
from bot.errors import Refusal
from bot.kit import Card
from bot.press import Press
from bot.rights import need_moderator
from bot.small import TOLD_FROM
from bot.text import count, escape

TOO_FEW = (
    f"No claim on this has been rated by {TOLD_FROM} people of one stance yet; fewer could tell who thinks what. "
    "Please ask again when there are more."
)
ABOUT = (
    f"No names and no ids: authors and voters are numbered apart, all ratings have the time of one day, and rows stand "
    f"in random order. Where fewer than {TOLD_FROM} people of a stance have rated a claim, their ratings are left out, "
    f"as on the map; the others are made anew with it, once {TOLD_FROM} more people have rated the claim. Stances are "
    "not in the files, as Polis has none."
)


async def hand_out(press: Press, motion: str) -> None:
    """Answer with the claims on a motion that are shown and their ratings, as two files."""
    await need_moderator(press)
    motion_id, known = rules.find_motion(press.bot.packs, motion)
    sheets = await figures.fill_sheets(press, motion_id)
    if not sheets.votes:
        raise Refusal(TOO_FEW)
    comments, votes = await asyncio.to_thread(sheets.write)
    told = f"{count(len(sheets.comments), 'claim')} and {count(len(sheets.votes), 'rating')}"
    card = Card().text(f"### {told}\n{escape(known.text)}")
    card.file("comments.csv", comments.encode()).file("votes.csv", votes.encode())
    await press.show(card.text(f"-# {ABOUT}"))
