"""Flags by real presses: a motion's framing is reported, moderators hear of it and decide; who may not."""

from __future__ import annotations

import pytest

from storage import flags
from storage.settings import change_settings
from tests.build import make_motion
from tests.debate.steps import prompt_id, put
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])
AGAIN = "You have flagged this already, and that counts once. Moderators decide."
ONLY = "Only people who may manage"


async def report(stage: Stage, who: str, note: str = "", reason: str = "biased") -> str:
    """Fill in the form under the newest motion; what was said."""
    shown = await stage.press(who, stage.last(), "Report framing")
    if shown.result.modal is None:
        return shown.text
    return (await stage.submit(who, shown, reason=[reason], note=note)).text


async def test_a_motions_framing_reaches_the_review_channel_and_a_moderator_closes_the_vote(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    card = await put(stage)
    assert (
        await report(stage, "carol", note="One side only.")
        == "Thank you. It waits for the moderators now; they find it with /flags."
    )
    await stage.advance(1)
    told = stage.last(stage.other)
    assert text_of(told).splitlines() == [
        "### Flagged: motion",
        "Squares are better than circles (m1).",
        f"-# in https://discord.com/channels/{stage.guild.id}/{stage.quiz.id}/{card.id}",
        "- Its framing takes a side: 1",
        f"-# <t:{stage.clock.now() // 1000 - 1}:f>: ||One side only.||",
        "Keep it",
        "Close the vote",
    ]
    await stage.restart()
    decided = await stage.press("olga", told, "Close the vote")
    assert text_of(decided.message).splitlines()[-1] == "-# Moderators closed the vote."
    await stage.advance(3)
    assert "The vote is closed" in text_of(stage.last())


async def test_without_a_review_channel_moderators_find_it_with_a_command(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol")
    assert (await stage.slash("bob", "flags")).text.startswith(ONLY)
    listed = await stage.slash("olga", "flags")
    assert "**Motion** · 1 flag" in listed.text
    opened = await stage.press("olga", listed.message, "Open")
    await stage.press("olga", opened.message, "Keep it")
    assert (await stage.slash("olga", "flags")).text.splitlines()[1].startswith("Nothing waits for you.")


async def test_a_flag_counts_once_and_not_after_the_decision(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol")
    assert await report(stage, "carol") == AGAIN
    assert len(await stage.db.read(flags.list_flags, stage.guild.id, "prompt", prompt_id(stage.last()))) == 1
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    await stage.press("olga", opened.message, "Keep it")
    told = await stage.press("bob", stage.last(), "Report framing")
    assert told.text == "Moderators have looked at this already. If something new is said, please flag that."


async def test_two_moderators_decide_once(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol")
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    (flag,) = await stage.db.read(flags.list_raised, stage.guild.id, 0, 5)
    await stage.press("olga", opened.message, "Keep it")
    told = await stage.forge("olga", f"flags:remove:{flag.id}")
    assert told == "Another moderator has decided on this meanwhile. /flags shows what is still open."


async def test_three_people_who_flag_bring_one_calm_word(stage: Stage) -> None:
    await put(stage)
    card = stage.last()
    for who in ("alice", "bob", "carol", "dana"):
        shown = await stage.press(who, card, "Report framing")
        await stage.submit(who, shown, reason=["loaded"], note="")
    await stage.advance(2)
    calm = [text_of(message).startswith("Several people have flagged") for message in stage.messages()]
    assert calm == [False, True]


@pytest.mark.parametrize("ids", ["prompt:1", "speech:1", "nothing:5"])
async def test_what_is_not_there_can_not_be_flagged(stage: Stage, ids: str) -> None:
    assert (await stage.forge("bob", f"flag:open:{ids}")).startswith("I don't find that any more")


async def test_a_motion_of_another_channel_or_server_can_not_be_flagged_from_here(stage: Stage) -> None:
    id = prompt_id(await put(stage))
    told = await stage.forge("bob", f"flag:open:prompt:{id}", channel=stage.other)
    assert told.startswith("I don't find that any more")
    elsewhere = await stage.open_elsewhere()
    assert (await stage.forge("mallory", f"flag:open:prompt:{id}", channel=elsewhere)).startswith("I don't find that")


@pytest.mark.parametrize("deed", ["open", "keep", "remove"])
async def test_only_moderators_decide(stage: Stage, deed: str) -> None:
    await put(stage)
    await report(stage, "carol")
    (flag,) = await stage.db.read(flags.list_raised, stage.guild.id, 0, 5)
    assert (await stage.forge("bob", f"flags:{deed}:{flag.id}")).startswith(ONLY)
    assert (await stage.forge("olga", f"flags:{deed}:77")).startswith("I don't know that case any more.")


async def test_a_long_list_is_paged(stage: Stage) -> None:
    for _ in range(5):
        await put(stage)
        await report(stage, "carol")
    first = await stage.slash("olga", "flags")
    assert (first.text.count("**Motion**"), "Page 1 of 2 · 5 cases" in first.text) == (4, True)
    second = await stage.press("olga", first.message, "Next")
    assert text_of(second.message).count("**Motion**") == 1
