"""A round survives: restarts at every point, and what people are told about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bot.errors import Refusal
from bot.item import make_item
from bot.quiz import actions, course, facts
from bot.quiz.actions import Place, Start
from storage import quiz
from storage.db import Database
from tests.build import SINGLE, make_pack
from tests.fresh import open_fresh
from tests.stage import START, Stage, text_of

FIVE = [SINGLE | {"prompt": f"Number {n}?"} for n in range(5)]
TOLD = "I was away for a moment and am back."


@pytest.mark.pack(*FIVE)
async def test_a_question_with_time_left_keeps_its_close_and_its_answers(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=2, seconds=30)
    await stage.advance(5)
    question = stage.last()
    await stage.press("bob", question, "A")
    await stage.restart()
    await stage.advance(1)
    assert text_of(stage.last()).startswith(TOLD)
    assert f"<t:{(START + 34_000) // 1000}:T>" in text_of(stage.last())
    again = await stage.press("bob", question, "B")
    assert again.text == "Your first answer, A, is the one that counts."
    assert (await stage.press("carol", question, "B")).text == "**B**, locked in."
    await stage.advance(30)
    revealed = next(m for m in stage.messages() if m.id == question.id)
    assert "of 2 answers right" in text_of(revealed) or "2 answers, none" in text_of(revealed)


@pytest.mark.pack(*FIVE)
async def test_a_card_whose_edit_was_lost_shows_its_answers_after_the_restart(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=2, seconds=60)
    await stage.advance(5)
    await stage.press("bob", stage.last(), "A")
    await stage.restart()
    await stage.advance(2)
    (card,) = [text for text in map(text_of, stage.messages()) if text.startswith("-# Question 1")]
    assert card.endswith(" · 1 answer")


@pytest.mark.pack(*FIVE)
async def test_a_question_whose_time_ran_out_meanwhile_gets_five_seconds_more(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=2, seconds=5)
    await stage.advance(5)
    question = stage.last()
    stage.clock.time += 60_000  # nobody was there to close it
    await stage.restart()
    await stage.advance(0.5)
    assert text_of(stage.last()).startswith(TOLD)
    assert (await stage.press("bob", question, "A")).text == "**A**, locked in."
    await stage.advance(6)
    assert await stage.state() == "showing"
    await stage.advance(10)
    assert "Question 2 of 2" in text_of(stage.last())


@pytest.mark.pack(*FIVE)
@pytest.mark.parametrize("seconds", [1, 5, 10, 25])
async def test_a_restart_in_any_state_lets_the_round_go_on(stage: Stage, seconds: int) -> None:
    await stage.slash("alice", "quiz play", questions=3, seconds=5)
    await stage.advance(seconds)
    before = await stage.state()
    await stage.restart()
    assert await stage.state() == before
    if before == "paused":
        paused = next(m for m in stage.messages() if "paused" in text_of(m))
        await stage.press("bob", paused, "Go on")
    for _ in range(100):
        if await stage.state() in (None, "paused"):
            break
        await stage.advance(1)
    shown = [n for n in range(1, 4) if any(f"Question {n} of 3" in text_of(m) for m in stage.messages())]
    assert shown == ([1, 2, 3] if before == "paused" else [1, 2])  # two that nobody answers, then it pauses


@pytest.mark.pack(*FIVE)
async def test_each_question_is_posted_once_however_often_the_bot_restarts(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=3, seconds=10)
    for _ in range(40):
        await stage.advance(2)
        if any("Press" in text_of(m) for m in stage.messages()) and (stage.clock.now() - START) % 14_000 == 0:
            await stage.restart()
        if await stage.state() == "asking" and "Number" in text_of(stage.last()):
            await stage.press("bob", stage.last(), "A") if "locked" not in text_of(stage.last()) else None
    prompts = [line for m in stage.messages() for line in text_of(m).splitlines() if line.startswith("-# Question")]
    assert sorted(prompts) == [f"-# Question {n} of 3 · Shape · easy" for n in (1, 2, 3)]


async def test_nobody_is_told_of_a_reconnection_that_took_nothing(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", seconds=30)
    await stage.advance(5)
    await stage.db.write(course.resume, stage.clock.now(), None)
    await stage.advance(1)
    assert "Question 1 of 1" in text_of(stage.last())


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    events=st.lists(
        st.tuples(st.sampled_from(["answer", "wait", "crash", "double step"]), st.integers(0, 4), st.integers(0, 2)),
        max_size=40,
    ),
    seed=st.integers(0, 2**31),
)
async def test_no_confirmed_answer_is_lost_or_counted_twice(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, int, int]], seed: int
) -> None:
    db = _open(tmp_path_factory.mktemp("db"))
    try:
        confirmed = await _play(db, events, seed)
        standing = await db.read(facts.get_standing, 1, 7)
        assert standing is not None
        counted = {r.score.user_id: r.score.answered for r in standing.ranked}
        assert counted == {user: len(positions) for user, positions in confirmed.items()}
    finally:
        db.close()


def _open(folder: Path) -> Database:
    return open_fresh(folder / "round.db")


async def _play(db: Database, events: list[tuple[str, int, int]], seed: int) -> dict[int, set[int]]:
    """Play a round of three with these events; return the positions each person was told are counted."""
    pack, now = make_pack(*FIVE[:3]), START
    items = [make_item(pack, question) for question in pack.questions]
    await db.write(actions.start_round, Start(1, 7, 2, 3, "Shapes", items, 3, 10, "accuracy", False, seed), now)
    confirmed: dict[int, set[int]] = {}
    for event, user, choice in events:
        if event == "wait":
            now += 4_000
        elif event == "crash":
            now += 20_000 * choice
            await db.write(course.resume, now, now)
        elif event == "answer":
            position = await db.read(_position)
            try:
                verdict = await db.write(actions.answer, Place(1, 7, position, 2, user), [choice], f"p{user}", now)
            except Refusal:
                continue
            assert verdict.first == (position not in confirmed.get(user, set()))
            confirmed.setdefault(user, set()).add(position)
        for _ in range(2 if event == "double step" else 1):
            await db.write(course.step, 1, 7, now)
    return confirmed


def _position(session: Session) -> int:
    round = quiz.get_round(session, 1, 7)
    assert round is not None
    return round.position
