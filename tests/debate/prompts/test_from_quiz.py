"""A round's most divided question leads to a motion on its theme."""

from __future__ import annotations

import discord
import pytest

from tests.build import TRUEFALSE, make_motion
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(TRUEFALSE, motions=[make_motion()])


async def play(stage: Stage, *pressed: str) -> discord.Message:
    """Play a round of one question in which alice, then bob, press these; its final standing."""
    await stage.slash("alice", "quiz play", questions=1, seconds=20)
    await stage.advance(5)
    question = stage.last()
    for who, label in zip(("alice", "bob"), pressed, strict=True):
        await stage.press(who, question, label)
    await stage.advance(20)
    await stage.advance(10)
    return stage.last()


async def test_whoever_presses_puts_a_motion_on_the_theme_of_that_question_also_after_a_restart(stage: Stage) -> None:
    end = await play(stage, "A", "B")
    await stage.restart()
    put = await stage.press("bob", end, "Debate this")
    assert put.private is False
    assert text_of(stage.last()).splitlines()[:2] == ["-# Motion · Shape", "### Squares are better than circles (m1)."]


async def test_however_many_press_one_motion_is_open(stage: Stage) -> None:
    end = await play(stage, "A", "B")
    await stage.press("bob", end, "Debate this")
    card = stage.last()
    again = await stage.press("alice", end, "Debate this")
    there = f"https://discord.com/channels/{stage.guild.id}/{stage.quiz.id}/{card.id}"
    assert (again.private, again.text) == (
        True,
        f"A motion on that is open in this channel already. You can vote and open a thread there. {there}",
    )
    await stage.press("bob", card, "Close")
    await stage.press("alice", end, "Debate this")
    assert text_of(stage.last()).startswith("-# Motion · Shape")
    assert stage.last().id != card.id


async def test_where_all_agree_there_is_nothing_to_debate(stage: Stage) -> None:
    assert "Debate this" not in button_ids(await play(stage, "A", "A"))


@pytest.mark.pack(TRUEFALSE)
async def test_a_pack_without_motions_offers_none(stage: Stage) -> None:
    assert list(button_ids(await play(stage, "A", "B"))) == ["My place"]


@pytest.mark.parametrize("ids", ["shapes:sound", "server:general", "maps:shape"])
async def test_a_forged_theme_is_refused(stage: Stage, ids: str) -> None:
    assert (await stage.forge("bob", f"debate:put:{ids}")).startswith("I have no motions on that.")
