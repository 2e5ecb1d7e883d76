"""What a pack's items say of each other: names that must exist, and ids that must stand once.

These look at a pack as it was written, before any model, so that they find every fault at once even where
other parts of the pack are still wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from pydantic import ValidationError

from content.faults import Flaw, Loc
from content.fields import CITE_PATTERN, describe
from content.pack import Source
from content.sentences import listing, unknown

Data = dict[str, Any]
Item = tuple[Loc, Any]
CITE_IN_TEXT = re.compile(r"§\s?([0-9]{1,2}(?:\.[0-9]{1,2}|q[0-9]?|[bt][0-9]{1,2}))")


def broken_references(data: Data) -> Iterator[Flaw]:
    """Every name in the pack that stands for nothing in it."""
    themes = _texts(data.get("themes"), "id")
    speakers = _texts(data.get("speakers"), "id")
    yield from _unknown(_at(data, ("questions", "motions"), "theme"), "a theme of this pack", themes)
    yield from _unknown(_speakers_named(data), "a speaker of this pack", speakers)
    yield from _unknown(_at(data, ("speakers",), "side"), "a side of this pack", _texts(data.get("sides")))
    yield from _unknown_cites(data)


def repeats(data: Data) -> Iterator[tuple[Loc, Loc, str]]:
    """Every value that must stand once and stands again: where, where first, and what it is."""
    source = data.get("source")
    sections = source.get("sections") if isinstance(source, dict) else None
    yield from _repeated((("source", "sections", at, "id"), item) for at, item in _column(sections, "id"))
    for group in ("themes", "questions", "motions", "risks", "speakers"):
        yield from _repeated(_at(data, (group,), "id"))
    yield from _repeated(_at(data, ("speakers",), "name"))
    yield from _repeated((("sides", at), side) for at, side in enumerate(_list(data.get("sides"))))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _column(items: Any, key: str) -> Iterator[tuple[int, Any]]:
    """The value of a key in each of a list's groups, with its index."""
    for at, item in enumerate(_list(items)):
        if isinstance(item, dict) and item.get(key) is not None:
            yield at, item[key]


def _texts(items: Any, key: str | None = None) -> list[str]:
    """The texts of a list, or under a key in its groups, each once."""
    values = _list(items) if key is None else [value for _, value in _column(items, key)]
    return list(dict.fromkeys(value for value in values if isinstance(value, str)))


def _at(data: Data, groups: Iterable[str], key: str) -> Iterator[Item]:
    for group in groups:
        for at, value in _column(data.get(group), key):
            yield (group, at, key), value


def _unknown(items: Iterable[Item], what: str, names: Sequence[str]) -> Iterator[Flaw]:
    known = frozenset(names)
    for loc, name in items:
        if isinstance(name, str) and name not in known:
            yield Flaw(loc, unknown(name, what, names))


def _speakers_named(data: Data) -> Iterator[Item]:
    for at, claim in _column(data.get("questions"), "claim"):
        if isinstance(claim, dict):
            yield ("questions", at, "claim", "who"), claim.get("who")
    for at, options in _column(data.get("questions"), "options"):
        if data["questions"][at].get("kind") == "who":
            for index, option in enumerate(_list(options)):
                yield ("questions", at, "options", index), option


def _unknown_cites(data: Data) -> Iterator[Flaw]:
    try:
        source = Source.model_validate(data.get("source"))
    except ValidationError:
        return  # the § list itself is at fault, and says so
    lists = {section.id: tuple(section.cites()) for section in source.sections}
    if len(lists) < len(source.sections):
        return  # two sections share a number, and that is said already
    known = frozenset(cite for cites in lists.values() for cite in cites)
    for loc, cite in chain(_cites(data, ()), _cites_in_texts(data, ())):
        if isinstance(cite, str) and cite not in known and re.match(CITE_PATTERN, cite):
            yield Flaw(loc, _unknown_cite(cite, lists))


def _cites(part: Any, loc: Loc) -> Iterator[Item]:
    """Everything that stands in a list under a key `cite`, however deep."""
    if isinstance(part, dict):
        for key, value in part.items():
            here = (*loc, key)
            if key == "cite":
                yield from (((*here, at), cite) for at, cite in enumerate(_list(value)))
            yield from _cites(value, here)
    elif isinstance(part, list):
        for at, value in enumerate(part):
            yield from _cites(value, (*loc, at))


def _cites_in_texts(part: Any, loc: Loc) -> Iterator[Item]:
    """Everything that a text names with a §, such as '(§6.4)'."""
    if isinstance(part, str):
        yield from ((loc, cite) for cite in dict.fromkeys(CITE_IN_TEXT.findall(part)))
    elif isinstance(part, dict | list):
        for step, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from _cites_in_texts(value, (*loc, step))


def _unknown_cite(cite: str, lists: dict[str, tuple[str, ...]]) -> str:
    number = cite[:2] if cite[:2] in lists else cite[:1]
    if number in lists:
        return f"{describe(cite)} is not in the § list; section {number} has: {listing(lists[number])}"
    return f"{describe(cite)} is not in the § list; its sections are: {listing(list(lists))}"


def _repeated(items: Iterable[Item]) -> Iterator[tuple[Loc, Loc, str]]:
    first: dict[str, Loc] = {}
    for loc, value in items:
        if isinstance(value, str) and first.setdefault(value, loc) != loc:
            yield loc, first[value], value
