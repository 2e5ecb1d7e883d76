"""Offramp YAML: `questions:` as a deck has them, in a file of their own or in a file of a pack."""

from __future__ import annotations

from collections.abc import Mapping

from content.importers.parsed import Parsed
from content.tree import Node, read_yaml


def read(text: str, file: str) -> Parsed:
    """The questions of a YAML file. A pack's ids of speakers and themes become the names that the file gives them."""
    root, faults = read_yaml(text, file)
    if root is None:
        return Parsed(None, tuple(faults))
    questions = root.child("questions")
    speakers, themes = _names(root.child("speakers"), "name"), _names(root.child("themes"), "title")
    for question in _items(questions):
        _name(question.child("theme"), themes)
        claim, kind = question.child("claim"), question.child("kind")
        _name(claim.child("who") if claim else None, speakers)
        for option in _items(question.child("options")) if kind and kind.value == "who" else ():
            _name(option, speakers)
    kept = Node(root.place, {} if questions is None else {"questions": questions}, root.keys)
    left = "is left out; of a pack's file, a deck takes the questions only"
    notes = tuple(place.fault(key[:40], left) for key, place in root.keys.items() if key != "questions")
    return Parsed(kept, tuple(faults), notes)


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _names(items: Node | None, key: str) -> dict[str, str]:
    """Names by id, of the speakers or themes of a pack."""
    pairs = ((item.child("id"), item.child(key)) for item in _items(items))
    return {
        id.value: name.value
        for id, name in pairs
        if id and name and isinstance(id.value, str) and isinstance(name.value, str)
    }


def _name(node: Node | None, names: Mapping[str, str]) -> None:
    """Put the name in the place of an id, if it is one."""
    if node is not None and isinstance(node.value, str):
        node.value = names.get(node.value, node.value)
