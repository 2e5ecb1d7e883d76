"""Turns in a debate: whose it is, what is shown, and what happens when nobody comes."""

from __future__ import annotations

import json

import pytest
from simcord.builders import ChannelHandle

from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

OTHER = {"bob": "carol", "carol": "bob"}
NOT_YOURS = "It is not your turn. The newest card says who speaks now."


async def open_floor(stage: Stage, **options: str) -> str:
    """A debate whose vote before is over; who speaks first."""
    await holding.begin(stage, **options)
    await holding.skip(stage)
    return await holding.turn_of(stage)


def hall(stage: Stage) -> ChannelHandle:
    """The thread in which the debate is held; the other one is for those who watch."""
    (thread,) = (thread for thread in stage.quiz.threads if not (thread.name or "").startswith("Gallery"))
    return thread


async def outcomes(stage: Stage) -> list[str | None]:
    return [phase.outcome for phase in await holding.phases(stage)]


async def test_a_duel_is_held_from_the_vote_before_to_the_result(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    assert (debate.state, debate.position, debate.thread_id) == ("running", 0, debate.message_id)
    await holding.vote(stage, onlooker="For", dana="Unsure")
    await holding.skip(stage)
    order = []
    for n in range(6):
        order.append(await holding.turn_of(stage))
        await holding.speak(stage, order[-1], f"Point {n}.")
    assert order[:2] * 3 == order
    assert sorted(order[:2]) == ["bob", "carol"]
    await holding.vote(stage, onlooker="Against")
    await holding.skip(stage)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "held")
    result = text_of(holding.hall(stage, debate)[-1])
    assert "Too few to read: 1 person voted both before and after; 9 more are needed" in result
    assert [speech.text for speech in await holding.speeches(stage)] == [f"Point {n}." for n in range(6)]


async def test_a_speech_is_shown_as_its_members_argument_with_its_sections_and_no_ping(stage: Stage) -> None:
    first = await open_floor(stage)
    text = "@everyone **Look** at <@1>.\n\n# And https://example.org"
    told = await holding.speak(stage, first, text, cites=["for-0", "against-2"])
    assert told.text == "Thank you. It is posted in a moment, under your name."
    (speech,) = await holding.speeches(stage)
    assert json.loads(speech.cites) == ["1.1", "1.6"]
    shown = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == speech.message_id)
    side = "For" if first == "bob" else "Against"
    assert text_of(shown).splitlines()[:4] == [
        f"-# Member's argument · Opening · {side} · <@{stage.people[first].id}>",
        r"\@everyone \*\*Look\*\* at \<\@1>.",
        r"\# And https:\//example.org",
        "-# Relies on §1.1 §1.6 · 1 outside source, unchecked",
    ]
    bodies = [entry.json or {} for entry in stage.env.http_requests if entry.method == "POST"]
    sent = [body["allowed_mentions"] for body in bodies if "nonce" in body]
    assert sent == [{"parse": []}] * 4  # two phases and the speech, and the phase after it


async def test_only_whose_turn_it_is_may_speak_pass_or_ask_for_a_minute(stage: Stage) -> None:
    first = await open_floor(stage)
    card = await holding.now_open(stage)
    for label in ("Speak", "Pass", "+60 s"):
        for who in (OTHER[first], "onlooker", "alice"):
            assert (await stage.press(who, card, label)).text == NOT_YOURS
    assert await outcomes(stage) == [None] * 8


async def test_a_form_that_comes_after_the_turn_is_refused(stage: Stage) -> None:
    first = await open_floor(stage)
    shown = await stage.press(first, await holding.now_open(stage), "Speak")
    await stage.press(first, await holding.now_open(stage), "Pass")
    told = await stage.submit(first, shown, text="Too late.")
    assert told.text.startswith("The debate has just moved on. Please look at its newest card.")
    assert await holding.speeches(stage) == []


async def test_two_forms_sent_for_one_turn_are_one_speech(stage: Stage) -> None:
    first = await open_floor(stage)
    card = await holding.now_open(stage)
    forms = [await stage.press(first, card, "Speak") for _ in range(2)]
    for form in forms:
        await stage.submit(first, form, text="Once.")
    assert [speech.text for speech in await holding.speeches(stage)] == ["Once."]


async def test_a_side_gets_a_minute_more_once(stage: Stage) -> None:
    first = await open_floor(stage)
    before = (await holding.find(stage)).due_at
    card = await holding.now_open(stage)
    await stage.press(first, card, "+60 s")
    assert (await holding.find(stage)).due_at == before + 60_000
    again = await stage.press_id(first, card, button_ids(card)["Speak"].replace("speak", "more"))
    assert again.text == "Your side has had its extra minute. Please send what you have, or pass."


async def test_who_is_absent_is_waited_for_a_minute_and_then_the_other_side_speaks(stage: Stage) -> None:
    first = await open_floor(stage)
    await stage.skip(180)
    await stage.advance(1)
    assert await holding.turn_of(stage) == first
    await stage.skip(59)
    await stage.advance(2)
    assert await holding.turn_of(stage) == OTHER[first]
    assert (await outcomes(stage))[1] == "absent"


@pytest.mark.parametrize("late", [0, 30])
async def test_after_the_deadline_somebody_of_the_same_side_may_stand_in(stage: Stage, late: int) -> None:
    await holding.begin(stage, ("dana", "For"), ("olga", "Against"), format="oxford")
    await holding.skip(stage)
    first = await holding.turn_of(stage)
    second = {"bob": "dana", "carol": "olga"}[first]
    assert (await stage.press(second, await holding.now_open(stage), "Speak")).text == NOT_YOURS
    await stage.skip(180 + late)
    told = await holding.speak(stage, second, "For my side.")
    assert told.text.startswith("Thank you.")
    assert [speech.user_id for speech in await holding.speeches(stage)] == [stage.people[second].id]


async def test_a_pass_gives_the_floor_to_the_other_side(stage: Stage) -> None:
    first = await open_floor(stage)
    await stage.press(first, await holding.now_open(stage), "Pass")
    await stage.advance(1)
    assert await holding.turn_of(stage) == OTHER[first]
    assert (await outcomes(stage))[:2] == [None, "passed"]


async def test_words_that_may_not_be_shown_are_refused_and_not_repeated(stage: Stage) -> None:
    first = await open_floor(stage)
    shown = await stage.press(first, await holding.now_open(stage), "Speak")
    told = await stage.submit(first, shown, text="Join discord.gg/abcdef now")
    assert told.text.startswith("I can't pass on invitations to servers. Please say it without one.")
    assert "abcdef" not in told.text
    assert await holding.speeches(stage) == []


async def test_chair_and_moderators_pause_and_go_on_with_the_time_that_was_left(stage: Stage) -> None:
    first = await open_floor(stage)
    left = (await holding.find(stage)).due_at - stage.clock.now()
    for who in (first, "onlooker"):
        told = await stage.press(who, await holding.now_open(stage), "Pause")
        assert told.text == "Only the chair of this debate or a moderator can do that. Please ask one of them."
    await stage.press("olga", await holding.now_open(stage), "Pause")
    await stage.skip(3600)
    await stage.advance(1)
    refused = await stage.forge(first, f"debate:speak:{(await holding.find(stage)).id}:1", hall(stage))
    assert refused == (
        "The debate is paused. Its chair or a moderator can let it go on with “Go on” on the newest card; where I "
        "chair it, or the chair stays away, whoever speaks in it can, too."
    )
    await stage.press("alice", await holding.now_open(stage), "Go on")
    debate = await holding.find(stage)
    assert (debate.state, debate.due_at - stage.clock.now()) == ("running", left)


async def test_a_chair_takes_out_a_speech_and_it_counts_no_more(stage: Stage) -> None:
    first = await open_floor(stage)
    await holding.speak(stage, first, "Something rude.")
    (speech,) = await holding.speeches(stage)
    card = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == speech.message_id)
    only = "Only the chair or a moderator can take words out of this debate."
    assert (await stage.press(first, card, "Take out")).text == f"{only} Please ask for yours to be taken out."
    way = "“Report” tells moderators of what should not stand."
    assert (await stage.press("onlooker", card, "Take out")).text == f"{only} {way}"
    await holding.sure(stage, "alice", card, "Take out", "Take it out")
    await stage.advance(1)
    texts = holding.said(stage, await holding.find(stage))
    assert not any("Something rude." in text for text in texts)
    assert any("(taken out by the chair or a moderator)" in text for text in texts)


async def test_a_flagged_speech_can_be_taken_out_by_moderators(stage: Stage) -> None:
    first = await open_floor(stage)
    await holding.speak(stage, first, "Something rude.")
    (speech,) = await holding.speeches(stage)
    card = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == speech.message_id)
    shown = await stage.press("olga", card, "Report")
    told = await stage.submit("olga", shown, reason=["rude"], note="")
    assert told.text.startswith("Thank you")
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    assert "Something rude." in opened.text
    asked = await stage.press("olga", opened.message, "Take it out")
    await stage.press("olga", asked.message, "Take it out")
    await stage.advance(1)
    assert [one.state for one in await holding.speeches(stage)] == ["void"]
    assert not any("Something rude." in text for text in holding.said(stage, await holding.find(stage)))


async def test_a_debate_ended_early_says_so_and_has_no_result(stage: Stage) -> None:
    first = await open_floor(stage)
    await holding.speak(stage, first)
    await holding.end(stage, "alice", await holding.now_open(stage))
    await stage.advance(3)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "ended")
    assert (
        "**The debate was ended early.** Its votes are not compared, so nothing is said about a shift."
        in (holding.said(stage, debate)[-1])
    )


async def test_a_deleted_thread_lets_the_debate_go_on_in_its_channel(stage: Stage) -> None:
    first = await open_floor(stage)
    await stage.delete_channel(hall(stage))
    await stage.skip(240)
    await stage.advance(3)
    debate = await holding.find(stage)
    assert (debate.state, debate.thread_id, debate.position) == ("running", None, 2)
    told = holding.said(stage, debate)
    assert "I can't use the thread of this debate any more, so it goes on here, with the same deadline." in told
    assert told[-1].startswith("-# 3 of 8 · Opening")
    assert (await holding.speak(stage, OTHER[first])).text.startswith("Thank you.")


async def test_a_thread_that_was_archived_and_locked_lets_the_debate_go_on_in_its_channel(stage: Stage) -> None:
    first = await open_floor(stage)
    stage.env.inject_error("POST", f"/channels/{hall(stage).id}/messages", status=400, code=50083)
    await holding.speak(stage, first, "Said before it was locked.")
    await stage.advance(3)
    debate = await holding.find(stage)
    assert (debate.state, debate.thread_id, debate.position) == ("running", None, 2)
    told = holding.said(stage, debate)
    assert [text.splitlines()[1] for text in told if text.startswith("-# Member")] == ["Said before it was locked."]
    assert (await holding.speak(stage, OTHER[first])).text.startswith("Thank you.")


async def test_a_deleted_channel_ends_the_debate(stage: Stage) -> None:
    await stage.deny_bot(stage.quiz, "create_public_threads")
    await open_floor(stage)
    await stage.delete_channel(stage.quiz)
    await stage.skip(240)
    await stage.advance(3)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "gone")


async def test_async_runs_on_hours_and_has_no_extra_minute(stage: Stage) -> None:
    first = await open_floor(stage, pace="async")
    debate = await holding.find(stage)
    assert debate.due_at - stage.clock.now() < 24 * 3_600_000
    assert debate.due_at - stage.clock.now() >= 24 * 3_600_000 - 2000
    assert "+60 s" not in holding.labels(await holding.now_open(stage))
    await stage.skip(24 * 3600)
    await stage.advance(1)
    assert await holding.turn_of(stage) == OTHER[first]
