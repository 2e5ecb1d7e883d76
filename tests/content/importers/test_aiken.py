"""Aiken: what its lines become, and what is said of files that a deck can't take."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.importers.aiken import read
from tests.content.importers import sight

PLANETS = {"kind": "single", "prompt": "Which is red?", "options": ("Venus", "Mars"), "key": "B"}

READ: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "points": ("Which is red?\nA. Venus\nB. Mars\nANSWER: B\n", [PLANETS]),
    "brackets": ("Which is red?\nA) Venus\nB) Mars\nANSWER: B", [PLANETS]),
    "no blanks": ("Which is red?\nA.Venus\nB)Mars\nANSWER:B", [PLANETS]),
    "small letters": ("Which is red?\na. Venus\nb. Mars\nanswer : b.", [PLANETS]),
    "Windows lines": ("Which is red?\r\nA. Venus\r\nB. Mars\r\nANSWER: B\r\n", [PLANETS]),
    "old Mac lines": ("Which is red?\rA. Venus\rB. Mars\rANSWER: B\r", [PLANETS]),
    "indented": ("  Which is red?\n\tA.\tVenus\n  B. Mars\n ANSWER: B", [PLANETS]),
    "blank lines within": ("\n\nWhich is red?\n\nA. Venus\n\n \nB. Mars\n\nANSWER: B\n\n", [PLANETS]),
    "two without a blank line": ("Which is red?\nA. Venus\nB. Mars\nANSWER: B\n" * 2, [PLANETS, PLANETS]),
    "a question of two lines": ("Which\n is red?\nA. Venus\nB. Mars\nANSWER: B", [PLANETS]),
    "byte for byte": (
        "Is {it} <b> \\n #1?\nA. 12:30\nB. no\nC. =010\nD. ~1e3\nE. null\nANSWER: E",
        [
            {
                "kind": "single",
                "prompt": "Is {it} <b> \\n #1?",
                "options": ("12:30", "no", "=010", "~1e3", "null"),
                "key": "E",
            }
        ],
    ),
    "other scripts": (
        "ما هو؟\nA. السلام\nB. 👩‍🚀\nANSWER: A",
        [{"kind": "single", "prompt": "ما هو؟", "options": ("السلام", "👩‍🚀"), "key": "A"}],
    ),
}

NO_OPTIONS = "questions: this text has no options; write them under it as 'A. ...' and 'B. ...', or take it out"
NO_ANSWER = "questions: this question ends without an answer; write 'ANSWER: A' under its options"
NO_QUESTION = (
    "questions: stands under no question; write the question in the line above its options"
    " (it can't begin like an option)"
)
ONE_LETTER = (
    "questions: must name one option by its letter, such as 'ANSWER: A'; Aiken knows one right option a question"
)

REFUSED: dict[str, tuple[str, list[str]]] = {
    "nothing": (
        "\n\n",
        ["1:1: file: holds no question; write one, its options as 'A. ...' and 'B. ...', and 'ANSWER: A'"],
    ),
    "no options": ("Chapter 1\n\nWhich?\nA. b\nB. c\nANSWER: A", [f"1:1: {NO_OPTIONS}"]),
    "an answer without options": ("  Which?\nANSWER: A", [f"1:3: {NO_OPTIONS}"]),
    "no answer": ("Which?\nA. b\nB. c\n\nWhich?\nA. b\nB. c", [f"1:1: {NO_ANSWER}", f"5:1: {NO_ANSWER}"]),
    "no question": ("A. Venus\nB. Mars\nANSWER: B", [f"1:1: {NO_QUESTION}"]),
    "a lone answer": ("ANSWER: B", [f"1:9: {NO_QUESTION}"]),
    "two letters": ("Which?\nA. b\nB. c\nANSWER: A, B", [f"4:9: {ONE_LETTER}"]),
    "a word for a letter": ("Which?\nA. b\nB. c\nANSWER:\n", [f"4:8: {ONE_LETTER}"]),
    "a letter that is left out": (
        "Which?\nA. b\n C. c\nD. d\nANSWER: A",
        ["3:2: questions: this is option C, but option B comes next; letter the options A, B, C in this order"],
    ),
    "an option of two lines": (
        "Which?\nA. b\nand more\nB. c\nANSWER: A",
        [
            "3:1: questions: this line is neither an option nor the answer; write each option in one line, as 'B. ...'",
        ],
    ),
    "a letter without an option": (
        "Which?\nA. b\nB. c\nANSWER: D",
        ["4:9: questions.1.key: names option D, but there are 2 options (A to B)"],
    ),
    "too many options": (
        "Which?\nA. b\nB. c\nC. d\nD. e\nE. f\nF. g\nANSWER: F",
        ["7:4: questions.1.options: has 6 entries; at most 5 may stand here"],
    ),
    "too many letters": (
        "Which?\n" + "".join(f"{letter}. {letter}\n" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZA"),
        ["28:1: questions: this is option A, but option Z comes next; letter the options A, B, C in this order"],
    ),
    "options that fold alike": (
        "Which?\nA. b\nB. B\nANSWER: A",
        ["3:4: questions.1.options.2: is option A again; the options must differ"],
    ),
    "an empty option": ("Which?\nA.\nB. c\nANSWER: B", ["2:3: questions.1.options.1: is empty; write a text here"]),
    "faults in several questions": (
        "Which?\nA. b\nB. c\nANSWER: x y\n\nWhich?\nA. b\nB. c\nANSWER: A\n\nWhich?",
        [f"4:9: {ONE_LETTER}", f"11:1: {NO_OPTIONS}"],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_sound_file_is_read(name: str) -> None:
    text, expected = READ[name]
    assert sight.questions(read, text) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_a_fault_is_told_with_its_place_and_with_what_would_be_right(name: str) -> None:
    text, expected = REFUSED[name]
    assert sight.faults(read, text) == expected


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    too_much = "file: is too much from here on; write an answer under each question, and split the file if it is large"
    full = "Which?\nA. b\nB. c\nANSWER: A\n" * 5000
    assert sight.faults(read, full + "\n\n") == []
    assert sight.faults(read, full + "\nMore?") == [f"20002:1: {too_much}"]
    assert sight.faults(read, "Which?\n" * 400) == [f"1:1: {NO_OPTIONS}", f"301:1: {too_much}"]


WORDS = [
    "Which?",
    "A.",
    "A",
    ". ",
    "B) ",
    "C. ",
    "ANSWER:",
    "answer: ",
    " ",
    "é",
    "👩‍🚀",
    "\n",
    "\n",
    "\n\n",
    "\r",
    ":",
]
SHUFFLED = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)
TEXT = st.sampled_from(["b", "12:30", "ANSWER", "A", "=x", "שלום", "x" * 80, "a b"])
OPTIONS = st.lists(TEXT, min_size=2, max_size=6, unique=True).map(
    lambda texts: "".join(f"{letter}. {text}\n" for letter, text in zip("ABCDEF", texts, strict=False))
)
ANSWER = st.sampled_from(
    ["ANSWER: A\n", "ANSWER: B\n\n", "Answer:b\n", "ANSWER: A.\n", "ANSWER: B\n", "answer:c\n", "ANSWER: A, B\n", ""]
)
QUESTION = st.builds("{}\n{}{}".format, TEXT, OPTIONS, ANSWER)
GRAMMATICAL = st.lists(QUESTION, min_size=1, max_size=3).map("".join)
SOUND = st.lists(st.sampled_from([text for text, _ in READ.values()]), min_size=1, max_size=2).map("\n\n".join)
MUTATED = st.builds(sight.mutate, SOUND, st.floats(0, 1), st.integers(0, 4), st.sampled_from([*WORDS, ""]))


@settings(max_examples=2000, deadline=None, database=None)
@given(text=GRAMMATICAL | MUTATED | SHUFFLED)
def test_no_file_does_more_than_be_read_or_refused(text: str) -> None:
    sight.check_all_or_nothing(read, text)
