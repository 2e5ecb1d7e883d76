"""Subjects: what a round can be about, a pack, one of its themes, or a deck of the server's own questions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.item import SERVER, Item, make_deck_item, make_item
from bot.rulings import apply_rulings
from content.deck import QUESTION
from content.pack import Pack
from content.subjects import list_subjects
from storage import questions, quiz
from storage.questions import Filter, Kept
from storage.reports import list_rulings
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ALL = "all"  # stands for "every theme" in the id of a button; no theme may be called so

UNKNOWN = "I don't know that theme. Please pick one from the list that opens as you type."
OPEN_NOW = "This question is being asked in a round here right now. Press again once it is closed."
ALL_OPEN = "Every question of that theme is being asked in a round right now. Try another theme, or a little later."
EMPTY = "There is no question in that theme yet. A moderator can write some with /question add."


@dataclass(frozen=True)
class Subject:
    """`id` is pack or pack/theme, or server or server/deck."""

    id: str
    title: str
    items: tuple[Item, ...]


def to_ids(subject: str) -> tuple[str, str]:
    """A subject's id as two ids of a button: pack and theme, which is ALL for the whole pack."""
    pack, _, theme = subject.partition("/")
    return pack, theme or ALL


def from_ids(pack: str, theme: str) -> str:
    """The other way round."""
    return pack if theme == ALL else f"{pack}/{theme}"


def list_titles(session: Session, guild_id: int, packs: Mapping[str, Pack]) -> dict[str, str]:
    """The title of every subject by its id: the packs', then the server's own."""
    titles = dict(list_subjects(packs))
    decks = [(id, title) for id, title, live in questions.list_decks(session, guild_id) if live]
    if decks:
        titles[SERVER] = "This server's questions: everything"
    return titles | {f"{SERVER}/{id}": f"This server's questions: {title}" for id, title in decks}


def find_subject(session: Session, guild_id: int, packs: Mapping[str, Pack], chosen: str | None) -> tuple[str, str]:
    """Id and title of the subject that somebody picked from the list or typed.

    None is what the server has chosen in /setup, else the first pack.
    """
    titles = list_titles(session, guild_id, packs)
    own = get_settings(session, guild_id).subject
    usual = own if own in titles else next(iter(packs))
    wanted = usual if chosen is None else chosen.casefold()
    for id, title in titles.items():
        if wanted in (id, title.casefold()):
            return id, title
    raise Refusal(UNKNOWN)


def choose_subject(
    session: Session, guild_id: int, packs: Mapping[str, Pack], chosen: str | None, also: str | None = None
) -> Subject:
    """The subject with an id or a title, and a second one mixed in; Refusal if there is none."""
    id, title = find_subject(session, guild_id, packs, chosen)
    items = _list_items(session, guild_id, packs, id)
    if also is not None:
        second, more = find_subject(session, guild_id, packs, also)
        items = list({item.id: item for item in (*items, *_list_items(session, guild_id, packs, second))}.values())
        title = f"{title} + {more}"
    if not items:
        raise Refusal(EMPTY)
    return Subject(id, title, tuple(items))


def pick_number(
    session: Session, guild_id: int, packs: Mapping[str, Pack], subject: str, seed: int, turn: int
) -> tuple[int, int]:
    """The next turn of practice, from this one on, and its question as get_item takes it.

    Each of the subject's comes once before one comes again; what a round is asking right now is passed over.
    """
    pack, _, theme = find_subject(session, guild_id, packs, subject)[0].partition("/")
    if pack == SERVER:
        numbers = questions.list_numbers(session, guild_id, Filter(deck_id=theme or None))
    else:
        items = _list_items(session, guild_id, packs, subject)
        asked = {item.id for item in apply_rulings(items, list_rulings(session, guild_id))}
        every = enumerate(packs[pack].questions, start=1)
        numbers = [number for number, question in every if f"{pack}/{question.id}" in asked]
    if not numbers:
        raise Refusal(EMPTY)
    open = quiz.list_open_ids(session, guild_id)
    for later in range(turn, turn + len(numbers)):
        lap, place = divmod(later, len(numbers))
        number = random.Random(f"{seed}:{lap}").sample(numbers, len(numbers))[place]
        if get_item(session, guild_id, packs, pack, number).id not in open:
            return later, number
    raise Refusal(ALL_OPEN)


def check_closed(session: Session, guild_id: int, question_id: str) -> None:
    """Refuse to show the key of a question that a round is asking right now."""
    if quiz.is_open_anywhere(session, guild_id, question_id):
        raise Refusal(OPEN_NOW)


def get_item(session: Session, guild_id: int, packs: Mapping[str, Pack], pack: str, number: int) -> Item:
    """One question, as ruled: a server's own by its number, a pack's by its place in it, from 1."""
    if pack == SERVER:
        kept = questions.get_kept(session, guild_id, number)
        if kept is None or kept.state not in ("live", "retired"):  # retired: since it was shown
            raise Refusal(UNKNOWN)
        item = _make_own(kept)
    elif pack in packs and 1 <= number <= len(packs[pack].questions):
        item = make_item(packs[pack], packs[pack].questions[number - 1])
    else:
        raise Refusal(UNKNOWN)
    return next(iter(apply_rulings([item], list_rulings(session, guild_id, item.id))), item)


def find_asked(session: Session, guild_id: int, packs: Mapping[str, Pack], id: str) -> Item | None:
    """A question by its id, as it would be asked now; None if it is not asked any more: gone, retired or void."""
    pack, _, name = id.partition("/")
    found: list[Item] = []
    if pack == SERVER and name.isdecimal():
        kept = questions.get_kept(session, guild_id, int(name))
        found = [_make_own(kept)] if kept is not None and kept.state == "live" else []
    elif pack in packs:
        found = [make_item(packs[pack], question) for question in packs[pack].questions if question.id == name]
    return next(iter(apply_rulings(found, list_rulings(session, guild_id, id))), None)


def _list_items(session: Session, guild_id: int, packs: Mapping[str, Pack], subject: str) -> list[Item]:
    pack, _, theme = subject.partition("/")
    if pack == SERVER:
        return [_make_own(kept) for kept in questions.list_kept(session, guild_id, Filter(deck_id=theme or None))]
    return [make_item(packs[pack], question) for question in packs[pack].questions if theme in ("", question.theme)]


def _make_own(kept: Kept) -> Item:
    return make_deck_item(QUESTION.validate_json(kept.body), kept.number, kept.version, kept.deck_id)
