"""Drafts: what a form makes of what was typed, what it says is in the way, and questions that come back into it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings

from bot.item import Kind
from bot.questions.draft import Draft, draft_of, list_options, needs_key, read_draft, sketch
from bot.questions.form import KINDS, list_fields
from content.deck import DeckQuestion, Order
from content.questions import LETTERS
from tests.content.exporters.decks import questions

TODAY = date(2027, 1, 15)
ABOUT = {"prompt": "Which shape is it?", "source": "page 3"}
CHOOSE = "Choose which option is right."
HOW_TO_MEASURE = (
    "The right number: write it in digits, with its unit and how far off still counts, such as 47 miles ± 2."
)


def make_draft(kind: Kind = "single", key: tuple[int, ...] = (), **texts: str) -> Draft:
    return Draft(purpose="add", kind=kind, key=key, deck="General", texts=ABOUT | texts)


def made(draft: Draft) -> dict[str, Any]:
    """The question of a draft as its model holds it; the draft has to make one."""
    outcome = read_draft(draft, TODAY)
    assert outcome.problems == ()
    assert outcome.question is not None
    return outcome.question.model_dump()


def problems(kind: Kind = "single", key: tuple[int, ...] = (0,), **texts: str) -> tuple[str, ...]:
    outcome = read_draft(make_draft(kind, key, **texts), TODAY)
    assert outcome.question is None
    return outcome.problems


# --- there and back ------------------------------------------------------------------------------------------------


@settings(max_examples=500, deadline=None, database=None)
@given(questions())
def test_a_question_comes_out_of_its_form_as_it_went_in(question: DeckQuestion) -> None:
    assume((question.source or question.cite) and not is_misread(question))
    outcome = read_draft(draft_of(question, "edit"), question.as_of)
    assert (outcome.problems, outcome.question) == ((), as_put_in_order(question))


def is_misread(question: DeckQuestion) -> bool:
    """What looks like something else in the form: a unit like a number or tolerance, an answer like a rejected one."""
    unit, accept = getattr(question, "unit", ""), getattr(question, "accept", ())
    answers = (str(question.key), *accept)
    return bool(re.search(r"^\d{3}(?!\d)|±|\+/?-", unit)) or any(a.casefold().startswith("not:") for a in answers)


def as_put_in_order(question: DeckQuestion) -> DeckQuestion:
    """The form of an order has its options in the right order, whatever order they were written in."""
    if not isinstance(question, Order):
        return question
    options = tuple(question.options[LETTERS.index(letter)] for letter in question.key)
    return question.model_copy(update={"options": options, "key": LETTERS[: len(options)]})


@settings(max_examples=200, deadline=None, database=None)
@given(questions())
def test_a_form_shows_all_of_a_question_of_usual_length(question: DeckQuestion) -> None:
    texts = draft_of(question, "edit").texts
    fields = list_fields(question.kind)
    assert len(fields) <= 5
    assert [field.id for field in fields if len(texts.get(field.id, "")) > field.longest] == []


def test_a_draft_is_kept_as_text_and_read_back() -> None:
    draft = make_draft(key=(1,), options="round\nsquare").model_copy(update={"tell": True, "cite": ("1.1",)})
    assert Draft.model_validate_json(draft.model_dump_json()) == draft


# --- kind by kind --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "texts", "expected"),
    [
        ("single", (1,), {"options": "round\nsquare\nflat"}, {"options": ("round", "square", "flat"), "key": "B"}),
        ("single", (0,), {"options": "  round \n\n square\n"}, {"options": ("round", "square"), "key": "A"}),
        ("several", (0, 2), {"options": "red\nblue\norange"}, {"key": ("A", "C")}),
        ("truefalse", (0,), {}, {"key": True}),
        ("truefalse", (1,), {}, {"key": False}),
        ("who", (1,), {"options": "Ann\nBen"}, {"options": ("Ann", "Ben"), "key": "B"}),
        ("order", (), {"options": "ant\ncat\ncow"}, {"options": ("ant", "cat", "cow"), "key": ("A", "B", "C")}),
        ("typed", (), {"answer": "Žalgiris"}, {"key": "Žalgiris", "accept": (), "reject": ()}),
        (
            "typed",
            (),
            {"answer": "Žalgiris\nthe Grove\nnot: Salgiris\nNOT:Grove"},
            {"key": "Žalgiris", "accept": ("the Grove",), "reject": ("Salgiris", "Grove")},
        ),
    ],
)
def test_each_kind_is_made_of_its_own_fields(
    kind: Kind, key: tuple[int, ...], texts: dict[str, str], expected: dict[str, Any]
) -> None:
    question = made(make_draft(kind, key, **texts))
    assert {name: question[name] for name in expected} == expected
    assert (question["kind"], question["prompt"], question["source"]) == (kind, *ABOUT.values())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_asks_for_the_question_and_its_source(kind: Kind) -> None:
    asked = {field.id: field.required for field in list_fields(kind)}
    assert (asked["prompt"], asked["source"], asked["explanation"], asked["who"]) == (True, True, False, False)


@pytest.mark.parametrize(
    ("answer", "key", "unit", "tolerance"),
    [
        ("47", 47, "", 0),
        ("47 miles", 47, "miles", 0),
        ("47miles", 47, "miles", 0),
        ("47 miles ± 2", 47, "miles", 2),
        ("47 ± 2 miles", 47, "miles", 2),
        ("47 miles +- 2", 47, "miles", 2),
        ("47 miles +/- 2.5", 47, "miles", 2.5),
        ("-4 °C", -4, "°C", 0),
        ("−4 °C", -4, "°C", 0),
        ("+4", 4, "", 0),
        ("3,5 kg", 3.5, "kg", 0),
        ("0.125 litres", 0.125, "litres", 0),
        ("47 miles per hour", 47, "miles per hour", 0),
        ("12 per 1,000 people", 12, "per 1,000 people", 0),
        ("47500 people", 47500, "people", 0),
        (" 47 % ", 47, "%", 0),
    ],
)
def test_a_number_is_read_with_its_unit_and_how_far_off_still_counts(
    answer: str, key: float, unit: str, tolerance: float
) -> None:
    question = made(make_draft("number", answer=answer))
    assert (question["key"], question["unit"], question["tolerance"]) == (key, unit, tolerance)


@pytest.mark.parametrize(
    "answer", ["about 47", "forty-seven", "± 2", "1e3", "12:30", "50-60", "miles 47", "47 miles ± two"]
)
def test_what_is_no_number_is_explained_with_an_example(answer: str) -> None:
    assert HOW_TO_MEASURE in problems("number", (), answer=answer)


@pytest.mark.parametrize(
    ("answer", "unclear"),
    [("47,500 people", "47,500"), ("47 500 people", "47 500"), ("1,234,567", "1,234"), ("9 km ± 1,000", "1,000")],
)
def test_thousands_are_not_taken_for_decimals(answer: str, unclear: str) -> None:
    assert problems("number", (), answer=answer) == (
        f"The right number: {unclear} could be read in two ways. Write it without commas and spaces inside.",
    )


def test_who_says_it_makes_a_claim_somebodys_unless_its_kind_is_chosen() -> None:
    said = make_draft("truefalse", (0,), who="Ann")
    assert made(said)["claim"] == {"status": "attributed", "who": "Ann"}
    assert made(said.model_copy(update={"status": "quoted"}))["claim"] == {"status": "quoted", "who": "Ann"}
    assert made(make_draft("truefalse", (0,)))["claim"] == {"status": "stated", "who": None}


def test_a_question_typed_over_several_lines_is_one_line_and_keeps_its_spaces() -> None:
    draft = make_draft("truefalse", (0,), prompt=" Is it\n\n so\u00a0?  Or  not? ")
    assert made(draft)["prompt"] == "Is it so\u00a0?  Or  not?"


# --- what is in the way --------------------------------------------------------------------------------------------


def test_the_right_option_has_to_be_chosen_and_the_question_is_shown_before_it_is() -> None:
    draft = make_draft(options="round\nsquare")
    assert (needs_key(draft), list_options(draft)) == (True, ["round", "square"])
    assert read_draft(draft, TODAY).problems == (CHOOSE,)
    shown = sketch(draft)
    assert shown is not None
    assert shown.prompt == ABOUT["prompt"]


@pytest.mark.parametrize(
    ("kind", "texts", "told"),
    [
        ("single", {"options": "round"}, "Options: has 1 entry; at least 2 must stand here."),
        ("several", {"options": "red\nblue"}, "Options: has 2 entries; at least 3 must stand here."),
        ("single", {"options": "\n".join("abcdef")}, "Options: has 6 entries; at most 5 may stand here."),
        ("single", {"options": "a\n" + "b" * 93}, "Option 2: has 93 characters; at most 80 are allowed."),
        ("single", {"options": "round\nRound"}, "Option 2: is option A again; the options must differ."),
        ("single", {"options": "a\nb", "prompt": " "}, "Question: is empty; write a text here."),
        ("single", {"options": "a\nb", "prompt": "x" * 320}, "Question: has 320 characters; at most 300 are allowed."),
        ("single", {"options": "a\nb", "source": ""}, "Where does it stand?: say where people can look it up."),
        ("typed", {"answer": "not: it"}, "Right answer: is empty; write a text here."),
        ("typed", {"answer": "x" * 81}, "Right answer: has 81 characters; at most 80 are allowed."),
        ("typed", {"answer": "it\nIT"}, "Right answers: is already the key; an answer stands in one place only."),
        ("order", {"options": "a\nb"}, "Options: has 2 entries; at least 3 must stand here."),
        ("number", {"answer": "4 " + "m" * 101}, "Unit: has 101 characters; at most 100 are allowed."),
    ],
)
def test_each_fault_names_its_field_and_what_would_be_right(kind: Kind, texts: dict[str, str], told: str) -> None:
    assert problems(kind, (0,) if kind in ("single", "several") else (), **texts) == (told,)


def test_all_faults_are_told_at_once() -> None:
    assert problems(key=(), options="a\na", prompt="", source="") == (
        CHOOSE,
        "Where does it stand?: say where people can look it up.",
        "Question: is empty; write a text here.",
        "Option 2: is option A again; the options must differ.",
    )


def test_a_key_of_an_option_that_is_gone_has_to_be_chosen_again() -> None:
    assert "The options have changed: choose again which is right." in problems(key=(2,), options="a\nb")


def test_an_opinion_needs_somebody_whose_it_is() -> None:
    draft = make_draft("truefalse", (0,)).model_copy(update={"status": "opinion"})
    assert read_draft(draft, TODAY).problems == (
        "Who says it?: a claim that is opinion is somebody's; name here whose.",
    )
