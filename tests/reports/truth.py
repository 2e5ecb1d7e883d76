"""What answers should have come to, worked out by simple means: nothing of the bot's own judging is used here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from math import floor
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.item import Item
from storage.tables import Answer, Asked, Round
from tests.build import KINDS
from tests.questions.rounds import make_items

Given = Sequence[int] | str

# Seven kinds of question in two themes, and all of them again under the same ids in other words, as a new edition of a
# pack may be.
MADE = make_items(*(question | {"difficulty": n % 3 + 1} for n, question in enumerate(KINDS)))
ITEMS = [item.model_copy(update={"theme_id": f"shapes/{n % 2}"}) for n, item in enumerate(MADE)]
AGAIN = [item.model_copy(update={"prompt": f"{item.prompt} Again."}) for item in ITEMS]

# No two of them are so alike that one would pass for a slip of the other.
TEXTS = {"number": ("47", "47,0", "48", "50"), "typed": ("zalgiris", "Grove", "Trakai", "Klaipeda")}


class Words(NamedTuple):
    """What tells questions apart: those with the same words are ruled together."""

    id: str
    prompt: str


class Truth(NamedTuple):
    """Every answer to a question that is right, plainly; or it is void."""

    right: frozenset[Any]
    void: bool


class Row(NamedTuple):
    """An answer, where it was given, and how that question stands."""

    answer: Answer
    asked: Asked
    round: Round
    item: Item


def words_of(item: Item) -> Words:
    return Words(item.id, item.prompt)


def truth_of(item: Item) -> Truth:
    """What an item says of itself."""
    key: Given = item.key if item.options else item.answer.removesuffix(f" {item.unit}")
    return Truth(frozenset(plain(item.kind, right) for right in (key, *item.accept, *item.also)), item.void)


def plain(kind: str, given: Given) -> Any:
    """An answer so that equal ones are equal."""
    if isinstance(given, str):
        if kind == "number":
            return float(given.replace(",", "."))
        return given.casefold().replace("ž", "z").removeprefix("the ")
    return tuple(given) if kind == "order" else frozenset(given)


def worth(item: Item, scoring: str, seconds: int, took: int) -> int:
    """The points of a right answer: full at once, half at the end, and half a point is one."""
    share = Fraction(took, seconds * 1000) if scoring == "speed" else Fraction(0)
    return floor(100 * item.difficulty * (1 - share / 2) + Fraction(1, 2))


def possible(item: Item) -> list[Given]:
    """Answers that somebody could give, by the places of the options."""
    places = range(len(item.options))
    if item.kind == "order":
        return [list(order) for order in permutations(places)]
    if item.kind == "several":
        return [[a for a in places if chosen >> a & 1] for chosen in range(1, 2 ** len(places))]
    return list(TEXTS[item.kind]) if item.kind in TEXTS else [[place] for place in places]


def list_rows(session: Session, guild_id: int) -> list[Row]:
    """Every answer in a server."""
    asked = (Asked.guild_id == Answer.guild_id, Asked.round_id == Answer.round_id, Asked.position == Answer.position)
    rows = session.execute(
        select(Answer, Asked, Round)
        .join(Asked, (asked[0]) & (asked[1]) & (asked[2]))
        .join(Round, (Round.guild_id == Asked.guild_id) & (Round.id == Asked.round_id))
        .where(Answer.guild_id == guild_id)
    )
    return [Row(answer, asked, round, Item.model_validate_json(asked.item)) for answer, asked, round in rows]


def check_row(row: Row, truth: Truth) -> None:
    """An answer counts what it is worth."""
    right = not truth.void and plain(row.item.kind, json.loads(row.answer.given)) in truth.right
    points = worth(row.item, row.round.scoring, row.round.seconds, row.answer.took) if right else 0
    assert (row.asked.void, row.answer.right, row.answer.points) == (truth.void, right, points)
