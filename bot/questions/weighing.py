"""Rounds that are over are weighed: a question whose figures look wrong is reported, for a moderator to look at."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bot.item import Item
from bot.questions.analysis import suspicions
from bot.questions.figures import Answers, collect, work_out
from bot.reporting import FIGURES, report
from bot.rulings import is_judged_alike, is_same_question
from bot.text import clip
from storage import figures
from storage.db import NotSaved

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import Offramp

log = logging.getLogger("offramp.questions")
T = TypeVar("T")

REST = 9  # times as long as it worked: weighing takes a tenth of one core at most, however many rounds are over
LONGEST = 30.0  # seconds of rest
OPTION = 60  # characters of an option in a reason
STORAGE_DOWN = 5.0  # seconds of rest when the database takes nothing


@dataclass(frozen=True)
class Suspect:
    """A question that somebody should look at, where it was asked last, and why."""

    question_id: str
    round_id: int
    position: int
    why: str


class Scales:
    """Weighs the questions of rounds that are over, beside the loop: the rounds that are played do not wait for it."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self._weighing: asyncio.Task[None] | None = None

    async def weigh_due(self, now: int) -> None:
        """Begin to weigh rounds of a server, unless others are on the scales."""
        if self._weighing is None and (due := await self.bot.db.read(figures.list_unweighed)):
            self._weighing = asyncio.create_task(self._weigh(*due), name="weighing")
            self._weighing.add_done_callback(self._clear)

    async def close(self) -> None:
        """Drop what is on the scales: the next start weighs it anew."""
        if self._weighing is not None:
            self._weighing.cancel()
            await asyncio.gather(self._weighing, return_exceptions=True)

    def _clear(self, _: asyncio.Task[None]) -> None:
        self._weighing = None

    async def _weigh(self, guild_id: int, round_ids: Sequence[int]) -> None:
        seen: set[str] = set()
        try:
            for round_id in round_ids:
                await self._weigh_round(guild_id, round_id, seen)
        except NotSaved:
            # Whoever asks a database in trouble four times a second makes it no better.
            await self.bot.clock.wait(STORAGE_DOWN)

    async def _weigh_round(self, guild_id: int, round_id: int, seen: set[str]) -> None:
        """Weigh the questions of a round, but for those seen before: they were weighed with all their answers."""
        try:
            suspects = []
            for question_id in await self.bot.db.read(figures.list_questions, guild_id, round_id):
                if question_id not in seen:
                    seen.add(question_id)
                    suspects.append(await self._at_ease(self._suspect(guild_id, question_id)))
            found = [suspect for suspect in suspects if suspect is not None]
            now = self.bot.clock.now()
            await self._at_ease(self.bot.db.write(finish, guild_id, round_id, found, now))
        except NotSaved:
            raise
        except Exception:
            # What can't be weighed must neither hold up the others nor fill the log.
            log.exception("weighing failed", extra={"guild": guild_id, "round": round_id})
            await self.bot.db.write(figures.mark_weighed, guild_id, round_id)

    async def _at_ease(self, work: Awaitable[T]) -> T:
        """Do some work, then rest from it."""
        began = self.bot.clock.now()
        done = await work
        if (spent := self.bot.clock.now() - began) > 0:
            await self.bot.clock.wait(min(REST * spent / 1000, LONGEST))
        return done

    async def _suspect(self, guild_id: int, question_id: str) -> Suspect | None:
        """A question against which something speaks that no moderator has been told of yet."""
        if await self.bot.db.read(figures.is_suspected, guild_id, question_id):
            return None
        answers = await collect(self.bot.db, guild_id, question_id)
        if answers is None:
            return None
        dealt = await self.bot.db.read(figures.last_dealt, guild_id, question_id)
        if dealt is not None and is_ruled(answers.item, dealt.item):
            answers = newcomers(answers, dealt.at)
        known = await asyncio.to_thread(work_out, answers)
        # By their texts: where this is read, the letters are those of a round.
        reasons = suspicions(known.analysis, [f"“{clip(option, OPTION)}”" for option in known.item.options])
        if not reasons:
            return None
        return Suspect(question_id, answers.newest.round_id, answers.newest.position, " ".join(reasons))


def is_ruled(item: Item, ruled: str) -> bool:
    """Whether a ruling (its item as JSON) was about a question as it is now."""
    other = Item.model_validate_json(ruled)
    return is_same_question(item, other) and is_judged_alike(item, other)


def newcomers(answers: Answers, since: int) -> Answers:
    """The answers of those who met the question after a time (ms): a ruling has weighed the others already."""
    before = {response.user_id for response in answers.responses if response.at <= since}
    return replace(answers, responses=[r for r in answers.responses if r.user_id not in before])


def finish(session: Session, guild_id: int, round_id: int, suspects: Sequence[Suspect], now: int) -> None:
    """Report what was found in a round, and take the round off the scales."""
    for suspect in suspects:
        values = {
            "guild_id": guild_id,
            "round_id": suspect.round_id,
            "position": suspect.position,
            "user_id": figures.FIGURES,
            "question_id": suspect.question_id,
            "reason": FIGURES,
            "note": suspect.why,
            "at": now,
        }
        report(session, values)
    figures.mark_weighed(session, guild_id, round_id)
