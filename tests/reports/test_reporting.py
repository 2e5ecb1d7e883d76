"""What members do: they report a question whose answer is shown, with a reason and perhaps a note."""

from __future__ import annotations

import pytest

from storage.settings import change_settings
from tests.reports.steps import THANKS, ask, place, play, report, rule, saved
from tests.stage import Stage, button_ids, text_of

NOT_THERE = "I don't know that question any more. Please use “Report” under a newer one."
STILL_OPEN = "This question is still open. You can report it as soon as its answer is shown."
DEALT_WITH = "A moderator has dealt with this already. If something is wrong still, report it when it is asked again."
UNREAD = "Please choose what is wrong with the question, then send the form again."


async def test_a_reveal_is_reported_with_a_reason_and_a_note(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    form = await stage.press("bob", reveal, "Report")
    assert form.text.splitlines() == [
        "Report this question",
        "What is wrong with it?",
        "The key is wrong",
        "It is unclear",
        "It is outdated",
        "It is biased",
        "There is a typo",
        "What should it say?",
        "Only moderators read this",
    ]
    sent = await stage.submit("bob", form, reason=["unclear"], note="Two of them fit.")
    assert (sent.private, sent.text) == (True, THANKS)
    assert await saved(stage) == [("unclear", "Two of them fit.", True)]


async def test_the_note_may_be_left_out(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    assert (await report(stage, "bob", reveal, "typo")).text == THANKS
    assert await saved(stage) == [("typo", "", True)]


async def test_a_second_report_of_somebody_replaces_their_first(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    await report(stage, "bob", reveal, "typo", "It says flatt.")
    await report(stage, "carol", reveal, "biased")
    await report(stage, "bob", reveal, "key", "It is flat.")
    assert sorted(await saved(stage)) == [("biased", "", True), ("key", "It is flat.", True)]


async def test_who_did_not_play_may_report_too(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    assert (await report(stage, "onlooker", reveal)).text == THANKS


async def test_a_question_is_reported_after_a_restart(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    await stage.restart()
    assert (await report(stage, "bob", reveal)).text == THANKS


async def test_a_form_that_was_open_during_a_restart_is_taken(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    form = await stage.press("bob", reveal, "Report")
    await stage.restart()
    assert (await stage.submit("bob", form, reason=["key"], note="")).text == THANKS


async def test_an_open_question_is_not_reported(stage: Stage) -> None:
    question = await ask(stage)
    round_id = button_ids(question)["A"].split(":")[2]
    assert await stage.forge("bob", f"report:open:{round_id}:0") == STILL_OPEN
    assert await stage.forge_form("bob", f"report:send:{round_id}:0", {"reason": "key", "note": "No."}) == STILL_OPEN
    assert await saved(stage) == []


async def test_a_report_comes_from_where_the_round_was_played(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    id = ":".join(("report:open", *place(reveal)))
    elsewhere = await stage.open_elsewhere()
    assert await stage.forge("bob", id, stage.other) == NOT_THERE
    assert await stage.forge("mallory", id, elsewhere) == NOT_THERE
    form = id.replace("open", "send")
    assert await stage.forge_form("mallory", form, {"reason": "key", "note": "No."}, elsewhere) == NOT_THERE
    assert await saved(stage) == []


@pytest.mark.parametrize("id", ["report:open:1:0", "report:open:9223372036854775807:0"])
async def test_a_question_that_never_was_is_not_reported(stage: Stage, id: str) -> None:
    await play(stage, bob="flat")
    assert await stage.forge("bob", id) == NOT_THERE


async def test_a_reason_that_is_none_is_refused_and_a_long_note_is_cut(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    id = ":".join(("report:send", *place(reveal)))
    assert await stage.forge_form("bob", id, {"reason": "figures", "note": "No."}) == UNREAD
    assert await stage.forge_form("bob", id, {"note": "It is."}) == UNREAD
    await stage.forge_form("bob", id, {"reason": "key", "note": "no\n" * 900})
    assert await saved(stage) == [("key", ("no " * 900)[:300], True)]


async def test_what_was_dealt_with_is_not_reported_again_by_the_same_person(stage: Stage) -> None:
    await stage.trust_editors()
    reveal = await play(stage, bob="flat", carol="flat")
    await report(stage, "bob", reveal)
    form = await stage.press("bob", reveal, "Report")
    await rule(stage, reveal, "accept", "flat")
    assert (await stage.submit("bob", form, reason=["typo"], note="")).text == DEALT_WITH
    assert (await stage.press("bob", reveal, "Report")).text == DEALT_WITH
    assert (await report(stage, "carol", reveal, "unclear")).text == THANKS
    assert await saved(stage) == [("key", "", False), ("unclear", "", True)]


async def test_moderators_are_told_of_the_first_report_where_they_wish(stage: Stage) -> None:
    await stage.trust_editors()
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    reveal = await play(stage, bob="flat")
    await report(stage, "bob", reveal, "key", "It is flat.")
    await stage.advance(1)
    await report(stage, "carol", reveal, "unclear")
    await stage.advance(1)
    (card,) = stage.messages(stage.other)
    assert text_of(card).splitlines() == [
        "### A question was reported",
        "Which shape is it?",
        "**The key is wrong** · 1",
        "Open",
    ]
    opened = await stage.press("dana", card, "Open")
    assert (opened.private, opened.text.splitlines()[0]) == (True, "### Reported: Which shape is it?")
    assert (await stage.press("bob", card, "Open")).text.startswith("Only people who may manage this server")


async def test_after_a_ruling_the_next_report_is_told_anew(stage: Stage) -> None:
    await stage.trust_editors()
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    reveal = await play(stage, bob="flat")
    await report(stage, "bob", reveal)
    await stage.advance(1)
    await rule(stage, reveal, "correct", "flat")
    await report(stage, "carol", reveal, "unclear")
    await stage.advance(1)
    assert [text_of(card).splitlines()[2] for card in stage.messages(stage.other)] == [
        "**The key is wrong** · 1",
        "**It is unclear** · 1",
    ]


async def test_a_card_about_reports_that_are_dealt_with_is_not_posted(stage: Stage) -> None:
    await stage.trust_editors()
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    reveal = await play(stage, bob="flat")
    await report(stage, "bob", reveal)
    await rule(stage, reveal, "accept", "flat")
    await stage.advance(1)
    assert stage.messages(stage.other) == []
