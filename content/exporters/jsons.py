"""Offramp JSON, for other programs: every field of every question, those that are empty too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from content.deck import DeckQuestion
from content.exporters.writing import digits

FORMAT = "offramp-questions"
VERSION = 1


def write(questions: Sequence[DeckQuestion]) -> str:
    content = {"format": FORMAT, "version": VERSION, "questions": list(map(_question, questions))}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def lost(question: DeckQuestion) -> Iterable[str]:
    return ()


def _question(question: DeckQuestion) -> dict[str, Any]:
    data = question.model_dump(mode="json")
    return data | {key: _number(data[key]) for key in ("key", "tolerance") if isinstance(data.get(key), float)}


def _number(value: float) -> float | int | str:
    """The number; as a text where JSON would write an exponent, which a deck doesn't read."""
    if value.is_integer():
        return int(value)
    return value if "e" not in repr(value) else digits(value)
