"""Rounds that are over are weighed by the loop: what is reported, what is not, and what gets in its way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from bot.app import Offramp
from bot.clock import Clock
from bot.item import Item
from bot.questions.weighing import Scales
from storage import figures, reports
from storage.db import Database
from storage.reports import Complaint
from storage.settings import change_settings
from storage.tables import Asked, Report, Round
from tests.questions.rounds import FALLING, GUILD, HOUR, ITEM, OTHERS, RISING, everyone, hold, hold_six
from tests.stage import START, Stage, text_of

ANN = 100
EASY = "B" * 20

WHY = (
    "Discrimination is under 0.1 (-0.45): "
    "people who were right here were hardly more often right elsewhere, or less often. "
    "A distractor beats the key: of the 5 people in the top third, 3 chose “round”, and 1 chose “square”, "
    "which is keyed as right."
)


async def weigh(stage: Stage) -> None:
    """Let the loop come round until nothing is left to weigh."""
    for _ in range(20):
        await stage.advance(1)
        if await stage.db.read(figures.list_unweighed) is None:
            return
    raise AssertionError("rounds are still unweighed")


def change(session: Session, /, round_id: int, position: int, **columns: Any) -> None:
    where = (Asked.guild_id == GUILD, Asked.round_id == round_id, Asked.position == position)
    session.execute(update(Asked).where(*where).values(**columns))


async def open_reports(stage: Stage, item: Item = ITEM) -> list[Complaint]:
    return await stage.db.read(reports.list_open, GUILD, item.id)


async def count_reports(stage: Stage, item: Item = ITEM) -> int:
    return await stage.db.read(reports.count_all, GUILD, item.id)


async def keep(stage: Stage, at: int) -> None:
    """A moderator keeps ITEM as it is."""
    items = {"before": ITEM.model_dump_json(), "after": ITEM.model_dump_json()}
    ruling = {"guild_id": GUILD, "id": 5, "question_id": ITEM.id, "kind": "keep", "moderator_id": 9, "at": at}
    await stage.db.write(reports.add_ruling, ruling | items | {"rounds": 0, "answers": 0, "people": 0})
    await stage.db.write(reports.close_reports, GUILD, ITEM.id, 5)


async def test_a_suspect_is_reported_with_the_reasons_where_it_was_asked_last(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await stage.db.write(hold, 2, (OTHERS[0], {}), (ITEM, everyone("B")))
    await weigh(stage)
    assert await open_reports(stage) == [Complaint(figures.FIGURES, "figures", WHY, stage.clock.now())]
    places = select(Report.round_id, Report.position).where(Report.question_id == ITEM.id)
    assert await stage.db.read(lambda session: session.execute(places).one()) == (2, 1)


async def test_a_question_that_tells_people_apart_is_not_reported(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, RISING)
    await weigh(stage)
    assert await count_reports(stage) == 0


async def test_nineteen_people_are_too_few_to_report(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING[:-1])
    await weigh(stage)
    assert await count_reports(stage) == 0


async def test_a_round_that_is_not_over_is_not_weighed(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    playing = update(Round).values(state="showing", due_at=START + 1000 * HOUR)
    await stage.db.write(lambda session: session.execute(playing) and None)
    await stage.advance(2)
    assert await count_reports(stage) == 0
    over = update(Round).values(state="over")
    await stage.db.write(lambda session: session.execute(over) and None)
    await weigh(stage)
    assert await count_reports(stage) == 1


async def test_a_void_question_is_not_reported(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await stage.db.write(change, 1, 0, void=1)
    await weigh(stage)
    assert await count_reports(stage) == 0


async def test_one_open_report_is_enough(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await weigh(stage)
    await stage.db.write(hold_six, 2, FALLING, first=200)
    await weigh(stage)
    assert await count_reports(stage) == 1


async def test_rounds_that_ended_together_are_one_report(stage: Stage) -> None:
    for number in (1, 2, 3):
        await stage.db.write(hold_six, number, FALLING, first=100 * number)
    await weigh(stage)
    assert await count_reports(stage) == 1


async def test_each_server_has_its_own_report(stage: Stage) -> None:
    for guild_id in (GUILD, 2, 3):
        await stage.db.write(hold_six, 1, FALLING if guild_id != 2 else RISING, guild_id=guild_id)
    await weigh(stage)
    counts = [await stage.db.read(reports.count_all, guild_id, ITEM.id) for guild_id in (GUILD, 2, 3)]
    assert counts == [1, 0, 1]


@pytest.mark.parametrize(("newcomers", "told"), [(19, False), (20, True)])
async def test_after_a_ruling_it_takes_twenty_people_more(stage: Stage, newcomers: int, told: bool) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await weigh(stage)
    await keep(stage, at=START + 2 * HOUR)
    await stage.db.write(hold_six, 2, FALLING[:newcomers], first=200)
    await weigh(stage)
    assert bool(await open_reports(stage)) is told


async def test_people_whom_a_ruling_has_weighed_are_no_news(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await weigh(stage)
    await keep(stage, at=START + 2 * HOUR)
    await stage.db.write(hold_six, 2, FALLING)
    await weigh(stage)
    assert await open_reports(stage) == []


async def test_after_a_ruling_the_newcomers_decide_alone(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await weigh(stage)
    await keep(stage, at=START + 2 * HOUR)
    await stage.db.write(hold_six, 2, RISING, first=200)
    await weigh(stage)
    assert await open_reports(stage) == []


@pytest.mark.parametrize(
    ("edit", "told"),
    [({"version": 1, "key": (2,)}, True), ({"version": 1, "explanation": "New."}, False)],
)
async def test_a_question_that_was_edited_since_its_ruling_does_not_wait_for_newcomers(
    stage: Stage, edit: dict[str, Any], told: bool
) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await weigh(stage)
    await keep(stage, at=START + 2 * HOUR)
    await stage.db.write(hold, 2, (ITEM.model_copy(update=edit), everyone("B")))
    await weigh(stage)
    assert bool(await open_reports(stage)) is told


async def test_moderators_are_told_in_the_review_channel(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await stage.db.write(hold_six, 1, FALLING, guild_id=stage.guild.id)
    await weigh(stage)
    await stage.advance(1)
    (card,) = [message for message in stage.messages(stage.other) if ITEM.prompt in text_of(message)]
    assert text_of(card).splitlines()[:3] == [
        "### A question was reported",
        ITEM.prompt,
        "**The answers look odd** · 1",
    ]
    assert f"> The answers look odd: {WHY}" in (await stage.press("olga", card, "Open")).text.splitlines()


async def test_a_restart_does_not_report_twice(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, FALLING)
    await weigh(stage)
    unweighed = update(Round).values(weighed=0)
    await stage.db.write(lambda session: session.execute(unweighed) and None)
    await stage.restart()
    await weigh(stage)
    assert await count_reports(stage) == 1


async def test_a_question_that_cant_be_read_holds_up_no_other_round(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.db.write(hold, 1, (OTHERS[0], everyone(EASY)))
    await stage.db.write(change, 1, 0, item="{}")
    await stage.db.write(hold_six, 2, FALLING)
    await weigh(stage)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == ["weighing failed"]
    assert await count_reports(stage) == 1


class Watch(Clock):
    """A clock that goes on by 100 ms whenever somebody looks at it, and lets nobody wait."""

    def __init__(self) -> None:
        self.time = START
        self.waits: list[float] = []

    def now(self) -> int:
        self.time += 100
        return self.time

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)


async def weigh_once(db: Database) -> list[float]:
    """Weigh what is due; return the seconds rested meanwhile."""
    watch = Watch()
    scales = Scales(Offramp(db, {}, watch))
    await scales.weigh_due(START)
    await scales.weigh_due(START)  # the loop comes round while they are in use
    await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name() == "weighing"))
    return watch.waits


async def test_weighing_rests_nine_times_as_long_as_it_takes(db: Database) -> None:
    await db.write(hold_six, 1, FALLING)
    assert await weigh_once(db) == [0.9] * 7  # six questions, and the round taken off the scales
    assert await db.read(figures.list_unweighed) is None


async def test_a_question_of_many_rounds_is_weighed_once(db: Database) -> None:
    for number in (1, 2, 3):
        await db.write(hold_six, number, FALLING)
    assert await weigh_once(db) == [0.9] * 9  # six questions, three rounds


async def test_where_the_database_says_no_the_round_waits_for_its_turn(db: Database) -> None:
    await db.write(hold_six, 1, FALLING)
    await db.write(lambda session: session.execute(text("ALTER TABLE reports RENAME TO gone")) and None)
    assert await weigh_once(db) == [5.0]
    assert await db.read(figures.list_unweighed) == (GUILD, [1])
    await db.write(lambda session: session.execute(text("ALTER TABLE gone RENAME TO reports")) and None)
    await weigh_once(db)
    assert await db.read(reports.count_all, GUILD, ITEM.id) == 1


async def test_what_is_on_the_scales_when_the_bot_stops_is_weighed_after_the_start(db: Database) -> None:
    await db.write(hold_six, 1, FALLING)
    scales = Scales(Offramp(db, {}, Watch()))
    await scales.weigh_due(START)
    await scales.close()
    assert await db.read(figures.list_unweighed) == (GUILD, [1])
    await weigh_once(db)
    assert await db.read(reports.count_all, GUILD, ITEM.id) == 1
