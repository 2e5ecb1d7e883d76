"""A debate is announced: its seats, who begins it, where it is held, and what is refused."""

from __future__ import annotations

import pytest

from storage import debates
from tests.build import make_motion
from tests.debate import holding
from tests.debate.prompts.steps import lines
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion(mirrored="Circles are better than squares.")])

GATHERING = 30 * 60


async def seats(stage: Stage) -> dict[str, tuple[str, str]]:
    """(side, state) of everybody who took a seat, by name."""
    debate = await holding.find(stage)
    names = {person.id: name for name, person in stage.people.items()}
    rows = await stage.db.read(debates.list_seats, stage.guild.id, debate.id)
    return {names[row.user_id]: (row.side, row.state) for row in rows}


async def test_a_debate_is_announced_with_its_seats_and_its_chair(stage: Stage) -> None:
    card = await holding.start(stage)
    chair, begins = f"<@{stage.people['alice'].id}>", f"<t:{stage.clock.now() // 1000 + GATHERING}:R>"
    assert lines(card) == [
        "-# Debate · Duel · live",
        "### Squares are better than circles (m1).",
        "-# The source on this: §1.1 §1.2",
        "Duel: openings, cross-questions, closings; one against one. Everybody can vote before and after, in private.",
        "**For** · nobody yet",
        "**Against** · nobody yet",
        *("For", "Against", "Put me where needed", "Watch", "Begin", "End", "Report framing"),
        f"-# 1 seat a side · chaired by {chair} · begins {begins} at the latest, if both sides are there",
    ]


async def test_motions_are_offered_as_one_types_and_an_unknown_one_is_refused(stage: Stage) -> None:
    offered = await stage.people["bob"].autocomplete(stage.quiz, "debate start", "motion", "squares")
    assert [choice["value"] for choice in offered] == ["shapes/m1"]
    refused = await stage.slash("bob", "debate start", motion="shapes/m9")
    assert refused.text == "I have no such motion. Please pick one from the list that opens as you type."


async def test_one_debate_is_held_in_a_channel_at_a_time(stage: Stage) -> None:
    card = await holding.start(stage)
    refused = await stage.slash("bob", "debate start", motion="shapes/m1")
    assert refused.text == (
        f"There is a debate in this channel already: https://discord.com/channels/{stage.guild.id}/{stage.quiz.id}/"
        f"{card.id}. Let it end first, or start yours in another channel. If you can't find its card: whoever started "
        "it, its chair or a moderator shows it again with /debate start."
    )


async def test_who_comes_too_late_waits_and_moves_up_when_a_seat_is_free(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    told = await stage.press("carol", card, "For")
    assert told.text.startswith("You wait for a seat For")
    assert await seats(stage) == {"bob": ("for", "seated"), "carol": ("for", "queued")}
    await stage.press("dana", card, "For")
    left = await stage.press("dana", card, "Watch")
    assert left.text.startswith("You don't wait for a seat any more. You can vote")
    assert (await stage.press("bob", card, "Watch")).text.startswith("You gave your seat up. You can vote")
    assert await seats(stage) == {"carol": ("for", "seated")}


async def test_put_me_where_needed_fills_the_empty_side(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "Against")
    told = await stage.press("carol", card, "Put me where needed")
    assert told.text == "You speak For. “Watch” gives the seat up again."
    await stage.advance(5)
    assert f"**For** · <@{stage.people['carol'].id}>" in lines(stage.last())


async def test_somebody_who_changes_sides_has_one_seat(stage: Stage) -> None:
    card = await holding.start(stage)
    for label in ("For", "Against", "For", "For"):
        await stage.press("bob", card, label)
    assert await seats(stage) == {"bob": ("for", "seated")}


async def test_only_the_chair_or_a_moderator_begins(stage: Stage) -> None:
    card = await holding.start(stage, "dana")
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    refused = await stage.press("bob", card, "Begin")
    assert refused.text == (
        "Only the chair or a moderator can begin this debate. If the chair is away, it begins by itself."
    )
    begun = await stage.press("olga", card, "Begin")
    assert begun.text == f"The debate begins in <#{card.id}>"
    for who, told in (("dana", "You can follow it and vote"), ("bob", "You speak For in it")):
        assert (await stage.press(who, card, "Begin")).text == f"This debate has begun. {told}: <#{card.id}>"


async def test_a_chair_who_takes_a_seat_leaves_the_chair_to_the_bot_and_the_seated_may_begin(stage: Stage) -> None:
    card = await holding.start(stage, "bob")
    seated = await stage.press("bob", card, "For")
    assert seated.text == "You speak For. “Watch” gives the seat up again. I chair the debate now."
    assert (await stage.press("bob", card, "For")).text == "You speak For. “Watch” gives the seat up again."
    await stage.press("carol", card, "Against")
    assert (await holding.find(stage)).chair_id is None
    assert (await stage.press("onlooker", card, "Begin")).text == (
        "I chair this debate: who started it, who has a seat in it, or a moderator can begin it. Else it begins by "
        "itself."
    )
    assert (await stage.press("carol", card, "Begin")).text == f"The debate begins in <#{card.id}>"


async def test_a_chair_who_gave_a_seat_up_again_may_begin_what_they_started(stage: Stage) -> None:
    card = await holding.start(stage, "onlooker")
    for who, label in (("onlooker", "For"), ("onlooker", "Watch"), ("bob", "For"), ("carol", "Against")):
        await stage.press(who, card, label)
    assert (await stage.press("onlooker", card, "Begin")).text == f"The debate begins in <#{card.id}>"


async def test_with_nobody_on_either_side_the_beginning_is_refused(stage: Stage) -> None:
    refused = await stage.press("alice", await holding.start(stage), "Begin")
    assert refused.text == "Nobody has taken a seat yet. Wait for somebody on each side, then begin."


async def test_with_an_empty_side_the_beginning_is_refused_and_a_circle_is_offered(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    refused = await stage.press("alice", card, "Begin")
    assert refused.text == (
        "Nobody speaks Against yet. Wait for somebody, or press “Hold a circle”, which goes on with one side."
    )
    await stage.advance(5)
    assert "Hold a circle" in button_ids(stage.last())
    await stage.press("alice", stage.last(), "Hold a circle")
    debate = await holding.find(stage)
    assert (debate.state, debate.format) == ("running", "circle")


async def test_an_empty_side_ends_the_debate_kindly_when_the_time_for_seats_is_up(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.skip(GATHERING)
    await stage.advance(2)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "empty")
    assert lines(stage.last())[-1] == (
        "-# One side stayed empty, so the debate was not held. Start it again when both sides have somebody."
    )
    told = await stage.forge("carol", f"debate:seat:{debate.id}:against")
    assert told == "This debate is over. Start another with /debate start."


async def test_where_the_chair_is_away_a_debate_with_both_sides_begins_by_itself(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    await stage.skip(GATHERING)
    await stage.advance(2)
    debate = await holding.find(stage)
    assert (debate.state, debate.position, debate.thread_id) == ("running", 0, None)
    assert lines(stage.last())[0] == "-# 1 of 8 · Vote before the debate"


async def test_where_no_thread_may_be_opened_it_is_held_in_the_channel(stage: Stage) -> None:
    await stage.deny_bot(stage.quiz, "create_public_threads")
    await holding.begin(stage)
    assert (await holding.find(stage)).thread_id is None
    assert text_of(stage.last()).startswith("-# 1 of 8 · Vote before the debate")


async def test_wordings_alternate_and_a_mirrored_one_turns_the_arguments(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.finish(stage)
    card = await holding.start(stage)
    assert lines(card)[1] == "### Circles are better than squares."
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    await stage.press("alice", card, "Begin")
    await stage.advance(1)
    await holding.skip(stage)
    shown = await stage.press(await holding.turn_of(stage), await holding.now_open(stage), "Speak")
    assert "§1.4 · Point 1 against it." in shown.text.splitlines()
    assert shown.text.index("Point 1 against it.") < shown.text.index("Point 1 for it.")


async def test_a_debate_that_was_not_held_does_not_count_where_wordings_alternate(stage: Stage) -> None:
    for _ in range(3):
        card = await holding.start(stage)
        assert lines(card)[1] == "### Squares are better than circles (m1)."
        await holding.end(stage, "alice", card)
    await holding.begin(stage)
    await holding.end(stage, "alice", await holding.now_open(stage))
    assert lines(await holding.start(stage))[1] == "### Squares are better than circles (m1)."


@pytest.mark.parametrize(
    "custom_id",
    ["debate:seat:77:for", "debate:begin:77", "debate:ballot:77:0:for", "debate:speak:77:1", "debate:end:77"],
)
async def test_a_debate_that_there_is_not_gets_a_plain_sentence(stage: Stage, custom_id: str) -> None:
    await holding.start(stage)
    assert await stage.forge("carol", custom_id) == ("I don't know this debate any more. Start one with /debate start.")


async def test_a_debate_can_not_be_pressed_from_another_channel(stage: Stage) -> None:
    card = await holding.start(stage)
    ids = [id for id in button_ids(card).values() if id.startswith("debate:")]
    assert len(ids) == 6
    for id in ids:
        assert (await stage.forge("olga", id, stage.other)).startswith("I don't know this debate any more.")
    assert await seats(stage) == {}


async def test_a_side_that_there_is_not_is_refused(stage: Stage) -> None:
    await holding.start(stage)
    debate = await holding.find(stage)
    told = await stage.forge("bob", f"debate:seat:{debate.id}:unsure")
    assert told == "That is not a side I know. Please use the buttons of the newest card."
    assert await seats(stage) == {}
