"""A motion that a schedule puts: voted on, closed, kept through a restart, refused, lost."""

from __future__ import annotations

import discord
import pytest

from storage import posts, prompts, schedules
from tests.build import make_motion
from tests.debate.prompts.steps import CLOSED, DAY, let_a_day_pass, lines, prompt_id, vote, votes
from tests.stage import Stage, button_ids

COLOURS = {"id": "colour", "title": "Colour", "about": "How warm it is"}
HOUR = 3600
pytestmark = pytest.mark.pack(motions=[make_motion()])


async def fire(stage: Stage) -> None:
    """Have a schedule put a motion every day at nine, and let it become nine."""
    await stage.slash("olga", "schedule add", what="debate", when="every day 09:00")
    await stage.skip(HOUR)  # the stage's clock stands at eight
    await stage.advance(2)


async def fired(stage: Stage) -> discord.Message:
    await fire(stage)
    return stage.last()


async def test_it_is_posted_once_and_can_be_voted_on(stage: Stage) -> None:
    card = await fired(stage)
    closes = stage.clock.now() - 2000 + DAY
    assert len(stage.messages()) == 1
    assert lines(card) == [
        "-# Motion · Shape",
        "### Squares are better than circles (m1).",
        "-# The source on this: §1.1 §1.2",
        "A motion is a sentence to argue about; I take no side. Your vote is private, and you can change it.",
        *("For", "Against", "Unsure", "Both sides", "Open a thread", "Report framing", "Close"),
        f"-# Closes <t:{closes // 1000}:R> · no votes yet",
    ]
    (reply,) = await vote(stage, card, "For")
    assert (reply.private, reply.text.splitlines()[0].split(". ")[0]) == (True, "Your vote is recorded: **For**")
    assert await votes(stage, card) == {"for": 1}


async def test_it_closes_after_its_day_on_the_same_card(stage: Stage) -> None:
    card = await fired(stage)
    (schedule,) = await stage.db.read(schedules.list_schedules, stage.guild.id)
    await stage.slash("olga", "schedule pause", schedule=str(schedule.id))
    against = button_ids(card)["Against"]
    await let_a_day_pass(stage)
    assert [message.id for message in stage.messages()] == [card.id]
    assert lines(stage.last())[3] == "**The vote is closed.** Nobody voted."
    assert await stage.forge("carol", against) == CLOSED


async def test_a_restart_keeps_it_open_and_posts_it_no_second_time(stage: Stage) -> None:
    card = await fired(stage)
    await stage.restart()
    await stage.advance(2)
    assert [message.id for message in stage.messages()] == [card.id]
    await vote(stage, card, "Against")
    assert await votes(stage, card) == {"against": 1}


async def test_its_card_is_known_before_anybody_votes(stage: Stage) -> None:
    card = await fired(stage)
    prompt = await stage.db.read(prompts.get_prompt, stage.guild.id, prompt_id(card))
    assert prompt is not None
    assert prompt.message_id == card.id


async def test_whoever_made_the_schedule_can_close_it(stage: Stage) -> None:
    card = await fired(stage)
    assert (await stage.press("olga", card, "Close")).text.startswith("The vote is closed.")


async def test_a_card_that_discord_does_not_take_closes_the_vote_without_a_word(stage: Stage) -> None:
    stage.env.inject_error("POST", f"/channels/{stage.quiz.id}/messages", status=403, code=50001)
    await fire(stage)
    now = stage.clock.now()
    assert stage.messages() == []
    assert await stage.db.read(prompts.due_prompts, now + 2 * DAY) == []
    assert await stage.db.read(posts.due_channels, now + 2 * DAY, [], 9) == []


@pytest.mark.pack(motions=[make_motion(), make_motion("m2", theme="colour")], themes=[COLOURS])
async def test_a_schedule_can_keep_to_a_theme_and_says_so(stage: Stage) -> None:
    shown = await stage.slash("olga", "schedule add", what="debate", when="every day 09:00", theme="Shapes: Colour")
    assert "a motion about Shapes: Colour" in shown.text
    await stage.skip(HOUR)
    await stage.advance(2)
    assert lines(stage.last())[1] == "### Squares are better than circles (m2)."


async def test_an_unknown_theme_is_refused_and_nothing_is_saved(stage: Stage) -> None:
    told = await stage.slash("olga", "schedule add", what="debate", when="every day 09:00", theme="nowhere")
    assert told.text == "I have no motions on that. Please pick a theme from the list that opens as you type."
    await stage.skip(HOUR)
    await stage.advance(2)
    assert stage.messages() == []
