"""What a change to a question changed: two versions, field by field, in words."""

from __future__ import annotations

import json

from bot.text import clip, escape

FIELDS = {
    "kind": "Kind",
    "prompt": "Question",
    "options": "Options",
    "key": "Right",
    "accept": "Also right",
    "reject": "Never right",
    "unit": "Unit",
    "tolerance": "How far off still counts",
    "explanation": "Explanation",
    "source": "Source",
    "cite": "§",
    "claim": "Claim",
    "difficulty": "Difficulty",
    "theme": "Deck",
    "tags": "Tags",
}
LONGEST = 150  # characters of a value that are shown
NOTHING: tuple[object, ...] = (None, "", [])


def list_changes(before: str | None, after: str) -> list[str]:
    """The fields that differ between two versions (JSON), each in words; all of what a first version says."""
    old = json.loads(before) if before else {}
    new = json.loads(after)
    if before is None:
        return [f"{name}: {say(new[field])}" for field, name in FIELDS.items() if new.get(field) not in NOTHING]
    changed = [field for field in FIELDS if old.get(field) != new.get(field)]
    return [f"{FIELDS[field]}: {say(old.get(field))} → {say(new.get(field))}" for field in changed]


def say(value: object) -> str:
    """A value of a question's JSON as people read it, safe and short."""
    if isinstance(value, dict):
        value = ", ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        value = " / ".join(map(str, value))
    if isinstance(value, float):
        value = f"{value:.15g}"
    return escape(clip(str(value), LONGEST)) if value not in NOTHING else "nothing"
