"""Builders with plain defaults: a small pack, its questions."""

from __future__ import annotations

from typing import Any

from content.pack import Pack

Question = dict[str, Any]

DEFAULTS: Question = {
    "theme": "shape",
    "explanation": "The source says so in its first sentence, and nothing else in it says otherwise.",
    "cite": ["1.1"],
    "claim": {"status": "stated"},
    "difficulty": 1,
    "as_of": "2026-11-22",
}

SINGLE: Question = {
    "kind": "single",
    "prompt": "Which shape is it?",
    "options": ["round", "square", "flat"],
    "key": "B",
}
SEVERAL: Question = {
    "kind": "several",
    "prompt": "Which are warm?",
    "options": ["red", "blue", "orange"],
    "key": ["A", "C"],
}
TRUEFALSE: Question = {"kind": "truefalse", "prompt": "Does the source say that it is square?", "key": "true"}
WHO: Question = {"kind": "who", "prompt": "Who calls it square?", "options": ["ann", "ben"], "key": "A"}
ORDER: Question = {
    "kind": "order",
    "prompt": "From small to large?",
    "options": ["cat", "ant", "cow"],
    "key": ["B", "A", "C"],
}
NUMBER: Question = {"kind": "number", "prompt": "How wide is it?", "key": "47", "unit": "miles"}
TYPED: Question = {
    "kind": "typed",
    "prompt": "What is it called?",
    "key": "Žalgiris",
    "accept": ["the Grove"],
    "reject": ["Salgiris"],
}
KINDS = (SINGLE, SEVERAL, TRUEFALSE, WHO, ORDER, NUMBER, TYPED)


def make_question(**given: Any) -> Question:
    """A question as a pack file holds it."""
    return DEFAULTS | SINGLE | {"id": "q1"} | given


def make_pack(*questions: Question, **given: Any) -> Pack:
    """A pack of these questions; each may leave out what DEFAULTS holds."""
    numbered = [DEFAULTS | {"id": f"q{n}"} | question for n, question in enumerate(questions or (SINGLE,), start=1)]
    base = {
        "id": "shapes",
        "title": "Shapes",
        "source": {"kind": "A note written for tests", "sections": [{"id": "1", "title": "All of it", "sentences": 9}]},
        "speakers": [{"id": "ann", "name": "Ann the painter"}, {"id": "ben", "name": "Ben the builder"}],
        "themes": [{"id": "shape", "title": "Shape", "about": "How it looks"}],
        "about": {"title": "About", "paragraphs": ["A note."]},
        "questions": numbered,
    }
    return Pack.model_validate(base | given)
