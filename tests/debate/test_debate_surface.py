"""What people see and press of a debate: what is said beforehand, what is asked first, where one can talk."""

from __future__ import annotations

import pytest

from tests.build import make_motion
from tests.debate import holding
from tests.debate.prompts.steps import lines
from tests.stage import Stage, button_ids, text_of

PLAIN, TURNED = "Squares are better than circles (m1).", "Circles are better than squares."
pytestmark = pytest.mark.pack(motions=[make_motion(mirrored=TURNED)])

TOLD = (
    "**This time the motion is worded the other way round.** Both wordings are used in turn, so that the effect of the "
    "wording itself can be seen."
)


async def start_turned(stage: Stage) -> list[str]:
    """Announce a second debate on a motion; the lines of its card."""
    await holding.begin(stage)
    await holding.finish(stage)
    return lines(await holding.start(stage))


async def test_a_mirrored_wording_is_said_to_be_one_with_the_reason_and_the_plain_wording(stage: Stage) -> None:
    assert TOLD not in lines(await holding.begin(stage))
    await holding.finish(stage)
    told = await stage.slash("alice", "debate start", motion=holding.MOTION)
    card = lines(stage.last())
    assert card[1] == f"### {TURNED}"
    assert card[3:5] == [TOLD, f"-# The plain wording: {PLAIN}"]
    assert told.text.startswith("-# Debate")
    ours = [e.json or {} for e in stage.env.http_requests if e.method == "POST" and "/webhooks/" in e.path]
    assert [body["content"].splitlines()[0] for body in ours] == [TOLD]


async def test_the_first_card_of_a_mirrored_debate_says_so_too(stage: Stage) -> None:
    await start_turned(stage)
    for who, label in (("bob", "For"), ("carol", "Against"), ("alice", "Begin")):
        await stage.press(who, stage.last(), label)
    await stage.advance(1)
    assert TOLD in lines(await holding.now_open(stage))
    await holding.skip(stage)
    assert TOLD not in lines(await holding.now_open(stage))


async def test_the_motion_stands_on_every_card_and_in_the_form(stage: Stage) -> None:
    await holding.begin(stage)
    assert f"### {PLAIN}" in lines(await holding.now_open(stage))
    await holding.skip(stage)
    card = await holding.now_open(stage)
    assert f"Motion: **{PLAIN}**" in lines(card)
    form = await stage.press(await holding.turn_of(stage), card, "Speak")
    assert f"Motion: **{PLAIN}**" in form.text.splitlines()


async def test_both_threads_are_named_after_the_motion_and_stay_for_a_week(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    threads = {thread.id: thread.name for thread in stage.quiz.threads}
    assert threads == {debate.thread_id: PLAIN, debate.gallery_id: f"Gallery: {PLAIN}"}
    made = [e.json or {} for e in stage.env.http_requests if e.method == "POST" and e.path.endswith("/threads")]
    assert [body["auto_archive_duration"] for body in made] == [10080, 10080]


async def test_those_who_watch_are_told_where_to_talk(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    there = f"-# The debate itself stays free for turns. Talk about it in <#{debate.gallery_id}>"
    assert there in lines(await holding.now_open(stage))
    (panel,) = [m for m in stage.messages() if m.id == debate.message_id]
    under_way = f"-# The debate is under way. <#{debate.thread_id}>"
    assert lines(panel)[-4:] == [under_way, there, "Watch", "Report framing"]


async def test_a_debate_whose_second_thread_can_not_be_opened_is_held_without_a_word_of_it(stage: Stage) -> None:
    stage.env.inject_error("POST", f"/channels/{stage.quiz.id}/threads", status=400, code=160006)
    await holding.begin(stage)
    debate = await holding.find(stage)
    assert (debate.state, debate.thread_id, debate.gallery_id) == ("running", debate.message_id, None)
    assert "Talk about it" not in text_of(await holding.now_open(stage))


async def test_a_second_try_to_begin_opens_no_second_thread_of_those_who_watch(stage: Stage) -> None:
    card = await holding.start(stage)
    await stage.press("bob", card, "For")
    await stage.press("carol", card, "Against")
    path = f"/channels/{stage.quiz.id}/messages/{card.id}/threads"
    stage.env.inject_error("POST", path, status=400, code=160004)  # opened by a press that came to nothing
    await stage.press("alice", card, "Begin")
    await stage.advance(1)
    assert [thread for thread in stage.quiz.threads if (thread.name or "").startswith("Gallery")] == []
    assert (await holding.find(stage)).state == "running"


@pytest.mark.parametrize(
    ("label", "question"),
    [
        ("Skip", "Skip this turn? The debate goes on with what comes next."),
        ("End", "End this debate? It can't be taken up again. What was said stays."),
    ],
)
async def test_what_can_not_be_undone_is_asked_first_and_can_be_left(stage: Stage, label: str, question: str) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    before = await holding.find(stage)
    asked = await stage.press("alice", await holding.now_open(stage), label)
    assert (asked.private, asked.text.splitlines()[0]) == (True, question)
    left = await stage.press("alice", asked.message, "Leave it")
    await stage.advance(1)
    assert left.text == "Left as it is."
    after = await holding.find(stage)
    assert (after.state, after.position, after.version) == ("running", before.position, before.version)


async def test_who_may_not_is_told_so_before_anything_is_asked(stage: Stage) -> None:
    await holding.begin(stage)
    card = await holding.now_open(stage)
    for label in ("Close the vote", "End"):
        assert (await stage.press("bob", card, label)).text == (
            "Only the chair of this debate or a moderator can do that. Please ask one of them."
        )


async def test_a_vote_that_was_closed_meanwhile_is_not_closed_twice(stage: Stage) -> None:
    await holding.begin(stage)
    asked = await stage.press("alice", await holding.now_open(stage), "Close the vote")
    assert asked.text.splitlines()[0] == "Close this vote? Whoever has not voted yet can't any more."
    await holding.skip(stage)
    told = await stage.press("alice", asked.message, "Close it")
    assert told.text == "The debate has just moved on. Please look at its newest card."
    assert (await holding.find(stage)).position == 1


async def test_questions_are_offered_only_to_those_who_can_ask_them(stage: Stage) -> None:
    await holding.begin(stage, format="circle")
    await holding.skip(stage)
    card, speaker = await holding.now_open(stage), await holding.turn_of(stage)
    plain = "It is not your turn. The newest card says who speaks now"
    assert (await stage.press("onlooker", card, "Speak")).text == f"{plain}; questions are welcome with “Ask”."
    other = "carol" if speaker == "bob" else "bob"
    assert (await stage.press(other, card, "Speak")).text == f"{plain}."


async def test_a_cross_question_is_explained(stage: Stage) -> None:
    await holding.begin(stage)
    for _ in range(3):
        await holding.skip(stage)
    form = await stage.press(await holding.turn_of(stage), await holding.now_open(stage), "Speak")
    told = "Ask the other side one question about what they said. They can answer it in their closing."
    assert told in form.text.splitlines()


@pytest.mark.parametrize("judged", [True, False])
async def test_a_restatement_is_judged_only_while_its_judging_lasts(stage: Stage, judged: bool) -> None:
    await holding.begin(stage, format="oxford")
    await holding.skip(stage)
    for _ in range(2):
        await holding.speak(stage, await holding.turn_of(stage))
    await holding.speak(stage, first := await holding.turn_of(stage), "They say that squares stack.")
    id = (await holding.speeches(stage))[-1].message_id
    debate = await holding.find(stage)

    def labels() -> list[str]:
        return list(button_ids(next(m for m in holding.hall(stage, debate) if m.id == id)))

    assert labels() == ["Fair", "Not quite", "Report", "Take out"]
    if judged:
        card = next(m for m in holding.hall(stage, debate) if m.id == id)
        await stage.press("carol" if first == "bob" else "bob", card, "Fair")
    else:
        await stage.skip(60)
    await stage.advance(2)
    assert labels() == ["Report", "Take out"]


async def test_a_debate_whose_framing_is_reported_is_ended_by_moderators(stage: Stage) -> None:
    card = await holding.begin(stage)
    shown = await stage.press("onlooker", card, "Report framing")
    told = await stage.submit("onlooker", shown, reason=["loaded"], note="")
    assert told.text.startswith("Thank you")
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    assert PLAIN in opened.text
    asked = await stage.press("olga", opened.message, "End the debate")
    await stage.press("olga", asked.message, "End the debate")
    await stage.advance(1)
    debate = await holding.find(stage)
    assert (debate.state, debate.ending) == ("over", "ended")
    assert "Report framing" not in button_ids(stage.messages()[0])
