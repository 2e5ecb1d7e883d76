"""“This changed my view” by real presses: who may say it of what, once, taken back and away, told once a week."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import discord
import pytest
from sqlalchemy import select

from bot.act import Act
from bot.argue.deltas import giving
from bot.argue.deltas.giving import Message
from bot.errors import Refusal
from storage import argue, deltas
from storage.settings import change_settings
from storage.tables import Delta
from tests.argue.steps import MOTION, add
from tests.build import make_motion
from tests.stage import Reply, Stage, button_ids, parts, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])
MENU = "This changed my view"
WHY = "I had not thought of how corners help when things are stacked."
AGAIN = "You have said that of this message already. /argue deltas shows it; there you can take it back."
NOT_YOU = "Only people who may manage this server"
WEEK = 7 * 24 * 3600


async def write(stage: Stage, who: str = "carol", text: str = "Corners help.") -> discord.Message:
    message: discord.Message = await stage.people[who].send(stage.quiz, text)
    return message


async def give(stage: Stage, message: discord.Message, who: str = "bob", **given: Any) -> Reply:
    """Say that a message changed somebody's view; what they are told."""
    form = await stage.menu(who, MENU, message)
    if form.result.modal is None:
        return form
    about = {"claim": ["0"]} if "None of these" in form.text else {}
    return await stage.submit(who, form, **(about | {"direction": ["flipped"], "why": WHY} | given))


async def rows(stage: Stage) -> list[tuple[Any, ...]]:
    """(message, giver, writer, claim, direction, state) of every delta."""
    columns = (Delta.message_id, Delta.giver_id, Delta.writer_id, Delta.number, Delta.direction, Delta.state)
    found = await stage.db.read(lambda session: session.execute(select(*columns).order_by(Delta.at)).all())
    return [tuple(row) for row in found]


async def test_a_message_changed_somebodys_view_and_a_claim_is_named(stage: Stage) -> None:
    await add(stage)
    message = await write(stage)
    form = await stage.menu("bob", MENU, message)
    await stage.restart()
    told = await stage.submit("bob", form, claim=["1"], direction=["weaker"], why=WHY)
    assert (told.private, told.text.splitlines()[0].startswith("Noted, and thank you")) == (True, True)
    bob, carol = stage.people["bob"].id, stage.people["carol"].id
    assert await rows(stage) == [(message.id, bob, carol, 1, "weaker", "standing")]
    assert stage.last().id == message.id  # nothing was said in public


async def test_where_there_is_no_claim_none_is_asked_for(stage: Stage) -> None:
    message = await write(stage)
    assert "Which claim is it about?" not in (await stage.menu("bob", MENU, message)).text
    await add(stage)
    assert "Which claim is it about?" in (await stage.menu("bob", MENU, message)).text


async def test_it_is_said_once_of_a_message_and_by_each_person(stage: Stage) -> None:
    message = await write(stage)
    await give(stage, message)
    assert (await give(stage, message)).text == AGAIN
    await give(stage, message, "dana")
    assert [row[1] for row in await rows(stage)] == [stage.people["bob"].id, stage.people["dana"].id]


async def test_a_form_that_was_open_twice_counts_once(stage: Stage) -> None:
    message = await write(stage)
    forms = [await stage.menu("bob", MENU, message) for _ in range(2)]
    values = {"direction": ["flipped"], "why": WHY}
    told = [(await stage.submit("bob", form, **values)).text for form in forms]
    assert (told[0].startswith("Noted"), told[1], len(await rows(stage))) == (True, AGAIN, 1)


async def test_fifty_racing_writes_leave_one(stage: Stage) -> None:
    bob, message = stage.people["bob"].id, Message(stage.quiz.id, 77, stage.people["carol"].id)
    acts = [Act(stage.guild.id, stage.env.backend.snowflake(), bob, stage.clock.now()) for _ in range(50)]
    for act in acts:
        await stage.db.write(giving.begin, act, message, False)
    writes = [stage.db.write(giving.give, act, act.id, 0, "flipped", WHY) for act in acts]
    told = await asyncio.gather(*writes, return_exceptions=True)
    assert [str(one) for one in told if isinstance(one, Refusal)] == [AGAIN] * 49
    assert [row[:2] for row in await rows(stage)] == [(77, bob)]


async def test_nobody_says_it_of_their_own_message_or_a_bots(stage: Stage) -> None:
    own = await give(stage, await write(stage, "bob"))
    assert own.text == "Those are your own words. Choose a message of somebody else that changed your view."
    await stage.people["bob"].slash(stage.quiz, "debate prompt")
    bots = await give(stage, stage.last())
    assert bots.text == "That was posted by a bot. Choose a message of the person who changed your view."
    assert await rows(stage) == []


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("replaced", "Claim #1 was replaced by its author. Choose the claim that took its place: /argue map shows it."),
        ("removed", "Claim #1 is not shown any more, so it can't be named here. /argue map shows the claims that are."),
    ],
)
async def test_of_a_claim_that_is_gone_it_is_said_what_became_of_it(stage: Stage, state: str, told: str) -> None:
    await add(stage, "carol")
    await stage.db.write(argue.change_state, stage.guild.id, 1, state, "shown")
    assert (await give(stage, stage.last())).text == told
    assert await rows(stage) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"why": "x" * 49 + " "},
            "Please say why in at least 50 characters; this has 49. What did the message make you see?",
        ),
        ({"why": "x" + " " * 90 + "y"}, "Please say why in at least 50 characters; this has 3."),
        ({"why": "x" + "\u200b" * 90 + "y"}, "Please say why in at least 50 characters; this has 2."),
        ({"why": f"{WHY} https://example.org"}, "I can't pass on links here. Please say it without one."),
    ],
)
async def test_a_reason_is_asked_for_and_held_to_the_rules(stage: Stage, given: dict[str, Any], told: str) -> None:
    message = await write(stage)
    assert (await give(stage, message, **given)).text.startswith(told)
    assert await rows(stage) == []
    assert (await give(stage, message)).text.startswith("Noted")


async def test_a_reason_that_is_held_back_is_kept_for_who_wrote_it_and_never_saved(stage: Stage) -> None:
    form = await stage.menu("bob", MENU, await write(stage))
    said = {"direction": ["flipped"]}
    held = await stage.submit("bob", form, why=f"{WHY} https://example.org", **said)
    assert held.text.splitlines() == ["I can't pass on links here. Please say it without one.", "Change"]
    again = await stage.press("bob", held.message, "Change")
    assert f"{WHY} https://example.org" in json.dumps(again.result.modal)
    button = button_ids(held.message)["Change"]
    assert (await stage.forge("carol", button)).startswith("I have no such form of yours any more.")
    assert (await stage.submit("bob", again, why=WHY, **said)).text.startswith("Noted")
    assert [delta.reason for delta in await stage.db.read(deltas.list_deltas, stage.guild.id, None, 0, 9)] == [WHY]


async def test_its_giver_takes_it_back_and_can_say_it_anew(stage: Stage) -> None:
    message = await write(stage)
    given = await give(stage, message)
    await stage.restart()
    told = await stage.press("bob", given.message, "Take it back")
    assert told.text.startswith("It is taken back, as if it had not been said.")
    assert [row[-1] for row in await rows(stage)] == ["revoked"]
    again = await stage.forge("bob", f"delta:back:{message.id}")
    assert again == "That was taken back or away already. /argue deltas shows what stands."
    await give(stage, message, direction=["unsure"])
    assert [row[-2:] for row in await rows(stage)] == [("unsure", "standing")]


async def test_a_giver_finds_it_in_a_list_also_when_the_message_is_gone(stage: Stage) -> None:
    message = await write(stage)
    await give(stage, message)
    await give(stage, message, "dana")
    await stage.delete_channel(stage.quiz)
    listed = await stage.slash("bob", "argue deltas", stage.other)
    assert (listed.private, listed.text.count("A message · ")) == (True, 1)
    await stage.press("bob", listed.message, "Take it back")
    assert [row[-1] for row in await rows(stage)] == ["revoked", "standing"]


async def test_moderators_see_all_and_take_one_away_for_good(stage: Stage) -> None:
    message = await write(stage)
    await give(stage, message)
    await give(stage, message, "dana")
    listed = await stage.slash("olga", "argue deltas")
    bob, carol = stage.people["bob"].id, stage.people["carol"].id
    assert f"<@{bob}>, by <@{carol}>'s message · I changed sides" in listed.text
    assert listed.text.count(f"||{WHY}||") == 2
    bobs = next(part["custom_id"] for part in parts(listed) if str(part.get("custom_id")).endswith(f":{bob}"))
    assert (await stage.forge("dana", bobs)).startswith(NOT_YOU)
    asked = await stage.press_id("olga", listed.message, bobs)
    await stage.press("olga", asked.message, "Take it away")
    assert [row[-1] for row in await rows(stage)] == ["removed", "standing"]
    told = await give(stage, message)
    assert (
        told.text
        == "Moderators took away what you said of this message. Please ask them if you think that is a mistake."
    )


async def test_a_moderator_takes_back_their_own_like_everybody(stage: Stage) -> None:
    message = await write(stage)
    await give(stage, message, "olga")
    await give(stage, message)
    listed = await stage.slash("olga", "argue deltas")
    labels = [part["label"] for part in parts(listed) if str(part.get("custom_id")).startswith("delta:")]
    assert labels == ["Take it away", "Take it back"] or labels == ["Take it back", "Take it away"]
    await stage.press("olga", listed.message, "Take it back")
    assert sorted(row[-1] for row in await rows(stage)) == ["revoked", "standing"]
    assert (await give(stage, message, "olga")).text.startswith("Noted")


async def test_nobodys_own_claim_counts_as_what_changed_their_view(stage: Stage) -> None:
    await add(stage)
    message = await write(stage)
    await give(stage, message, "bob", claim=["1"])
    await give(stage, message, "dana", claim=["1"])
    assert await stage.db.read(deltas.count_by_claim, stage.guild.id, MOTION) == {1: 1}


async def test_the_digest_opens_the_list_where_one_is_taken_away(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await give(stage, await write(stage))
    await stage.skip(WEEK)
    await stage.advance(2)
    (digest,) = stage.messages(stage.other)
    assert text_of(digest).splitlines()[-2:] == [
        "-# They stand unless you take them away: press the button, or use /argue deltas.",
        "Look at them",
    ]
    assert (await stage.press("bob", digest, "Look at them")).text.startswith(NOT_YOU)
    listed = await stage.press("olga", digest, "Look at them")
    assert listed.private
    asked = await stage.press("olga", listed.message, "Take it away")
    assert "**Take it away?** That can't be taken back." in asked.text
    assert [row[-1] for row in await rows(stage)] == ["standing"]
    listed = await stage.press("olga", asked.message, "Cancel")
    asked = await stage.press("olga", listed.message, "Take it away")
    assert (await stage.forge("bob", button_ids(asked.message)["Take it away"])).startswith(NOT_YOU)
    await stage.press("olga", asked.message, "Take it away")
    assert [row[-1] for row in await rows(stage)] == ["removed"]
    assert text_of(stage.last(stage.other)) == text_of(digest)


async def test_a_long_list_is_paged(stage: Stage) -> None:
    for _ in range(5):
        await give(stage, await write(stage))
    first = await stage.slash("olga", "argue deltas")
    assert (first.text.count("||") // 2, "-# Page 1 of 2 · 5 changed views" in first.text) == (4, True)
    second = await stage.press("olga", first.message, "Next")
    assert second.text.count("||") // 2 == 1
    behind = await stage.forge("bob", f"delta:list:{2**63 - 1}")
    assert "-# Page 2 of 2 · 5 changed views" in behind


async def test_moderators_are_told_once_a_week_of_what_is_new(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    message = await write(stage)
    await give(stage, message)
    await stage.advance(2)
    assert stage.messages(stage.other) == []  # the week still runs
    await stage.skip(WEEK)
    await stage.advance(2)
    (digest,) = stage.messages(stage.other)
    assert text_of(digest).splitlines()[0] == "### 1 changed view since the last time"
    assert f"||{WHY}||" in text_of(digest)
    await stage.restart()
    await stage.skip(WEEK)
    await stage.advance(2)
    assert len(stage.messages(stage.other)) == 1  # nothing new, nothing said
    await give(stage, message, "dana")
    await stage.skip(WEEK)
    await stage.advance(2)
    assert [text_of(m).splitlines()[0] for m in stage.messages(stage.other)][1:] == [
        "### 1 changed view since the last time"
    ]


async def test_what_was_told_taken_back_and_said_anew_is_told_again(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    message = await write(stage)
    for week in (1, 2):
        given = await give(stage, message)
        await stage.skip(WEEK)
        await stage.advance(2)
        assert len(stage.messages(stage.other)) == week
        await stage.press("bob", given.message, "Take it back")


async def test_of_what_was_taken_back_nobody_is_told(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    given = await give(stage, await write(stage))
    await stage.press("bob", given.message, "Take it back")
    await stage.skip(WEEK)
    await stage.advance(2)
    assert stage.messages(stage.other) == []


async def test_another_servers_moderator_takes_nothing_away(stage: Stage) -> None:
    message = await write(stage)
    await give(stage, message)
    elsewhere = await stage.open_elsewhere()
    forged = f"delta:remove:{message.id}:{stage.people['bob'].id}"
    told = await stage.forge("mallory", forged, channel=elsewhere)
    assert told == "I don't find that any more. /argue deltas shows what stands."
    assert (await stage.slash("mallory", "argue deltas", elsewhere)).text.splitlines()[1].startswith("Nothing yet.")
    assert [row[-1] for row in await rows(stage)] == ["standing"]


async def test_a_forged_form_is_refused(stage: Stage) -> None:
    values = {"claim": "0", "direction": "flipped", "why": WHY}
    told = await stage.forge_form("bob", "delta:send:77", values)
    assert told.startswith("I have no such form of yours any more.")
    form = await stage.menu("bob", MENU, await write(stage))
    assert form.result.modal is not None
    id = form.result.modal["custom_id"]
    assert (await stage.forge_form("carol", id, values)).startswith("I have no such form of yours any more.")
    wrong = await stage.forge_form("bob", id, values | {"direction": "persuaded"})
    assert wrong == "Please choose how your view changed, then send the form again."
    gone = await stage.forge_form("bob", id, values | {"claim": "9"})
    assert gone == "I don't find claim #9 here any more. /argue map shows what there is."
    assert await rows(stage) == []


async def test_a_claims_own_card_speaks_for_its_author_who_is_not_named(stage: Stage) -> None:
    await add(stage, "carol")
    card = stage.last()
    assert (await give(stage, card, "carol")).text.startswith("Those are your own words.")
    form = await stage.menu("bob", MENU, card)
    assert form.result.modal is not None
    offered = form.result.modal["components"][0]["component"]["options"]
    assert [(option["value"], option.get("default", False)) for option in offered] == [("0", False), ("1", True)]
    await stage.submit("bob", form, claim=["1"], direction=["stronger"], why=WHY)
    bob, carol = stage.people["bob"].id, stage.people["carol"].id
    assert await rows(stage) == [(card.id, bob, carol, 1, "stronger", "standing")]
    assert str(carol) not in (await stage.slash("bob", "argue deltas")).text


async def test_what_is_given_without_a_review_channel_is_told_once_there_is_one(stage: Stage) -> None:
    await give(stage, await write(stage))
    await stage.skip(2 * WEEK)
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await stage.skip(3600)
    await stage.advance(2)
    assert [text_of(m).splitlines()[0] for m in stage.messages(stage.other)] == [
        "### 1 changed view since the last time"
    ]


async def test_a_digest_of_many_long_reasons_fits_and_keeps_its_spoilers(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    for _ in range(6):
        await give(stage, await write(stage), why="*_`|" * 150)
    await stage.skip(WEEK)
    await stage.advance(2)
    (digest,) = stage.messages(stage.other)
    lines = text_of(digest).splitlines()
    assert (lines[0], lines[-2]) == (
        "### 6 changed views since the last time",
        "-# 1 more in the list. They stand unless you take them away: press the button, or use /argue deltas.",
    )
    reasons = [line for line in lines if line.startswith("||")]
    ends = {(line[-4] == "\\", line[-3:]) for line in reasons}  # no half of an escape stands before the ellipsis
    assert (len(reasons), ends) == (5, {(False, "…||")})
