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


def make_motion(id: str = "m1", **given: Any) -> Question:
    """A motion as a pack file holds it, with three arguments on each side."""
    base = {"id": id, "theme": "shape", "text": f"Squares are better than circles ({id}).", "cite": ["1.1", "1.2"]}
    pro = [{"text": f"Point {n} for it.", "cite": [f"1.{n}"]} for n in (1, 2, 3)]
    con = [{"text": f"Point {n} against it.", "cite": [f"1.{n + 3}"]} for n in (1, 2, 3)]
    return base | {"pro": pro, "con": con} | given


def make_risk(id: str = "r1", **given: Any) -> Question:
    """A risk card as a pack file holds it."""
    parts = ("title", "line", "says", "who", "against", "leaves_out")
    return {"id": id, "cite": ["1.1", "1.2"]} | {part: f"The {part} of {id}." for part in parts} | given


OFFRAMP: Question = {
    "title": "A way down",
    "line": "There is a way down.",
    "says": "The source sees a way.",
    "who": "Its author.",
    "doubts": "The way is steep.",
    "cite": ["1.9"],
}
TABLE: Question = {
    "title": "Deeds and effects",
    "columns": ["Deed", "For Ann", "For Ben"],
    "rows": [
        {"label": "Painting", "cells": ["more colour", "less wall"], "cite": ["1.3"]},
        {"label": "Building", "cells": ["less light", "more wall"], "cite": ["1.4"]},
    ],
    "caution": "The source says nothing of how it knows.",
}


def make_own(**given: Any) -> Question:
    """One of a server's own questions, as a deck's file holds it: true or false, and true."""
    base = {"kind": "truefalse", "prompt": "Is it so?", "key": "true", "source": "page 3", "as_of": "2026-11-22"}
    return base | given
