"""A vote closes: by time, by hand, after an absence, and where its card is lost."""

from __future__ import annotations

import pytest

from bot.debate.prompts import actions
from bot.debate.prompts.actions import NOT_YOURS, Place, Put
from bot.errors import Refusal
from content.pack import Motion
from storage import audit, posts, prompts
from tests.build import make_motion
from tests.debate.prompts.steps import CLOSED, DAY, let_a_day_pass, lines, prompt_id, put, vote, votes
from tests.stage import Stage, button_ids

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def test_after_a_day_the_card_shows_the_split_of_five_votes(stage: Stage) -> None:
    card = await put(stage)
    await vote(stage, card, "For", "For", "Against", "Against", "Against")
    closes = stage.clock.now() + DAY
    await let_a_day_pass(stage)
    assert stage.last().id == card.id
    assert lines(stage.last())[3:] == [
        "**The vote is closed: 5 votes.**",
        "▰▰▰▰▱▱▱▱▱▱ 40% **For** · 2",
        "▰▰▰▰▰▰▱▱▱▱ 60% **Against** · 3",
        "▱▱▱▱▱▱▱▱▱▱ 0% **Unsure** · 0",
        "-# This is what those who voted here think. It does not say who is right.",
        *("Both sides", "Open a thread", "Report framing"),
        f"-# Closed <t:{closes // 1000}:f>",
    ]


@pytest.mark.parametrize(
    ("cast", "said"),
    [
        ([], "**The vote is closed.** Nobody voted."),
        (["For"], "**The vote is closed: 1 vote.** Fewer than five voted, so no split is shown."),
        (["For"] * 4, "**The vote is closed: 4 votes.** Fewer than five voted, so no split is shown."),
    ],
)
async def test_fewer_than_five_votes_close_without_a_split(stage: Stage, cast: list[str], said: str) -> None:
    await vote(stage, await put(stage), *cast)
    await let_a_day_pass(stage)
    assert lines(stage.last())[3] == said


async def test_a_vote_after_the_close_is_refused_and_not_counted(stage: Stage) -> None:
    card = await put(stage)
    against = button_ids(card)["Against"]
    await let_a_day_pass(stage)
    assert await stage.forge("carol", against) == CLOSED
    assert await votes(stage, card) == {}


async def test_a_vote_in_the_instant_of_the_close_is_refused(stage: Stage) -> None:
    card = await put(stage)
    place = Place(stage.guild.id, prompt_id(card), stage.quiz.id, card.id, 1)
    with pytest.raises(Refusal):
        await stage.db.write(actions.vote, place, "for", stage.clock.now() + DAY)


@pytest.mark.parametrize("who", ["alice", "bob", "olga"])
async def test_whoever_put_a_motion_or_looks_after_the_server_or_its_messages_can_close_it(
    stage: Stage, who: str
) -> None:
    card = await put(stage, "bob")
    told = await stage.press(who, card, "Close")
    assert (told.private, told.text) == (True, "The vote is closed. The card shows the result in a moment.")
    await stage.advance(1)
    assert lines(stage.last())[3] == "**The vote is closed.** Nobody voted."
    assert lines(stage.last())[-1] == f"-# Closed <t:{(stage.clock.now() - 1000) // 1000}:f>"


async def test_who_closes_the_motion_of_somebody_else_is_noted(stage: Stage) -> None:
    for who in ("bob", "alice"):
        await stage.press(who, await put(stage, "bob"), "Close")
    noted = await stage.db.read(audit.list_entries, stage.guild.id, None, 0, 9)
    assert [(entry.deed, entry.user_id) for entry in noted] == [("prompt.close", stage.people["alice"].id)]


async def test_nobody_else_can_close_it(stage: Stage) -> None:
    card = await put(stage, "alice")
    told = await stage.press("bob", card, "Close")
    assert told.text == NOT_YOURS
    await stage.advance(1)
    assert "Close" in button_ids(stage.last())


async def test_a_second_close_is_told_so_and_changes_nothing(stage: Stage) -> None:
    card = await put(stage, "bob")
    close = button_ids(card)["Close"]
    await stage.press("bob", card, "Close")
    await stage.advance(1)
    edits = stage.edits()
    assert await stage.forge("alice", close) == CLOSED
    await let_a_day_pass(stage)
    assert stage.edits() == edits


async def test_a_vote_whose_time_ran_out_while_the_bot_was_away_is_closed_when_it_is_back(stage: Stage) -> None:
    await vote(stage, await put(stage), "For", "Against")
    stage.clock.time += DAY + 5000
    await stage.restart()
    await stage.advance(1)
    assert lines(stage.last())[3].startswith("**The vote is closed: 2 votes.**")


async def test_a_card_not_noted_before_a_crash_is_noted_by_the_first_vote(stage: Stage) -> None:
    motions = [("shapes/m1", Motion.model_validate(make_motion()))]
    await stage.db.write(actions.put_motion, Put(stage.guild.id, 1, stage.quiz.id, 1, motions), stage.clock.now())
    await stage.forge("carol", "debate:vote:1:for")
    pressed = stage.last()
    await let_a_day_pass(stage)
    assert stage.last().id == pressed.id
    assert lines(stage.last())[3].startswith("**The vote is closed: 1 vote.**")


async def test_a_motion_that_never_got_a_card_closes_without_a_word(stage: Stage) -> None:
    motions = [("shapes/m1", Motion.model_validate(make_motion()))]
    await stage.db.write(actions.put_motion, Put(stage.guild.id, 1, stage.quiz.id, 1, motions), stage.clock.now())
    await let_a_day_pass(stage)
    assert stage.messages() == []
    assert await stage.db.read(prompts.due_prompts, stage.clock.now()) == []


async def test_a_deleted_channel_closes_the_vote_once_and_for_all(stage: Stage) -> None:
    await stage.slash("bob", "debate prompt", stage.other)
    await stage.delete_channel(stage.other)
    await let_a_day_pass(stage)
    assert await stage.db.read(prompts.due_prompts, stage.clock.now()) == []
    assert await stage.db.read(posts.due_channels, stage.clock.now() + DAY, [], 9) == []


async def test_a_deleted_card_closes_the_vote_once_and_for_all(stage: Stage) -> None:
    await stage.people["alice"].delete(await put(stage))
    await let_a_day_pass(stage)
    assert await stage.db.read(prompts.due_prompts, stage.clock.now()) == []
    assert await stage.db.read(posts.due_channels, stage.clock.now() + DAY, [], 9) == []


async def test_a_card_that_may_not_be_changed_any_more_closes_the_vote_all_the_same(stage: Stage) -> None:
    await put(stage)
    await stage.deny_bot(stage.quiz, "view_channel")
    await let_a_day_pass(stage)
    assert await stage.db.read(prompts.due_prompts, stage.clock.now()) == []
    assert await stage.db.read(posts.due_channels, stage.clock.now() + DAY, [], 9) == []
