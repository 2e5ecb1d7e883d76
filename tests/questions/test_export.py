"""Handing questions out, by real commands."""

from __future__ import annotations

from datetime import date
from typing import Any

from content.deck import QUESTION
from content.reading import read_file
from storage import questions
from storage.questions import Filter
from tests.stage import Stage


async def fetch(stage: Stage, reply: Any) -> dict[str, bytes]:
    """The files of an answer by name."""
    return {file.filename: await file.read() for file in reply.message.attachments}


async def test_a_deck_is_handed_out_and_reads_back_the_same(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it 12:30?"}, {"prompt": "no"}, deck="First")
    await stage.add_own({"prompt": "Is it elsewhere?"}, deck="Second")
    answer = await stage.slash("olga", "question export", format="offramp", deck="First")
    assert answer.private
    assert answer.text.splitlines()[0] == "### 2 questions as Offramp YAML"
    (data,) = (await fetch(stage, answer)).values()
    kept = await stage.db.read(questions.list_kept, stage.guild.id, Filter(deck_id="first"))
    reading = read_file(data, "questions.yaml", None, [], date(2026, 11, 24))
    assert reading.faults == ()
    assert list(reading.questions) == [QUESTION.validate_json(row.body) for row in kept]


async def test_retired_and_waiting_questions_are_not_handed_out(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it asked?"}, {"prompt": "Was it asked?"})
    await stage.slash("olga", "question retire", number=2)
    answer = await stage.slash("olga", "question export", format="json")
    (data,) = (await fetch(stage, answer)).values()
    assert (b"Is it asked?" in data, b"Was it asked?" in data) == (True, False)


async def test_nothing_to_hand_out_says_what_to_do(stage: Stage) -> None:
    assert (await stage.slash("olga", "question export")).text == (
        "There are no questions to hand out yet. Write some with /question add, or bring a file with /question import."
    )


async def test_members_are_handed_nothing(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it a secret?"})
    told = await stage.slash("bob", "question export")
    assert told.text.startswith("Only people who may manage this server")
