"""One daily question after another: none is open beside the next, or longer than it was to be."""

from __future__ import annotations

import pytest

from bot.kit import Card
from bot.quiz import course
from storage import quiz
from storage.boards import get_board
from tests.build import SINGLE
from tests.quiz.test_daily import A_DAY, answer, start
from tests.stage import START, Stage, text_of

pytestmark = pytest.mark.pack(*[SINGLE | {"prompt": f"Number {n}?"} for n in range(5)])


async def ending(stage: Stage, id: int) -> tuple[str, str | None]:
    round = await stage.db.read(quiz.get_round, stage.guild.id, id)
    assert round is not None
    return round.state, round.ending


async def open_ids(stage: Stage) -> list[int]:
    return [round.id for round in await stage.db.read(quiz.list_open_dailies, stage.guild.id)]


async def test_a_card_that_came_late_closes_when_it_was_to(stage: Stage) -> None:
    await start(stage, late=60)
    assert f"-# Closes <t:{START // 1000 + A_DAY}:R>" in text_of(stage.last())
    await answer(stage, "bob", True)
    stage.clock.time = START + A_DAY * 1000
    second = await start(stage)
    first, fresh = map(text_of, stage.messages())
    assert "1 of 1 answer right." in first
    assert "-# 1 of 1 answer right" in fresh
    assert await open_ids(stage) == [second]


async def test_the_next_one_closes_and_counts_the_one_before_whenever_it_comes(stage: Stage) -> None:
    first = await start(stage)
    await answer(stage, "bob", True)
    await stage.skip(6 * 3600)
    second = await start(stage, length=18 * 3600)
    assert await ending(stage, first) == ("over", "played")
    assert await open_ids(stage) == [second]
    board = await stage.db.read(get_board, stage.guild.id, "all", "", 0, 10)
    assert [(row.name, row.points) for row in board.rows] == [("bob", 100)]
    before, fresh = map(text_of, stage.messages())
    assert "1 of 1 answer right." in before
    assert "**Last time:**" in fresh


async def test_a_restart_across_its_end_closes_it_at_once(stage: Stage) -> None:
    first = await start(stage)
    stage.clock.time = START + A_DAY * 1000
    await stage.restart()
    await stage.advance(1)
    assert await ending(stage, first) == ("over", "played")


async def test_a_restart_that_moves_no_close_edits_no_card(stage: Stage) -> None:
    await start(stage)
    await stage.slash("alice", "quiz play", seconds=60)
    await stage.advance(5)
    edits = stage.edits()
    await stage.restart()
    await stage.advance(2)
    assert stage.edits() == edits


async def test_one_whose_card_never_came_ends_and_breaks_no_streak(stage: Stage) -> None:
    for _ in range(2):
        await start(stage)
        reply = await answer(stage, "bob", False)
        await stage.skip(A_DAY)
    assert "You have answered the daily question on 2 days in a row." in reply.text
    lost = [await start(stage, late=A_DAY) for _ in range(2)]
    assert [await ending(stage, id) for id in lost] == [("over", "unreachable")] * 2
    assert len(stage.messages()) == 2
    await start(stage)
    assert "You have answered the daily question on 3 days in a row." in (await answer(stage, "bob", False)).text


async def test_a_card_that_came_after_the_end_shows_the_answer(stage: Stage) -> None:
    id = await start(stage, late=A_DAY)
    message = await stage.bot.get_partial_messageable(stage.quiz.id).send(view=Card().text("Open").view())
    await stage.db.write(course.take_posted, message.id, stage.clock.now(), stage.guild.id, id, 0)
    await stage.advance(1)
    assert text_of(stage.last()).splitlines()[-2] == "Nobody answered this one."
