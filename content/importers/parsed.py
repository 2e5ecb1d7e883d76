"""What every importer makes of a file: a tree of questions, its faults, and what it left aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content.faults import Fault, Place
from content.tree import Node


@dataclass(frozen=True, slots=True)
class Parsed:
    """`root` is `{questions: [...]}` as content.deck.read_deck takes it, None where nothing can be relied on.

    `notes` name what the file holds and a deck does not, each with its place; they stop nothing.
    """

    root: Node | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def leaf(place: Place, text: str | None) -> Node:
    return Node(place, text)


def several(place: Place, items: Iterable[Node]) -> Node:
    return Node(place, list(items))


def group(place: Place, **values: Node) -> Node:
    """Keys and their values; every key stands where its value does."""
    return Node(place, dict(values), {key: value.place for key, value in values.items()})
