"""The risk brief that a schedule posts: for everyone, of the pack that was asked for, once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from storage import occasions, schedules
from storage.tables import Fire
from tests.build import OFFRAMP, make_pack, make_risk
from tests.stage import Stage, button_ids, text_of

HOUR = 3600
RISKS = [make_risk("r1", title="First")]
MORE = make_pack(id="maps", title="Maps", risks=[make_risk("r9", title="Ninth")], offramp=OFFRAMP)
pytestmark = pytest.mark.pack(risks=RISKS, offramp=OFFRAMP)


async def fire(stage: Stage, **settings: Any) -> list[str]:
    """Have a schedule post a brief every day at nine, let it become nine; the lines of the newest card."""
    await stage.slash("olga", "schedule add", what="risk", when="every day 09:00", **settings)
    await stage.skip(HOUR)  # the stage's clock stands at eight
    await stage.advance(2)
    return text_of(stage.last()).splitlines()


async def test_it_is_posted_once_as_it_would_be_shared_and_without_buttons(stage: Stage) -> None:
    at = stage.clock.now() // 1000 + HOUR
    assert await fire(stage) == [
        "## Risks the source names",
        "-# Shapes",
        "**First**: The line of r1.",
        "-# The who of r1.",
        "**A way down**: There is a way down.",
        "-# Its author.",
        "-# In the order of the source, which says nothing about weight. What stands against each: /risk full",
        f"-# On schedule, <t:{at}:f>. Everyone can open it: /risk brief",
    ]
    assert len(stage.messages()) == 1
    assert button_ids(stage.last()) == {}


async def test_a_restart_posts_it_no_second_time_and_the_next_day_brings_another(stage: Stage) -> None:
    await fire(stage)
    await stage.restart()
    await stage.advance(2)
    assert len(stage.messages()) == 1
    await stage.skip(24 * HOUR)
    await stage.advance(2)
    first, second = (text_of(message).splitlines() for message in stage.messages())
    assert first[:-1] == second[:-1]
    assert first[-1] != second[-1]


@pytest.mark.parametrize("theme", ["maps", "Maps"])
async def test_it_is_of_the_pack_that_was_asked_for_also_after_a_restart(stage: Stage, theme: str) -> None:
    stage.packs = {**stage.packs, MORE.id: MORE}
    await stage.restart()
    assert (await fire(stage, theme=theme))[1:3] == ["-# Maps", "**Ninth**: The line of r9."]


async def test_the_schedule_says_what_its_brief_is_of(stage: Stage) -> None:
    shown = await stage.slash("olga", "schedule add", what="risk", when="every day 09:00", theme="shapes")
    assert "Risk brief" in shown.text
    assert "the risk brief of Shapes" in shown.text


async def test_an_unknown_subject_is_refused_and_nothing_is_saved(stage: Stage) -> None:
    told = await stage.slash("olga", "schedule add", what="risk", when="every day 09:00", theme="nowhere")
    assert told.text == "I don't know that subject. Please pick one from the list that opens as you type."
    assert await stage.db.read(schedules.list_schedules, stage.guild.id) == []


@pytest.mark.pack
async def test_a_pack_without_risks_has_no_brief_to_schedule(stage: Stage) -> None:
    told = await stage.slash("olga", "schedule add", what="risk", when="every day 09:00")
    assert told.text == "None of my subjects has risk cards yet. /about says what I do have."


async def test_what_no_schedule_of_this_server_started_has_no_settings(stage: Stage) -> None:
    await fire(stage, theme="shapes")
    (done,) = await stage.db.read(lambda session: session.scalars(select(Fire).where(Fire.state == "done")).all())
    assert done.started_id is not None
    assert await stage.db.read(occasions.get_settings_of, stage.guild.id, done.started_id) == {"theme": "shapes"}
    assert await stage.db.read(occasions.get_settings_of, stage.guild.id, 7) == {}
    assert await stage.db.read(occasions.get_settings_of, stage.guild.id + 1, done.started_id) == {}
