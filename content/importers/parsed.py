"""What every importer makes of a file: a tree of questions, its faults, and what it left aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content.faults import Fault, Place
from content.tree import NO_KEYS, Node


@dataclass(frozen=True, slots=True)
class Parsed:
    """`root` is `{questions: [...]}` as content.deck.read_deck takes it, None where nothing can be relied on.

    `notes` name what the file holds and a deck does not, each with its place; they stop nothing. `columns` are the
    headers of a table: the column of a place is then the number of a cell, and people know it by its header.
    """

    root: Node | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    columns: tuple[str, ...] = ()


def one_line_end(text: str) -> str:
    """The text with \\n for each end of a line, so that lines are counted as editors count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def leaf(place: Place, text: str | None) -> Node:
    return Node(place, text, NO_KEYS)


def several(place: Place, items: Iterable[Node]) -> Node:
    return Node(place, list(items), NO_KEYS)


def group(place: Place, **values: Node) -> Node:
    """Keys and their values; every key stands where its value does."""
    return Node(place, dict(values), {key: value.place for key, value in values.items()})


def deck(file: str, questions: Iterable[Node]) -> Node:
    """The root of a file's questions."""
    start = Place(file, 1, 1)
    return group(start, questions=several(start, questions))
