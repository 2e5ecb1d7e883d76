"""Claims and ratings are handed out to moderators, as files that Polis tools read."""

from __future__ import annotations

import asyncio
import random
import secrets

from bot.argue import polis, rules
from bot.argue.polis import Statement, Vote
from bot.errors import Refusal
from bot.kit import Card
from bot.press import Press
from bot.rights import need_moderator
from bot.small import SPLIT_FROM
from bot.text import count, escape
from storage import argue

TOO_FEW = (
    "Ratings of fewer than {least} people would tell who thinks what. So far there are {people}: please wait for more."
)
ABOUT = (
    "No names and no ids: authors and voters are numbered apart and anew in each export, times are rounded down to the "
    "day, and rows stand in random order. Stances are not in these files, as Polis has none."
)


async def hand_out(press: Press, motion: str) -> None:
    """Answer with the claims on a motion that are shown and their ratings, as two files."""
    await need_moderator(press)
    motion_id, known = rules.find_motion(press.bot.packs, motion)
    claims = await press.bot.db.read(argue.list_claims, press.guild_id, motion_id, "shown")
    rated = await press.bot.db.read(argue.list_ratings, press.guild_id, motion_id)
    people = len({row.user_id for row in rated})
    if people < SPLIT_FROM:
        raise Refusal(TOO_FEW.format(least=SPLIT_FROM, people=people))
    statements = [Statement(claim.number, claim.author_id, claim.text, claim.at) for claim in claims]
    votes = [Vote(row.number, row.user_id, row.vote, row.at) for row in rated]
    chance = random.Random(secrets.randbits(64))
    comments = await asyncio.to_thread(polis.write_comments, statements, votes, chance)
    ballots = await asyncio.to_thread(polis.write_votes, votes, chance)
    card = Card().text(f"### {count(len(claims), 'claim')} and {count(len(votes), 'rating')}\n{escape(known.text)}")
    card.file("comments.csv", comments.encode()).file("votes.csv", ballots.encode())
    await press.show(card.text(f"-# {ABOUT}"))
