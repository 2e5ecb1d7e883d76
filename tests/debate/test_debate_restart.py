"""A debate survives its bot: the same phase, the same deadline, and every button answers."""

from __future__ import annotations

import pytest

from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, button_ids

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def test_seats_are_kept_and_the_debate_can_begin_after_a_restart(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.restart()
    await stage.press("carol", card, "Against")
    assert (await stage.press("alice", card, "Begin")).text == f"The debate begins in <#{card.id}>"


@pytest.mark.parametrize("pace", ["live", "async"])
async def test_in_the_middle_of_a_turn_phase_and_deadline_are_the_same_after_a_restart(stage: Stage, pace: str) -> None:
    await holding.begin(stage, pace=pace)
    await holding.skip(stage)
    await stage.advance(30)
    before = await holding.find(stage)
    first = await holding.turn_of(stage)
    form = await stage.press(first, await holding.now_open(stage), "Speak")
    await stage.restart()
    after = await holding.find(stage)
    assert (after.position, after.due_at, after.version) == (before.position, before.due_at, before.version)
    await stage.submit(first, form, text="I was writing all the while.")
    assert [speech.text for speech in await holding.speeches(stage)] == ["I was writing all the while."]


async def test_every_button_of_the_open_card_answers_after_a_restart(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    card = await holding.now_open(stage)
    await stage.restart()
    for id in button_ids(card).values():
        told = (await stage.press_id("carol", card, id)).text
        assert told
        assert not told.startswith(("I don't know this button", "Something went wrong"))


async def test_a_deadline_that_passed_a_moment_ago_is_done_at_the_return(stage: Stage) -> None:
    await holding.begin(stage)
    stage.clock.time += 5 * 60_000
    await stage.restart()
    await stage.advance(1)
    debate = await holding.find(stage)
    assert (debate.state, debate.position) == ("running", 1)


async def test_a_live_debate_that_stood_still_for_long_waits_for_its_chair(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    stage.clock.time += 60 * 60_000
    await stage.restart()
    await stage.advance(2)
    debate = await holding.find(stage)
    assert (debate.state, debate.position) == ("paused", 1)
    told = holding.hall(stage, debate)[-1]
    await stage.press("alice", told, "Go on")
    debate = await holding.find(stage)
    assert (debate.state, debate.due_at - stage.clock.now()) == ("running", 240_000)


async def test_an_async_debate_goes_on_by_its_deadlines_however_long_the_bot_was_away(stage: Stage) -> None:
    await holding.begin(stage, pace="async")
    stage.clock.time += 25 * 3_600_000
    await stage.restart()
    await stage.advance(1)
    debate = await holding.find(stage)
    assert (debate.state, debate.position) == ("running", 1)


async def test_a_paused_debate_that_nobody_takes_up_ends_after_a_week(stage: Stage) -> None:
    await holding.begin(stage)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.skip(7 * 24 * 3600)
    await stage.advance(1)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "ended")


async def test_only_the_first_card_of_a_phase_gives_its_time_back(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    for _ in range(3):
        stage.env.inject_error("POST", f"/channels/{debate.thread_id}/messages", status=503)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Close the vote", "Close it")
    await stage.advance(30)
    phase = (await holding.phases(stage))[1]
    posted_at = phase.posted_at or 0
    assert posted_at - (phase.opened_at or 0) > 10_000
    assert phase.closes_at == posted_at + 180_000
    card = await holding.now_open(stage)
    await stage.bot.http.delete_message(card.channel.id, card.id)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    await stage.forge(await holding.turn_of(stage), f"debate:more:{debate.id}:1", thread)
    await stage.advance(3)
    assert (await holding.now_open(stage)).id != card.id
    assert (await holding.phases(stage))[1].closes_at == posted_at + 180_000 + 60_000


@pytest.mark.parametrize(("pace", "away"), [("live", 4 * 60_000), ("async", 30 * 3_600_000)])
async def test_a_last_vote_that_ended_while_the_bot_was_away_is_opened_again(
    stage: Stage, pace: str, away: int
) -> None:
    await holding.begin(stage, pace=pace)
    for _ in range(7):
        await holding.skip(stage)
    stage.clock.time += away
    await stage.restart()
    await stage.advance(2)
    debate, phase = await holding.find(stage), (await holding.phases(stage))[7]
    assert (debate.state, phase.closes_at) == ("running", debate.due_at)
    assert debate.due_at - stage.clock.now() > {"live": 110_000, "async": 23 * 3_600_000}[pace]
    (told,) = await holding.vote(stage, onlooker="For")
    assert told.text.startswith("Your vote is recorded: **For**.")


async def test_a_last_vote_whose_time_ran_out_in_a_short_restart_is_closed(stage: Stage) -> None:
    await holding.begin(stage)
    for _ in range(7):
        await holding.skip(stage)
    stage.clock.time = (await holding.find(stage)).due_at + 5_000
    await stage.restart()
    await stage.advance(1)
    assert (await holding.find(stage)).ending == "held"
