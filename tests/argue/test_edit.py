"""Claims are changed by real presses: in place, as another one, once at a time, and never back from where they were."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import discord
import pytest

from bot.act import Act
from bot.app import Offramp
from bot.argue import actions, deciding
from bot.errors import Refusal
from bot.kit import Card
from storage import argue
from storage.settings import change_settings
from tests.argue.steps import KEEPS_ITS_WORDS, MOTION, TEXT, add, claims, write
from tests.build import make_motion
from tests.stage import Reply, Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion(), make_motion("m2")])
NEW = "Squares fill a plane."


async def draft_edit(stage: Stage, card: discord.Message, text: str = NEW) -> Reply:
    """Begin to change a claim of Bob's and write its new words; the draft as he sees it."""
    draft = await stage.press("bob", card, "Change")
    return await stage.submit("bob", await stage.press("bob", draft.message, "Change"), text=text)


async def edit(stage: Stage, card: discord.Message, text: str = NEW) -> str:
    """Change a claim of Bob's; what he is told."""
    draft = await draft_edit(stage, card, text)
    told = await stage.press("bob", draft.message, "Post")
    await stage.advance(2)
    return told.text


async def test_a_change_brings_back_no_card_that_was_deleted(stage: Stage) -> None:
    await add(stage)
    draft = await draft_edit(stage, stage.last())
    await stage.people["alice"].delete(stage.last())
    told = await stage.press("bob", draft.message, "Post")
    await stage.advance(2)
    assert told.text == "**#1** is changed. Nobody had said anything of it yet."
    assert stage.messages() == []


async def test_a_change_while_the_card_is_on_its_way_is_on_it_in_the_end(stage: Stage) -> None:
    posting = stage.bot.delivery.kinds["argue:claim"]
    edits = []

    async def draw_then_change(bot: Offramp, guild_id: int, number: int) -> Card | None:
        drawn = await posting.draw(bot, guild_id, number)
        act = act_of(stage, "bob")
        edits.append(act.id)
        await stage.db.write(actions.begin_edit, act, number)
        await stage.db.write(actions.change_text, act, act.id, NEW)
        await stage.db.write(actions.post, act, act.id, stage.quiz.id, None)
        return drawn

    stage.bot.delivery.kinds["argue:claim"] = replace(posting, draw=draw_then_change)
    await add(stage)
    await stage.advance(2)
    assert len(edits) == 1
    assert [text_of(message).splitlines()[2] for message in stage.messages()] == [f"### {NEW}"]


async def test_a_claim_that_is_taken_away_before_its_card_is_out_gets_none(stage: Stage) -> None:
    draft = await write(stage)
    stage.env.inject_error("POST", "/channels/*/messages", status=503)
    await stage.press("bob", draft.message, "Post")
    await stage.db.write(deciding.FLAGGABLE.remove, act_of(stage, "olga"), 1)
    await stage.advance(5)
    assert stage.messages() == []


async def flag(stage: Stage, who: str, card: discord.Message) -> str:
    form = await stage.press(who, card, "Flag")
    return (await stage.submit(who, form, reason=["spam"], note="")).text


def act_of(stage: Stage, who: str) -> Act:
    return Act(stage.guild.id, stage.env.backend.snowflake(), stage.people[who].id, stage.clock.now())


async def standing(stage: Stage) -> list[tuple[int, str, int | None]]:
    return [(claim.number, claim.state, claim.replaces) for claim in await claims(stage)]


@pytest.mark.parametrize("kept", [False, True])
async def test_a_claim_that_was_flagged_keeps_its_words_and_another_takes_its_place(stage: Stage, kept: bool) -> None:
    await add(stage)
    card = stage.last()
    await flag(stage, "olga" if kept else "carol", card)
    if kept:
        opened = await stage.press("olga", (await stage.slash("olga", "flags")).message, "Open")
        await stage.press("olga", opened.message, "Keep it")
    told = await edit(stage, card)
    assert told == f"{KEEPS_ITS_WORDS} **#2** takes its place."
    assert await standing(stage) == [(1, "replaced", None), (2, "shown", 1)]


async def test_a_claim_that_was_answered_keeps_the_words_that_were_answered(stage: Stage) -> None:
    await add(stage)
    card = stage.last()
    await add(stage, "carol", "Circles roll away.", side="against", answers=1)
    told = await edit(stage, card)
    assert told == f"{KEEPS_ITS_WORDS} **#3** takes its place."
    assert await standing(stage) == [(1, "replaced", None), (2, "shown", None), (3, "shown", 1)]


async def test_a_change_makes_no_flag_vanish_and_what_was_replaced_can_be_taken_away(stage: Stage) -> None:
    await add(stage)
    card = stage.last()
    await flag(stage, "carol", card)
    form = await stage.press("dana", card, "Flag")
    await edit(stage, card)
    told = await stage.submit("dana", form, reason=["spam"], note="")  # her form was open meanwhile
    assert told.text.startswith("Thank you. It waits for the moderators now")
    opened = await stage.press("olga", (await stage.slash("olga", "flags")).message, "Open")
    assert f"||{TEXT}||" in opened.text
    await stage.db.write(deciding.FLAGGABLE.remove, act_of(stage, "olga"), 1)
    await stage.advance(2)
    assert await standing(stage) == [(1, "removed", None), (2, "shown", 1)]
    assert text_of(stage.messages()[0]).splitlines()[2:] == ["Moderators took this claim away."]


async def test_answers_stay_where_they_were_when_what_was_replaced_in_between_is_taken_away(stage: Stage) -> None:
    await add(stage)
    await add(stage, "carol", "Circles roll away.", side="against", answers=1)
    for card, text in ((0, NEW), (2, "Squares tile a floor.")):
        await flag(stage, "dana", stage.messages()[card])
        await edit(stage, stage.messages()[card], text)
    await stage.db.write(deciding.FLAGGABLE.remove, act_of(stage, "olga"), 3)
    shown = await stage.slash("dana", "argue map", motion=MOTION)
    assert "> rebuts #4: **#2** (Against) Circles roll away." in shown.text


async def test_a_change_that_takes_the_place_of_a_claim_counts_as_one_written_today(stage: Stage) -> None:
    words = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine")
    for word in words:
        await add(stage, text=f"{word} {word[::-1]}")
    first, second = stage.messages()[:2]
    await flag(stage, "carol", first)
    assert await edit(stage, first) == (
        "This change would be a claim of its own, as #1 has been rated, answered, flagged or named as what changed a "
        "view, and you have written 10 within a day, which is as many as I take. #1 stays as it is; press “Post” again "
        "tomorrow, or change it then."
    )
    assert (await edit(stage, second)).startswith("**#2** is changed.")  # in place: it is not one more
    assert len(await claims(stage)) == 10


async def test_one_change_of_a_claim_waits_at_a_time(stage: Stage) -> None:
    await add(stage)
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    drafts = [await draft_edit(stage, stage.last(), text) for text in (NEW, "Squares tile a floor.")]
    ids = [int(button_ids(draft.message)["Post"].split(":")[2]) for draft in drafts]
    writes = (stage.db.write(actions.post, act_of(stage, "bob"), id, stage.quiz.id, None) for id in ids * 25)
    told = await asyncio.gather(*writes, return_exceptions=True)
    refused = [str(one) for one in told if isinstance(one, Refusal)]
    waits = "A change of claim #1 waits for a moderator already. Once it is decided on you can change it again."
    assert (len(refused), refused.count(waits)) == (49, 25)
    assert (await stage.press("bob", stage.last(), "Change")).text == waits
    assert await standing(stage) == [(1, "shown", None), (2, "waiting", 1)]


async def test_a_change_that_waited_takes_no_place_that_another_has_taken(stage: Stage) -> None:
    await add(stage)
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await edit(stage, stage.last())
    await stage.db.write(argue.change_state, stage.guild.id, 1, "replaced", "shown")
    told = await stage.forge("olga", "argue:approve:2")
    assert told == "Claim #1 has been replaced meanwhile, so this can't take its place any more. Please turn it down."
    assert await standing(stage) == [(1, "replaced", None), (2, "waiting", 1)]


async def test_fifty_racing_moderators_decide_once(stage: Stage) -> None:
    await add(stage)
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await edit(stage, stage.last())
    decisions = (stage.db.write(deciding.decide, act_of(stage, "olga"), 2, n % 2 == 0) for n in range(50))
    told = await asyncio.gather(*decisions, return_exceptions=True)
    assert [str(one) for one in told if isinstance(one, Refusal)] == [deciding.DECIDED.format(number=2)] * 49
    await stage.advance(2)
    assert await standing(stage) == [(1, "replaced", None), (2, "shown", 1)]
    assert len(stage.messages()) == 2


async def test_a_draft_of_a_change_says_that_it_is_one_and_what_may_come_of_it(stage: Stage) -> None:
    await add(stage)
    draft = await stage.press("bob", stage.last(), "Change")
    assert draft.text.splitlines()[1] == (
        "-# Change of #1. If that has been rated, answered, flagged or named as what changed a view, another claim "
        "takes its place."
    )
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    held = await stage.press("bob", stage.last(), "Change")
    assert held.text.splitlines()[1] == (
        "-# Change of #1. Once a moderator has approved it, another claim takes its place."
    )


async def test_a_claim_that_changed_a_view_keeps_its_words(stage: Stage) -> None:
    await add(stage)
    card = stage.last()
    form = await stage.menu("dana", "This changed my view", card)
    await stage.submit("dana", form, claim=["1"], direction=["weaker"], why="x" * 60)
    assert await edit(stage, card) == f"{KEEPS_ITS_WORDS} **#2** takes its place."


async def test_where_claims_wait_the_form_and_the_draft_say_that_a_moderator_looks_first(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    form = await stage.slash("bob", "argue add", motion=MOTION, side="for")
    assert "A moderator looks at it first. Once it is approved, everybody" in json.dumps(form.result.modal)
    draft = await stage.submit("bob", form, text=TEXT)
    assert "-# A moderator looks at it first. Once it is approved, everybody" in draft.text
    await stage.db.write(change_settings, stage.guild.id, {"approval": "off"})
    assert "-# Everybody in this server can read and rate it, without your name." in (await write(stage)).text


async def test_an_answer_is_posted_though_what_it_answers_was_replaced_meanwhile(stage: Stage) -> None:
    await add(stage)
    card = stage.last()
    answer = await write(stage, "carol", "Circles roll away.", side="against", answers=1)
    await flag(stage, "carol", card)
    await edit(stage, card)
    told = await stage.press("carol", answer.message, "Post")
    await stage.advance(1)
    assert told.text.startswith("**#3** is posted here.")
    assert f"-# It rebuts #2: “{NEW}”" in text_of(stage.last())


async def test_words_that_are_gone_stand_on_no_answer_that_hung_on_what_they_replaced(stage: Stage) -> None:
    await add(stage)
    card = stage.last()
    await add(stage, "carol", "Circles roll away.", side="against", answers=1)
    answer = stage.last()
    await edit(stage, card)
    await stage.db.write(deciding.redraw_all, act_of(stage, "olga"), 2)
    await stage.advance(2)
    answer = await answer.channel.fetch_message(answer.id)
    assert NEW in text_of(answer)
    await stage.db.write(deciding.FLAGGABLE.remove, act_of(stage, "olga"), 3)
    await stage.db.write(deciding.redraw_all, act_of(stage, "olga"), 3)
    await stage.advance(2)
    answer = await answer.channel.fetch_message(answer.id)
    assert NEW not in text_of(answer)
