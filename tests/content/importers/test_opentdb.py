"""OpenTDB: its three codings, and what is said of answers that hold no questions."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from content.importers.opentdb import read
from tests.content.importers import sight

Code = Callable[[str], str]


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def in_percent(text: str) -> str:
    return quote(text, safe="")


def as_it_is(text: str) -> str:
    return text


def in_entities(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#039;").replace("ö", "&ouml;")


def result(code: Code = as_it_is, words: Code = as_it_is, **given: Any) -> dict[str, Any]:
    """A result with its texts coded, and the type and difficulty too if `words` does."""
    wrong = [code(text) for text in given.get("wrong", ["Venus & Pluto", "no", "010"])]
    return {
        "type": words(given.get("type", "multiple")),
        "difficulty": words(given.get("difficulty", "hard")),
        "category": code("Science: Nature"),
        "question": code(given.get("question", 'Who said "it\'s red", Köln?')),
        "correct_answer": code(given.get("right", "1e3")),
        "incorrect_answers": wrong,
    }


def answer(*results: Any) -> str:
    return json.dumps({"response_code": 0, "results": results}, ensure_ascii=False)


EXPECTED = {
    "kind": "single",
    "theme": "Science: Nature",
    "prompt": 'Who said "it\'s red", Köln?',
    "options": ("010", "1e3", "Venus & Pluto", "no"),
    "key": "B",
}
CODINGS: dict[str, tuple[Code, Code, str]] = {
    "entities": (in_entities, as_it_is, "HTML entities (OpenTDB's default)"),
    "url3986": (in_percent, as_it_is, "percent signs (url3986)"),
    "base64": (in_base64, in_base64, "base64"),
}


@pytest.mark.parametrize("name", CODINGS)
def test_each_coding_is_told_apart_and_named(name: str) -> None:
    code, words, told = CODINGS[name]
    text = answer(result(code, words))
    assert sight.questions(read, text) == [EXPECTED]
    assert sight.notes(read, text) == [f"1:1: file: its texts were decoded from {told}"]


def test_the_list_of_results_alone_will_do() -> None:
    assert sight.questions(read, json.dumps([result(in_entities)])) == [EXPECTED]


def test_true_or_false_and_the_difficulty() -> None:
    easy = result(type="boolean", difficulty="easy", question="Is it?", right="False", wrong=["True"])
    parsed = read(answer(easy), "f")
    assert parsed.root is not None
    assert parsed.root.plain() == {
        "questions": [
            {"prompt": "Is it?", "theme": "Science: Nature", "kind": "truefalse", "difficulty": "1", "key": "false"}
        ]
    }


def test_a_key_that_a_deck_has_no_place_for_is_noted_once() -> None:
    text = answer(*[result(in_entities) | {"id": 5} for _ in range(2)])
    at = text.index('"id"') + 1
    assert sight.notes(read, text)[1:] == [f"1:{at}: id: is left out; a deck has no place for it"]


REFUSED: dict[str, tuple[str, list[str]]] = {
    "no results": (
        '{"response_code": 5, "results": []}',
        [
            "1:1: file: holds no list of 'results' with questions in it; its 'response_code' is '5',"
            " so ask OpenTDB again"
        ],
    ),
    "an empty list": ("[]", ["1:1: file: holds no list of 'results' with questions in it"]),
    "no JSON": ("[{'a': 1}]", ["1:3: file: is not JSON from here on; a key in quotation marks should stand here"]),
    "unknown words": (
        '[\n{"type": "text", "difficulty": "mild", "question": "Q", "correct_answer": "a", "incorrect_answers": [1]}]',
        [
            "2:10: type: must be multiple or boolean; 'text' stands here",
            "2:32: difficulty: must be easy or medium or hard; 'mild' stands here",
        ],
    ),
    "not all in base64": (
        '[{"type": "bXVsdGlwbGU=", "question": "UT8=", "correct_answer": "a!", "incorrect_answers": ["Yg=="]}]',
        ["1:65: file: 'a!' is not coded like the other texts of this file; ask OpenTDB for it again"],
    ),
    "a control character in base64": (
        '[{"type": "bXVsdGlwbGU=", "question": "UT8=", "correct_answer": "YQA=", "incorrect_answers": ["Yg=="]}]',
        ["1:65: file: the control character U+0000 stands in this text; take it out"],
    ),
    "missing keys": (
        '[{"type": "multiple"}]',
        [
            "1:2: questions.1.key: is missing; write this key and its value",
            "1:2: questions.1.options: is missing; write this key and its value",
            "1:2: questions.1.prompt: is missing; write this key and its value",
        ],
    ),
    "no group": ("[1]", ["1:2: questions.1: must be a group of keys; '1' stands here"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_every_fault_is_told_with_its_place(name: str) -> None:
    text, expected = REFUSED[name]
    assert sight.faults(read, text) == expected
