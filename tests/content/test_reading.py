"""Reading a file of questions as a whole: what is found in it beside questions and faults."""

from __future__ import annotations

from datetime import date

import pytest

from content.faults import MOST_FAULTS
from content.reading import Duplicate, FileReading, read_file

TODAY = date(2026, 11, 22)
EARTH = "How many moons does the Earth have?"


def read(text: str | bytes, filename: str = "f.csv", *prompts: str) -> FileReading:
    return read_file(text if isinstance(text, bytes) else text.encode(), filename, None, prompts, TODAY)


def rows(*prompts: str) -> str:
    return "question,correct\n" + "".join(f'"{prompt}",one\n' for prompt in prompts)


def test_a_question_without_a_day_was_compared_with_its_source_today() -> None:
    assert [question.as_of for question in read(rows(EARTH)).questions] == [TODAY]


def test_an_exact_duplicate_is_told_from_a_near_one_within_the_file() -> None:
    found = read(rows(EARTH, "What is red?", "how many  MOONS does the Earth have?", "How many moons has the Earth?"))
    assert found.duplicates == (
        Duplicate(index=2, line=4, of=0, of_line=2, exact=True),
        Duplicate(index=3, line=5, of=0, of_line=2, exact=False),
    )


def test_duplicates_of_what_is_there_already_name_its_index() -> None:
    found = read(rows("What is red?", "How many moons has the Earth?", EARTH), "f.csv", "Who?", EARTH)
    assert found.duplicates == (
        Duplicate(index=1, line=3, of=1, of_line=None, exact=False),
        Duplicate(index=2, line=4, of=1, of_line=None, exact=True),
    )


def test_an_exact_twin_comes_before_one_that_has_the_same_words() -> None:
    found = read(rows("Does Mars have what moons?", "What moons does Mars have?", "What moons does Mars have?"))
    assert found.duplicates[-1] == Duplicate(index=2, line=4, of=1, of_line=3, exact=True)


def test_prompts_with_other_numbers_are_no_duplicates() -> None:
    assert read(rows("Who signed the treaty of 1921?", "Who signed the treaty of 1923?")).duplicates == ()


def test_advice_stands_at_its_cell_and_stops_nothing() -> None:
    found = read("question,correct,explanation\nWho slammed it?,ann,a brazen claim\n")
    assert [str(fault) for fault in found.advice] == [
        "f.csv:2:1: question: 'slammed' judges for the reader; use a plain word, or quote whoever says it",
        "f.csv:2:3: explanation: 'brazen' judges for the reader; use a plain word, or quote whoever says it",
    ]
    assert len(found.questions) == 1


def test_advice_on_the_whole_file_stands_at_its_beginning() -> None:
    telling = "".join(f"Question {n}?,the longest of all,short,brief\n" for n in range(6))
    found = read("question,correct,wrong1,wrong2\n" + telling)
    assert [str(fault).partition(": ")[2][:60] for fault in found.advice] == [
        "questions: right options are longer than wrong ones (median ",
        "questions: the right option is the longest in 100% of the qu",
    ]
    assert {(fault.line, fault.column) for fault in found.advice} == {(1, 1)}


def test_a_file_with_faults_has_neither_questions_nor_duplicates_nor_advice() -> None:
    found = read(rows(EARTH, EARTH, "Who slammed it?") + ",a\nQ?,\n")
    assert (found.questions, found.duplicates, found.advice) == ((), (), ())
    assert len(found.faults) == 2


@pytest.mark.parametrize("filename", ["f.csv", "f.yaml", "f.json"])
def test_after_a_thousand_faults_the_rest_is_not_told(filename: str) -> None:
    text = {
        "f.csv": "question,correct\n" + "Q?,\n" * 1_200,
        "f.yaml": "questions:\n" + "- {kind: fly}\n" * 1_200,
        "f.json": '{"format": "offramp-questions", "questions": [' + ", ".join(["{}"] * 1_200) + "]}",
    }
    faults = read(text[filename], filename).faults
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].message == "there are more after this one; mend these first, then read the file again"


def test_a_spreadsheet_file_is_told_from_other_bytes() -> None:
    faults = read(b"PK\x03\x04\x00\x00", "f.xlsx").faults
    assert [str(fault) for fault in faults] == [
        "f.xlsx:1:1: file: is a packed file, such as a spreadsheet has; save the spreadsheet as CSV"
    ]


def test_a_file_in_no_format_says_what_to_do() -> None:
    found = read("Hello", "f.txt")
    assert (found.format, [str(fault) for fault in found.faults]) == (
        None,
        [
            "f.txt:1:1: file: is in no format that is read here; name the file *.csv, *.yaml, *.json or *.gift,"
            " or choose its format"
        ],
    )


def test_the_format_that_was_chosen_counts() -> None:
    data = b"Which is red?\nA. Venus\nB. Mars\nANSWER: B\n"
    assert read_file(data, "f.csv", "aiken", (), TODAY).format == "aiken"
