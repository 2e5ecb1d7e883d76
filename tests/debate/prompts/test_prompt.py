"""A motion is put: its card, both sides, forged buttons, restarts."""

from __future__ import annotations

import discord
import pytest

from bot.debate.prompts import actions
from bot.debate.prompts.actions import Put
from content.pack import Motion
from storage import prompts
from tests.build import make_motion
from tests.debate.prompts.steps import DAY, lines, prompt_id, put, votes
from tests.stage import Stage, button_ids

GONE = "I don't know this motion any more. Put one with /debate prompt."
NOT_HERE = "I don't find that any more, so there is nothing to flag."
THEMES = [{"id": id, "title": id.title(), "about": f"About {id}"} for id in ("shape", "colour", "sound")]

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def test_a_motion_is_put_for_everyone_with_buttons_that_are_all_alike(stage: Stage) -> None:
    opened = await stage.slash("bob", "debate prompt")
    assert opened.private is False
    assert lines(stage.last()) == [
        "-# Motion · Shape",
        "### Squares are better than circles (m1).",
        "-# The source on this: §1.1 §1.2",
        "A motion is a sentence to argue about; I take no side. Your vote is private, and you can change it.",
        *("For", "Against", "Unsure", "Both sides", "Open a thread", "Report framing", "Close"),
        f"-# Closes <t:{(stage.clock.now() + DAY) // 1000}:R> · no votes yet",
    ]
    buttons = [c for c in discord.ui.LayoutView.from_message(stage.last()).walk_children() if hasattr(c, "style")]
    assert {button.style for button in buttons} == {discord.ButtonStyle.secondary}


async def test_both_sides_are_shown_in_private_before_and_after_the_close(stage: Stage) -> None:
    card = await put(stage, "bob")
    before = await stage.press("carol", card, "Both sides")
    await stage.press("bob", card, "Close")
    await stage.advance(1)
    after = await stage.press("carol", stage.last(), "Both sides")
    points = [f"**{side}** · Point {n} {side.lower()} it." for side in ("Against", "For") for n in (1, 2, 3)]
    for reply in (before, after):
        assert reply.private is True
        assert sorted(line for line in reply.text.splitlines() if " · " in line) == points


@pytest.mark.parametrize(
    ("custom_id", "told"),
    [
        ("debate:vote:77:for", GONE),
        ("debate:sides:77", GONE),
        ("debate:close:77", GONE),
        ("debate:thread:77", GONE),
        ("debate:vote:{id}:maybe", "That is not a vote I know. Please use the buttons of the newest card."),
        ("debate:vote:{id}", "I don't know this button any more."),
        ("debate:vote:-1:for", "I don't know this button any more."),
        (f"debate:close:{2**63}", "I don't know this button any more."),
    ],
)
async def test_a_forged_press_gets_a_plain_sentence(stage: Stage, custom_id: str, told: str) -> None:
    card = await put(stage)
    assert (await stage.forge("carol", custom_id.format(id=prompt_id(card)))).startswith(told)
    assert await votes(stage, card) == {}


async def test_a_motion_of_another_channel_or_server_can_not_be_pressed_from_here(stage: Stage) -> None:
    motions = [("shapes/m1", Motion.model_validate(make_motion()))]
    await stage.db.write(actions.put_motion, Put(999, 1, stage.quiz.id, 1, motions), stage.clock.now())
    assert await stage.forge("carol", "debate:vote:1:for") == GONE
    card = await put(stage)
    for id in button_ids(card).values():
        told = NOT_HERE if id.startswith("flag:") else GONE
        assert await stage.forge("bob", id, stage.other) == told
    assert await votes(stage, card) == {}


async def test_everything_on_the_card_works_after_a_restart(stage: Stage) -> None:
    card = await put(stage, "bob")
    await stage.press("carol", card, "For")
    await stage.restart()
    assert (await stage.press("carol", card, "Unsure")).text.startswith("Your vote is changed from For to **Unsure**")
    assert (await stage.press("carol", card, "Both sides")).text.startswith("-# Both sides")
    assert (await stage.press("carol", card, "Close")).text.startswith("Only the person who put this motion")
    assert (await stage.press("bob", card, "Close")).text.startswith("The vote is closed.")
    await stage.advance(1)
    assert lines(stage.last())[3].startswith("**The vote is closed: 1 vote.**")


@pytest.mark.pack(motions=[make_motion("m1"), make_motion("m2")])
async def test_the_motion_put_longest_ago_comes_first(stage: Stage) -> None:
    put_so_far = []
    for _ in range(4):
        await stage.advance(1)
        put_so_far.append(lines(await put(stage))[1])
    assert put_so_far[0] != put_so_far[1]
    assert put_so_far[2:] == put_so_far[:2]


@pytest.mark.pack(motions=[make_motion("m1"), make_motion("m2", theme="colour")], themes=THEMES)
async def test_a_theme_can_be_chosen_among_those_that_have_motions(stage: Stage) -> None:
    offered = await stage.people["bob"].autocomplete(stage.quiz, "debate prompt", "theme", "")
    assert [choice["value"] for choice in offered] == ["shapes", "shapes/shape", "shapes/colour"]
    for _ in range(2):
        assert lines(await put(stage, theme="shapes/colour"))[:2] == [
            "-# Motion · Colour",
            "### Squares are better than circles (m2).",
        ]
    refused = await stage.slash("bob", "debate prompt", theme="sound")
    assert refused.text == "I have no motions on that. Please pick a theme from the list that opens as you type."


@pytest.mark.pack
async def test_without_motions_the_command_says_so(stage: Stage) -> None:
    refused = await stage.slash("bob", "debate prompt")
    assert (refused.private, refused.text) == (
        True,
        "None of my subjects has motions to debate yet. /quiz play asks questions about them.",
    )


async def test_where_the_bot_may_not_write_nothing_is_put(stage: Stage) -> None:
    await stage.deny_bot(stage.quiz, "send_messages")
    refused = await stage.slash("bob", "debate prompt")
    assert (refused.private, refused.text) == (
        True,
        "I can't put a motion here: I am missing “Send Messages”. "
        "Ask a moderator to give me that in this channel, then try again.",
    )
    assert await stage.db.read(prompts.last_put, stage.guild.id) == {}
