"""Advice on a deck's questions: the checks of packs that make sense without one."""

from __future__ import annotations

from typing import Any

from content.advice import advise
from content.deck import QUESTION, DeckQuestion
from content.faults import Flaw


def make(**given: Any) -> DeckQuestion:
    base = {"kind": "typed", "prompt": "Which is red?", "key": "Mars", "as_of": "2026-11-22"}
    return QUESTION.validate_python(base | given)


def test_a_plain_question_needs_none() -> None:
    assert advise([make()]) == []


def test_nothing_is_said_of_nothing() -> None:
    assert advise([]) == []


def test_loaded_words_and_ownerless_opinions_are_told_of_one_question_alone() -> None:
    opinion = {"status": "opinion", "who": "Ann"}
    assert advise([make(prompt="Which brazen plan is best?", claim=opinion)]) == [
        Flaw(("questions", 0, "prompt"), "'brazen' judges for the reader; use a plain word, or quote whoever says it"),
        Flaw(
            ("questions", 0, "prompt"),
            "asks for an opinion without saying whose; write 'in the author's view' or the like",
        ),
    ]


def test_a_deck_names_people_so_their_name_in_the_prompt_will_do() -> None:
    assert advise([make(prompt="Which plan does Ann prefer?", claim={"status": "opinion", "who": "Ann"})]) == []


def test_quoted_words_want_quotation_marks() -> None:
    message = "rests on quoted words, but nothing in it stands in quotation marks; quote the words"
    assert advise([make(claim={"status": "quoted", "who": "Ann"})]) == [Flaw(("questions", 0), message)]


def test_checks_of_english_words_say_nothing_of_another_language() -> None:
    assert advise([make(prompt="Which brazen plan?")], language="de") == []


def test_habits_of_a_set_are_told_at_the_set() -> None:
    single = {"kind": "single", "options": ["the longest of all", "short", "brief"], "key": "A"}
    found = advise([make(**single, prompt=f"Question {n}?") for n in range(20)])
    assert [(flaw.loc, flaw.message.partition(" (")[0].partition(" in ")[0]) for flaw in found] == [
        (("questions",), "right options are longer than wrong ones"),
        (("questions",), "the right option is the longest"),
    ]


def test_mostly_true_statements_are_told() -> None:
    found = advise([make(kind="truefalse", key=True, prompt=f"Statement {n}") for n in range(6)])
    assert found == [
        Flaw(("questions",), "100% of the true-or-false statements are true; bring it between 35% and 65%")
    ]


def test_explanations_may_be_short_or_missing() -> None:
    assert advise([make(explanation=""), make(explanation="Rust.", prompt="Why is it red?")]) == []
