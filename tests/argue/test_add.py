"""/argue add by real presses: from the form to a claim on the map; what is refused, changed, replaced, taken away."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.act import Act
from bot.argue import actions
from bot.argue.deciding import FLAGGABLE
from bot.errors import Refusal
from storage.settings import change_settings
from tests.argue.steps import KEEPS_ITS_WORDS, MOTION, TEXT, add, claims, ratings, stand, write
from tests.build import make_motion
from tests.stage import Stage, button_ids, parts, text_of

pytestmark = pytest.mark.pack(motions=[make_motion(), make_motion("m2")])
MOTION_TEXT = "Squares are better than circles (m1)."


async def test_a_claim_is_drafted_posted_and_listed(stage: Stage) -> None:
    draft = await write(stage)
    assert draft.private
    assert draft.text.splitlines()[:2] == [f"-# Not posted yet · For · {MOTION_TEXT}", f"### {TEXT}"]
    told = await stage.press("bob", draft.message, "Post")
    assert told.text == "**#1** is posted here. People find it with /argue rate and /argue map, too."
    await stage.advance(1)
    assert text_of(stage.last()).splitlines() == [
        "-# MEMBER ARGUMENT · For · #1",
        f"-# On: {MOTION_TEXT}",
        f"### {TEXT}",
        "Rate",
        "Change",
        "Flag",
    ]
    (claim,) = await claims(stage)
    assert (claim.number, claim.side, claim.state, claim.message_id) == (1, "for", "shown", stage.last().id)
    shown = await stage.slash("carol", "argue map", motion=MOTION)
    assert (shown.private, f"**#1** {TEXT}" in shown.text) == (True, True)


async def test_a_claim_is_written_and_posted_across_restarts(stage: Stage) -> None:
    form = await stage.slash("bob", "argue add", motion=MOTION_TEXT, side="against")
    await stage.restart()
    draft = await stage.submit("bob", form, text=TEXT)
    await stage.restart()
    changed = await stage.submit(
        "bob", await stage.press("bob", draft.message, "Change"), text="Squares\n do not roll."
    )
    assert "### Squares do not roll." in changed.text
    await stage.restart()
    await stage.press("bob", draft.message, "Post")
    assert [(claim.text, claim.side, claim.motion_id) for claim in await claims(stage)] == [
        ("Squares do not roll.", "against", MOTION)
    ]


async def test_the_source_relied_on_is_chosen_among_that_of_the_motion(stage: Stage) -> None:
    draft = await write(stage)
    cites = next(part for part in parts(draft) if part.get("custom_id", "").startswith("argue:cites:"))
    assert [(option["label"], option["description"]) for option in cites["options"][:3]] == [
        ("§1.1", "Point 1 for it."),
        ("§1.2", "Point 2 for it."),
        ("§1.3", "Point 3 for it."),
    ]
    assert len(cites["options"]) == 6
    await stage.choose("bob", draft.message, "1.1", "1.4")
    await stage.forge_choice("bob", cites["custom_id"], "1.1", "1.4", "9.9")
    await stage.press("bob", draft.message, "Post")
    await stage.advance(1)
    assert "-# Relies on §1.1 §1.4" in text_of(stage.last())
    assert [claim.cites for claim in await claims(stage)] == ['["1.1", "1.4"]']


@pytest.mark.parametrize(
    ("side", "given", "link"),
    [
        ("for", {}, "supports #1"),
        ("against", {}, "rebuts #1"),
        ("against", {"link": "beside"}, "calls #1 true but not relevant here"),
    ],
)
async def test_an_answer_says_what_it_does_to_what_it_answers(
    stage: Stage, side: str, given: dict[str, str], link: str
) -> None:
    await add(stage)
    await add(stage, "carol", "Circles roll away.", side=side, answers=1, **given)
    assert f"-# It {link}: “{TEXT}”" in text_of(stage.last())


async def test_a_near_duplicate_is_pointed_out_and_can_be_supported_instead(stage: Stage) -> None:
    await add(stage)
    draft = await write(stage, "carol", "squares STACK without any gaps")
    assert f"**Close to #1**: {TEXT}" in draft.text
    assert list(button_ids(draft.message)) == ["Support #1", "Post as different", "Change", "Discard"]
    assert (await stage.press("carol", draft.message, "Support #1")).text.startswith("### Where do you stand?")
    await stage.press("carol", draft.message, "Post as different")
    assert len(await claims(stage)) == 2


async def test_what_was_said_while_a_draft_lay_is_pointed_out_before_it_is_posted(stage: Stage) -> None:
    draft = await write(stage, "carol", "squares STACK without any gaps")
    await add(stage)
    again = await stage.press("carol", draft.message, "Post")
    assert (f"**Close to #1**: {TEXT}" in again.text, len(await claims(stage))) == (True, 1)
    told = await stage.press("carol", again.message, "Post as different")
    assert told.text.startswith("**#2** is posted here.")


async def test_only_claims_of_the_same_side_are_close(stage: Stage) -> None:
    await add(stage, side="against")
    assert "Close to" not in (await write(stage, "carol", TEXT)).text


async def test_a_claim_near_to_one_with_the_same_section_is_pointed_out_once_that_is_chosen(stage: Stage) -> None:
    for text in ("Frames of windows are square for a reason.", "Streets form squares on town maps."):
        draft = await write(stage, text=text)
        await stage.choose("bob", draft.message, "1.2")
        await stage.press("bob", draft.message, "Post")
    draft = await write(stage, "carol", "The reason for square windows is their frames, which are cheap.")
    assert "Close to" not in draft.text
    chosen = await stage.choose("carol", draft.message, "1.2")
    assert [line for line in chosen.text.splitlines() if "Close to" in line] == [
        "**Close to #1**: Frames of windows are square for a reason."
    ]


async def test_claims_that_only_share_some_words_are_not_close(stage: Stage) -> None:
    await add(stage)
    assert "Close to" not in (await write(stage, "carol", "Circles stack badly but never tip over.")).text


async def test_an_unrated_claim_is_changed_in_place(stage: Stage) -> None:
    await add(stage)
    draft = await stage.press("bob", stage.last(), "Change")
    told = await stage.press("bob", draft.message, "Post")
    assert told.text == "That says what it said before. Press “Change” to write something else, or “Discard”."
    await stage.submit("bob", await stage.press("bob", draft.message, "Change"), text="Squares fill a plane.")
    told = await stage.press("bob", draft.message, "Post")
    assert told.text == "**#1** is changed. Nobody had said anything of it yet."
    await stage.advance(2)
    assert [text_of(message).splitlines()[2] for message in stage.messages()] == ["### Squares fill a plane."]


async def test_a_rated_claim_keeps_its_words_and_another_takes_its_place_with_its_answers(stage: Stage) -> None:
    await add(stage)
    await add(stage, "carol", "Circles roll away.", side="against", answers=1)
    draft = await stage.press("bob", stage.messages()[0], "Change")
    await stage.submit("bob", await stage.press("bob", draft.message, "Change"), text="Squares fill a plane.")
    await stand(stage, "carol", "For")
    await stage.press("carol", (await stage.press("carol", stage.messages()[0], "Rate")).message, "Agree")
    told = await stage.press("bob", draft.message, "Post")
    await stage.advance(2)
    assert told.text == f"{KEEPS_ITS_WORDS} **#3** takes its place."
    assert [(claim.number, claim.state, claim.replaces) for claim in await claims(stage)] == [
        (1, "replaced", None),
        (2, "shown", None),
        (3, "shown", 1),
    ]
    assert "-# Its author has replaced it with #3." in text_of(stage.messages()[0])
    assert "-# It replaces #1." in text_of(stage.last())
    card = await stage.slash("dana", "argue map", motion=MOTION)
    assert "> rebuts #3: **#2** (Against) Circles roll away." in card.text
    assert await ratings(stage) == [(1, stage.people["carol"].id, "agree", None, None)]


async def test_only_its_author_changes_a_claim(stage: Stage) -> None:
    await add(stage)
    told = await stage.press("carol", stage.last(), "Change")
    assert told.text == "Only who wrote claim #1 can change it. You can answer it: /argue add with `answers`."
    draft = await write(stage, "bob", "Circles have no corners.")
    for press in ("argue:post", "argue:change", "argue:discard"):
        id = button_ids(draft.message)["Post"].split(":")[2]
        assert (await stage.forge("carol", f"{press}:{id}")).startswith("I have no such draft of yours any more")


async def test_a_draft_is_posted_once_and_can_be_discarded(stage: Stage) -> None:
    draft = await write(stage)
    post = button_ids(draft.message)["Post"]
    await stage.press("bob", draft.message, "Post")
    again = await stage.forge("bob", post)
    assert again.startswith("I have no such draft of yours any more")
    other = await write(stage, text="Circles have no corners.")
    assert (await stage.press("bob", other.message, "Discard")).text == "Discarded. Nothing was posted."
    assert len(await claims(stage)) == 1


@pytest.mark.parametrize("text", [" \n ", "\u200b\u2060\u200b", "\u3164 \u2800", "\u202e\ufe0f"])
async def test_a_claim_of_which_nothing_can_be_seen_is_empty(stage: Stage, text: str) -> None:
    draft = await write(stage, text=text)
    assert "### (nothing written yet)" in draft.text
    told = await stage.press("bob", draft.message, "Post")
    assert told.text == "There is no claim in this yet. Press “Change”, write one, then send the form again."
    assert await claims(stage) == []


async def test_what_cannot_be_seen_is_left_out_of_a_claim(stage: Stage) -> None:
    await add(stage, text="Squares\u200b stack\u202e without\u2063 gaps.")
    assert [claim.text for claim in await claims(stage)] == ["Squares stack without gaps."]


async def test_words_that_are_held_back_are_kept_for_who_wrote_them_and_never_posted(stage: Stage) -> None:
    form = await stage.slash("bob", "argue add", motion=MOTION, side="for")
    told = await stage.submit("bob", form, text="See https://example.org for it.")
    assert told.text.splitlines() == ["I can't pass on links here. Please say it without one.", "Change"]
    again = await stage.press("bob", told.message, "Change")
    assert again.result.modal is not None
    assert "See https://example.org for it." in json.dumps(again.result.modal)
    id = button_ids(told.message)["Change"].split(":")[2]
    assert (await stage.forge("bob", f"argue:post:{id}")).startswith("There is no claim in this yet.")
    draft = await stage.submit("bob", again, text=TEXT)
    assert "example.org" not in json.dumps((await stage.press("bob", draft.message, "Change")).result.modal)
    await stage.press("bob", draft.message, "Post")
    assert [claim.text for claim in await claims(stage)] == [TEXT]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"motion": "no such"}, "I don't know that motion. Please pick one from the list that opens as you type."),
        ({"answers": 9}, "I don't find claim #9 here any more. /argue map shows what there is."),
        ({"link": "rebuts"}, "Say which claim it answers, too: choose one under `answers`. Or leave `link` out."),
        ({"motion": "shapes/m2", "answers": 1}, "Claim #1 is about another motion. Please choose one of this motion"),
    ],
)
async def test_what_makes_no_sense_is_refused_before_the_form(stage: Stage, options: dict[str, Any], told: str) -> None:
    await add(stage)
    refused = await stage.slash("carol", "argue add", **({"motion": MOTION, "side": "for"} | options))
    assert refused.text.startswith(told)


async def test_nobody_buries_what_others_say(stage: Stage) -> None:
    words = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine")
    for word in words:
        await add(stage, text=f"{word} {word[::-1]}")
    refused = await stage.slash("bob", "argue add", motion=MOTION, side="for")
    assert refused.text.startswith("You have written 10 claims within a day, which is as many as I take.")
    await stage.skip(24 * 3600 + 1)
    assert "Your claim" in (await stage.slash("bob", "argue add", motion=MOTION, side="for")).text


@pytest.mark.pack(motions=[])
async def test_without_motions_it_says_so(stage: Stage) -> None:
    refused = await stage.slash("bob", "argue add", motion=MOTION, side="for")
    assert refused.text.startswith("None of my subjects has motions to argue about yet.")


async def test_a_claim_of_another_server_is_not_answered_or_changed(stage: Stage) -> None:
    await add(stage)
    elsewhere = await stage.open_elsewhere()
    told = await stage.slash("mallory", "argue add", elsewhere, motion=MOTION, side="for", answers=1)
    assert told.text.startswith("I don't find claim #1 here any more.")
    assert (await stage.forge("mallory", "argue:edit:1", channel=elsewhere)).startswith("I don't find claim #1 here")
    draft = await stage.submit(
        "mallory", await stage.slash("mallory", "argue add", elsewhere, motion=MOTION, side="for"), text=TEXT
    )
    told = await stage.press("mallory", draft.message, "Post")
    assert told.text.startswith("**#1** is posted here.")  # numbered from 1 in every server


async def test_where_all_wait_a_moderator_shows_a_claim_or_turns_it_down(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all", "review_channel_id": stage.other.id})
    told = await add(stage)
    await add(stage, text="Circles have no corners.")
    assert told.text == "**#1** is sent in. It is shown once a moderator has approved it; /argue review tells you."
    assert (stage.messages(), len(stage.messages(stage.other))) == ([], 2)
    waiting = stage.messages(stage.other)[0]
    assert f"||{TEXT}||" in text_of(waiting)
    assert (await stage.forge("bob", "argue:review:0")).startswith("Only people who may manage this server")
    assert (await stage.press("bob", waiting, "Show it")).text.startswith("Only people who may manage this server")
    await stage.restart()
    shown = await stage.press("olga", waiting, "Show it")
    assert shown.text.splitlines()[:2] == ["**#1** is shown now.", "1 claim still waits."]
    await stage.advance(1)
    assert text_of(stage.last()).splitlines()[2] == f"### {TEXT}"
    listed = await stage.slash("olga", "argue review")
    down = await stage.press("olga", listed.message, "Turn it down")
    assert down.text == "**#2** is turned down; nobody sees it."
    told_late = await stage.forge("olga", "argue:approve:2")
    assert told_late.startswith("Somebody has decided about claim #2 already.")
    assert (await stage.slash("olga", "argue review")).text.startswith("No claim waits for you.")


async def test_whoever_wrote_a_claim_sees_what_became_of_it(stage: Stage) -> None:
    await add(stage, text="Windows are square.")
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    for text in (TEXT, "Circles have no corners.", "Town maps follow streets."):
        await add(stage, text=text)
    for number, shown in ((2, False), (4, True)):
        await stage.forge("olga", f"argue:{'approve' if shown else 'reject'}:{number}")
    await stage.advance(1)
    await stage.db.write(FLAGGABLE.remove, Act(stage.guild.id, 1, stage.people["olga"].id, stage.clock.now()), 1)
    told = await stage.slash("bob", "argue review")
    assert (told.private, told.text.splitlines()) == (
        True,
        [
            "### Your claims that others don't see",
            "**#3** waits for a moderator: Circles have no corners.",
            f"**#2** was turned down by a moderator: {TEXT}",
            "**#1** was taken away by moderators: Windows are square.",
            "-# To try again, write it differently with /argue add, or ask a moderator why it was turned down.",
        ],
    )
    none = "No claim of yours waits, was turned down or was taken away. /argue map shows those that everybody sees."
    assert (await stage.slash("carol", "argue review")).text == none


async def test_where_all_wait_a_changed_claim_waits_too_and_then_takes_its_place(stage: Stage) -> None:
    await add(stage)
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    draft = await stage.press("bob", stage.last(), "Change")
    await stage.submit("bob", await stage.press("bob", draft.message, "Change"), text="Squares fill a plane.")
    told = await stage.press("bob", draft.message, "Post")
    assert told.text == "**#2** is sent in. It is shown once a moderator has approved it; /argue review tells you."
    assert [claim.state for claim in await claims(stage)] == ["shown", "waiting"]
    await stage.press("olga", (await stage.slash("olga", "argue review")).message, "Show it")
    assert [claim.state for claim in await claims(stage)] == ["replaced", "shown"]


@pytest.mark.parametrize(("days", "state"), [(6, "waiting"), (8, "shown")])
async def test_where_new_members_wait_others_do_not(stage: Stage, days: int, state: str) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "new"})
    member = stage.env.backend.guilds[stage.guild.id].members[stage.people["bob"].id]
    joined = datetime.fromtimestamp(stage.clock.now() / 1000 - days * 86_400, UTC)
    member.joined_at = joined.isoformat()
    await add(stage)
    assert [claim.state for claim in await claims(stage)] == [state]


async def test_motions_and_claims_are_offered_as_one_types(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Circles roll away.", side="against")
    bob = stage.people["bob"]
    motions = await bob.autocomplete(stage.quiz, "argue rate", "motion", "(M2)")
    assert [(choice["name"], choice["value"]) for choice in motions] == [
        ("Squares are better than circles (m2).", "shapes/m2")
    ]
    offered = [
        [choice["value"] for choice in await bob.autocomplete(stage.quiz, "argue add", "answers", typed, motion=motion)]
        for typed, motion in (("", MOTION), ("ROLL", MOTION_TEXT), ("1", MOTION), ("", "shapes/m2"), ("", "no such"))
    ]
    assert offered == [[1, 2], [2], [1], [], []]


async def test_who_may_not_write_in_a_channel_writes_no_claim_through_the_bot(stage: Stage) -> None:
    draft = await write(stage)
    muted = Overwrite(stage.people["bob"].id, OverwriteType.MEMBER, deny=discord.Permissions(send_messages=True).value)
    stage.env.backend.set_overwrite(stage.quiz.id, muted)
    await stage.env.settle()
    told = "You can't write in this channel, so I post no claim of yours in it. Please do this where you may write."
    assert (await stage.press("bob", draft.message, "Post")).text == told
    assert (await stage.slash("bob", "argue add", motion=MOTION, side="for")).text == told
    assert await claims(stage) == []


async def test_fifty_racing_writes_of_one_draft_post_one_claim(stage: Stage) -> None:
    draft = await write(stage)
    id = int(button_ids(draft.message)["Post"].split(":")[2])
    bob, now = stage.people["bob"].id, stage.clock.now()
    acts = [Act(stage.guild.id, stage.env.backend.snowflake(), bob, now) for _ in range(50)]
    writes = (stage.db.write(actions.post, act, id, stage.quiz.id, None) for act in acts)
    told = await asyncio.gather(*writes, return_exceptions=True)
    assert [str(one) for one in told if isinstance(one, Refusal)] == [actions.DONE] * 49
    assert len(await claims(stage)) == 1


async def test_a_claim_is_flagged_wherever_one_comes_across_it(stage: Stage) -> None:
    await add(stage)
    for who in ("carol", "dana"):
        asked = await stage.slash(who, "argue rate", stage.other, motion=MOTION)
        card = await stage.press(who, asked.message, "Unsure")
        form = await stage.press(who, card.message, "Flag")
        told = await stage.submit(who, form, reason=["spam"], note="")
        waits = "Thank you, it is noted. Moderators are told as soon as somebody else flags it too"
        assert told.text.startswith(waits if who == "carol" else "Thank you. It waits for the moderators now")
    opened = await stage.press("olga", (await stage.slash("olga", "flags")).message, "Open")
    link = f"https://discord.com/channels/{stage.guild.id}/{stage.quiz.id}/{stage.last().id}"
    assert f"||{TEXT}||\n-# by <@{stage.people['bob'].id}>\n-# in {link}" in opened.text
