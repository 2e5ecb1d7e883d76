"""A round between two people, by real presses."""

from __future__ import annotations

import pytest

from tests.build import SINGLE
from tests.stage import Stage, button_ids, text_of


async def test_a_round_runs_from_the_command_to_the_podium(stage: Stage) -> None:
    opened = await stage.slash("alice", "quiz play", questions=1, seconds=20)
    assert "Quiz: Shapes: everything" in opened.text
    await stage.advance(5)
    question = stage.last()
    assert "Which shape is it?" in text_of(question)
    assert list(button_ids(question)) == ["A", "B", "C"]
    print(text_of(question))
    r = await stage.press("alice", question, "A")
    print(r.text)
    r = await stage.press("bob", question, "B")
    print(r.text)
    r = await stage.press("bob", question, "C")
    print(r.text)
    await stage.advance(3)
    print(text_of(stage.last()))
    await stage.advance(20)
    print(text_of(stage.last()))
    await stage.advance(10)
    print(text_of(stage.last()))
