"""What a reader of GIFT or Aiken made of a text, in a form to compare; and what must hold whatever the text is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from content.deck import read_deck
from content.faults import Fault
from content.importers.parsed import Parsed

Read = Callable[[str, str], Parsed]
TODAY = date(2026, 11, 22)
SHOWN = {"as_of", "cite", "claim", "difficulty", "source"}


def questions(read: Read, text: str) -> list[dict[str, Any]]:
    """The questions of a sound file, each without what it leaves open."""
    found, faults = _sight(read(text, "f"))
    assert faults == []
    return found


def faults(read: Read, text: str) -> list[str]:
    """Every fault as `line:column: where: message`, those of the model too."""
    return _sight(read(text, "f"))[1]


def notes(read: Read, text: str) -> list[str]:
    return [str(note).removeprefix("f:") for note in read(text, "f").notes]


def check_all_or_nothing(read: Read, text: str) -> None:
    """Questions or faults; and each fault and note stands somewhere in the text, and says so in our words."""
    parsed = read(text, "f")
    found, faults = _sight(parsed)
    assert bool(found) != bool(faults)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for fault in (*parsed.faults, *parsed.notes):
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
    assert "Input should" not in str(faults)


def mutate(text: str, share: float, gone: int, new: str) -> str:
    """The text with something else in place of a few signs; `share` says how far along, from 0 to 1."""
    at = int(share * len(text))
    return text[:at] + new + text[at + gone :]


def _sight(parsed: Parsed) -> tuple[list[dict[str, Any]], list[str]]:
    faults: tuple[Fault, ...] = parsed.faults
    found = []
    if parsed.root is not None:
        reading = read_deck(parsed.root, TODAY)
        faults += reading.faults
        found = [question.model_dump(exclude=SHOWN, exclude_defaults=True) for question in reading.questions]
    return (found if not faults else []), [str(fault).removeprefix("f:") for fault in sorted(set(faults))]
