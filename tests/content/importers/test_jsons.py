"""Offramp JSON and the reader of JSON under it: values with their places, and what is no JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from content.importers.json_events import json_events
from content.importers.jsons import read
from content.tree import grow_tree
from tests.content.importers import sight

TYPED = '{"kind": "typed", "prompt": "Q?", "key": %s}'


def ours(*questions: str, before: str = '"format": "offramp-questions", "version": 1') -> str:
    return f'{{{before}, "questions": [{", ".join(questions)}]}}'


def test_every_field_of_a_question_is_read() -> None:
    question = {
        "id": "q1",
        "theme": "Planets",
        "kind": "number",
        "prompt": "How far?",
        "key": 2.5,
        "tolerance": 0.5,
        "unit": "miles",
        "explanation": "Line 1\nLine 2",
        "tags": ["a, b", "c"],
    }
    assert sight.questions(read, ours(json.dumps(question))) == [question | {"tags": ("a, b", "c")}]


WRITTEN = {
    '"12:30"': "12:30",
    '"no"': "no",
    '"010"': "010",
    '"null"': "null",
    "1e3": "1e3",
    "1.50": "1.50",
    "-0": "-0",
    "true": "true",
    '"\\ud83d\\ude00"': "😀",
    '"😀"': "😀",
    '"\\u0627"': "ا",
    '"a\\/b\\\\c"': "a/b\\c",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_an_answer_stays_as_it_is_written(written: str) -> None:
    expected = {"kind": "typed", "prompt": "Q?", "key": WRITTEN[written]}
    assert sight.questions(read, ours(TYPED % written)) == [expected]


def test_what_a_deck_has_no_place_for_is_noted() -> None:
    text = ours(TYPED % '"a"', before='"format": "offramp-questions", "made": "today"')
    assert sight.notes(read, text) == ["1:33: made: is left out; a deck takes the questions only"]


WANTED = '1:1: file: must be a group with "format": "offramp-questions" and "questions", or an answer of OpenTDB'

REFUSED: dict[str, tuple[str, list[str]]] = {
    "another JSON": ('{"a": 1}', [WANTED]),
    "a list": ("[1]", [WANTED]),
    "another format": (
        ours(TYPED % '"a"', before='"format": "quiz"'),
        ["1:12: format: must be offramp-questions; 'quiz' stands here, which may come from a newer Offramp"],
    ),
    "a newer version": (
        ours(TYPED % '"a"', before='"format": "offramp-questions", "version": 2'),
        ["1:44: version: must be 1; '2' stands here, which may come from a newer Offramp"],
    ),
    "no questions": (
        '{"format": "offramp-questions"}',
        ["1:1: questions: is missing; write this key and its value"],
    ),
    "questions that are none": (
        '{"format": "offramp-questions", "questions": "all"}',
        ["1:46: questions: must be a list; 'all' stands here"],
    ),
    "a fault in each of two lines": (
        ours('\n{"kind": "typed", "prompt": "", "key": "a"}', '\n{"kind": "typed", "prompt": "Q?", "key": null}'),
        [
            "2:29: questions.1.prompt: is empty; write a text here",
            "3:42: questions.2.key: must be a text; nothing stands here",
        ],
    ),
    "a key twice": (
        ours('{"kind": "typed", "prompt": "Q?", "key": "a", "key": "b"}'),
        ["1:107: file: the key 'key' stands here a second time (first in line 1); keep one of them"],
    ),
    "half a character": (
        ours(TYPED % '"a\\ud800"'),
        ["1:102: file: half a character U+D800 stands in this text; take it out"],
    ),
    "a hundred and one answers": (
        ours('{"kind": "typed", "prompt": "Q?", "key": "a", "accept": [' + ", ".join(["1"] * 101) + "]}"),
        ["1:117: questions.1.accept: has 101 entries; at most 100 may stand here"],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_every_fault_is_told_with_its_place(name: str) -> None:
    text, expected = REFUSED[name]
    assert sight.faults(read, text) == expected


NO_JSON = {
    "": "1:1: holds nothing; write keys into it, or remove the file",
    "[1,]": "1:4: is not JSON from here on; a value should stand here",
    '{"a": 1,}': "1:9: is not JSON from here on; a key in quotation marks should stand here",
    '{"a" 1}': "1:6: is not JSON from here on; ':' should stand here",
    "[1 2]": "1:4: is not JSON from here on; ',' or ']' should stand here",
    '{"a": 1]': "1:8: is not JSON from here on; ',' or '}' should stand here",
    "[": "1:2: is not JSON from here on; ',' or ']' should stand here",
    "[]]": "1:3: is not JSON from here on; the end of the file should stand here",
    "[\n01]": "2:1: is not JSON from here on; a value should stand here",
    "[truer]": "1:2: is not JSON from here on; a value should stand here",
    "[NaN]": "1:2: is not JSON from here on; JSON has no NaN; put it in quotation marks",
    "[-Infinity]": "1:2: is not JSON from here on; JSON has no -Infinity; put it in quotation marks",
    '["a\r\nb"]': "1:4: is not JSON from here on; write a line break or a tab within a text as \\n or \\t",
    '["a': "1:2: is not JSON from here on; close the quotation mark",
    '["\\x"]': "1:3: is not JSON from here on; double every \\",
    '["\\u12"]': "1:4: is not JSON from here on; write four digits from 0 to f after \\u",
    "[\r\n1,\r x]": "3:2: is not JSON from here on; a value should stand here",
}


@pytest.mark.parametrize("text", NO_JSON)
def test_what_is_no_json_is_refused_where_it_ends_to_be(text: str) -> None:
    root, faults = grow_tree(json_events(text), "f")
    assert root is None
    assert [f"{fault.line}:{fault.column}: {fault.message}" for fault in faults] == [NO_JSON[text]]


def as_texts(part: Any) -> Any:
    """A value as the tree has it: every number, true and false as the text that json writes."""
    if isinstance(part, dict):
        return {key: as_texts(value) for key, value in part.items()}
    if isinstance(part, list):
        return [as_texts(value) for value in part]
    return part if isinstance(part, str) or part is None else json.dumps(part)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ascii", [True, False])
@pytest.mark.parametrize(
    "value", [[], {}, [[], [{}], {"a": []}], {"a": {"b": [1, -2.5, True, None, "x\n😀\u2028"]}, "": ""}]
)
def test_whatever_python_writes_as_json_is_read_as_it_is(value: Any, ascii: bool, indent: int | None) -> None:
    root, faults = grow_tree(json_events(json.dumps(value, ensure_ascii=ascii, indent=indent)), "f")
    assert root is not None
    assert (root.plain(), faults) == (as_texts(value), [])
