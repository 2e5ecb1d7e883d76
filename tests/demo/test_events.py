"""The world without a bot: what the gateway would tell, polls, and what is forgotten."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.demo import acting, events, seed, views
from bot.demo.world import Impossible, Person, World

GUILDS_ONLY = discord.Intents(guilds=True)
MESSAGES = discord.Intents(guilds=True, guild_messages=True)
POLL = {"question": {"text": "Which?"}, "answers": [{"poll_media": {"text": t}} for t in "ab"], "duration": 1}


@pytest.fixture
def world() -> World:
    """The demo's server, in real time, with nobody to answer."""
    world, _ = seed.build()
    world.begin()
    return world


def channel(world: World) -> int:
    return next(c.id for c in world.backend.channels.values() if c.name == "debates")


def post(world: World, **body: Any) -> dict[str, Any]:
    status, answer = world.request("POST", f"/channels/{channel(world)}/messages", json=body)
    assert status == 200
    return dict(answer)


def bob(world: World) -> Person:
    return next(person for person in world.people.values() if person.name == "bob")


def test_a_server_arrives_with_the_bot_as_its_only_member(world: World) -> None:
    (guild,) = events.guilds(world)
    heard = events.as_heard(world, "GUILD_CREATE", guild, GUILDS_ONLY)
    assert heard is not None
    assert [member["user"]["username"] for member in heard["members"]] == ["Offramp"]
    assert len(guild["members"]) > 1


def test_messages_need_their_intent_and_their_text_a_privileged_one(world: World) -> None:
    message = {"id": "1", "channel_id": "2", "guild_id": "3", "content": "hi", "author": {"id": "4"}}
    assert events.as_heard(world, "MESSAGE_CREATE", message, GUILDS_ONLY) is None
    heard = events.as_heard(world, "MESSAGE_CREATE", message, MESSAGES)
    assert heard is not None
    assert (heard["content"], message["content"]) == ("", "hi")


def test_members_are_told_on_request(world: World) -> None:
    chunk = events.member_chunk(world, {"guild_id": str(world.guild.id), "nonce": "n"})
    assert {"alice", "bob", "carol", "Offramp"} <= {m["user"]["username"] for m in chunk["members"]}
    assert (chunk["chunk_index"], chunk["chunk_count"], chunk["nonce"]) == (0, 1, "n")


async def test_a_vote_is_counted_and_the_poll_closes_by_itself(world: World) -> None:
    poll = int(post(world, poll=POLL)["id"])
    await acting.vote(world, bob(world), channel(world), poll, [2])
    seen = views.message(world, bob(world), channel(world), poll)
    assert seen is not None
    assert [(a["count"], a["me_voted"]) for a in seen["poll"]["results"]["answer_counts"]] == [
        (0, False),
        (1, True),
    ]
    stored = world.backend.get_message(channel(world), poll)
    assert stored.poll is not None
    stored.poll.expiry = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    world.tick()
    with pytest.raises(Impossible):
        await acting.vote(world, bob(world), channel(world), poll, [1])


def test_history_is_the_newest_sixty(world: World) -> None:
    for number in range(65):
        post(world, content=str(number))
    shown = views.history(world, bob(world), channel(world), hidden=set())
    assert [message["content"] for message in shown] == [str(number) for number in range(5, 65)]


def test_old_interactions_are_forgotten(world: World) -> None:
    place = (2, channel(world), bob(world).id, world.guild.id)
    old = world.backend.new_interaction(*place)
    old.expires_at = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    new = world.backend.new_interaction(*place)
    assert list(world.backend.interactions) == [new.id]
    assert list(world.backend.interaction_tokens) == [new.token]


def test_a_route_nobody_wrote_says_so(world: World) -> None:
    status, answer = world.request("GET", "/no/such/route")
    assert status == 501
    assert "GET /no/such/route" in answer["message"]


def test_the_bot_has_what_the_invite_link_asks_for_and_no_more(world: World) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    roles = world.backend.guilds[world.guild.id].roles.values()
    (own,) = (role for role in roles if role.managed)
    assert re.findall(r"permissions=(\d+)", readme) == [str(own.permissions)]
