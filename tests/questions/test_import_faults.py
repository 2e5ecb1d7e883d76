"""A file of questions that has faults, is too large, or is too much: all is told, nothing is saved. By real presses."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.questions.bring import NOT_READ
from bot.questions.rules import LONG_TITLE, MANY_NEW_DECKS
from content.decode import MAX_BYTES
from storage.tables import Draft
from tests.questions.files import HEADER, bring, decks, make_row
from tests.questions.steps import states
from tests.stage import Reply, Stage, button_ids


async def files(reply: Reply) -> dict[str, list[str]]:
    """The lines of the files on a card, by name."""
    return {file.filename: (await file.read()).decode().splitlines() for file in reply.message.attachments}


async def test_thirty_faults_are_all_told_eight_on_the_card_and_nothing_is_saved(stage: Stage) -> None:
    rows = "".join(f"Question {n}?,right {n},right {n},,,\n" for n in range(30))
    card = await bring(stage, (HEADER + rows).encode())
    lines = card.text.splitlines()
    assert lines[:2] == [
        "### quiz.csv: nothing was saved",
        "I found 30 faults as CSV. Mend them and bring the file again.",
    ]
    assert lines[2].startswith("- 2:")
    assert [line.split(":")[0] for line in lines[2:10]] == [f"- {n}" for n in range(2, 10)]
    assert lines[10] == "-# 22 more stand in faults.txt."
    told = await files(card)
    assert [line.split(":")[0] for line in told["faults.txt"]] == [str(n) for n in range(2, 32)]
    assert (button_ids(card.message), await states(stage)) == ({}, {})
    assert await stage.db.read(lambda session: session.scalars(select(Draft.id)).all()) == []


async def test_a_few_faults_stand_on_the_card_alone(stage: Stage) -> None:
    card = await bring(stage, (HEADER + ",x,,,,\n" + make_row(1)).encode())
    assert card.text.splitlines()[1:] == [
        "I found 1 fault as CSV. Mend it and bring the file again.",
        "- 2:1: question: is empty; write a text here",
    ]
    assert await files(card) == {}


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfeh\x00", b"PK\x03\x04", b"a: &a [*a, *a]"])
async def test_what_holds_no_questions_is_refused_with_what_would_help(stage: Stage, data: bytes) -> None:
    card = await bring(stage, data, "quiz")
    assert card.text.startswith("### quiz: nothing was saved\nI found ")
    assert await states(stage) == {}


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(stage: Stage) -> None:
    lost = await bring_lost(stage, MAX_BYTES)
    assert lost.text == NOT_READ
    large = await bring_lost(stage, 3_000_000)
    assert large.text.splitlines() == [
        "### quiz.csv: nothing was saved",
        "I found 1 fault. Mend it and bring the file again.",
        "- 1:1: file: is larger than 2 MB; split it into several files",
    ]


async def bring_lost(stage: Stage, size: int) -> Reply:
    """Bring a file that Discord has lost by the time somebody fetches it."""
    cdn = stage.env.backend.cdn
    kept, cdn._blobs = cdn._blobs, Forgetful()
    try:
        return await bring(stage, b"x" * size)
    finally:
        cdn._blobs = kept


class Forgetful(dict[str, bytes]):
    def __setitem__(self, url: str, data: bytes) -> None:
        """Keep nothing."""


async def test_text_of_a_file_can_neither_format_nor_ping(stage: Stage) -> None:
    data = (
        b"question,correct,wrong1\nQ?,@everyone **[x](https://evil.example)**,@everyone **[x](https://evil.example)**"
    )
    card = await bring(stage, data, "**a**.csv")
    assert ("### \\*\\*a\\*\\*.csv" in card.text, "[x]" in card.text) == (True, False)


async def test_a_title_of_a_deck_that_is_too_long_is_refused_before_the_file_is_read(stage: Stage) -> None:
    assert (await bring(stage, b"", deck="x" * 101)).text == LONG_TITLE


async def test_more_decks_than_a_server_has_room_for_are_refused_whole(stage: Stage) -> None:
    data = (HEADER + "".join(make_row(n, f"Deck {n}") for n in range(101))).encode()
    assert (await bring(stage, data)).text == MANY_NEW_DECKS.format(decks=101, most=100)
    assert (await states(stage), await decks(stage)) == ({}, {})
    card = await bring(stage, data, deck="All of them")
    await stage.press("olga", card.message, "Import")
    assert await decks(stage) == {"All of them": 101}
