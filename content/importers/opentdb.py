"""OpenTDB: the JSON that the API of the Open Trivia Database answers with, whole or only its list of results.

The API encodes texts in one of three ways, and the answer doesn't say which: HTML entities where nothing else was asked
for, percent signs (url3986), or base64, and then the type and the difficulty too.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

from content.deck import LONGEST
from content.faults import Fault
from content.fields import describe
from content.importers.json_events import json_events
from content.importers.markup import ENTITY
from content.importers.mixing import mix
from content.importers.parsed import Parsed, deck, group, leaf
from content.tree import Node, grow_tree, sift

KINDS = {"multiple": "single", "boolean": "truefalse"}
DIFFICULTIES = {"easy": "1", "medium": "2", "hard": "3"}
KEYS = ("type", "difficulty", "category", "question", "correct_answer", "incorrect_answers")
BASE64_TYPES = {base64.b64encode(kind.encode()).decode() for kind in KINDS}
PERCENT = re.compile(r"[A-Za-z0-9_.~%-]*")  # what RFC 3986 leaves as it is, and %

Decoder = Callable[[str], str]


def read(text: str, file: str) -> Parsed:
    """The questions of an answer of OpenTDB's API."""
    root, faults = grow_tree(json_events(text), file)
    if root is None:
        return Parsed(None, tuple(faults))
    results = _items(root) or _items(root.child("results"))
    if not results:
        return Parsed(None, (*faults, _nothing(root)))
    coding, decode = _coding(results)
    faults += [fault for result in results for fault in _decode(result, decode)]
    faults += [fault for result in results for fault in _unknown_words(result)]
    notes = [root.place.fault("file", f"its texts were decoded from {coding}"), *_left_out(results)]
    return Parsed(deck(file, map(_question, results)), tuple(faults), tuple(notes))


def _nothing(root: Node) -> Fault:
    code = root.child("response_code")
    answered = f"; its 'response_code' is {describe(code.plain())}, so ask OpenTDB again" if code else ""
    return root.place.fault("file", f"holds no list of 'results' with questions in it{answered}")


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _texts(node: Node) -> Iterator[Node]:
    """Every text in a result: of its keys and of their lists."""
    for value in node.value.values() if isinstance(node.value, dict) else ():
        for part in (value, *_items(value)):
            if isinstance(part.value, str):
                yield part


def _coding(results: list[Node]) -> tuple[str, Decoder]:
    """How the texts are coded, in words, and what decodes them."""
    types = {kind.value for result in results if (kind := result.child("type")) is not None}
    texts = [str(text.value) for result in results for text in _texts(result)]
    if types & BASE64_TYPES:
        return "base64", _from_base64
    if any("%" in text for text in texts) and all(map(PERCENT.fullmatch, texts)):
        return "percent signs (url3986)", _from_percent
    return "HTML entities (OpenTDB's default)", lambda text: ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _from_base64(text: str) -> str:
    return base64.b64decode(text, validate=True).decode()


def _from_percent(text: str) -> str:
    return unquote_to_bytes(text).decode()


def _decode(result: Node, decode: Decoder) -> Iterator[Fault]:
    """Put every decoded text in the place of the coded one; a fault for each that is not coded so."""
    for node in _texts(result):
        if len(str(node.value)) > LONGEST:
            continue  # too long, as the deck will say
        try:
            node.value, flaw = sift(decode(str(node.value)))
        except ValueError:
            flaw = f"{describe(node.value)} is not coded like the other texts of this file; ask OpenTDB for it again"
        if flaw is not None:
            yield node.place.fault("file", flaw)


def _unknown_words(result: Node) -> Iterator[Fault]:
    for key, words in (("type", KINDS), ("difficulty", DIFFICULTIES)):
        node = result.child(key)
        if node is not None and node.value not in words:
            yield node.place.fault(key, f"must be {' or '.join(words)}; {describe(node.plain())} stands here")


def _question(result: Node) -> Node:
    if not isinstance(result.value, dict):
        return result
    kind, difficulty = result.child("type"), result.child("difficulty")
    values = {"prompt": result.child("question"), "theme": result.child("category")}
    values["kind"] = kind and leaf(kind.place, KINDS.get(str(kind.value), "single"))
    values["difficulty"] = difficulty and leaf(difficulty.place, DIFFICULTIES.get(str(difficulty.value), "2"))
    return group(result.place, **{key: node for key, node in values.items() if node}, **_answers(result))


def _answers(result: Node) -> dict[str, Node]:
    right, kind = result.child("correct_answer"), result.child("type")
    if right is None:
        return {}
    if kind is not None and kind.value == "boolean":
        return {"key": leaf(right.place, str(right.value).casefold())}
    return mix(right, _items(result.child("incorrect_answers")))


def _left_out(results: list[Node]) -> Iterator[Fault]:
    """A note for each key that a deck has no place for, where it stands first."""
    places = {key: place for result in reversed(results) for key, place in result.keys.items()}
    for key, place in places.items():
        if key not in KEYS:
            yield place.fault(key[:40], "is left out; a deck has no place for it")
