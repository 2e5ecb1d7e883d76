"""The answers that figures are made of: whose they are, how these people did otherwise, and how much is read."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from storage import figures
from storage.db import Database
from storage.figures import Asking, Attempt, Dealt
from storage.tables import Asked, Report, Ruling
from tests.questions.answers import A, B
from tests.questions.rounds import GUILD, HOUR, ITEM, OTHERS, everyone, hold
from tests.stage import START

ANN, BEN, CLEO = 100, 101, 102
EVERYTHING = 1_000


def look(session: Session, most: int = EVERYTHING) -> list[Attempt]:
    """All attempts at ITEM, in pages of `most`."""
    askings, _ = figures.list_askings(session, GUILD, ITEM.id, EVERYTHING)
    found: list[Attempt] = []
    while page := figures.list_attempts(session, GUILD, askings, found[-1] if found else None, most):
        found += page
    return found


def scores(session: Session) -> dict[int, float | None]:
    return {attempt.user_id: attempt.score for attempt in look(session)}


def change(session: Session, /, position: int, **columns: int | None) -> None:
    where = (Asked.guild_id == GUILD, Asked.round_id == 1, Asked.position == position)
    session.execute(update(Asked).where(*where).values(**columns))


async def hold_three(db: Database) -> None:
    """ITEM and three others: Ann has the others right, right and wrong, Ben right, wrong and nothing, Cleo nothing."""
    first, second, third = OTHERS[:3]
    others = ((first, {ANN: [B], BEN: [B]}), (second, {ANN: [B], BEN: [A]}), (third, {ANN: [A]}))
    await db.write(hold, 1, (ITEM, {ANN: [B], BEN: [A], CLEO: [A]}), *others)


async def test_an_attempt_comes_as_it_was_made(db: Database) -> None:
    await db.write(hold, 1, (ITEM, {ANN: [B]}))
    assert await db.read(look) == [Attempt(1, 0, ANN, "[1]", took=1000, at=START + HOUR + 1000, score=None)]


async def test_a_score_is_the_share_of_right_answers_to_the_others(db: Database) -> None:
    await hold_three(db)
    assert await db.read(scores) == {ANN: 2 / 3, BEN: 1 / 2, CLEO: None}


async def test_a_void_question_is_in_no_score(db: Database) -> None:
    await hold_three(db)
    await db.write(change, 1, void=1)
    assert await db.read(scores) == {ANN: 1 / 2, BEN: 0.0, CLEO: None}


async def test_an_open_question_is_in_no_score(db: Database) -> None:
    await hold_three(db)
    await db.write(change, 3, closed_at=None)
    assert await db.read(scores) == {ANN: 1.0, BEN: 1 / 2, CLEO: None}


async def test_other_rounds_and_other_servers_are_in_no_score(db: Database) -> None:
    await hold_three(db)
    await db.write(hold, 2, (OTHERS[0], {ANN: [A], BEN: [A], CLEO: [A]}))
    await db.write(hold, 1, (OTHERS[0], {ANN: [A]}), (OTHERS[1], {ANN: [A], CLEO: [B]}), guild_id=2)
    assert await db.read(scores) == {ANN: 2 / 3, BEN: 1 / 2, CLEO: None}


@pytest.mark.parametrize("most", [1, 2, 3, 4, 7, 8, 9])
async def test_pages_of_any_size_hold_each_attempt_once(db: Database, most: int) -> None:
    for number, people in ((1, "ABC"), (2, "A"), (3, ""), (4, "BBBB")):
        await db.write(hold, number, (OTHERS[0], {}), (ITEM, everyone(people)))
    found = await db.read(look, most)
    places = [(1, ANN), (1, BEN), (1, CLEO), (2, ANN), (4, ANN), (4, BEN), (4, CLEO), (4, 103)]
    assert [(attempt.round_id, attempt.user_id) for attempt in found] == places


async def test_askings_come_with_the_newest_first(db: Database) -> None:
    for number, people in ((1, "AB"), (3, "A"), (2, "ABC")):
        await db.write(hold, number, (OTHERS[0], {}), (ITEM, everyone(people)))
    askings, more = await db.read(figures.list_askings, GUILD, ITEM.id, EVERYTHING)
    item = ITEM.model_dump_json()
    assert askings == [Asking(ITEM.id, 3, 1, item, 1), Asking(ITEM.id, 2, 1, item, 3), Asking(ITEM.id, 1, 1, item, 2)]
    assert not more


async def test_an_open_and_a_void_question_are_no_askings(db: Database) -> None:
    await db.write(hold, 1, (ITEM, {ANN: [B]}), (ITEM, {ANN: [B]}), (ITEM, {ANN: [B]}))
    await db.write(change, 0, closed_at=None)
    await db.write(change, 2, void=1)
    askings, _ = await db.read(figures.list_askings, GUILD, ITEM.id, EVERYTHING)
    assert [asking.position for asking in askings] == [1]


@pytest.mark.parametrize(("most", "rounds", "more"), [(1, [4], True), (5, [4, 3], True), (6, [4, 3, 2, 1], False)])
async def test_old_askings_are_left_out_where_there_are_enough_answers(
    db: Database, most: int, rounds: list[int], more: bool
) -> None:
    for number, people in ((1, "A"), (2, ""), (3, "ABC"), (4, "AB")):
        await db.write(hold, number, (ITEM, everyone(people)))
    for question_id in (ITEM.id, None):  # one question, and all of the server's
        askings, cut = await db.read(figures.list_askings, GUILD, question_id, most)
        assert ([asking.round_id for asking in askings], cut) == (rounds, more)


async def test_half_of_an_asking_is_more_than_enough(db: Database) -> None:
    await db.write(hold, 1, (ITEM, everyone("ABC")))
    assert (await db.read(figures.list_askings, GUILD, ITEM.id, 2))[1] is True


async def test_what_was_asked_comes_as_it_was_last(db: Database) -> None:
    newer = ITEM.model_copy(update={"prompt": "Which shape is it today?"})
    for number, item in ((1, ITEM), (2, OTHERS[0]), (3, newer)):
        await db.write(hold, number, (item, {}))
    await db.write(hold, 4, (OTHERS[1], {}), guild_id=2)
    expected = [(ITEM.id, newer.model_dump_json()), (OTHERS[0].id, OTHERS[0].model_dump_json())]
    assert await db.read(figures.list_last_asked, GUILD) == expected


async def test_what_is_still_to_be_asked_stays_a_secret(db: Database) -> None:
    await db.write(hold, 1, (OTHERS[0], {}), (ITEM, {}))
    await db.write(change, 1, opened_at=None, closed_at=None)
    assert [id for id, _ in await db.read(figures.list_last_asked, GUILD)] == [OTHERS[0].id]


async def test_rounds_that_are_over_wait_to_be_weighed_a_server_at_a_time(db: Database) -> None:
    assert await db.read(figures.list_unweighed) is None
    await db.write(hold, 1, (ITEM, {}), guild_id=2)
    for number, state in ((3, "over"), (2, "showing"), (1, "over")):
        await db.write(hold, number, (ITEM, {}), state=state, channel_id=number)
    assert await db.read(figures.list_unweighed) == (GUILD, [1, 3])
    for number in (1, 3):
        await db.write(figures.mark_weighed, GUILD, number)
    assert await db.read(figures.list_unweighed) == (2, [1])


async def test_the_questions_to_weigh_are_those_that_count(db: Database) -> None:
    await db.write(hold, 1, *((item, {}) for item in (OTHERS[1], OTHERS[0], ITEM, OTHERS[2])))
    await db.write(change, 1, void=1)
    await db.write(change, 3, closed_at=None)
    assert await db.read(figures.list_questions, GUILD, 1) == [OTHERS[1].id, ITEM.id]


def report(session: Session, round_id: int, user_id: int, ruling_id: int | None = None) -> None:
    values = {"guild_id": GUILD, "round_id": round_id, "position": 0, "user_id": user_id, "question_id": ITEM.id}
    session.execute(insert(Report).values(values | {"reason": "key", "note": "", "at": 1, "ruling_id": ruling_id}))


def rule(session: Session, id: int) -> None:
    ruled = {"kind": "keep", "before": "before", "after": f"after {id}", "moderator_id": 9, "at": id * 100}
    values = {"guild_id": GUILD, "id": id, "question_id": ITEM.id, "rounds": 0, "answers": 0, "people": 0}
    session.execute(insert(Ruling).values(values | ruled))


async def test_a_question_is_suspected_until_a_ruling_has_dealt_with_it(db: Database) -> None:
    await db.write(hold, 1, (ITEM, {}))
    await db.write(hold, 2, (ITEM, {}))
    await db.write(report, 1, ANN)
    await db.write(report, 1, figures.FIGURES, ruling_id=5)
    assert await db.read(figures.is_suspected, GUILD, ITEM.id) is False
    await db.write(report, 2, figures.FIGURES)
    assert await db.read(figures.is_suspected, GUILD, ITEM.id) is True


async def test_the_last_ruling_is_that_on_the_figures(db: Database) -> None:
    assert await db.read(figures.last_dealt, GUILD, ITEM.id) is None
    for number in (1, 2):
        await db.write(hold, number, (ITEM, {}))
    for id in (5, 6, 7):
        await db.write(rule, id)
    await db.write(report, 1, figures.FIGURES, ruling_id=5)
    await db.write(report, 2, figures.FIGURES, ruling_id=6)
    await db.write(report, 2, ANN, ruling_id=7)
    assert await db.read(figures.last_dealt, GUILD, ITEM.id) == Dealt(at=600, item="after 6")
