"""What gets in a debate's way has a way on: a chair who left, a lost card, a seat given up, an ending in a vote."""

from __future__ import annotations

import pytest

from bot.debate import chair
from bot.debate.floor import Place
from storage import audit, debates
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

OTHER = {"bob": "carol", "carol": "bob"}
OLDER = "-# This debate has a newer card, further down."


async def begin_without_chair(stage: Stage) -> None:
    """A debate that bob started and speaks in, so that nobody chairs it, in its first speech."""
    card = await holding.start(stage, "bob")
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    await stage.press("carol", card, "Begin")
    await stage.advance(1)
    await stage.skip(120)
    await stage.advance(1)


async def open_queue(stage: Stage) -> str:
    """A duel in its first speech, where dana and olga wait for bob's and carol's seats; who speaks."""
    await holding.begin(stage, ("dana", "For"), ("olga", "Against"))
    await holding.skip(stage)
    return await holding.turn_of(stage)


async def seated(stage: Stage) -> dict[str, str]:
    """The state of everybody's seat, by name."""
    names = {person.id: name for name, person in stage.people.items()}
    rows = await stage.db.read(debates.list_seats, stage.guild.id, (await holding.find(stage)).id)
    return {names[row.user_id]: row.state for row in rows}


# --- paused, with or without a chair ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["bob", "carol", "olga"])
async def test_a_paused_debate_that_nobody_chairs_goes_on_by_whoever_started_it_or_speaks_in_it(
    stage: Stage, who: str
) -> None:
    await begin_without_chair(stage)
    stage.clock.time += 60 * 60_000
    await stage.restart()
    await stage.advance(3)
    card = await holding.now_open(stage)
    refused = await stage.press("onlooker", card, "Go on")
    assert refused.text == (
        "Nobody chairs this debate, so only who started it, who speaks in it, or a moderator can do that."
    )
    await stage.press(who, card, "Go on")
    assert (await holding.find(stage)).state == "running"


async def test_a_debate_that_nobody_chairs_is_ended_by_who_started_it_and_while_it_runs_by_no_other_speaker(
    stage: Stage,
) -> None:
    await begin_without_chair(stage)
    card = await holding.now_open(stage)
    assert (await stage.press("carol", card, "End")).text == (
        "I chair this debate, so it goes on by itself. Only who started it or a moderator can end it."
    )
    assert (await stage.press("carol", card, "Skip")).text == (
        "I chair this debate, so it goes on by itself. Only a moderator can do that; please ask one if need be."
    )
    await holding.end(stage, "bob", card)
    assert (await holding.find(stage)).state == "over"


async def test_while_a_debate_is_paused_one_card_is_live_and_shows_no_deadline(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    before = await holding.now_open(stage)
    await stage.press("alice", before, "Pause")
    await stage.advance(3)
    hall = holding.hall(stage, await holding.find(stage))
    assert [text_of(m) for m in hall if m.id == before.id] == [OLDER]
    assert hall[-1].id == (await holding.now_open(stage)).id
    assert holding.labels(hall[-1]) == ["Go on", "End"]
    assert "<t:" not in text_of(hall[-1])
    await stage.press("alice", hall[-1], "Go on")
    await stage.advance(2)
    after = holding.hall(stage, await holding.find(stage))
    assert [m.id for m in after] == [m.id for m in hall]
    assert ["Speak" in holding.labels(m) for m in after] == [False] * (len(after) - 1) + [True]


async def test_a_debate_that_goes_on_before_its_pause_is_shown_has_one_live_card(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    debate, who = await holding.find(stage), stage.people["alice"].id
    place = Place(stage.guild.id, debate.id, stage.quiz.id, who)
    await stage.db.write(chair.pause, place, stage.clock.now())
    await stage.db.write(chair.take_up, place, stage.clock.now())
    await stage.advance(3)
    hall = holding.hall(stage, debate)
    assert ["Speak" in holding.labels(m) for m in hall] == [False] * (len(hall) - 1) + [True]


async def test_somebody_whose_seat_is_gone_does_not_speak_any_more(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    first, debate = await holding.turn_of(stage), await holding.find(stage)
    seat = {"guild_id": stage.guild.id, "debate_id": debate.id, "user_id": stage.people[first].id, "side": "for"}
    await stage.db.write(debates.save_seat, seat | {"state": "withdrawn", "at": 0})
    told = await stage.press(first, await holding.now_open(stage), "Speak")
    assert told.text.startswith("It is not your turn.")


async def test_after_a_pause_while_a_restatement_is_judged_its_deadline_is_as_far_off_as_before(stage: Stage) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    for _ in range(3):
        await holding.speak(stage, await holding.turn_of(stage))
    debate = await holding.find(stage)
    phase = (await holding.phases(stage))[debate.position]
    assert (phase.kind, phase.outcome, phase.closes_at) == ("restatement", "spoken", debate.due_at)
    left = debate.due_at - stage.clock.now()
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.advance(300)
    await stage.press("alice", await holding.now_open(stage), "Go on")
    debate = await holding.find(stage)
    phase = (await holding.phases(stage))[debate.position]
    assert debate.due_at - stage.clock.now() == left
    assert phase.closes_at == debate.due_at


# --- a card that is lost ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["alice", "olga"])
async def test_a_lost_card_is_shown_again_to_whoever_may_let_the_debate_go_on(stage: Stage, who: str) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    refused = await stage.slash("bob", "debate start", motion=holding.MOTION)
    assert refused.text.startswith("There is a debate in this channel already: https://discord.com/channels/")
    await stage.bot.http.delete_message(card.channel.id, card.id)
    again = await holding.start(stage, who)
    assert again.id != card.id
    assert f"**For** · <@{stage.people['bob'].id}>" in text_of(again).splitlines()
    await stage.press("carol", again, "Against")
    assert (await stage.press("alice", again, "Begin")).text == f"The debate begins in <#{again.id}>"
    assert len(await stage.db.read(debates.list_past, stage.guild.id, holding.MOTION)) == 1


async def test_of_two_cards_with_seats_the_older_one_says_that_there_is_a_newer_one(stage: Stage) -> None:
    card = await holding.start(stage)
    again = await stage.slash("alice", "debate start", motion=holding.MOTION)
    assert again.private is False
    await stage.advance(1)
    shown = {message.id: text_of(message) for message in stage.messages()}
    assert shown[card.id] == OLDER
    assert (await holding.find(stage)).message_id == stage.last().id


async def test_a_phase_whose_card_is_lost_is_shown_again_by_debate_start(stage: Stage) -> None:
    await holding.begin(stage)
    before = await holding.now_open(stage)
    await stage.slash("alice", "debate start", motion=holding.MOTION)
    await stage.advance(3)
    hall = holding.hall(stage, await holding.find(stage))
    assert [text_of(m) for m in hall if m.id == before.id] == [OLDER]
    assert holding.labels(hall[-1])[:3] == ["For", "Against", "Unsure"]


async def test_in_the_thread_of_a_debate_no_other_one_is_started(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    refused = await stage.slash("alice", "debate start", thread, motion=holding.MOTION)
    assert refused.text.startswith("There is a debate in this channel already")
    assert len(await stage.db.read(debates.list_past, stage.guild.id, holding.MOTION)) == 1


# --- an ending, an absence -------------------------------------------------------------------------------------------


async def test_ended_in_its_last_vote_a_debate_was_held_and_its_votes_count(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.vote(stage, onlooker="Against")
    for _ in range(7):
        await holding.skip(stage)
    await holding.vote(stage, onlooker="For")
    await holding.end(stage, "alice", await holding.now_open(stage))
    await stage.advance(3)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "held")
    assert "Too few to read: 1 person voted both before and after" in holding.said(stage, debate)[-1]


async def test_the_result_of_a_debate_whose_thread_is_gone_is_shown_in_its_channel(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    await stage.delete_channel(next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id))
    place = Place(stage.guild.id, debate.id, stage.quiz.id, stage.people["alice"].id)
    await stage.db.write(chair.end, place, stage.clock.now())
    await stage.advance(4)
    results = [m.id for m in stage.messages() if text_of(m).startswith("-# Debate · Duel · result")]
    assert results == [(await holding.find(stage)).result_id]


@pytest.mark.parametrize("pace", ["live", "async"])
async def test_seats_that_could_not_be_taken_while_the_bot_was_away_are_taken_anew(stage: Stage, pace: str) -> None:
    card = await holding.start(stage, pace=pace)
    await stage.press("bob", card, "For")
    stage.clock.time += 48 * 60 * 60_000
    await stage.restart()
    await stage.advance(2)
    debate = await holding.find(stage)
    assert debate.state == "gathering"
    assert debate.due_at - stage.clock.now() > {"live": 29 * 60_000, "async": 23 * 3_600_000}[pace]
    await stage.press("carol", card, "Against")
    assert (await stage.press("alice", card, "Begin")).text.startswith("The debate begins")


# --- seats -----------------------------------------------------------------------------------------------------------


async def test_whoever_waits_takes_the_seat_and_the_turn_of_a_speaker_who_leaves(stage: Stage) -> None:
    first = await open_queue(stage)
    second = {"bob": "dana", "carol": "olga"}[first]
    await stage.advance(100)
    form = await stage.press(first, await holding.now_open(stage), "Speak")
    await holding.give_up(stage, first)
    await stage.advance(1)
    assert (await holding.turn_of(stage), (await seated(stage))[first]) == (second, "withdrawn")
    phase = (await holding.phases(stage))[1]
    assert (phase.outcome, phase.closes_at) == (None, stage.clock.now() - 1000 + 180_000)
    told = await stage.submit(first, form, text="I had left.")
    assert told.text.startswith("It is not your turn.")
    assert (await holding.speak(stage, second)).text.startswith("Thank you.")


async def test_whoever_waits_takes_the_seat_of_somebody_whose_turn_it_is_not(stage: Stage) -> None:
    first = await open_queue(stage)
    await holding.give_up(stage, OTHER[first])
    await holding.speak(stage, first)
    assert await holding.turn_of(stage) == {"carol": "dana", "bob": "olga"}[first]


async def test_whoever_waits_takes_a_seat_that_is_empty_at_its_turn(stage: Stage) -> None:
    first = await open_queue(stage)
    other, debate = OTHER[first], await holding.find(stage)
    seat = {"guild_id": stage.guild.id, "debate_id": debate.id, "user_id": stage.people[other].id, "side": "for"}
    await stage.db.write(debates.save_seat, seat | {"state": "withdrawn", "at": 0})  # gone, and nobody was told
    await holding.speak(stage, first)
    assert await holding.turn_of(stage) == {"bob": "dana", "carol": "olga"}[other]


async def test_a_speaker_who_leaves_and_has_nobody_behind_passes(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    first = await holding.turn_of(stage)
    await holding.give_up(stage, first)
    await stage.advance(1)
    assert await holding.turn_of(stage) == OTHER[first]
    assert (await holding.phases(stage))[1].outcome == "passed"


async def test_a_full_side_takes_nobodys_seat_on_the_other_side_away(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    told = await stage.press("bob", card, "Against")
    assert told.text == (
        "Against has no seat free now: sides may differ by one at most, and each has its number. "
        "You keep your seat For; “Watch” gives it up."
    )
    assert await seated(stage) == {"bob": "seated", "carol": "seated"}


async def test_what_a_chair_does_is_noted(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.advance(3)
    await stage.press("olga", await holding.now_open(stage), "Go on")
    await holding.end(stage, "alice", await holding.now_open(stage))
    entries = await stage.db.read(audit.list_entries, stage.guild.id, f"debate/{(await holding.find(stage)).id}", 0, 9)
    names = {person.id: name for name, person in stage.people.items()}
    assert [(names[entry.user_id], entry.deed) for entry in reversed(entries)] == [
        ("alice", "debate.skip"),
        ("alice", "debate.pause"),
        ("olga", "debate.resume"),
        ("alice", "debate.end"),
    ]
