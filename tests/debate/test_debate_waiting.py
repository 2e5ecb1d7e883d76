"""What waits in a debate: a moderator finds all of it in one list, and decides on one after the other."""

from __future__ import annotations

import pytest

from storage.settings import change_settings
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

ONLY = "Only people who may moderate here can see this before others do. It waits for one of them."
OTHER = {"bob": "carol", "carol": "bob"}


async def let_wait(stage: Stage) -> str:
    """An Oxford debate in which two openings and a question wait; who restates next."""
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    told = await stage.submit("onlooker", form, text="Who pays?")
    assert told.text == "Thank you. A moderator looks at it first; then the chair can put it to both sides."
    for text in ("One ||point||.", "Another point."):
        await holding.speak(stage, await holding.turn_of(stage), text)
    return await holding.turn_of(stage)


async def test_all_that_waits_is_in_one_list_behind_spoilers_and_decided_one_by_one(stage: Stage) -> None:
    await let_wait(stage)
    listed = await stage.press("olga", await holding.now_open(stage), "Waiting (3)")
    onlooker = stage.people["onlooker"].id
    assert (listed.private, listed.text.splitlines()[:2]) == (
        True,
        [f"-# Question from the audience · <@{onlooker}> · nobody else sees it yet", "||Who pays?||"],
    )
    assert "-# Page 1 of 3 · 3 texts waiting" in listed.text.splitlines()
    stood = await stage.press("olga", listed.message, "Let it stand")
    assert stood.text.splitlines()[0] == "It stands; the chair can put it now."
    assert stood.text.splitlines()[2] == r"||One \|\|point\|\|.||"
    turned = await stage.press("olga", stood.message, "Next")
    assert "||Another point.||" in turned.text.splitlines()
    left = await stage.press("olga", turned.message, "Leave it out")
    assert left.text.splitlines()[0] == "It is left out."
    last = await stage.press("olga", left.message, "Let it stand")
    assert last.text.splitlines()[0] == "It stands, and the card shows it in a moment."
    assert last.text.splitlines()[-1] == "Nothing waits for you in this debate."
    assert [one.state for one in await holding.speeches(stage)] == ["waiting", "shown", "declined"]
    await stage.advance(5)
    assert not any(label.startswith("Waiting") for label in holding.labels(await holding.now_open(stage)))


async def test_a_question_that_begins_to_wait_shows_on_the_open_card(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    assert "Waiting (1)" not in holding.labels(await holding.now_open(stage))
    form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
    await stage.submit("onlooker", form, text="Who pays?")
    await stage.advance(5)
    assert "Waiting (1)" in holding.labels(await holding.now_open(stage))


async def test_only_moderators_open_the_list(stage: Stage) -> None:
    await let_wait(stage)
    for who in ("alice", "bob", "onlooker"):
        assert (await stage.press(who, await holding.now_open(stage), "Waiting (3)")).text == ONLY


async def test_a_speechs_own_card_opens_the_list_at_it(stage: Stage) -> None:
    await let_wait(stage)
    id = (await holding.speeches(stage))[2].message_id
    card = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == id)
    looked = await stage.press("olga", card, "Look at it")
    assert "||Another point.||" in looked.text.splitlines()


async def test_moderators_open_the_list_where_they_are_told_of_it(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await let_wait(stage)
    await stage.advance(1)
    listed = await stage.press("olga", stage.messages(stage.other)[0], "Look at them")
    assert "||Who pays?||" in listed.text.splitlines()


async def test_a_reason_that_waits_is_opened_from_the_restatement(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    first = await holding.turn_of(stage)
    await holding.speak(stage, first, "They say that squares stack.")
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    id = (await holding.speeches(stage))[-1].message_id

    def card() -> object:
        return next(m for m in stage.messages(stage.quiz.threads[0]) + stage.messages() if m.id == id)

    form = await stage.press(OTHER[first], card(), "Not quite")
    await stage.submit(OTHER[first], form, text="You left out the best part.")
    await stage.advance(1)
    looked = await stage.press("olga", card(), "Look at it")
    assert "||You left out the best part.||" in looked.text.splitlines()
    await stage.press("olga", looked.message, "Let it stand")
    await stage.advance(1)
    assert "-# The other side: not quite. You left out the best part." in text_of(card()).splitlines()
    assert "Look at it" not in button_ids(card())


async def test_a_reason_that_waits_is_counted_on_the_open_card_while_another_judge_is_awaited(stage: Stage) -> None:
    await holding.begin(stage, ("dana", "For"), ("onlooker", "Against"), format="oxford")
    await holding.skip(stage)
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    first = await holding.turn_of(stage)
    await holding.speak(stage, first, "They say that squares stack.")
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    id = (await holding.speeches(stage))[-1].message_id
    shown = next(m for m in stage.messages(stage.quiz.threads[0]) + stage.messages() if m.id == id)
    judge = "carol" if first in ("bob", "dana") else "bob"
    await stage.submit(judge, await stage.press(judge, shown, "Not quite"), text="You left out the best part.")
    await stage.advance(5)
    assert "Waiting (1)" in holding.labels(await holding.now_open(stage))


async def test_a_chair_turns_a_question_down_in_the_choice(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    for text in ("Who pays?", "What of hexagons?"):
        form = await stage.press("onlooker", await holding.now_open(stage), "Ask")
        await stage.submit("onlooker", form, text=text)
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "question":
        await holding.skip(stage)
    offered = await stage.press("alice", await holding.now_open(stage), "Relay")
    told = await stage.press("alice", offered.message, "Turn 1 down")
    assert told.text.splitlines() == [
        "It is turned down and will not be put.",
        "**1.** What of hexagons?",
        "Put question 1",
        "Turn 1 down",
        "-# 1 question",
    ]
    last = await stage.press("alice", told.message, "Turn 1 down")
    assert last.text == (
        "It is turned down and will not be put. No question waits any more. Anybody who watches can press “Ask”."
    )


async def test_a_chair_reads_every_word_of_a_question_and_turns_to_the_next_ones(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    asked = [f"{n} " + "word " * 58 + "end?" for n in range(5)]
    for n, text in enumerate(asked):
        who = ("onlooker", "dana")[n % 2]
        form = await stage.press(who, await holding.now_open(stage), "Ask")
        await stage.submit(who, form, text=text)
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "question":
        await holding.skip(stage)
    offered = await stage.press("alice", await holding.now_open(stage), "Relay")
    lines = offered.text.splitlines()
    assert [line for line in lines if line.startswith("**")] == [f"**{n + 1}.** {asked[n]}" for n in range(4)]
    assert "-# Page 1 of 2 · 5 questions" in lines
    turned = await stage.press("alice", offered.message, "Next")
    assert f"**5.** {asked[4]}" in turned.text.splitlines()
    assert (await stage.press("alice", turned.message, "Put question 5")).text == "The question is put."
    await stage.advance(1)
    assert f"**Question from the audience:** {asked[4]}" in text_of(await holding.now_open(stage)).splitlines()
