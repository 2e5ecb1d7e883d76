"""Offramp JSON: everything that a deck holds, as our own export writes it.

    {"format": "offramp-questions", "version": 1, "questions": [{"kind": "typed", "prompt": "...", ...}, ...]}

Each question has the fields of its model in content.deck.
"""

from __future__ import annotations

from content.fields import describe
from content.importers.json_events import json_events
from content.importers.parsed import Parsed
from content.tree import Node, grow_tree

FORMAT = "offramp-questions"
VERSION = 1
OURS = ("format", "version", "questions")


def read(text: str, file: str) -> Parsed:
    """The questions of a JSON file that names itself as ours."""
    root, faults = grow_tree(json_events(text), file)
    if root is None:
        return Parsed(None, tuple(faults))
    if not isinstance(root.value, dict) or root.child("format") is None:
        wanted = f'must be a group with "format": "{FORMAT}" and "questions", or an answer of OpenTDB'
        return Parsed(None, (*faults, root.place.fault("file", wanted)))
    for key, right in (("format", FORMAT), ("version", str(VERSION))):
        node = root.child(key)
        if node is not None and node.value != right:
            message = f"must be {right}; {describe(node.plain())} stands here, which may come from a newer Offramp"
            faults.append(node.place.fault(key, message))
    kept = {key: node for key, node in root.value.items() if key == "questions"}
    left = "is left out; a deck takes the questions only"
    notes = tuple(place.fault(key[:40], left) for key, place in root.keys.items() if key not in OURS)
    return Parsed(Node(root.place, kept, root.keys), tuple(faults), notes)
