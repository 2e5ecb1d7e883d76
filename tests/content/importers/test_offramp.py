"""Offramp YAML: a deck's file, and the files of packs."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from content.importers.offramp import read
from content.reading import read_file
from tests.content.importers import sight

MARS = {"kind": "typed", "prompt": "Which is red?", "key": "Mars"}
PACK = """\
id: planets
speakers:
  - {id: ann, name: Ann the painter}
  - {id: ben, name: Ben the builder}
themes:
  - {id: near, title: The near ones, about: x}
questions:
  - {kind: who, theme: near, prompt: Who said so?, options: [ann, ben, cid], key: B, claim: {status: quoted, who: ann}}
"""


def test_a_decks_file_is_read() -> None:
    text = "questions:\n- kind: typed\n  prompt: Which is red?\n  key: Mars\n"
    assert sight.questions(read, text) == [MARS]
    assert sight.notes(read, text) == []


def test_answers_stay_byte_for_byte() -> None:
    answers = ["12:30", "no", "010", "1e3", "null", "👩‍🚀", "السلام", "=1+1"]
    text = f"questions: [{{kind: typed, prompt: Q?, key: x, accept: [{', '.join(answers)}]}}]"
    assert sight.questions(read, text) == [{"kind": "typed", "prompt": "Q?", "key": "x", "accept": tuple(answers)}]


def test_the_ids_of_a_pack_become_the_names_that_the_file_gives_them() -> None:
    parsed = read(PACK, "f")
    assert parsed.root is not None
    assert parsed.root.plain() == {
        "questions": [
            {
                "kind": "who",
                "theme": "The near ones",
                "prompt": "Who said so?",
                "options": ["Ann the painter", "Ben the builder", "cid"],
                "key": "B",
                "claim": {"status": "quoted", "who": "Ann the painter"},
            }
        ]
    }


def test_the_other_parts_of_a_pack_are_noted() -> None:
    left = "is left out; of a pack's file, a deck takes the questions only"
    assert sight.notes(read, PACK) == [f"1:1: id: {left}", f"2:1: speakers: {left}", f"5:1: themes: {left}"]


def test_every_file_of_the_shipped_packs_with_questions_is_read_whole() -> None:
    shipped = [
        file for pack in (files("content") / "packs").iterdir() for file in pack.iterdir() if "quest" in file.name
    ]
    assert len(shipped) > 2
    for file in shipped:
        reading = read_file(file.read_bytes(), file.name, None, (), date(2026, 11, 22))
        assert (reading.format, reading.faults) == ("offramp", ())
        assert len(reading.questions) == file.read_text("utf-8").count("\n  - id:")


REFUSED: dict[str, tuple[str, list[str]]] = {
    "no questions": ("glossary: []", ["1:1: questions: is missing; write this key and its value"]),
    "nothing under the key": ("questions:", ["1:11: questions: must be a list; nothing stands here"]),
    "a group": ("questions: {a: b}", ["1:12: questions: must be a list; a group of keys stands here"]),
    "an empty list": ("questions: []", ["1:12: questions: has 0 entries; at least 1 must stand here"]),
    "too long": (
        f"questions:\n- kind: single\n  prompt: {'p' * 301}\n  options: [{'a' * 81}, b, c, d, e]\n  key: A\n",
        [
            "3:11: questions.1.prompt: has 301 characters; at most 300 are allowed",
            "4:13: questions.1.options.1: has 81 characters; at most 80 are allowed",
        ],
    ),
    "several at once": (
        "questions:\n- {id: one, kind: single, prompt: Q?, options: [a, b, c, d, e, f], key: G}\n- {kind: fly}\n- x\n",
        [
            "2:48: questions.one.options: has 6 entries; at most 5 may stand here",
            "2:73: questions.one.key: must be A, B, C, D or E; 'G' stands here",
            "3:3: questions.2: 'fly' is not a kind of question; those are:"
            " single, several, truefalse, who, order, number, typed",
            "4:3: questions.3: must be a group of keys; 'x' stands here",
        ],
    ),
    "a tag line": ("%TAG ! tag:x:\n---\nquestions: []", ["1:1: file: tags are not allowed; leave this line out"]),
    "too many": (
        "questions:\n" + "- {}\n" * 5_001,
        ["2:1: questions: has 5,001 entries; at most 5,000 may stand here: split the file"],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_every_fault_is_told_with_its_place(name: str) -> None:
    text, expected = REFUSED[name]
    assert sight.faults(read, text) == expected
