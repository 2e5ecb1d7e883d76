"""Red's trivia lists: what they become, and what is said of those that a deck can't take."""

from __future__ import annotations

from typing import Any

import pytest

from content.importers.red import read
from tests.content.importers import sight

MARS = {"kind": "typed", "prompt": "Which planet is red?", "key": "Mars", "accept": ("the planet Mars",)}

READ: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "answers on lines": ("Which planet is red?:\n- Mars\n- the planet Mars\n", [MARS]),
    "answers in brackets": ("Which planet is red?: [Mars, the planet Mars]", [MARS]),
    "what says something about the list": (
        "$schema: x\nAUTHOR: me\nCONFIG: {timeout: 20}\nDescription: d\nMODE: mc\nWhich planet is red?:\n"
        "- Mars\n- the planet Mars\n",
        [MARS],
    ),
    "byte for byte": (
        "Q?: [12:30, no, 010, 1e3, null, '~', ٣, 👩‍🚀, السلام]",
        [
            {
                "kind": "typed",
                "prompt": "Q?",
                "key": "12:30",
                "accept": ("no", "010", "1e3", "null", "~", "٣", "👩‍🚀", "السلام"),
            }
        ],
    ),
    "answers that read alike": (
        "Q?: [a b, A  B, c]",
        [{"kind": "typed", "prompt": "Q?", "key": "a b", "accept": ("c",)}],
    ),
}

NO_LIST = "must be a list of right answers; write each in a line of its own, after '- '"

REFUSED: dict[str, tuple[str, list[str]]] = {
    "no list": (
        "Q1?: a\nQ2?: [b]\nQ3?:\nWHO IS?: {a: b}\n",
        [f"1:1: Q1?: {NO_LIST}", f"3:1: Q3?: {NO_LIST}", f"4:1: WHO IS?: {NO_LIST}"],
    ),
    "no questions": ("AUTHOR: me\n", ["1:1: questions: has 0 entries; at least 1 must stand here"]),
    "no answers": ("Q?: []\n", [f"1:1: Q?: {NO_LIST}"]),
    "an answer that is a list": ("Q?: [a, [b]]\n", ["1:9: questions.1.accept.1: must be a text; a list stands here"]),
    "an empty answer": ("Q?:\n- a\n-\n", ["3:2: questions.1.accept.1: must be a text; nothing stands here"]),
    "too long": (
        f"{'p' * 301}?:\n- {'a' * 81}\n",
        [
            "1:1: questions.1.prompt: has 302 characters; at most 300 are allowed",
            "2:3: questions.1.key: has 81 characters; at most 80 are allowed",
        ],
    ),
    "a question twice": (
        "Q?: [a]\nQ?: [b]\n",
        ["2:1: file: the key 'Q?' stands here a second time (first in line 1); keep one of them"],
    ),
    "too many": (
        "".join(f"Q{n}?: [a]\n" for n in range(5_001)),
        ["1:1: file: has 5,001 questions; at most 5,000 may stand in a file: split it"],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_questions_become_typed_ones(name: str) -> None:
    text, expected = READ[name]
    assert sight.questions(read, text) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_every_fault_is_told_with_its_place(name: str) -> None:
    text, expected = REFUSED[name]
    assert sight.faults(read, text) == expected


def test_what_has_no_place_in_a_deck_is_noted() -> None:
    text, _ = READ["what says something about the list"]
    left = "is left out; a deck has no place for it"
    assert sight.notes(read, text) == [
        f"1:1: $schema: {left}",
        f"2:1: AUTHOR: {left}",
        f"3:1: CONFIG: {left}",
        f"4:1: Description: {left}",
        f"5:1: MODE: {left}",
    ]


def test_an_answer_that_reads_like_another_is_noted() -> None:
    assert sight.notes(read, READ["answers that read alike"][0]) == [
        "1:11: Q?: repeats an earlier answer and is left out"
    ]
