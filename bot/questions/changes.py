"""What an edit changed: two versions of a question, field by field, in words."""

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


def describe_change(before: str | None, after: str) -> str:
    """A line for each field that differs between two versions (JSON); all of what a first version says."""
    old = json.loads(before) if before else {}
    new = json.loads(after)
    changed = [field for field in FIELDS if old.get(field) != new.get(field)]
    lines = [_line(FIELDS[field], old.get(field), new.get(field), first=before is None) for field in changed]
    return "\n".join(line for line in lines if line) or "Nothing that players see."


def _line(name: str, old: object, new: object, first: bool) -> str:
    if first:
        return f"- {name}: {_say(new)}" if new not in (None, "", [], 0) else ""
    return f"- {name}: {_say(old)} → {_say(new)}"


def _say(value: object) -> str:
    if isinstance(value, dict):
        value = ", ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        value = " / ".join(map(str, value))
    return escape(clip(str(value), LONGEST)) if value not in (None, "") else "nothing"
