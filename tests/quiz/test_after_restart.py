"""Every button, select and form of the quiz works on cards that an earlier process has posted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.build import ORDER, SEVERAL, SINGLE, TYPED
from tests.stage import Stage, text_of

FIVE = [SINGLE | {"prompt": f"Number {n}?"} for n in range(5)]


async def ask(stage: Stage, **options: Any) -> None:
    await stage.slash("alice", "quiz play", **options)
    await stage.advance(5)


async def test_a_letter(stage: Stage) -> None:
    await ask(stage)
    question = stage.last()
    await stage.restart()
    assert (await stage.press("bob", question, "B")).text == "**B**, locked in."
    assert (await stage.press("carol", question, "A")).text == "**A**, locked in."


@pytest.mark.pack(SEVERAL)
async def test_a_select(stage: Stage) -> None:
    await ask(stage)
    question = stage.last()
    await stage.restart()
    assert (await stage.choose("bob", question, "0", "2")).text == "**A, C**, locked in."
    assert (await stage.choose("carol", question, "1")).text == "**B**, locked in."


@pytest.mark.pack(TYPED)
async def test_a_form_that_was_open_while_the_bot_died(stage: Stage) -> None:
    await ask(stage)
    form = await stage.press("bob", stage.last(), "Answer")
    await stage.restart()
    assert (await stage.submit("bob", form, text="grove")).text == "**“grove”**, locked in."


@pytest.mark.pack(ORDER)
async def test_a_form_opened_after_the_restart(stage: Stage) -> None:
    await ask(stage)
    question = stage.last()
    await stage.restart()
    form = await stage.press("bob", question, "Put in order")
    answer = await stage.submit("bob", form, place0=["2"], place1=["0"], place2=["1"])
    assert answer.text == "**C, A, B**, locked in."


@pytest.mark.pack(*FIVE)
async def test_go_on(stage: Stage) -> None:
    await ask(stage, questions=4, seconds=5)
    await stage.advance(20)
    paused = stage.last()
    await stage.restart()
    assert text_of((await stage.press("bob", paused, "Go on")).message) == "The round goes on."


async def test_my_place(stage: Stage) -> None:
    await ask(stage, questions=1, seconds=5)
    await stage.press("bob", stage.last(), "A")
    await stage.advance(15)
    podium = stage.last()
    await stage.restart()
    assert (await stage.press("bob", podium, "My place")).text.endswith("Place 1 of 1.")


async def test_stopping_a_round_that_another_process_began(stage: Stage) -> None:
    await ask(stage)
    await stage.restart()
    assert (await stage.slash("carol", "quiz stop")).text.startswith("Only the person who started")
    assert (await stage.slash("alice", "quiz stop")).text.startswith("## Final standing")
