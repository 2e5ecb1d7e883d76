"""The outline of a motion's claims: each under the one it answers, and what becomes of answers to what is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A claim that is shown, as it stands: its number, side and text, what it relies on, and what it answers.

    `parent` is none for a claim on the motion itself; `replaces` is the claim whose place it took. `moved`: it stands
    under what took the place of what it answered, and how much it bears on that nobody has said.
    """

    number: int
    side: str
    text: str
    cites: tuple[str, ...] = ()
    parent: int | None = None
    link: str | None = None
    replaces: int | None = None
    moved: bool = False


Outline = Mapping[int, Node]


def find_place(parent: int | None, shown: Collection[int], successors: Mapping[int, int]) -> int | None:
    """Where an answer stands: under what it answers, or what has replaced that, or on the motion if that is gone."""
    seen: set[int] = set()
    while parent is not None and parent not in shown and parent not in seen:
        seen.add(parent)
        parent = successors.get(parent)
    return parent if parent in shown else None


def list_under(outline: Outline, parent: int | None) -> list[Node]:
    """The claims that answer one, or those on the motion itself, by number."""
    return [node for _, node in sorted(outline.items()) if node.parent == parent]


def count_under(outline: Outline, parent: int) -> int:
    return sum(node.parent == parent for node in outline.values())


def list_path(outline: Outline, number: int) -> list[Node]:
    """The claims from the motion down to one, which is the last."""
    path: list[Node] = []
    while (node := outline.get(number)) is not None and node not in path:
        path.insert(0, node)
        number = node.parent or 0
    return path
