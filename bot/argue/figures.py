"""A motion's claims as one person may see them: what stands there now, and figures from which nobody can be told."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from bot.argue import facts, polis
from bot.argue.camps.finding import NoCamps
from bot.argue.camps.parting import Found, part
from bot.argue.facts import Said, Survey
from bot.argue.polis import Sheets, Statement
from bot.argue.snapshot import ALL, Snapshot
from bot.small import TOLD_FROM
from storage import argue

if TYPE_CHECKING:
    from bot.app import Offramp
    from bot.press import Press

MOST_KEPT = 10_000  # motions of servers; of the one that was looked at longest ago the figures are then made anew
UNTOLD = (NoCamps.TOO_FEW, NoCamps.NOT_AVAILABLE)

Motion = tuple[int, str]  # the server, and the id of the motion


@dataclass(frozen=True)
class Figures:
    """What is shown of the ratings of a motion in a server: of each claim, of camps, and in files."""

    claims: Snapshot[Said]
    camps: Snapshot[Found]
    sheets: Snapshot[Sheets]


_kept: WeakKeyDictionary[Offramp, dict[Motion, Figures]] = WeakKeyDictionary()


async def survey(press: Press, motion_id: str) -> Survey:
    """The claims on a motion as this person may see them."""
    db, motion = press.bot.db, (press.guild_id, motion_id)
    seen = await db.read(facts.survey, *motion, press.user_id)

    async def load(numbers: Collection[int]) -> Mapping[int, Said]:
        return await db.read(facts.hear, *motion, numbers)

    return replace(seen, said=await _keep(press, motion_id).claims.look(press.user_id, load, seen.outline))


async def look_for_camps(press: Press, motion_id: str) -> Found:
    """What is found among those who rated the claims on a motion; looking takes a second."""

    async def load(_: Collection[int]) -> Mapping[int, Found]:
        ratings = await press.bot.db.read(argue.list_ratings, press.guild_id, motion_id)
        return {ALL: await asyncio.to_thread(part, ratings, motion_id)}

    return (await _keep(press, motion_id).camps.look(press.user_id, load))[ALL]


async def fill_sheets(press: Press, motion_id: str) -> Sheets:
    """The claims on a motion that are shown and that enough have rated, and their ratings, as lines of files."""
    db, motion = press.bot.db, (press.guild_id, motion_id)
    claims = await db.read(argue.list_claims, *motion, "shown")

    async def load(_: Collection[int]) -> Mapping[int, Sheets]:
        ratings = await db.read(argue.list_ratings, *motion)
        statements = [Statement(claim.number, claim.author_id, claim.text, claim.at) for claim in claims]
        chance = random.Random(secrets.randbits(64))
        return {ALL: await asyncio.to_thread(polis.fill_sheets, statements, ratings, press.bot.clock.now(), chance)}

    sheets = (await _keep(press, motion_id).sheets.look(press.user_id, load))[ALL]
    return sheets.keep({claim.number for claim in claims})


def note(press: Press, motion_id: str, number: int) -> None:
    """This person has just rated a claim."""
    figures = _keep(press, motion_id)
    figures.claims.note(press.user_id, number)
    figures.camps.note(press.user_id)
    figures.sheets.note(press.user_id)


def forget(bot: Offramp) -> None:
    """Let all figures be made anew, as a restart does."""
    _kept.pop(bot, None)


def _keep(press: Press, motion_id: str) -> Figures:
    kept, motion = _kept.setdefault(press.bot, {}), (press.guild_id, motion_id)
    known = kept.pop(motion, None)
    kept[motion] = known or Figures(
        Snapshot(lambda said: said.total >= TOLD_FROM),
        Snapshot(lambda found: found.camps not in UNTOLD),
        Snapshot(lambda sheets: bool(sheets.votes)),
    )
    if len(kept) > MOST_KEPT:
        del kept[next(iter(kept))]
    return kept[motion]
