"""Forms and menus with everything that discord.py can put into them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.acting import controls
from bot.demo.world import Impossible
from tests.demo.panes import Browser
from tests.socket_world import SocketWorld, text_of

FILLED: dict[str, Any] = {"prompt": "Line one\nline two", "fruits": ["apple", "banana"], "status": "apricot"}


async def test_a_form_shows_what_was_there_before(world: SocketWorld) -> None:
    shown = await world.slash("bob", "#debates", "echo form", of="words")
    prompt, note, menu, checks, radio = controls(shown.modal or {})
    assert (prompt["style"], prompt["value"], prompt["min_length"], prompt["max_length"]) == (
        2,
        "Written before",
        5,
        300,
    )
    assert (note["required"], checks["required"], radio["required"]) == (False, False, True)
    assert [option["default"] for option in menu["options"]] == [True, False, True]
    assert [option["default"] for option in checks["options"]] == [True, False, False]


async def test_a_form_is_sent_with_lines_lists_and_one_choice(world: SocketWorld) -> None:
    shown = await world.slash("bob", "#debates", "echo form", of="words")
    reply = await world.submit("bob", shown, FILLED | {"checks": ["apple", "apricot"]})
    assert text_of(reply.message) == (
        "prompt: 'Line one\\nline two'\nnote: ''\nfruits: ['apple', 'banana']\n"
        "checks: ['apple', 'apricot']\nstatus: 'apricot'"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"prompt": "abc"},
        {"prompt": "x" * 301},
        {"fruits": []},
        {"fruits": ["cherry"]},
        {"status": "cherry"},
        {"unheard": "of"},
    ],
)
async def test_what_the_form_does_not_take_is_refused_and_can_be_put_right(
    world: SocketWorld, wrong: dict[str, Any]
) -> None:
    shown = await world.slash("bob", "#debates", "echo form", of="words")
    with pytest.raises(Impossible):
        await world.submit("bob", shown, FILLED | wrong)
    assert (await world.submit("bob", shown, FILLED)).acknowledged


async def test_roles_channels_and_people_are_chosen_in_a_form(world: SocketWorld) -> None:
    shown = await world.slash("alice", "#debates", "echo form", of="things")
    role, here, there = (str(i) for i in (world.world.role_named("Moderator"), *places(world)))
    assert [menu.get("default_values") for menu in controls(shown.modal or {})[:2]] == [
        [{"id": role, "type": "role"}],
        [{"id": here, "type": "channel"}],
    ]
    bob = str(world.person("bob").id)
    values = {"role": [role], "channel": [here, there], "anyone": [role, bob]}
    reply = await world.submit("alice", shown, values)
    assert text_of(reply.message) == (
        f"role: ['{role}']\nchannel: ['{here}', '{there}']\nanyone: ['{role}', '{bob}']\nfiles: []\nsure: True"
    )


async def test_menus_of_a_card_show_and_take_roles_channels_and_people(world: SocketWorld, browser: Browser) -> None:
    bob = await browser.pane("bob")
    role, here, there = (str(i) for i in (world.world.role_named("Moderator"), *places(world)))
    await bob.ask("slash", channel=here, name="echo long", options={})
    card = await bob.told_card("Preview")
    me = str(world.person("bob").id)
    assert [menu["default_values"] for menu in controls(card) if menu.get("default_values")] == [
        [{"id": role, "type": "role"}],
        [{"id": here, "type": "channel"}],
        [{"id": me, "type": "user"}],
    ]
    for menu, chosen in (("role", [role]), ("channel", [there]), ("person", [me]), ("person", [])):
        await bob.ask("select", channel=here, message=card["id"], custom_id=menu, values=chosen)
        await bob.told_message(f"chose {chosen}")


def places(world: SocketWorld) -> tuple[int, int]:
    return world.channel("#debates"), world.channel("#briefings")
