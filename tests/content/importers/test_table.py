"""CSV and TSV: what rows become, and what is said of files that a deck can't take."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from content.importers import table
from content.reading import read_file
from tests.content.importers import sight

TODAY = date(2026, 11, 22)
PLANETS = {"kind": "single", "prompt": "Which is red?", "options": ("Mars", "Venus"), "key": "A"}

READ: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "commas": ("question,correct,wrong1\nWhich is red?,Mars,Venus\n", [PLANETS]),
    "semicolons": ("question;correct;wrong1\nWhich is red?;Mars;Venus\n", [PLANETS]),
    "tabs": ("question\tcorrect\twrong1\nWhich is red?\tMars\tVenus\n", [PLANETS]),
    "any order": ("wrong1,question,correct\nVenus,Which is red?,Mars\n", [PLANETS]),
    "a byte order mark": ("\ufeffquestion,correct,wrong1\nWhich is red?,Mars,Venus\n", [PLANETS]),
    "Windows lines": ("question,correct,wrong1\r\nWhich is red?,Mars,Venus\r\n", [PLANETS]),
    "old Mac lines": ("question,correct,wrong1\rWhich is red?,Mars,Venus\r", [PLANETS]),
    "large letters": ("Question, CORRECT ,Wrong1\nWhich is red?,Mars,Venus\n", [PLANETS]),
    "blank rows and cells": (
        "\n,,\nquestion,correct,wrong1,wrong2,theme\n\nWhich is red?,Mars,Venus,,\n , ,\n",
        [PLANETS],
    ),
    "a short row": ("question,correct,wrong1,wrong2\nWhich is red?,Mars,Venus\n", [PLANETS]),
    "wrong answers in a gap": ("question,correct,wrong1,wrong2\nWhich is red?,Mars,,Venus\n", [PLANETS]),
    "separators in texts": (
        'question;correct;wrong1\n"a;b, ""c""?";"d;e";f,g\n',
        [{"kind": "single", "prompt": 'a;b, "c"?', "options": ("d;e", "f,g"), "key": "A"}],
    ),
    "the alphabet, not the right answer, decides the order": (
        "question,correct,wrong1,wrong2\nQ?,b,c,a\n",
        [{"kind": "single", "prompt": "Q?", "options": ("a", "b", "c"), "key": "B"}],
    ),
    "an explanation of two lines": (
        'question,correct,explanation\nQ?,a,"b\r\nc"\n',
        [{"kind": "typed", "prompt": "Q?", "key": "a", "explanation": "b\nc"}],
    ),
    "every kind with one right answer": (
        "kind,question,correct,wrong1\nsingle,Q1?,a,b\nwho,Q2?,ann,ben\nTrueFalse,Q3?,TRUE,\nnumber,Q4?,-2.50,\n"
        "typed,Q5?,a,b\n,Q6?,a,\n",
        [
            {"kind": "single", "prompt": "Q1?", "options": ("a", "b"), "key": "A"},
            {"kind": "who", "prompt": "Q2?", "options": ("ann", "ben"), "key": "A"},
            {"kind": "truefalse", "prompt": "Q3?", "key": True},
            {"kind": "number", "prompt": "Q4?", "key": -2.5},
            {"kind": "typed", "prompt": "Q5?", "key": "a", "reject": ("b",)},
            {"kind": "typed", "prompt": "Q6?", "key": "a"},
        ],
    ),
    "theme and tags": (
        'question,correct,theme,tags\nQ?,a,Planets,"red, near"\n',
        [{"kind": "typed", "prompt": "Q?", "key": "a", "theme": "Planets", "tags": ("red", "near")}],
    ),
    "byte for byte": (
        "question,correct,wrong1,wrong2,wrong3,wrong4\nQ?,12:30,no,010,1e3,null\n",
        [{"kind": "single", "prompt": "Q?", "options": ("010", "12:30", "1e3", "no", "null"), "key": "B"}],
    ),
    "other scripts": (
        "question,correct,wrong1\nما هو؟,👩‍🚀,السلام\n",
        [{"kind": "single", "prompt": "ما هو؟", "options": ("السلام", "👩‍🚀"), "key": "B"}],
    ),
    "guarded formulas": (
        "question,correct,wrong1,wrong2,wrong3\n'=1+1?,'-5,''@a,'b,＋c\n",
        [{"kind": "single", "prompt": "=1+1?", "options": ("'@a", "'b", "-5", "＋c"), "key": "C"}],
    ),
}

REFUSED: dict[str, tuple[str, list[str]]] = {
    "nothing": ("", ["1:1: file: has no column 'question' and no 'correct' in its first row; columns found: none"]),
    "no header": (
        "Which is red?,Mars\n",
        ["1:1: file: has no column 'question' and no 'correct' in its first row; columns found: which is red?, mars"],
    ),
    "no right answers": (
        "\n\nquestion,answer\nQ?,a\n",
        ["3:1: file: has no column 'correct' in its first row; columns found: question, answer"],
    ),
    "a header twice": (
        "question,correct,Correct\nQ?,a,b\n",
        ["1:3: correct: names column 2 again; keep one of them"],
    ),
    "no rows": ("question,correct\n", ["1:1: questions: has 0 entries; at least 1 must stand here"]),
    "empty cells": (
        "question,correct,wrong1\n,a,b\nQ?,,b\n",
        ["2:1: question: is empty; write a text here", "3:2: correct: is empty; write a text here"],
    ),
    "too long": (
        f"question,correct,wrong1\n{'p' * 301},a,{'b' * 81}\n",
        [
            "2:1: question: has 301 characters; at most 300 are allowed",
            "2:3: wrong1: has 81 characters; at most 80 are allowed",
        ],
    ),
    "six options": (
        "question,correct,wrong1,wrong2,wrong3,wrong4,wrong5\nQ?,a,b,c,d,e,f\n",
        ["2:7: wrong5: has 6 entries; at most 5 may stand here"],
    ),
    "the right answer again": (
        "question,correct,wrong1\nQ?,a,A\n",
        ["2:2: correct: is option A again; the options must differ"],
    ),
    "nothing to choose from": (
        "question,correct,kind\nQ?,a,single\n",
        ["2:2: correct: has no wrong answer beside it; write one in the column 'wrong1', or the kind 'typed'"],
    ),
    "a kind that has no place": (
        "question,correct,kind\nQ?,a,several\n",
        ["2:3: kind: 'several' has more than one right answer, and a row has room for one; use Offramp YAML"],
    ),
    "an unknown kind": (
        "question,correct,kind\nQ?,a,singel\n",
        [
            "2:3: kind: 'singel' is not a kind of question here; did you mean 'single'? Those are:"
            " single, who, truefalse, number, typed"
        ],
    ),
    "not a difficulty": (
        "question,correct,difficulty\nQ?,a,easy\n",
        ["2:3: difficulty: must be a whole number in digits, such as 3; 'easy' stands here"],
    ),
    "a comma too many": (
        "question,correct\nWhat, then?,a\n",
        ["2:3: row: has 3 cells, but the first row has 2; put a text with the separator in it in quotation marks"],
    ),
    "an open quotation mark": (
        'question,correct\nQ?,a\n"Q2?,b\nQ3?,c\n',
        ["3:1: file: is no table from here on; a quotation mark that opens here is never closed; close it"],
    ),
    "a quotation mark within": (
        'question,correct\n"Q" 1?,a\n',
        ["2:1: file: is no table from here on; a quotation mark within a text must be written twice"],
    ),
    "a fault after a row of several lines": (
        'question,correct,explanation\nQ?,a,"b\nc\nd"\n,e,\n',
        ["5:1: question: is empty; write a text here"],
    ),
    "every fault at once": (
        'question,correct,difficulty\n,a,1\nQ?,a,9\n"Q',
        [
            "2:1: question: is empty; write a text here",
            "3:3: difficulty: must be 1, 2 or 3; '9' stands here",
            "4:1: file: is no table from here on; a quotation mark that opens here is never closed; close it",
        ],
    ),
}


def faults(text: str) -> list[str]:
    reading = read_file(text.encode(), "f", "csv", (), TODAY)
    assert reading.questions == ()
    return [str(fault).removeprefix("f:") for fault in reading.faults]


@pytest.mark.parametrize("name", READ)
def test_rows_become_questions(name: str) -> None:
    text, expected = READ[name]
    assert sight.questions(table.read, text.removeprefix("\ufeff")) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_every_fault_is_told_with_the_line_and_the_number_and_name_of_its_cell(name: str) -> None:
    text, expected = REFUSED[name]
    assert faults(text) == expected


def test_a_byte_order_mark_is_no_part_of_the_first_header() -> None:
    text, _ = READ["a byte order mark"]
    assert len(read_file(text.encode(), "f.csv", None, (), TODAY).questions) == 1


def test_other_columns_are_named_and_not_guessed() -> None:
    text = "Nr,question,correct,answer 2,\n1,Q?,a,b,c\n"
    assert sight.questions(table.read, text) == [{"kind": "typed", "prompt": "Q?", "key": "a"}]
    left = "is left out; a column of this name has no meaning here"
    assert sight.notes(table.read, text) == [f"1:1: nr: {left}", f"1:4: answer 2: {left}"]


def test_more_rows_than_a_deck_may_have_are_refused_at_the_first_of_them() -> None:
    text = "question,correct\n" + "".join(f"Q{n}?,a\n" for n in range(5_001))
    assert faults(text) == ["5002:1: file: has more than 5,000 questions; split it into several files"]
