"""Figures: a server's answers, read in small pieces, and what they say about its questions, worked out in a thread."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot import judge
from bot.item import Item
from bot.questions.analysis import LEAST, Analysis, Response, analyse, suspicions
from bot.rulings import is_same_question
from storage import figures
from storage.db import Database
from storage.figures import Asking, Attempt

# Of one question the newest answers will do: so many tell its discrimination to within 0.02, in half a second and
# ten megabytes. (The standard error of a correlation is at most 1 / sqrt(n).)
MOST = 20_000
MOST_IN_ALL = 50_000  # answers of a server, when all of its questions are compared
PIECE = 1_000  # answers to a read, which keeps a reader for some hundredths of a second


@dataclass
class Answers:
    """A question as it was asked last, and the answers to it since it has these words and options.

    `newest` is where it was asked last. `cut` says that there are older answers, which were left out.
    """

    item: Item
    newest: Asking
    cut: bool
    responses: list[Response] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """A question as it was asked last, and what is known of it; `cut` as in Answers."""

    item: Item
    analysis: Analysis
    cut: bool

    @property
    def suspicions(self) -> list[str]:
        return suspicions(self.analysis)


async def weigh(db: Database, guild_id: int, question_id: str) -> Figures | None:
    """What the answers say about a question; None if it was not asked here, or if none of the answers count."""
    answers = await collect(db, guild_id, question_id)
    return await asyncio.to_thread(work_out, answers) if answers else None


async def weigh_all(db: Database, guild_id: int) -> list[Figures]:
    """What the answers of a server say about each of the questions that were asked there, the worst first."""
    found = await _collect(db, guild_id, None, MOST_IN_ALL)
    return await asyncio.to_thread(lambda: sorted(map(work_out, found), key=_rank))


async def collect(db: Database, guild_id: int, question_id: str) -> Answers | None:
    """The newest answers to a question, MOST at most; None where `weigh` says None."""
    return next(iter(await _collect(db, guild_id, question_id, MOST)), None)


def work_out(answers: Answers) -> Figures:
    """What answers say. Meant for a thread: it takes up to a second."""
    item = answers.item
    options = 0 if item.kind == "order" else len(item.options)
    either = bool(item.also) and item.kind != "several"
    return Figures(item, analyse(answers.responses, options, judge.right_options(item), either), answers.cut)


def _rank(known: Figures) -> tuple[bool, bool, float, str]:
    """Suspects first, then by how little a question tells people apart; last those of which too little is known."""
    discrimination = known.analysis.discrimination
    few = known.analysis.answers < LEAST
    return few, not known.suspicions, math.inf if discrimination is None else discrimination, known.item.id


async def _collect(db: Database, guild_id: int, question_id: str | None, most: int) -> list[Answers]:
    askings, cut = await db.read(figures.list_askings, guild_id, question_id, most)
    places = await asyncio.to_thread(_sort, askings, cut)
    same = [asking for asking in askings if _place(asking) in places]
    async for attempts in _read(db, guild_id, same, most):
        await asyncio.to_thread(_take, places, attempts)
    return list({id(answers): answers for answers in places.values()}.values())


def _sort(askings: Sequence[Asking], cut: bool) -> dict[tuple[int, int], Answers]:
    """Where each question was asked as it was asked last; the askings come with the newest first.

    A question whose words or options were edited starts anew: what was chosen before says nothing about it now.
    """
    questions: dict[str, Answers] = {}
    items: dict[str, Item] = {}
    places = {}
    for asking in askings:
        item = items.get(asking.item) or items.setdefault(asking.item, Item.model_validate_json(asking.item))
        answers = questions.setdefault(asking.question_id, Answers(item, asking, cut))
        if is_same_question(item, answers.item):
            places[_place(asking)] = answers
    return places


async def _read(db: Database, guild_id: int, askings: Sequence[Asking], most: int) -> AsyncIterator[list[Attempt]]:
    """The answers to these askings, up to `most`, a piece at a time: in between others have their turn."""
    for some in _split(askings):
        after = None
        while most > 0:
            attempts = await db.read(figures.list_attempts, guild_id, some, after, min(PIECE, most))
            yield attempts
            most -= len(attempts)
            if len(attempts) < PIECE:
                break
            after = attempts[-1]


def _split(askings: Sequence[Asking]) -> Iterator[list[Asking]]:
    """Askings in runs that have PIECE answers together, unless one alone has more."""
    some: list[Asking] = []
    weight = 0
    for asking in askings:
        if some and weight + asking.answers >= PIECE:
            yield some
            some, weight = [], 0
        some.append(asking)
        weight += asking.answers + 1
    if some:
        yield some


def _take(places: Mapping[tuple[int, int], Answers], attempts: Sequence[Attempt]) -> None:
    for attempt in attempts:
        answers = places[attempt.round_id, attempt.position]
        answers.responses.append(_respond(answers.item, attempt))


def _respond(item: Item, attempt: Attempt) -> Response:
    given = json.loads(attempt.given)
    return Response(
        user_id=attempt.user_id,
        round_id=attempt.round_id,
        given=given if isinstance(given, str) else tuple(given),
        # By the newest key: an edit may have changed it, and left the answers to earlier versions as they were.
        right=judge.is_right(item, given),
        took=attempt.took,
        at=attempt.at,
        score=attempt.score,
    )


def _place(asking: Asking) -> tuple[int, int]:
    return asking.round_id, asking.position
