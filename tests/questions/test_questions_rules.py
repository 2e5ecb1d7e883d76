"""What questions decide: the ids and titles of decks, what a search finds, and how many are too many."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.kit import custom_id
from bot.questions import rules
from content.deck import MOST, QUESTION, words_of
from storage.settings import Settings
from tests.build import make_own


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("General", "general"),
        ("Treaties & borders", "treaties-borders"),
        ("Žalgiris über alles", "zalgiris-uber-alles"),
        ("The long way from Kaliningrad to Pskov", "the-long-way-from-kalini"),
        ("Страны мира", "deck"),
        ("Страны 2026", "2026"),
        ("🌍🌍", "deck"),
        ("日本", "deck"),
        ("All", "all-2"),
        ("--", "deck"),
    ],
)
def test_a_deck_gets_an_id_of_plain_letters(title: str, id: str) -> None:
    assert rules.make_deck_id(title, ()) == id


def test_a_hundred_decks_of_one_spelling_get_a_hundred_ids() -> None:
    ids: list[str] = []
    for _ in range(rules.DECKS):
        ids.append(rules.make_deck_id("Мир", ids))
    assert (len(set(ids)), ids[0], ids[-1]) == (rules.DECKS, "deck", "deck-100")


@given(st.text(max_size=100), st.sets(st.sampled_from(["deck", "deck-2", "a", "a-2", "all-2"])))
def test_every_title_gets_an_id_that_a_button_can_carry(title: str, taken: set[str]) -> None:
    id = rules.make_deck_id(title, taken)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", id)
    assert id not in taken | {"all"}
    assert custom_id("question:list", "rejected", "truefalse", id, 999_999)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Treaties", "Treaties"),
        ("  Treaties   and\nborders ", "Treaties and borders"),
        ("", "General"),
        ("  ", "General"),
        ("\u200b", "General"),
        ("\u3164", "General"),
        ("🌍", "🌍"),
        ("x" * 100, "x" * 100),
    ],
)
def test_a_title_is_kept_as_one_line_and_one_that_shows_nothing_is_none(typed: str, kept: str) -> None:
    assert rules.check_deck_title(typed) == kept


def refused(decide: object, *args: object) -> str:
    assert callable(decide)
    with pytest.raises(Refusal) as refusal:
        decide(*args)
    return str(refusal.value)


def test_a_title_has_at_most_a_hundred_characters() -> None:
    assert refused(rules.check_deck_title, "x" * 101) == (
        "The title of a deck has at most 100 characters and stands on one line. Please choose a shorter one."
    )


def test_a_server_has_room_for_five_thousand_questions_and_a_hundred_decks() -> None:
    rules.check_room(MOST - 500, 500)
    assert refused(rules.check_room, MOST - 500, 501) == (
        "This server has 5,000 questions, which is as many as I keep. Retire some with /question retire first."
    )
    rules.check_decks(99)
    assert refused(rules.check_decks, 100) == (
        "This server has 100 decks, which is as many as I keep. Please choose one of them."
    )


def test_a_person_may_send_in_as_many_as_the_server_takes() -> None:
    rules.check_suggestions(4, 5)
    assert refused(rules.check_suggestions, 5, 5) == (
        "You have sent in 5 questions within a day, which is as many as this server takes. Please come back later."
    )


def test_a_server_that_takes_none_says_so() -> None:
    assert refused(rules.check_suggestions, 0, 0) == (
        "This server takes no questions from members at the moment. If you have one in mind, tell a moderator of it."
    )


def test_only_where_a_second_opinion_is_asked_for_nobody_approves_their_own() -> None:
    rules.check_approver(1, 1, Settings(second_opinion=False))
    rules.check_approver(1, 2, Settings(second_opinion=True))
    assert refused(rules.check_approver, 1, 1, Settings(second_opinion=True)) == rules.OWN


def test_a_search_looks_through_everything_that_is_said_but_not_how_it_is_written() -> None:
    question = QUESTION.validate_python(
        make_own(
            kind="single",
            prompt="Where is  the STRASSE?",
            options=["Here", "Ｔｈｅｒｅ"],
            key="B",
            explanation="So it says.",
            source="Page 3",
            claim={"status": "quoted", "who": "Ann"},
            tags=["Roads"],
        )
    )
    words = words_of(question)
    missing = [w for w in ("strasse", "here", "there", "so it says", "page 3", "ann", "roads") if w not in words]
    assert missing == []
