"""Votes are private, can be changed, and show no split until there are five."""

from __future__ import annotations

import asyncio

import pytest

from bot.debate.prompts import actions
from bot.debate.prompts.actions import Place
from bot.debate.prompts.cards import RENEWED
from tests.build import make_motion
from tests.debate.prompts.steps import DAY, lines, prompt_id, put, vote, votes
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def test_a_vote_is_private_and_on_disk_when_it_is_confirmed(stage: Stage) -> None:
    card = await put(stage)
    told = await stage.press("carol", card, "For")
    assert (told.private, told.text.splitlines()) == (
        True,
        [
            "Your vote is recorded: **For**. Only you see this. "
            f"You can change it until the vote closes <t:{(stage.clock.now() + DAY) // 1000}:R>.",
            "",
            "A split is shown from five votes on; so far there is 1.",
        ],
    )
    assert await votes(stage, card) == {"for": 1}


async def test_a_vote_can_be_changed_and_the_last_one_counts(stage: Stage) -> None:
    card = await put(stage)
    told = [(await stage.press("carol", card, label)).text for label in ("For", "Against", "Against")]
    assert [text.split(". ")[0] for text in told] == [
        "Your vote is recorded: **For**",
        "Your vote is changed from For to **Against**",
        "Your vote is **Against**, as before",
    ]
    assert await votes(stage, card) == {"against": 1}


async def test_a_voter_sees_the_split_from_the_fifth_vote_on(stage: Stage) -> None:
    card = await put(stage)
    told = [reply.text.split("\n\n")[1] for reply in await vote(stage, card, *["For"] * 3, "Against", "Unsure")]
    assert told[2:] == [
        "A split is shown from five votes on; so far there are 3.",
        "A split is shown from five votes on; so far there are 4.",
        "5 votes so far:\n▰▰▰▰▰▰▱▱▱▱ 60% **For** · 3\n▰▰▱▱▱▱▱▱▱▱ 20% **Against** · 1\n"
        f"▰▰▱▱▱▱▱▱▱▱ 20% **Unsure** · 1\n{RENEWED}",
    ]


async def test_looking_before_and_after_a_vote_does_not_tell_it(stage: Stage) -> None:
    card = await put(stage)
    told = [reply.text.split("\n\n")[1] for reply in await vote(stage, card, *["For"] * 5, *["Against"] * 6)]
    fifth = told[4].removeprefix("5 votes so far:\n")
    assert told[5:10] == [f"{n} votes so far. When there were 5:\n{fifth}" for n in (6, 7, 8, 9, 10)]
    assert told[10].splitlines()[:2] == ["11 votes so far:", "▰▰▰▰▰▱▱▱▱▱ 45% **For** · 5"]


async def test_the_end_does_not_tell_the_votes_of_the_few_who_came_last(stage: Stage) -> None:
    card = await put(stage)
    await vote(stage, card, *["For"] * 5, *["Against"] * 4)
    await stage.press("bob", card, "Close")
    await stage.advance(1)
    assert lines(stage.last())[3:5] == [
        "**The vote is closed: 9 votes.** When there were 5, they split like this; fewer than five have voted since, "
        "and that is not told.",
        "▰▰▰▰▰▰▰▰▰▰ 100% **For** · 5",
    ]


async def test_at_the_end_five_who_came_last_are_counted(stage: Stage) -> None:
    card = await put(stage)
    await vote(stage, card, *["For"] * 5, *["Against"] * 5)
    await stage.press("bob", card, "Close")
    await stage.advance(1)
    assert lines(stage.last())[3:5] == ["**The vote is closed: 10 votes.**", "▰▰▰▰▰▱▱▱▱▱ 50% **For** · 5"]


async def test_one_person_who_changes_their_vote_again_and_again_does_not_renew_the_split(stage: Stage) -> None:
    card = await put(stage)
    await vote(stage, card, *["For"] * 5)
    for n in range(7):
        await stage.skip(1)
        told = await stage.press("alice", card, ("For", "Against")[n % 2])
    await stage.press("olga", card, "Unsure")
    told = await stage.press("alice", card, "Against")
    assert told.text.split("\n\n")[1].splitlines()[:2] == [
        "6 votes so far. When there were 5:",
        "▰▰▰▰▰▰▰▰▰▰ 100% **For** · 5",
    ]


async def test_the_open_card_shows_how_many_voted_within_four_seconds_and_never_how(stage: Stage) -> None:
    card = await put(stage)
    before, edits = lines(card), stage.edits()
    await vote(stage, card, *["For"] * 4, "Against")
    await stage.press("alice", card, "Unsure")
    await stage.advance(4)
    assert lines(stage.last()) == [*before[:-1], before[-1].replace("no votes yet", "5 votes")]
    assert stage.edits() == edits + 1


async def test_a_vote_just_before_a_crash_stands_on_the_card_afterwards(stage: Stage) -> None:
    card = await put(stage)
    await stage.press("carol", card, "For")
    await stage.restart()
    await stage.advance(5)
    assert lines(stage.last())[-1].endswith("· 1 vote")


async def test_a_changed_vote_changes_nothing_on_the_card(stage: Stage) -> None:
    card = await put(stage)
    await stage.press("carol", card, "For")
    await stage.advance(4)
    edits = stage.edits()
    await stage.press("carol", card, "Against")
    await stage.advance(4)
    assert stage.edits() == edits


async def test_fifty_racing_votes_of_one_person_leave_one_row(stage: Stage) -> None:
    card = await put(stage)
    place = Place(stage.guild.id, prompt_id(card), stage.quiz.id, card.id, 1)
    now = stage.clock.now()
    cast = [("for", "against", "unsure")[n % 3] for n in range(50)]
    await asyncio.gather(*(stage.db.write(actions.vote, place, vote, now) for vote in cast))
    assert await votes(stage, card) == {cast[-1]: 1}
