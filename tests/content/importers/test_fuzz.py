"""Two thousand files a format, made by its grammar or by changing a sound one: read whole, or refused in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from content.reading import read_file

TODAY = date(2026, 11, 22)
FREELY = settings(
    max_examples=500,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

# What files are made of: words that mean something, answers that other readers change, signs that readers trip over.
ANSWERS = [
    "12:30",
    "no",
    "010",
    "1e3",
    "null",
    "~",
    "true",
    "TRUE",
    "47",
    "-0.5",
    "",
    " ",
    "a",
    "A",
    "👩‍🚀",
    "السلام",
    "é",
]
ODD = ["\ufeff", "\r", "\r\n", "\n", "\t", "\u2028", "\x85", "'", '"', "\\", "\\u0000", "\\ud800", "&amp;", "%", "%41"]
ODD += [
    "=1+1",
    "'=1",
    "@a",
    "x" * 81,
    "x" * 301,
    "x" * 1_501,
    "{",
    "}",
    "[",
    "]",
    ",",
    ";",
    ":",
    "#",
    "- ",
    "? ",
    "|",
    ">",
]
ODD += ["*a", "&a ", "!!str ", "---", "%TAG x", "NaN", "YTE=", "/etc/passwd", "http://x/y"]
KINDS = ["single", "several", "truefalse", "who", "order", "number", "typed", "fly"]
KEYS = [
    "id",
    "theme",
    "kind",
    "prompt",
    "options",
    "key",
    "accept",
    "reject",
    "explanation",
    "claim",
    "difficulty",
    "cite",
]
KEYS += ["as_of", "unit", "tolerance", "tags", "source", "status", "who", "x"]

TEXT = st.sampled_from([*ANSWERS, *ODD, *KINDS])
PARTS = st.recursive(
    TEXT | st.integers(-1, 3),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.sampled_from(KEYS), part, max_size=4),
    max_leaves=6,
)
QUESTION = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS), "prompt": TEXT, "key": TEXT | st.sampled_from(["A", "B", ["A", "B"]])},
    optional={
        "options": st.lists(TEXT, max_size=6),
        "accept": st.lists(TEXT, max_size=3),
        "explanation": TEXT,
        "claim": st.sampled_from([{"status": "opinion", "who": "Ann"}, {"status": "quoted"}, "x"]),
        "difficulty": st.sampled_from(["1", 2, "9", None]),
        "x": PARTS,
    },
)
RESULT = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["multiple", "boolean", "bXVsdGlwbGU=", "fly"]),
        "difficulty": st.sampled_from(["easy", "hard", "ZWFzeQ==", 1]),
        "category": TEXT,
        "question": TEXT,
        "correct_answer": TEXT,
        "incorrect_answers": st.lists(TEXT, max_size=5) | PARTS,
    },
)
HEADERS = [
    "question",
    "correct",
    "wrong1",
    "wrong2",
    "wrong5",
    "kind",
    "explanation",
    "theme",
    "difficulty",
    "tags",
    "",
    "x",
]


def as_yaml(questions: object) -> str:
    return "questions: " + json.dumps(questions, ensure_ascii=False)


def as_json(questions: object) -> str:
    return json.dumps({"format": "offramp-questions", "version": 1, "questions": questions}, ensure_ascii=False)


def as_results(results: object) -> str:
    return json.dumps({"response_code": 0, "results": results}, ensure_ascii=False)


def as_list(answers: list[tuple[str, list[str]]]) -> str:
    return "".join(f"{json.dumps(question)}: {json.dumps(right, ensure_ascii=False)}\n" for question, right in answers)


def as_rows(rows: Iterable[Iterable[str]], separator: str) -> str:
    return "".join(separator.join(row) + "\n" for row in rows)


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if text else ""


SOUND: dict[str, str] = {
    "offramp": "# ours\nquestions:\n- kind: single\n  prompt: Which is red?\n  options: [Mars, 'Venus']\n  key: A\n"
    '- {kind: typed, prompt: "Why?", key: 12:30, accept: [no, "010"]}\n',
    "json": as_json([{"kind": "several", "prompt": "Which?", "options": ["a", "b", "c"], "key": ["A"]}]),
    "red": "AUTHOR: me\nWhich is red?:\n- Mars\n- the planet\n'Why: not?': [no, 1e3]\n",
    "opentdb": as_results(
        [{"type": "multiple", "question": "Q&amp;A?", "correct_answer": "a", "incorrect_answers": ["b", "c"]}]
    ),
    "csv": 'question,correct,wrong1,kind\r\n"Which, then?",Mars,Venus,\r\nWhy?,"12:30",,typed\r\n',
}
MADE: dict[str, st.SearchStrategy[str]] = {
    "offramp": st.lists(QUESTION, max_size=3).map(as_yaml),
    "json": st.lists(QUESTION, max_size=3).map(as_json),
    "red": st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=4)), max_size=3).map(as_list),
    "opentdb": st.lists(RESULT, max_size=3).map(as_results),
    "csv": st.builds(
        lambda header, rows, separator: as_rows([["question", "correct", *header], *rows], separator),
        st.lists(st.sampled_from(HEADERS), max_size=4),
        st.lists(st.lists(TEXT.map(cell) | TEXT, max_size=6), max_size=4),
        st.sampled_from([",", ";", "\t"]),
    ),
}


def change(random: Random, data: bytes) -> bytes:
    """The file with up to three places changed, in characters or in bytes."""
    for _ in range(random.randint(1, 3)):
        at, gone = random.randint(0, len(data)), random.choice([0, 0, 1, 2, 12])
        new = random.choice([*ANSWERS, *ODD]).encode() if random.random() < 0.8 else random.randbytes(2)
        data = data[:at] + new + data[at + gone :]
    return data


def check(data: bytes, format: str) -> None:
    """All or nothing; and each fault and note stands somewhere in the file and says something in our words."""
    reading = read_file(data, "f", format, ["Which is red?"], TODAY)
    assert bool(reading.questions) != bool(reading.faults)
    assert not (reading.faults and (reading.duplicates or reading.advice))
    # What YAML counts as the end of a line; it also sees one after the last.
    lines = len(re.split("\r\n|[\n\r\x85\u2028\u2029]", data.decode("utf-8", "replace"))) + 1
    for fault in (*reading.faults, *reading.notes, *reading.advice):
        assert 1 <= fault.line <= lines
        assert fault.column >= 1
        assert fault.message
    assert "Input should" not in str(reading.faults)


@pytest.mark.parametrize("format", SOUND)
def test_the_sound_file_is_read(format: str) -> None:
    assert read_file(SOUND[format].encode(), "f", format, (), TODAY).faults == ()


def test_no_yaml_does_more_than_be_read_or_refused() -> None:
    run("offramp")


def test_no_json_of_ours_does_more_than_be_read_or_refused() -> None:
    run("json")


def test_no_trivia_list_does_more_than_be_read_or_refused() -> None:
    run("red")


def test_no_answer_of_opentdb_does_more_than_be_read_or_refused() -> None:
    run("opentdb")


def test_no_table_does_more_than_be_read_or_refused() -> None:
    run("csv")


def run(format: str) -> None:
    """Read 500 made files, each of them with changes, and twice the sound file with changes."""

    @FREELY
    @given(made=MADE[format].map(str.encode), seed=st.integers(0, 2**32))
    def read_or_refused(made: bytes, seed: int) -> None:
        random = Random(seed)
        for data in (made, change(random, made), *(change(random, SOUND[format].encode()) for _ in range(2))):
            check(data, format)

    read_or_refused()
