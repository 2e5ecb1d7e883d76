"""Subjects: what a round can be about, a whole pack or one of its themes, as people choose it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Refusal
from bot.item import Item, make_item
from content import subjects
from content.pack import Pack
from content.subjects import list_subjects

ALL = "all"  # stands for "every theme" in the id of a button; no theme may be called so


@dataclass(frozen=True)
class Subject:
    """`id` is pack or pack/theme."""

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


def title_of(packs: Mapping[str, Pack], id: str) -> str:
    """A subject's title, or its id where the pack is not loaded any more."""
    return dict(list_subjects(packs)).get(id, id)


def choose_subject(packs: Mapping[str, Pack], chosen: str | None) -> Subject:
    """The subject with an id or a title; the first pack for None. Refusal if there is none."""
    id = next(iter(packs)) if chosen is None else find_subject(packs, chosen)
    pack_id, _, theme_id = id.partition("/")
    pack = packs[pack_id]
    items = tuple(make_item(pack, q) for q in pack.questions if theme_id in ("", q.theme))
    return Subject(id, title_of(packs, id), items)


def find_subject(packs: Mapping[str, Pack], chosen: str) -> str:
    """The id of the subject that somebody picked from the list or typed."""
    id = subjects.find_subject(packs, chosen)
    if id is None:
        raise Refusal("I don't know that theme. Please pick one from the list that opens as you type.")
    return id
