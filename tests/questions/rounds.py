"""Builders of rounds that were played to their end, straight into a database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot import judge
from bot.item import Item, make_item
from storage.tables import Answer, Asked, Round
from tests.build import SINGLE, make_pack
from tests.stage import START

GUILD = 1
HOUR = 3600_000

Given = list[int] | str
Answers = Mapping[int, Given]  # what people gave, by their ids

# What twenty people chose. Five each have 1, 2, 3 and 4 of five others right: RISING is that of answers.py.
RISING = "BAAAC" + "BBAAC" + "BBBAC" + "BBBBC"
FALLING = "BBBBC" + "BBBAC" + "BBAAC" + "BAAAC"


def make_items(*questions: dict[str, Any]) -> list[Item]:
    """The items of a pack of these questions; their ids are shapes/q1, shapes/q2 and so on."""
    pack = make_pack(*questions)
    return [make_item(pack, question) for question in pack.questions]


# One to look at (A, B and C, of which B is right), and five others to tell people apart.
ITEM, *OTHERS = make_items(SINGLE, *(SINGLE | {"prompt": f"Which shape is number {n}?"} for n in range(2, 7)))


def hold(session: Session, /, number: int, *asked: tuple[Item, Answers], guild_id: int = GUILD, **changed: Any) -> None:
    """Save a round as it is when it is over: its questions in order, each with its answers.

    Round 1 begins an hour after START, round 2 an hour later. A question is open for a minute, and people answer
    a second after each other. `changed` are columns of the round.
    """
    at = START + number * HOUR
    key = {"guild_id": guild_id, "round_id": number}
    session.execute(insert(Round).values(_round(guild_id, number, len(asked), at) | changed))
    for position, (item, answers) in enumerate(asked):
        opened_at = at + position * 60_000
        place = key | {"position": position}
        session.execute(insert(Asked).values(place | _asked(item, opened_at)))
        for order, (user_id, given) in enumerate(answers.items(), start=1):
            session.execute(insert(Answer).values(place | _answer(item, user_id, given, opened_at, order * 1000)))


def hold_six(
    session: Session, /, number: int, picks: str, item: Item = ITEM, first: int = 100, guild_id: int = GUILD
) -> None:
    """A round with a question and five others: the people choose these letters, and have 1 to 4 of the others right."""
    others = ["".join("B" if n < 1 + place // 5 else "A" for place in range(len(picks))) for n in range(5)]
    rest = [(other, everyone(letters, first)) for other, letters in zip(OTHERS, others, strict=True)]
    hold(session, number, (item, everyone(picks, first)), *rest, guild_id=guild_id)


def everyone(picks: str, first: int = 100) -> dict[int, Given]:
    """A person for each letter, with ids from `first` on."""
    return {first + place: ["ABC".index(letter)] for place, letter in enumerate(picks)}


def _round(guild_id: int, number: int, length: int, at: int) -> dict[str, Any]:
    whose = {"guild_id": guild_id, "id": number, "channel_id": 1, "home_id": 1, "starter_id": 1, "subject": "Shapes"}
    how = {"seconds": 60, "scoring": "accuracy", "seed": 1, "length": length, "position": length - 1, "silent": 0}
    ends = {"due_at": at + HOUR, "version": 9, "started_at": at, "ended_at": at + HOUR // 2, "ending": "played"}
    return whose | how | ends | {"state": "over"}


def _asked(item: Item, opened_at: int) -> dict[str, Any]:
    times = {"opened_at": opened_at, "closes_at": opened_at + 60_000, "closed_at": opened_at + 60_000}
    what = {"question_id": item.id, "theme": item.theme_id, "version": item.version, "void": int(item.void)}
    return what | times | {"item": item.model_dump_json(), "message_id": 7}


def _answer(item: Item, user_id: int, given: Given, opened_at: int, took: int) -> dict[str, Any]:
    right = judge.is_right(item, given)
    worth = {"right": int(right), "points": 100 * right, "took": took, "at": opened_at + took}
    return {"user_id": user_id, "given": json.dumps(given)} | worth
