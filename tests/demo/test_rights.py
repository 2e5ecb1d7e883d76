"""Roles that come and go while people act, and the rules of AutoMod."""

from __future__ import annotations

import pytest

from bot.demo.world import Impossible
from tests.demo.panes import Browser
from tests.socket_world import SocketWorld, text_of


async def rights(world: SocketWorld, person: str) -> str:
    return text_of((await world.slash(person, "#debates", "echo rights")).message)


async def rules(world: SocketWorld) -> str:
    reply = await world.slash("alice", "#debates", "echo rules")
    return await world.until(lambda: text_of(reply.message))


async def test_a_click_carries_the_roles_of_its_moment(world: SocketWorld) -> None:
    alice, moderator = world.person("alice").id, world.world.role_named("Moderator")
    assert await rights(world, "alice") == "['Moderator'], manage_guild: True"
    world.world.take_role(alice, moderator)
    assert await rights(world, "alice") == "[], manage_guild: False"
    world.world.give_role(alice, world.world.create_role("Question keepers"))
    assert await rights(world, "alice") == "['Question keepers'], manage_guild: False"
    world.world.give_role(alice, moderator)
    assert await rights(world, "alice") == "['Moderator', 'Question keepers'], manage_guild: True"


async def test_a_command_for_moderators_goes_with_the_role(world: SocketWorld) -> None:
    world.world.take_role(world.person("alice").id, world.world.role_named("Moderator"))
    with pytest.raises(Impossible):
        await world.slash("alice", "#debates", "moderate")


async def test_the_page_learns_of_a_role_at_once(world: SocketWorld, browser: Browser) -> None:
    bob = await browser.pane("bob")
    keepers = world.world.create_role("Question keepers", "manage_guild")
    assert [role["name"] for role in (await bob.told("roles"))["roles"]] == [
        "Offramp",
        "Moderator",
        "Editor",
        "Question keepers",
    ]
    assert (await bob.told("commands"))["messageCommands"] == ["Quote this"]
    await bob.quiet()
    world.world.give_role(world.person("bob").id, keepers)
    assert (await bob.told("commands"))["messageCommands"] == ["Ask about this …", "Quote this"]


async def test_the_page_learns_who_is_no_longer_a_moderator(world: SocketWorld, browser: Browser) -> None:
    bob = await browser.pane("bob")
    world.world.take_role(world.person("alice").id, world.world.role_named("Moderator"))
    assert [p["role"] for p in (await bob.told("people"))["people"]] == ["member", "member", "member"]


async def test_the_rules_of_automod_are_for_bots_that_may_manage_the_server(world: SocketWorld) -> None:
    world.world.add_keyword_rule("No shouting", ["shout*", "loud"])
    assert await rules(world) == "403: 50013"
    world.world.give_role(world.world.bot_id, world.world.create_role("Trusted", "manage_guild"))
    assert await rules(world) == "[('No shouting', ['shout*', 'loud'])]"


async def test_automod_takes_away_what_a_person_writes(world: SocketWorld) -> None:
    world.world.add_keyword_rule("No shouting", ["shout*"])
    with pytest.raises(Impossible, match="AutoMod blocked"):
        await world.say("bob", "#debates", "Why are you shouting?")
    await world.say("bob", "#debates", "Why so quiet?")
    assert [m["content"] for m in world.messages("#debates")] == ["Why so quiet?"]
