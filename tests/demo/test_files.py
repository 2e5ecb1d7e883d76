"""Files on every way there is: with a command, in a form, and in cards of the bot."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.demo.echo_cards import ALT, chart
from tests.demo.panes import Browser, Frame
from tests.socket_world import SocketWorld, text_of

FILE, GALLERY = 13, 12  # Discord's numbers for these components
MIB = 2**20


def part(message: Frame, kind: int) -> Any:
    """The component of this kind inside the card."""
    (found,) = [c for c in message["components"][0]["components"] if c["type"] == kind]
    return found


async def fetched(browser: Browser, path: str) -> tuple[bytes, str, str]:
    """The bytes behind an address of the page, their type, and how a browser treats them."""
    async with browser.session.get(browser.origin + path) as answer:
        return await answer.read(), answer.content_type, answer.headers["Content-Disposition"]


def packed(name: str, data: bytes) -> dict[str, str]:
    return {"name": name, "base64": base64.b64encode(data).decode()}


@pytest.mark.parametrize("way", ["answer", "edit", "update", "followup", "channel"])
async def test_a_card_brings_its_file_and_its_picture(world: SocketWorld, browser: Browser, way: str) -> None:
    alice = await browser.pane("alice")
    options = {"file": packed("a.csv", b"x" * 2000), "way": way}
    channel = str(world.channel("#debates"))
    assert (await alice.ask("slash", channel=channel, name="echo parcel", options=options))["t"] == "done"
    card = await alice.told_card(f"a.csv by {way}")
    file, (picture,) = part(card, FILE), part(card, GALLERY)["items"]
    assert (file["name"], file["size"]) == ("report.txt", 11)
    assert await fetched(browser, file["file"]["url"]) == (b"2000 bytes\n", "text/plain", "attachment")
    assert await fetched(browser, picture["media"]["url"]) == (chart(), "image/png", "inline")
    assert picture["description"] == ALT
    assert [a["filename"] for a in card["attachments"]] == ["report.txt", "chart.png"]


async def test_a_file_of_some_megabytes_arrives_whole(world: SocketWorld, browser: Browser) -> None:
    alice = await browser.pane("alice")
    options = {"file": packed("big.csv", b"0123456789abcdef" * (MIB // 2))}
    channel = str(world.channel("#debates"))
    assert (await alice.ask("slash", channel=channel, name="echo parcel", options=options))["t"] == "done"
    card = await alice.told_card("big.csv by answer")
    assert (await fetched(browser, part(card, FILE)["file"]["url"]))[0] == b"8388608 bytes\n"


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ("my quiz (2).csv", "my_quiz_2.csv"),
        ("100 %#1?.txt", "100_1.txt"),
        ("Größe.yaml", "Gre.yaml"),
        ("вопросы.csv", "unknown.csv"),
        ("../../passwd", "unknown....passwd"),
    ],
)
async def test_a_file_is_kept_under_a_name_that_fits_into_an_address(
    world: SocketWorld, chosen: str, kept: str
) -> None:
    reply = await world.slash("alice", "#debates", "echo parcel", file=(chosen, b"hello"))
    assert text_of(reply.message) == f"{kept} by answer"


async def test_a_form_takes_files_which_the_bot_reads(world: SocketWorld, browser: Browser) -> None:
    alice = await browser.pane("alice")
    channel, role = str(world.channel("#debates")), str(world.world.role_named("Moderator"))
    await alice.ask("slash", channel=channel, name="echo form", options={"of": "things"})
    values = {
        "role": [role],
        "channel": [channel],
        "anyone": [str(world.world.bot_id)],
        "files": [packed("a.txt", b"one"), packed("b.txt", b"three")],
        "sure": False,
    }
    assert (await alice.ask("submit", custom_id="things", values=values))["t"] == "done"
    await alice.told_message(
        f"role: ['{role}']\nchannel: ['{channel}']\nanyone: ['{world.world.bot_id}']\n"
        "files: [('a.txt', 3), ('b.txt', 5)]\nsure: False"
    )
