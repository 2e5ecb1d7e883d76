"""One YAML file as a tree of texts that know where they stand; whatever a pack has no use for is a fault.

The tree grows from parser events, so a hostile file is refused before anything nested, repeated or converted
is built from it. Every scalar stays the text that was written; an empty one without quotation marks is None.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import NoReturn, TypeAlias

import yaml

from content.decode import Undecodable, decode, describe_error
from content.faults import MOST_FAULTS, Fault, Flaw, Loc, Place

MAX_DEPTH = 20
MAX_NODES = 100_000  # about 3,000 questions
# Only an escape such as "\0" can bring these into a text: in the file itself they are refused before parsing.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")

Value: TypeAlias = "str | list[Node] | dict[str, Node] | None"
NO_KEYS: dict[str, Place] = {}  # of every value without keys: a dict each would be a quarter of the tree
# libyaml compares each of these lines with all before it; without tags there is no use for them.
TAG_LINE = re.compile(r"^%TAG", re.MULTILINE)


@dataclass(slots=True)
class Node:
    """One value and where it stands: None, a text, a list, or a group of keys with the places of the keys."""

    place: Place
    value: Value
    keys: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> object:
        """The value without places, as the models take it."""
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        return self.value

    def child(self, step: str | int) -> Node | None:
        """What stands under a key or at an index, or None where nothing does."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def find(self, loc: Loc) -> tuple[Place, list[str]]:
        """Where `loc` stands, or else the nearest group around it, and the names of its steps."""
        node: Node | None = self
        place, names = self.place, []
        for step in loc:
            node = node.child(step) if node else None
            place = node.place if node else place
            names.append(step if isinstance(step, str) else _name(node, step))
        return place, names

    def fault(self, flaw: Flaw) -> Fault:
        """The flaw as a fault, at the place of what it speaks of."""
        place, names = self.find(flaw.loc)
        if flaw.at_key:
            group = reduce(lambda node, step: node.child(step) or node, flaw.loc[:-1], self)
            place = group.keys.get(str(flaw.loc[-1]), place)
        return place.fault(".".join(names) or "pack", flaw.message)


def _name(item: Node | None, index: int) -> str:
    """An item of a list by its id, or by its number from 1 where it has none."""
    named = item.child("id") if item else None
    if named is None or not isinstance(named.value, str):
        return str(index + 1)
    return " ".join(named.value.split())[:40]


def sift(text: str) -> tuple[str, str | None]:
    """The text without characters that nobody can see or store, and what is wrong with it if it had any."""
    found = CONTROL.search(text)
    if found is None:
        return text, None
    what = "half a character" if "\ud800" <= found[0] <= "\udfff" else "the control character"
    return CONTROL.sub("", text), f"{what} U+{ord(found[0]):04X} stands in this text; take it out"


def read_tree(data: bytes, file: str) -> tuple[Node | None, list[Fault]]:
    """The tree of a YAML file and its faults; the tree is None where a fault leaves nothing to rely on."""
    try:
        return read_yaml(decode(data), file)
    except Undecodable as error:
        line, column, message = describe_error(error)
        return None, [Fault(file, line, column, "file", message)]


def read_yaml(text: str, file: str) -> tuple[Node | None, list[Fault]]:
    """The tree of a YAML text whose top is a group of keys, and its faults."""
    tag = TAG_LINE.search(text)
    if tag is not None:
        line = text.count("\n", 0, tag.start()) + 1
        return None, [Fault(file, line, 1, "file", "tags are not allowed; leave this line out")]
    root, faults = grow_tree(yaml.parse(text, Loader=yaml.CSafeLoader), file)
    if root is not None and not isinstance(root.value, dict):
        message = "must hold keys such as 'questions:'; put the list or text under its key"
        return None, [*faults, Place(file, 1, 1).fault("file", message)]
    return root, faults


def grow_tree(events: Iterable[yaml.Event], file: str) -> tuple[Node | None, list[Fault]]:
    """The tree of a file's events and its faults; the tree is None where a fault leaves nothing to rely on.

    Where the text can't be read on, the events raise Undecodable or YAMLError.
    """
    growth = _Growth(file)
    try:
        for event in events:
            growth.take(event)
        if growth.root is None:
            growth.stop(None, "holds nothing; write keys into it, or remove the file")
    except _Stop:
        growth.sound = False
    except (Undecodable, yaml.YAMLError) as error:
        growth.sound = False
        line, column, message = describe_error(error)
        growth.faults.append(Fault(file, line, column, "file", message))
    return (growth.root if growth.sound else None), growth.faults


class _Stop(Exception):
    """A fault after which the rest of the file is not worth reading."""


@dataclass(slots=True)
class _Growth:
    """A tree being grown, one parser event at a time."""

    file: str
    root: Node | None = None
    open: list[Node] = field(default_factory=list)
    pending: list[tuple[str, Place] | None] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0
    sound: bool = True

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop(event, "a second document starts here; write one document a file, without '---'")
        elif isinstance(event, yaml.NodeEvent):
            self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.pending.pop()

    def _take_node(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop(event, f"more than {MAX_NODES:,} values stand in this file; split it")
        self._refuse_extras(event)
        place = self._place(event)
        if self._expects_key():
            self._take_key(event, place)
            return
        node = self._node(event, place)
        self._hang(node)
        if isinstance(event, yaml.CollectionStartEvent):
            self._descend(event, node)

    def _refuse_extras(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.report(event, f"'*{event.anchor}' repeats another value; write the value out")
            self.sound = False
        elif event.anchor is not None:
            self.report(event, f"'&{event.anchor}' names a value; leave the name out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.report(event, f"the tag '{tag}' is not allowed; leave it out, every value is read as text")

    def _expects_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, dict) and self.pending[-1] is None

    def _take_key(self, event: yaml.NodeEvent, place: Place) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self.stop(event, "a key must be a word; put a text that starts with { or [ in quotation marks")
        self.pending[-1] = (sys.intern(self._text(event)), place)  # the same few keys stand in every question

    def _node(self, event: yaml.NodeEvent, place: Place) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            empty = event.value == "" and not event.style
            return Node(place, None if empty else self._text(event), NO_KEYS)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(place, [], NO_KEYS)
        return Node(place, {} if isinstance(event, yaml.MappingStartEvent) else None, NO_KEYS)

    def _text(self, event: yaml.ScalarEvent) -> str:
        text, flaw = sift(event.value)
        if flaw is not None:
            self.report(event, flaw)
        return text

    def _hang(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        pending = self.pending[-1]
        self.pending[-1] = None
        assert isinstance(parent.value, dict)
        assert pending is not None
        key, place = pending
        if key in parent.value:
            first = parent.keys[key].line
            message = f"the key '{key}' stands here a second time (first in line {first}); keep one of them"
            self.add(place, message)
            return
        parent.value[key] = node
        if parent.keys is NO_KEYS:
            parent.keys = {}
        parent.keys[key] = place

    def _descend(self, event: yaml.NodeEvent, node: Node) -> None:
        if len(self.open) == MAX_DEPTH:
            self.stop(event, f"values are nested more than {MAX_DEPTH} deep; a pack needs no more than 6")
        self.open.append(node)
        self.pending.append(None)

    def _place(self, event: yaml.Event | None) -> Place:
        if event is None or event.start_mark is None:
            return Place(self.file, 1, 1)
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def report(self, event: yaml.Event | None, message: str) -> None:
        self.add(self._place(event), message)

    def add(self, place: Place, message: str) -> None:
        self.faults.append(place.fault("file", message))
        if len(self.faults) > MOST_FAULTS:
            raise _Stop

    def stop(self, event: yaml.Event | None, message: str) -> NoReturn:
        self.report(event, message)
        raise _Stop
