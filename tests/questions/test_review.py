"""Moderators decide about what was sent in: the queue, the review channel, a second opinion. By real presses."""

from __future__ import annotations

from bot.questions.actions import CHANGED, DECIDED
from bot.questions.rules import OWN
from tests.questions.steps import ABOUT, add, find_id, get, log, question, set_up, states, suggest
from tests.stage import Reply, Stage, button_ids, text_of

SENT_IN = "**#1** is sent in. It will be asked once a moderator has approved it."
NONE_WAIT = "### Suggestions that wait for a review\nThere are none. Members send them in with /question suggest."


async def open_one(stage: Stage, who: str, number: int) -> Reply:
    """The card of a suggestion, out of the queue."""
    queue = await stage.slash(who, "question review")
    return await stage.choose(who, queue.message, str(number))


# --- deciding ------------------------------------------------------------------------------------------------------


async def test_the_queue_shows_what_waits_and_a_suggestion_is_approved_also_after_restarts(stage: Stage) -> None:
    assert (await stage.slash("olga", "question review")).text == NONE_WAIT
    await suggest(stage)
    queue = await stage.slash("olga", "question review")
    await stage.restart()
    card = await stage.choose("olga", queue.message, "1")
    assert list(button_ids(card.message)) == ["Approve", "Edit and approve", "Reject"]
    await stage.restart()
    after = await stage.press("olga", card.message, "Approve")
    assert after.text.endswith("Question #1 is approved.")
    assert (list(button_ids(after.message)), await states(stage)) == ([], {1: "live"})
    entry = (await log(stage))[-1]
    assert (entry.deed, entry.before, entry.after) == ("suggestion.approve", "waiting", "live")


async def test_a_queue_of_many_has_pages(stage: Stage) -> None:
    for who, many in (("bob", 5), ("carol", 5), ("onlooker", 2)):
        for n in range(many):
            await suggest(stage, who, prompt=f"{who} {n}?")
    queue = await stage.slash("olga", "question review")
    await stage.restart()
    second = await stage.press("olga", queue.message, "Next")
    assert ("-# Page 2 of 2 · 12 suggestions" in second.text, "**#11** onlooker 0?" in second.text) == (True, True)


async def test_an_approval_of_what_has_been_decided_says_so(stage: Stage) -> None:
    await suggest(stage)
    card = await open_one(stage, "olga", 1)
    approve = find_id(card, "review:approve")
    await stage.press("olga", card.message, "Approve")
    assert await stage.forge("olga", approve) == DECIDED.format(number=1)
    told = await stage.forge_form("olga", "review:turned:1", {"reason": "Too late"})
    assert (told, await states(stage)) == (DECIDED.format(number=1), {1: "live"})


async def edit_prompt(stage: Stage, who: str, draft: Reply) -> Reply:
    form = await stage.press(who, draft.message, "Edit")
    return await stage.submit(who, form, **ABOUT | {"prompt": "What shape?"}, options="round\nsquare\nflat")


async def test_what_its_author_has_changed_meanwhile_is_not_approved_unseen(stage: Stage) -> None:
    await stage.trust_editors()
    await set_up(stage, second_opinion=1)
    await add(stage, "dana")
    seen = await open_one(stage, "olga", 1)
    draft = await edit_prompt(stage, "dana", await stage.slash("dana", "question edit", number=1))
    await stage.press("dana", draft.message, "Save")
    assert (await stage.press("olga", seen.message, "Approve")).text == CHANGED.format(number=1)
    assert await states(stage) == {1: "waiting"}


async def test_an_edit_of_what_has_been_decided_meanwhile_is_not_saved(stage: Stage) -> None:
    await suggest(stage)
    draft = await edit_prompt(stage, "olga", await stage.slash("olga", "question edit", number=1))
    await stage.forge("olga", "review:approve:1:1")
    assert (await stage.press("olga", draft.message, "Save and approve")).text == DECIDED.format(number=1)
    assert ((await get(stage, 1)).version, await states(stage)) == (1, {1: "live"})


async def test_a_suggestion_is_edited_and_approved_in_one(stage: Stage) -> None:
    await suggest(stage)
    card = await open_one(stage, "olga", 1)
    draft = await stage.press("olga", card.message, "Edit and approve")
    assert draft.text.startswith("### Suggestion #1 · General")
    await stage.restart()
    draft = await edit_prompt(stage, "olga", draft)
    await stage.restart()
    saved = await stage.press("olga", draft.message, "Save and approve")
    assert saved.text.startswith("**#1** is saved in General.")
    assert ((await get(stage, 1)).version, (await question(stage, 1)).prompt) == (2, "What shape?")
    assert await states(stage) == {1: "live"}
    assert {entry.deed for entry in (await log(stage))[1:]} == {"question.edit", "suggestion.approve"}


async def test_a_suggestion_is_turned_down_with_a_reason_also_after_restarts(stage: Stage) -> None:
    await suggest(stage)
    card = await open_one(stage, "olga", 1)
    await stage.restart()
    form = await stage.press("olga", card.message, "Reject")
    await stage.restart()
    after = await stage.submit("olga", form, reason="We have\nthat **already**.")
    assert after.text.endswith(
        "**Turned down:** We have that \\*\\*already\\*\\*.\n"
        f"-# Written by {stage.people['bob'].mention} <t:1800000000:D> · never changed\nQuestion #1 is turned down."
    )
    assert await states(stage) == {1: "rejected"}
    entry = (await log(stage))[-1]
    assert (entry.deed, entry.after) == ("suggestion.reject", "We have that **already**.")


async def test_a_reason_of_nothing_is_asked_for_again(stage: Stage) -> None:
    await suggest(stage)
    told = await stage.forge_form("olga", "review:turned:1", {"reason": "   "})
    assert told == "Please say in a few words why, so that its author can do better."
    assert await states(stage) == {1: "waiting"}


# --- a second opinion ----------------------------------------------------------------------------------------------


async def test_where_a_second_opinion_is_asked_for_a_moderators_question_waits_for_another(stage: Stage) -> None:
    await stage.trust_editors()
    await set_up(stage, second_opinion=1)
    assert (await add(stage, "dana")).text == SENT_IN
    own = await open_one(stage, "dana", 1)
    assert (await stage.press("dana", own.message, "Approve")).text == OWN
    assert await states(stage) == {1: "waiting"}
    await stage.press("olga", (await open_one(stage, "olga", 1)).message, "Approve")
    assert await states(stage) == {1: "live"}


async def test_its_author_may_go_on_writing_but_not_approve_by_editing(stage: Stage) -> None:
    await stage.trust_editors()
    await set_up(stage, second_opinion=1)
    await add(stage, "dana")
    draft = await stage.press("dana", (await open_one(stage, "dana", 1)).message, "Edit and approve")
    assert list(button_ids(draft.message))[-3:] == ["Save", "Edit", "Discard"]
    draft = await edit_prompt(stage, "dana", draft)
    assert (await stage.press("dana", draft.message, "Save")).text == SENT_IN
    assert ((await question(stage, 1)).prompt, await states(stage)) == ("What shape?", {1: "waiting"})


async def test_a_draft_begun_before_a_second_opinion_was_asked_for_does_not_get_round_it(stage: Stage) -> None:
    await stage.trust_editors()
    await suggest(stage, "dana")
    draft = await stage.press("dana", (await open_one(stage, "dana", 1)).message, "Edit and approve")
    await set_up(stage, second_opinion=1)
    assert (await stage.press("dana", draft.message, "Save and approve")).text == OWN
    assert ((await get(stage, 1)).version, await states(stage)) == (1, {1: "waiting"})


# --- where suggestions come in


async def test_suggestions_come_in_in_the_review_channel_and_are_decided_there(stage: Stage) -> None:
    await set_up(stage, review_channel_id=stage.other.id)
    await suggest(stage)
    await stage.advance(1)
    (card,) = stage.messages(stage.other)
    await stage.restart()
    await stage.press("olga", card, "Approve")
    (card,) = stage.messages(stage.other)
    assert (text_of(card).splitlines()[-1], list(button_ids(card))) == ("Question #1 is approved.", [])


async def test_what_was_decided_before_it_could_be_posted_is_not_posted(stage: Stage) -> None:
    await set_up(stage, review_channel_id=stage.other.id)
    stage.env.inject_error("POST", f"/channels/{stage.other.id}/messages", status=503)
    await suggest(stage)
    await stage.press("olga", (await open_one(stage, "olga", 1)).message, "Approve")
    await stage.advance(10)
    assert stage.messages(stage.other) == []


async def test_where_a_second_opinion_is_asked_for_a_changed_question_waits_for_another_moderator(stage: Stage) -> None:
    await stage.trust_editors()
    await set_up(stage, second_opinion=1)
    await stage.add_own({"prompt": "Is it so?"})
    card = await stage.slash("dana", "question edit", number=1)
    form = await stage.press("dana", card.message, "Edit")
    draft = await stage.submit("dana", form, prompt="Is it quite otherwise?", source="page 3", explanation="", who="")
    saved = await stage.press("dana", draft.message, "Save")
    assert saved.text == "**#1** is sent in. It will be asked once a moderator has approved it."
    assert await stage.forge("dana", "review:approve:1:2") == OWN
    assert "Question #1 is approved." in await stage.forge("olga", "review:approve:1:2")
    assert await states(stage) == {1: "live"}
