"""Offramp YAML, as packs and decks are written: it holds everything.

Free texts stand in quotation marks, so that no reader of YAML takes 12:30, no, 010, 1e3, null or ~ for anything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from content.deck import DeckQuestion
from content.exporters.writing import digits

HEAD = "# Questions for Offramp. `offramp content import` and /question import read this file again.\n"
ORDER = (
    "id",
    "theme",
    "kind",
    "prompt",
    "options",
    "key",
    "accept",
    "reject",
    "tolerance",
    "unit",
    "explanation",
    "source",
    "cite",
    "claim",
    "difficulty",
    "tags",
    "as_of",
)
# Words of our own, which no reader mistakes; as_of is a date and meant to be one.
BARE = frozenset(("kind", "as_of", "status"))


def write(questions: Sequence[DeckQuestion]) -> str:
    return HEAD + "questions:\n" + "".join(map(_question, questions)) if questions else HEAD + "questions: []\n"


def lost(question: DeckQuestion) -> Iterable[str]:
    return ()


def _question(question: DeckQuestion) -> str:
    data = question.model_dump(exclude_defaults=True) | {"as_of": question.as_of.isoformat()}
    return "  - " + "    ".join(_lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    for key in ORDER:
        if key in data:
            yield f"{key}: {_value(key, data[key])}\n"


def _value(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{name}: {_value(name, part)}" for name, part in value.items() if part is not None) + "}"
        )
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(key, part) for part in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return digits(value)
    return value if key in BARE else quoted(value)


def quoted(text: str) -> str:
    """The text in double quotation marks: JSON's way is a part of YAML's, but for two ends of line."""
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
