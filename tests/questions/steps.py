"""Steps of people who write questions: from a command to a draft, and from a draft to a question that is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.item import Kind
from content.deck import QUESTION, DeckQuestion
from storage.audit import Entry, list_entries
from storage.questions import Kept, get_kept
from storage.settings import change_settings
from storage.tables import Question
from tests.stage import Reply, Stage, parts

TEXTS: dict[Kind, dict[str, str]] = {
    "single": {"options": "round\nsquare\nflat"},
    "several": {"options": "red\nblue\norange"},
    "truefalse": {},
    "who": {"options": "Ann\nBen"},
    "order": {"options": "ant\ncat\ncow"},
    "number": {"answer": "47 miles ± 2"},
    "typed": {"answer": "Žalgiris\nthe Grove\nnot: Salgiris"},
}
ABOUT = {"prompt": "Which shape is it?", "explanation": "It has four corners.", "source": "page 3"}


async def set_up(stage: Stage, **settings: int) -> None:
    """Choose settings of the stage's server, as somebody has done in /setup."""
    await stage.db.write(change_settings, stage.guild.id, settings)


async def write(stage: Stage, who: str, kind: Kind = "single", command: str = "add", /, **given: str) -> Reply:
    """Open the form of a new question and send it in; the card of the draft. A `deck` goes with the command."""
    deck: dict[str, Any] = {"deck": given.pop("deck")} if "deck" in given else {}
    form = await stage.slash(who, f"question {command}", kind=kind, **deck)
    return await stage.submit(who, form, **(ABOUT | TEXTS[kind] | given))


async def choose(stage: Stage, who: str, card: Reply, route: str, *values: str) -> Reply:
    """Choose in one of a card's selects, by the route it leads to."""
    return await stage.choose_in(who, card.message, find_id(card, route), *values)


async def add(stage: Stage, who: str = "olga", command: str = "add", press: str = "Save", /, **given: str) -> Reply:
    """Write a question of which B is right, and save it or send it in; what the person is told."""
    card = await write(stage, who, "single", command, **given)
    await choose(stage, who, card, "draft:key", "1")
    return await stage.press(who, card.message, press)


async def suggest(stage: Stage, who: str = "bob", /, **given: str) -> Reply:
    return await add(stage, who, "suggest", "Send in", **given)


def find_id(card: Reply, route: str) -> str:
    """The custom_id on a card that leads to a route."""
    return next(id for id in ids(card) if id.startswith(f"{route}:") or id == route)


def ids(card: Reply) -> list[str]:
    """The custom_id of everything on a card that can be pressed or chosen in."""
    return [part["custom_id"] for part in parts(card) if "custom_id" in part]


async def get(stage: Stage, number: int) -> Kept:
    """A question of the stage's server as it is kept."""
    kept = await stage.db.read(get_kept, stage.guild.id, number)
    assert kept is not None
    return kept


async def question(stage: Stage, number: int) -> DeckQuestion:
    return QUESTION.validate_json((await get(stage, number)).body)


async def states(stage: Stage) -> dict[int, str]:
    """How every question of every server stands, by its number."""
    rows = await stage.db.read(lambda session: session.execute(select(Question.number, Question.state)).all())
    return {row.number: row.state for row in rows}


async def log(stage: Stage) -> list[Entry]:
    """The audit log of the stage's server, oldest first."""
    return (await stage.db.read(list_entries, stage.guild.id, None, 0, 1000))[::-1]
