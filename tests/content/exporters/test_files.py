"""What the files look like, what is said to be lost, and that the shipped packs survive."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from content.deck import QUESTION, DeckQuestion
from content.exporters.pack import deck_questions
from content.exporters.write import FORMATS, export
from content.loader import find_packs, load_packs
from tests.build import KINDS, make_pack
from tests.content.exporters.decks import read_again

AS_OF = "2026-11-22"
DAY = "has no place for the day of the last comparison with the source"


def deck(*questions: dict[str, Any]) -> list[DeckQuestion]:
    return [QUESTION.validate_python({"prompt": "Which?", "as_of": AS_OF} | question) for question in questions]


SINGLE = {"kind": "single", "options": ["no", "12:30", "%50%"], "key": "B"}
EVERY = deck(
    {"id": "a:b", "theme": "Sun/Moon", "explanation": "One.\nTwo #2.", "tags": ["sky", "deep sea"], **SINGLE},
    {"kind": "several", "theme": "Sun/Moon", "options": ["%5", "[html]", "~"], "key": ["A", "C"]},
    {"kind": "truefalse", "key": "false"},
    {"kind": "who", "options": ["Ann", "Ben"], "key": "A", "claim": {"status": "quoted", "who": "Ann"}},
    {"kind": "order", "options": ["cat", "ant", "cow"], "key": ["B", "A", "C"]},
    {"kind": "number", "key": "-0.5", "tolerance": "0.25", "unit": "miles"},
    {"kind": "typed", "key": "2*2", "accept": ["four"], "reject": ["null"], "source": "=A1", "difficulty": "3"},
)

GIFT = r"""// Questions from Offramp in Moodle's GIFT format

$CATEGORY: $course$/top/Sun//Moon

// [tag:sky] [tag:deep sea]
::a\:b::[plain]Which? {
	~no
	=12\:30
	~%0%%50%
	####One.\nTwo \#2.
}

[plain]Which? {
	~%50%%5
	~%-100%[plain][html]
	~%50%\~
}

$CATEGORY: $course$/top

[plain]Which? {
	FALSE
}

[plain]Which? {
	=Ann
	~Ben
}

[plain]Which? {
	=cat -> 2
	=ant -> 1
	=cow -> 3
}

[plain]Which? {#
	=-0.5:0.25
}

[plain]Which? {
	=%100%2\*2
	=%100%four
	=%0%null
}
"""

YAML = """\
# Questions for Offramp. `offramp content import` and /question import read this file again.
questions:
  - id: "a:b"
    theme: "Sun/Moon"
    kind: single
    prompt: "Which?"
    options: ["no", "12:30", "%50%"]
    key: "B"
    explanation: "One.\\nTwo #2."
    tags: ["sky", "deep sea"]
    as_of: 2026-11-22
  - kind: number
    prompt: "Which?"
    key: -0.5
    tolerance: 0.25
    unit: "miles"
    as_of: 2026-11-22
"""

CSV = """\
\ufeffquestion,correct,wrong1,wrong2,wrong3,wrong4,kind,explanation,theme,difficulty,source,tags\r
Which?,12:30,no,%50%,,,single,"One.\nTwo #2.",Sun/Moon,2,,"sky, deep sea"\r
Which?,false,,,,,truefalse,,,2,,\r
Which?,Ann,Ben,,,,who,,,2,,\r
Which?,'-0.5,,,,,number,,,2,,\r
Which?,2*2,null,,,,typed,,,3,'=A1,\r
"""


def test_gift_holds_every_kind() -> None:
    assert export(EVERY, "gift").text == GIFT


def test_yaml_puts_texts_in_quotation_marks() -> None:
    assert export([EVERY[0], EVERY[5]], "offramp").text == YAML


def test_csv_holds_the_kinds_with_one_right_answer() -> None:
    assert export(EVERY, "csv").text == CSV


def test_json_holds_every_field() -> None:
    written = json.loads(export(EVERY, "json").text)
    assert (written["format"], written["version"]) == ("offramp-questions", 1)
    assert [set(question) for question in written["questions"]] == [
        set(type(question).model_fields) for question in EVERY
    ]
    assert written["questions"][5]["key"] == -0.5


def test_no_question_at_all_is_still_a_file() -> None:
    assert {format: export([], format).text for format in FORMATS} == {
        "offramp": YAML.partition("questions:")[0] + "questions: []\n",
        "csv": CSV.partition("\r\n")[0] + "\r\n",
        "gift": GIFT.partition("\n")[0] + "\n",
        "json": '{\n "format": "offramp-questions",\n "version": 1,\n "questions": []\n}\n',
    }


def test_another_reader_of_yaml_finds_the_same_texts() -> None:
    odd = [
        "12:30",
        "no",
        "010",
        "1e3",
        "null",
        "~",
        "2026-01-01",
        "שלום 👩‍🚀",
        "a: b # c",
        "\u00a0x",
        "a \u2028 b",
        "{",
    ]
    questions = deck(*({"kind": "truefalse", "key": "true", "explanation": text} for text in odd))
    written = yaml.safe_load(export(questions, "offramp").text)
    assert [question["explanation"] for question in written["questions"]] == [text.strip() for text in odd]
    assert "שלום 👩‍🚀" in export(questions, "offramp").text


def test_each_loss_is_a_sentence_that_names_the_questions() -> None:
    assert export(EVERY, "csv").losses == (
        "The options come back in the order of the alphabet: 1 (Which?).",
        "CSV has no place for the id: 1 (Which?).",
        f"CSV {DAY}: 1 (Which?), 3 (Which?), 4 (Which?), 6 (Which?), 7 (Which?).",
        "Left out, because CSV holds one right answer a question and no order: 2 (Which?), 5 (Which?).",
        "CSV has no place for whose claim it is: 4 (Which?).",
        "The tolerance is left out, and only the exact number will be right: 6 (Which?).",
        "CSV has no place for the unit: 6 (Which?).",
        "Further right answers are left out, and only the first will be right: 7 (Which?).",
    )
    assert export(EVERY, "gift").losses == (
        f"GIFT {DAY}: 1 (Which?), 2 (Which?), 3 (Which?), 4 (Which?), 5 (Which?), 6 (Which?), 7 (Which?).",
        "A question about who said something becomes one with plain options: 4 (Which?).",
        "GIFT has no place for whose claim it is: 4 (Which?).",
        "GIFT has no place for the unit: 6 (Which?).",
        "GIFT has no place for the source: 7 (Which?).",
        "GIFT has no place for the difficulty: 7 (Which?).",
    )


def test_many_questions_are_named_by_their_numbers() -> None:
    hard = [{"kind": "truefalse", "key": "true", "difficulty": 3 if n % 5 else 2} for n in range(1, 21)]
    assert export(deck(*hard), "gift").losses == (
        "GIFT has no place for the difficulty: 16 questions (1–4, 6–9, 11–14, 16–19).",
        f"GIFT {DAY}: all 20 questions.",
    )


def test_a_long_prompt_is_shortened_where_it_is_named() -> None:
    (loss,) = export(deck({"kind": "truefalse", "key": "true", "prompt": "word " * 20}), "gift").losses
    assert loss == f"GIFT {DAY}: 1 (word word word word word word word word…)."


@pytest.mark.parametrize(
    "question",
    [{"kind": "typed", "key": "a->b"}, {"kind": "order", "options": ["a->", "b", "c"], "key": ["A", "B", "C"]}],
)
def test_gift_leaves_out_what_moodle_would_take_for_a_matching(question: dict[str, Any]) -> None:
    exported = export(deck(question, SINGLE), "gift")
    assert exported.losses[0] == "Left out, because GIFT can't hold -> in an answer: 1 (Which?)."
    assert [kept.kind for kept in read_again(exported.text, "gift")] == ["single"]


def test_tags_that_a_format_has_no_sign_for_are_left_out() -> None:
    questions = deck({"tags": ["a, b", "c]", "d"], **SINGLE})
    assert read_again(export(questions, "csv").text, "csv")[0].tags == ("c]", "d")
    assert read_again(export(questions, "gift").text, "gift")[0].tags == ("a, b", "d")
    assert "Tags with a comma in them are left out, because CSV has commas between tags: 1 (Which?)." in (
        export(questions, "csv").losses
    )
    assert export(questions, "gift").losses[0] == "Tags with [, ] or \\ in them are left out: 1 (Which?)."


@pytest.mark.parametrize("format", FORMATS)
def test_characters_that_nobody_can_see_are_left_out(format: str) -> None:
    questions = deck(
        {"kind": "typed", "key": "a\x00b\ufeff", "explanation": "one\rtwo\x1b"}, {"kind": "typed", "key": "\x7f"}
    )
    exported = export(questions, format)
    assert exported.losses[0] == "Characters that nobody can see are left out: 1 (Which?)."
    assert exported.losses[-1] == "Left out, because a text in it holds nothing that can be seen: 2 (Which?)."
    (again,) = read_again(exported.text, format)
    assert (again.model_dump()["key"], again.explanation) == ("ab", "one\ntwo")


def test_a_file_that_may_be_too_large_to_be_read_again_says_so() -> None:
    large = "The file may be too large to be read again at once; export one deck at a time, or split it."
    fact = {"kind": "truefalse", "key": "true"}
    assert export(deck(fact) * 2000, "offramp").losses == ()
    assert export(deck(fact) * 2001, "offramp").losses == (large,)
    assert export(deck(fact | {"explanation": "x" * 1500}) * 1400, "offramp").losses == (large,)


def test_a_pack_becomes_a_deck_with_names_for_ids() -> None:
    pack = make_pack(*KINDS, {**KINDS[0], "claim": {"status": "quoted", "who": "ben"}})
    questions = deck_questions(pack)
    assert [question.theme for question in questions] == ["Shape"] * 8
    assert [question.cite for question in questions] == [("1.1",)] * 8
    who = questions[3].model_dump()
    assert (who["kind"], who["options"], who["key"]) == ("who", ("Ann the painter", "Ben the builder"), "A")
    assert questions[7].claim.who == "Ben the builder"


@pytest.mark.parametrize("format", ["offramp", "json"])
def test_the_shipped_packs_survive_our_own_formats(format: str) -> None:
    for pack in load_packs(find_packs()).values():
        questions = deck_questions(pack)
        assert read_again(export(questions, format).text, format) == questions
