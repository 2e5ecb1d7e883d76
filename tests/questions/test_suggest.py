"""Members send questions in, and are told once what became of them, if they want to be. By real presses."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.member_text import FEWER_LINKS, INVITE, NO_LINKS, NOT_PASSED_ON
from bot.questions.rules import ENOUGH, NO_DECK, NONE_TAKEN
from storage.tables import Post
from tests.questions.steps import ABOUT, choose, get, log, question, set_up, states, suggest, write
from tests.stage import Reply, Stage, button_ids, text_of

SENT_IN = "**#1** is sent in. It will be asked once a moderator has approved it."
HOUR = 3600


async def test_anyone_may_send_in_a_question_and_it_waits(stage: Stage) -> None:
    told = await suggest(stage)
    assert (told.message.ephemeral, told.text) == (True, SENT_IN)
    kept = await get(stage, 1)
    assert (kept.state, kept.editor_id, kept.author_id) == ("waiting", stage.people["bob"].id, stage.people["bob"].id)
    assert [(entry.deed, entry.user_id) for entry in await log(stage)] == [("question.suggest", kept.author_id)]


async def test_every_step_of_sending_in_works_after_a_restart(stage: Stage) -> None:
    form = await stage.slash("bob", "question suggest", kind="typed")
    await stage.restart()
    card = await stage.submit("bob", form, **ABOUT, answer="it")
    await stage.restart()
    card = await stage.press("bob", card.message, "Tell me what becomes of it: no")
    await stage.restart()
    assert (await stage.press("bob", card.message, "Send in")).text == SENT_IN


async def test_a_person_may_send_in_so_many_within_a_day_by_the_clock(stage: Stage) -> None:
    await set_up(stage, suggestions_a_day=2)
    await suggest(stage, prompt="One?")
    await stage.skip(HOUR)
    await suggest(stage, prompt="Two?")
    assert (await stage.slash("bob", "question suggest", kind="single")).text == ENOUGH.format(most=2)
    assert (await suggest(stage, "carol", prompt="Three?")).text.startswith("**#3** is sent in.")
    await stage.skip(23 * HOUR - 1)
    assert (await stage.slash("bob", "question suggest", kind="single")).text == ENOUGH.format(most=2)
    await stage.skip(2)
    assert (await suggest(stage, prompt="Four?")).text.startswith("**#4** is sent in.")


async def test_drafts_that_were_begun_in_time_do_not_get_round_the_limit(stage: Stage) -> None:
    await set_up(stage, suggestions_a_day=1)
    one, two = [await write(stage, "bob", "number", "suggest", prompt=f"{n}?") for n in (1, 2)]
    await stage.press("bob", one.message, "Send in")
    assert (await stage.press("bob", two.message, "Send in")).text == ENOUGH.format(most=1)
    assert await states(stage) == {1: "waiting"}


async def test_a_server_can_take_no_questions_at_all(stage: Stage) -> None:
    await set_up(stage, suggestions_a_day=0)
    assert (await stage.slash("bob", "question suggest", kind="single")).text == NONE_TAKEN


async def test_members_choose_among_the_decks_that_are_there(stage: Stage) -> None:
    told = await stage.slash("bob", "question suggest", kind="single", deck="My very own")
    assert told.text == NO_DECK
    await stage.add_own({"prompt": "Is it?"}, deck="Rivers")
    await suggest(stage, deck="rivers")
    assert (await question(stage, 2)).theme == "Rivers"


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("prompt", "What bullshit is this?", NOT_PASSED_ON),
        ("options", "round\nbullshit", NOT_PASSED_ON),
        ("explanation", "Bullshit.", NOT_PASSED_ON),
        ("who", "Mr Bullshit", NOT_PASSED_ON),
        ("prompt", "Is it at https://example.org?", NO_LINKS),
        ("source", "https://example.org and https://example.com", FEWER_LINKS.format(most=1)),
        ("source", "discord.gg/abcdef", INVITE),
    ],
)
async def test_words_that_the_server_would_hold_back_are_not_sent_in_and_not_lost(
    stage: Stage, field: str, text: str, told: str
) -> None:
    card = await write(stage, "bob", "single", "suggest", **{field: text})
    card = await choose(stage, "bob", card, "draft:key", "1")
    assert (await stage.press("bob", card.message, "Send in")).text == told
    assert await states(stage) == {}
    form = await stage.press("bob", card.message, "Edit")
    await stage.submit("bob", form, **ABOUT, options="round\nsquare")
    await choose(stage, "bob", card, "draft:key", "1")
    assert (await stage.press("bob", card.message, "Send in")).text == SENT_IN


async def test_a_source_may_be_an_address(stage: Stage) -> None:
    assert (await suggest(stage, source="https://example.org/page")).text == SENT_IN


# --- what its author hears


async def suggest_and_be_told(stage: Stage) -> Reply:
    """Send in a question as bob, who wants to hear what becomes of it."""
    card = await write(stage, "bob", "number", "suggest")
    card = await stage.press("bob", card.message, "Tell me what becomes of it: no")
    assert "Tell me what becomes of it: yes" in button_ids(card.message)
    return await stage.press("bob", card.message, "Send in")


def heard(stage: Stage, who: str = "bob") -> list[str]:
    """What somebody was told in private messages."""
    return [text_of(message) for message in stage.people[who].user.dm_channel.history()]


async def test_an_author_who_wants_to_hear_of_it_is_told_once_also_across_a_restart(stage: Stage) -> None:
    await suggest_and_be_told(stage)
    await stage.forge("olga", "review:approve:1:1")
    await stage.restart()
    await stage.advance(300)
    assert heard(stage) == [
        "Your question in The Reading Room: **Which shape is it?**\n"
        "A moderator approved it. From now on it can come up in rounds there. Thank you."
    ]


async def test_an_author_is_told_why_it_was_turned_down(stage: Stage) -> None:
    await suggest_and_be_told(stage)
    await stage.forge_form("olga", "review:turned:1", {"reason": "We have [that](https://x.example)."})
    await stage.advance(5)
    assert heard(stage) == [
        "Your question in The Reading Room: **Which shape is it?**\n"
        "A moderator turned it down: We have \\[that\\](https:\\//x.example)."
    ]


async def test_an_author_who_did_not_ask_hears_nothing(stage: Stage) -> None:
    await suggest(stage)
    await stage.forge("olga", "review:approve:1:1")
    await stage.advance(60)
    assert heard(stage) == []
    assert not [entry for entry in stage.env.http_requests if entry.path == "/users/@me/channels"]


async def test_closed_messages_are_tried_once_and_are_nobodys_error(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await suggest_and_be_told(stage)
    dm = stage.people["bob"].user.dm_channel.id
    stage.env.inject_error("POST", f"/channels/{dm}/messages", status=403, code=50007, times=None)
    await stage.forge("olga", "review:approve:1:1")
    await stage.advance(120)
    tries = [entry for entry in stage.env.http_requests if entry.path == f"/channels/{dm}/messages"]
    waiting = await stage.db.read(lambda session: list(session.scalars(select(Post.key))))
    assert (len(tries), waiting, await states(stage)) == (1, [], {1: "live"})
    assert [record.message for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


async def test_where_no_message_can_be_opened_the_suggestion_is_sent_in_all_the_same(stage: Stage) -> None:
    stage.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    told = await suggest_and_be_told(stage)
    assert told.text == f"{SENT_IN}\nI can't write to you, so I won't be able to tell you what becomes of it."
    assert ((await get(stage, 1)).tell_channel_id, await states(stage)) == (None, {1: "waiting"})
