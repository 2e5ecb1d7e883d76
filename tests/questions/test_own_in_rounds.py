"""A server's own questions in its rounds: which are drawn, and that a round keeps what it has asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from storage.tables import Asked
from tests.build import SINGLE
from tests.questions.steps import suggest
from tests.stage import Stage, button_ids, text_of


async def asked(stage: Stage) -> list[tuple[str, int]]:
    """(question, version) of everything that the rounds of the server hold, in their order."""
    statement = select(Asked.question_id, Asked.version).order_by(Asked.round_id, Asked.position)
    rows = await stage.db.read(lambda session: session.execute(statement).all())
    return [(id, version) for id, version in rows]


async def draw(stage: Stage, **options: Any) -> list[str]:
    """The questions that a round is made of, by id."""
    await stage.slash("alice", "quiz play", **({"questions": 25} | options))
    drawn = [id for id, _ in await asked(stage)]
    await stage.slash("alice", "quiz stop")
    return sorted(drawn)


async def edit_key(stage: Stage, number: int) -> None:
    """Turn the answer to a true-or-false question round."""
    card = await stage.slash("olga", "question edit", number=number)
    id = next(id for id in button_ids(card.message).values() if id.startswith("draft:save")).rpartition(":")[2]
    await stage.choose_in("olga", card.message, f"draft:key:{id}", "1")
    await stage.press("olga", card.message, "Save")


@pytest.mark.parametrize(
    ("options", "drawn"),
    [
        ({"theme": "This server's questions: everything"}, ["server/1", "server/2", "server/3"]),
        ({"theme": "this server's questions: rivers"}, ["server/3"]),
        ({"theme": "server/rivers"}, ["server/3"]),
        ({"theme": "server/general"}, ["server/1", "server/2"]),
        ({}, ["shapes/q1"]),
        ({"also": "This server's questions: Rivers"}, ["server/3", "shapes/q1"]),
        ({"theme": "shapes/shape", "also": "server"}, ["server/1", "server/2", "server/3", "shapes/q1"]),
        ({"theme": "server/rivers", "also": "server"}, ["server/1", "server/2", "server/3"]),
    ],
)
async def test_a_round_draws_from_a_deck_a_pack_or_both(
    stage: Stage, options: dict[str, str], drawn: list[str]
) -> None:
    await stage.add_own({"prompt": "One?"}, {"prompt": "Two?"})
    await stage.add_own({"prompt": "Three?"}, deck="Rivers")
    assert await draw(stage, **options) == drawn


async def test_what_waits_was_turned_down_or_is_retired_is_not_asked(stage: Stage) -> None:
    await stage.add_own({"prompt": "One?"}, {"prompt": "Two?"})
    await suggest(stage, prompt="Three?")
    await suggest(stage, prompt="Four?")
    await stage.slash("olga", "question retire", number=2)
    await stage.forge_form("olga", "review:turned:4", {"reason": "No."})
    assert await draw(stage, theme="server") == ["server/1"]


async def test_a_deck_in_which_nothing_is_asked_is_neither_offered_nor_played(stage: Stage) -> None:
    await stage.add_own({"prompt": "One?"})
    await stage.slash("olga", "question retire", number=1)
    offered = await stage.people["alice"].autocomplete(stage.quiz, "quiz play", "theme", "server")
    told = await stage.slash("alice", "quiz play", theme="server/general")
    unknown = "I don't know that theme. Please pick one from the list that opens as you type."
    assert (offered, told.text) == ([], unknown)


async def test_decks_are_offered_by_their_titles(stage: Stage) -> None:
    await stage.add_own({"prompt": "One?"}, deck="Rivers")
    offered = await stage.people["alice"].autocomplete(stage.quiz, "quiz play", "also", "server")
    assert [(choice["name"], choice["value"]) for choice in offered] == [
        ("This server's questions: everything", "server"),
        ("This server's questions: Rivers", "server/rivers"),
    ]


async def test_an_edit_during_a_round_leaves_what_was_asked_and_how_it_is_judged(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it so?", "key": True})
    await stage.slash("alice", "quiz play", theme="server", questions=1, seconds=20)
    await stage.advance(5)
    await edit_key(stage, 1)
    await stage.press("bob", stage.last(), "A")
    await stage.advance(20)
    reveal = text_of(stage.last())
    assert ("**A**  True **✓ right**" in reveal, "1 of 1 answer right." in reveal) == (True, True)
    assert await asked(stage) == [("server/1", 1)]


async def test_a_later_round_asks_the_newest_version(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it so?", "key": True})
    await draw(stage, theme="server")
    await edit_key(stage, 1)
    await stage.slash("alice", "quiz play", theme="server", questions=1, seconds=5)
    await stage.advance(5)
    await stage.press("bob", stage.last(), "A")
    await stage.advance(5)
    assert "**B**  False **✓ right**" in text_of(stage.last())
    assert await asked(stage) == [("server/1", 1), ("server/1", 2)]


async def test_a_question_that_is_retired_during_a_round_is_still_asked_there(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it so?"})
    await stage.slash("alice", "quiz play", theme="server", questions=1, seconds=20)
    await stage.slash("olga", "question retire", number=1)
    await stage.restart()
    await stage.advance(5)
    assert "### Is it so?" in text_of(stage.last())


@pytest.mark.pack(SINGLE)
async def test_the_round_holds_all_it_needs_whatever_becomes_of_the_question(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it so?", "explanation": "It is.", "source": "page 9"})
    await stage.slash("alice", "quiz play", theme="server", questions=1, seconds=5)
    item = await stage.db.read(lambda session: json.loads(session.scalars(select(Asked.item)).one()))
    assert (item["prompt"], item["key"], item["version"], item["theme_id"]) == ("Is it so?", [0], 1, "server/general")
    await stage.advance(10)
    assert "It is.\n-# page 9 · stated by the source, with no one named for it" in text_of(stage.last())
