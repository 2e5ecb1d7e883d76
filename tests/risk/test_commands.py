"""/risk and /about, by real presses."""

from __future__ import annotations

import discord
import pytest

from tests.build import OFFRAMP, TABLE, make_risk
from tests.stage import Reply, Stage, button_ids, text_of

RISKS = [make_risk("r1", title="First"), make_risk("r2", title="Second")]
GLOSSARY = [
    {"term": "Round", "meaning": "Without a corner.", "cite": ["1.1", "1.2"]},
    {"term": "Flat", "meaning": "Without a *height*."},
]
DOWN = "**A way down**: There is a way down."
GONE = "That page is not there any more. Please use the command again."
COMMANDS = ("risk brief", "risk full", "risk table", "about")

with_risks = pytest.mark.pack(risks=RISKS, offramp=OFFRAMP, table=TABLE)
pytestmark = with_risks


def lines(reply: Reply) -> list[str]:
    return reply.text.splitlines()


def title(reply: Reply) -> str:
    return lines(reply)[0]


async def test_the_brief_shows_each_risk_in_a_line_who_says_it_and_the_way_down(stage: Stage) -> None:
    shown = await stage.slash("bob", "risk brief")
    assert (shown.private, lines(shown)) == (
        True,
        [
            "## Risks the source names",
            "-# Shapes",
            "**First**: The line of r1.",
            "-# The who of r1.",
            "**Second**: The line of r2.",
            "-# The who of r2.",
            DOWN,
            "-# Its author.",
            "-# In the order of the source, which says nothing about weight. What stands against each: /risk full",
            "Share",
        ],
    )


async def test_a_card_in_full_says_who_says_it_what_stands_against_it_and_what_is_left_out(stage: Stage) -> None:
    shown = await stage.slash("bob", "risk full", card="r2")
    assert (shown.private, lines(shown)) == (
        True,
        [
            *("## Second", "-# Shapes"),
            *("**What the source says**", "The says of r2."),
            *("**Who says it**", "The who of r2."),
            *("**What it sets against this**", "The against of r2."),
            *("**What it leaves out**", "The leaves\\_out of r2."),
            "-# §1.1 §1.2",
            DOWN,
            "-# Page 2 of 3",
            *("Previous", "Next", "Share"),
        ],
    )


async def test_the_pages_can_be_turned_to_the_way_down_and_back_after_a_restart(stage: Stage) -> None:
    shown = await stage.slash("bob", "risk full")
    await stage.restart()
    titles = [title(shown)]
    for label in ("Next", "Next", "Previous"):
        shown = await stage.press("bob", shown.message, label)
        titles.append(title(shown))
    assert titles == ["## First", "## Second", "## A way down", "## Second"]


async def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(stage: Stage) -> None:
    shown = await stage.slash("bob", "risk full")
    with pytest.raises(Exception, match="disabled"):
        await stage.press("bob", shown.message, "Previous")
    shown = await stage.slash("bob", "risk full", card="offramp")
    with pytest.raises(Exception, match="disabled"):
        await stage.press("bob", shown.message, "Next")


async def test_the_table_is_shown_row_by_row_with_its_caution(stage: Stage) -> None:
    shown = await stage.slash("bob", "risk table")
    assert (shown.private, lines(shown)) == (
        True,
        [
            *("## Deeds and effects", "-# Shapes"),
            *("**Painting** · §1.3", "For Ann: more colour", "For Ben: less wall", ""),
            *("**Building** · §1.4", "For Ann: less light", "For Ben: more wall"),
            "**Read with caution.** The source says nothing of how it knows.",
            "Share",
        ],
    )


async def test_about_tells_of_the_source_the_method_and_what_is_stored(stage: Stage) -> None:
    shown = await stage.slash("bob", "about")
    assert lines(shown)[:3] == ["## About", "-# Shapes", "**What kind of text:** A note written for tests"]
    titles = [title(shown)]
    for _ in range(2):
        shown = await stage.press("bob", shown.message, "Next")
        titles.append(title(shown))
    assert titles == ["## About", "## How this was made", "## What I store"]


@pytest.mark.pack(glossary=GLOSSARY)
async def test_about_explains_the_words_of_the_source(stage: Stage) -> None:
    shown = await stage.press("bob", (await stage.slash("bob", "about")).message, "Next")
    assert lines(shown)[:5] == [
        *("## What its words mean", "-# Shapes"),
        *("**Round:** Without a corner. §1.1 §1.2", "", "**Flat:** Without a \\*height\\*."),
    ]


@pytest.mark.pack(glossary=[{"term": "A", "meaning": "B"}] * 1000)
async def test_a_glossary_of_many_short_words_still_fits_on_its_pages(stage: Stage) -> None:
    shown = await stage.press("bob", (await stage.slash("bob", "about")).message, "Next")
    assert title(shown) == "## What its words mean"


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_shared_card_is_the_same_for_everyone_and_has_no_buttons(stage: Stage, command: str) -> None:
    private = await stage.slash("bob", command)
    shared = await stage.press("bob", private.message, "Share")
    mine = [line for line in lines(private) if line not in ("Previous", "Next", "Share") and "-# Page" not in line]
    assert shared.private is False
    assert text_of(stage.last()).splitlines() == [
        *mine,
        f"-# Shared by bob. Everyone can open it: /{command}",
    ]
    assert button_ids(stage.last()) == {}


async def test_the_page_that_is_open_is_the_one_that_is_shared(stage: Stage) -> None:
    shown = await stage.slash("bob", "risk full")
    shown = await stage.press("bob", shown.message, "Next")
    await stage.restart()
    await stage.press("bob", shown.message, "Share")
    assert text_of(stage.last()).splitlines()[0] == "## Second"


async def test_somebody_who_may_not_write_here_can_not_share(stage: Stage) -> None:
    place = stage.guild.create_text_channel(
        "news", overwrites={stage.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    private = await stage.slash("bob", "risk brief", place)
    refused = await stage.press("bob", private.message, "Share")
    assert (refused.private, refused.text) == (
        True,
        "You may not write in this channel, so the card stays with you. You can share it where you may write.",
    )


@pytest.mark.parametrize(
    ("custom_id", "told"),
    [
        ("risk:page:full:shapes:3", GONE),
        ("risk:share:full:shapes:3", GONE),
        ("risk:page:secrets:shapes:0", GONE),
        ("risk:share:brief:circles:0", GONE),
        ("risk:page:full:shapes:-1", "I don't know this button any more."),
        ("risk:page:full:shapes", "I don't know this button any more."),
    ],
)
async def test_a_forged_press_gets_a_plain_sentence(stage: Stage, custom_id: str, told: str) -> None:
    assert (await stage.forge("bob", custom_id)).startswith(told)


async def test_cards_and_subjects_are_offered_as_one_types(stage: Stage) -> None:
    bob = stage.people["bob"]
    cards = await bob.autocomplete(stage.quiz, "risk full", "card", "")
    typed = await bob.autocomplete(stage.quiz, "risk full", "card", "seco")
    nothing = await bob.autocomplete(stage.quiz, "risk full", "card", "", subject="circles")
    subjects = [await bob.autocomplete(stage.quiz, command, "subject", "sha") for command in COMMANDS]
    assert [choice["value"] for choice in cards] == ["r1", "r2", "offramp"]
    assert [choice["name"] for choice in typed] == ["Second"]
    assert nothing == []
    assert [[choice["value"] for choice in offered] for offered in subjects] == [["shapes"]] * 4


@pytest.mark.pack
@pytest.mark.parametrize("command", COMMANDS[:3])
async def test_without_risks_the_command_says_so_and_about_still_answers(stage: Stage, command: str) -> None:
    refused = await stage.slash("bob", command)
    assert (refused.private, refused.text) == (
        True,
        "None of my subjects has risk cards yet. /about says what I do have.",
    )
    assert title(await stage.slash("bob", "about")) == "## About"


@pytest.mark.pack(risks=RISKS)
async def test_a_source_without_a_table_is_said_to_have_none(stage: Stage) -> None:
    assert (await stage.slash("bob", "risk table")).text == (
        "The source of “Shapes” has no table. /risk brief shows its risks."
    )


@pytest.mark.pack(risks=RISKS, title="**Sh**apes @everyone")
async def test_a_title_in_a_refusal_formats_and_pings_nothing(stage: Stage) -> None:
    assert (await stage.slash("bob", "risk table")).text == (
        "The source of “\\*\\*Sh\\*\\*apes \\@everyone” has no table. /risk brief shows its risks."
    )
