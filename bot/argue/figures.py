"""A motion's claims as one person may see them: what stands there now, and figures from which nobody can be told."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Collection, Mapping, Sequence
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
    """What is shown of the ratings of a motion in a server: of each claim, of what it bears on, and of camps."""

    claims: Snapshot[Said]
    impacts: Snapshot[Sequence[int]]
    camps: Snapshot[Found]


_kept: WeakKeyDictionary[Offramp, dict[Motion, Figures]] = WeakKeyDictionary()


async def survey(press: Press, motion_id: str) -> Survey:
    """The claims on a motion as this person may see them."""
    seen = await press.bot.db.read(facts.survey, press.guild_id, motion_id, press.user_id)
    said = await _hear(press, motion_id, seen.outline)

    async def load(numbers: Collection[int]) -> Mapping[int, Sequence[int]]:
        return await press.bot.db.read(facts.weigh, press.guild_id, numbers)

    return replace(seen, said=said, impacts=await _keep(press, motion_id).impacts.look(load, seen.outline))


async def look_for_camps(press: Press, motion_id: str) -> Found:
    """What is found among those who rated the claims on a motion; looking takes a second."""

    async def load(_: Collection[int]) -> Mapping[int, Found]:
        ratings = await press.bot.db.read(argue.list_ratings, press.guild_id, motion_id)
        return {ALL: await asyncio.to_thread(part, ratings, motion_id)}

    return (await _keep(press, motion_id).camps.look(load))[ALL]


async def fill_sheets(press: Press, motion_id: str) -> Sheets:
    """The claims on a motion that are shown and that enough have rated, and their ratings, as lines of files.

    They are the ratings that the map tells of, made anew with it: from what two of them say together, or one of them at
    two times, nobody's rating can be told that one does not tell.
    """
    claims = await press.bot.db.read(argue.list_claims, press.guild_id, motion_id, "shown")
    said = await _hear(press, motion_id, [claim.number for claim in claims])
    votes = [(number, person, vote) for number, one in said.items() for person, vote in one.votes]
    statements = [Statement(claim.number, claim.author_id, claim.text, claim.at) for claim in claims]
    chance = random.Random(secrets.randbits(64))
    return await asyncio.to_thread(polis.fill_sheets, statements, votes, press.bot.clock.now(), chance)


def note(press: Press, motion_id: str, number: int) -> None:
    """This person has just rated a claim."""
    figures = _keep(press, motion_id)
    figures.claims.note(press.user_id, number)
    figures.camps.note(press.user_id)


def note_impact(press: Press, motion_id: str, number: int) -> None:
    """This person has just said how much a claim bears on what it answers."""
    _keep(press, motion_id).impacts.note(press.user_id, number)


def forget(bot: Offramp) -> None:
    """Let all figures be made anew, as a restart does."""
    _kept.pop(bot, None)


async def _hear(press: Press, motion_id: str, numbers: Collection[int]) -> Mapping[int, Said]:
    """What was said of some of a motion's claims, as this person may be told it."""

    async def load(due: Collection[int]) -> Mapping[int, Said]:
        return await press.bot.db.read(facts.hear, press.guild_id, motion_id, due)

    return await _keep(press, motion_id).claims.look(load, numbers)


def _keep(press: Press, motion_id: str) -> Figures:
    kept, motion = _kept.setdefault(press.bot, {}), (press.guild_id, motion_id)
    known = kept.pop(motion, None)
    kept[motion] = known or Figures(
        Snapshot(lambda said: said.total >= TOLD_FROM),
        Snapshot(bool),
        Snapshot(lambda found: found.camps not in UNTOLD),
    )
    if len(kept) > MOST_KEPT:
        del kept[next(iter(kept))]
    return kept[motion]
