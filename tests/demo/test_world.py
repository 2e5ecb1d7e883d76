"""Everything the local Discord takes from simcord, used once: fails here first when a new version moves it."""

from __future__ import annotations

import pytest

from bot.demo import seed
from bot.demo.world import Impossible
from tests.socket_world import Message, SocketWorld, text_of


async def test_a_slash_command_shows_its_card(world: SocketWorld) -> None:
    reply = await world.slash("alice", "#quiz-night", "echo card", fruit="banana", times=2)
    assert text_of(reply.message).splitlines()[0] == "banana × 2"
    assert world.messages("#quiz-night") == [reply.message]


async def test_numbers_may_be_given_as_text(world: SocketWorld) -> None:
    reply = await world.slash("alice", "#quiz-night", "echo card", fruit="fig", times="3")
    assert text_of(reply.message).startswith("fig × 3")


async def test_autocomplete_offers_what_fits(world: SocketWorld) -> None:
    offered = await world.autocomplete("bob", "#quiz-night", "echo card", "fruit", "ap")
    assert [choice["value"] for choice in offered] == ["apple", "apricot"]


@pytest.mark.parametrize(
    ("options", "objection"),
    [
        ({"fruit": "fig", "times": 4}, "Option 'times' of 'echo card' must be ≤ 3, got 4"),
        ({"fruit": "fig", "times": "many"}, "'many' is not a number"),
        ({}, "Command 'echo card' requires option 'fruit'"),
    ],
)
async def test_a_wrong_option_is_refused_as_discord_does(
    world: SocketWorld, options: dict[str, object], objection: str
) -> None:
    with pytest.raises(Impossible) as refusal:
        await world.slash("alice", "#quiz-night", "echo card", **options)
    assert str(refusal.value) == objection


async def test_a_command_for_moderators_is_only_for_them(world: SocketWorld) -> None:
    assert (await world.slash("alice", "#debates", "moderate")).acknowledged
    with pytest.raises(Impossible):
        await world.slash("bob", "#debates", "moderate")


async def test_an_ephemeral_answer_and_its_edit_are_seen_by_their_owner_alone(
    world: SocketWorld, card: Message
) -> None:
    await world.press("bob", card, "edit")
    await world.until(lambda: [m["content"] for m in world.ephemerals("bob")] == ["second"])
    assert world.ephemerals("alice") == []
    assert world.messages("#quiz-night") == [card]


async def test_a_form_is_filled_in_and_sent(world: SocketWorld, card: Message) -> None:
    shown = await world.press("bob", card, "Form")
    assert shown.modal is not None
    assert shown.modal["title"] == "A form"
    reply = await world.submit("bob", shown, {"name": "typed by bob"})
    assert "typed by bob" in text_of(reply.message)


async def test_a_choice_in_a_menu_arrives(world: SocketWorld, card: Message) -> None:
    reply = await world.select("bob", card, "fruit", ["apple", "banana"])
    assert text_of(reply.message) == "chose ['apple', 'banana']"


async def test_a_thread_hangs_on_its_message_without_a_line_in_the_channel(world: SocketWorld, card: Message) -> None:
    await world.press("bob", card, "thread")
    await world.until(lambda: any(c.is_thread and c.message_count for c in world.world.backend.channels.values()))
    assert [m["content"] for m in world.messages("#aside")] == ["in the thread"]
    assert len(world.messages("#quiz-night")) == 1


async def test_a_message_has_one_thread(world: SocketWorld, card: Message) -> None:
    for _ in range(2):
        await world.press("bob", card, "thread")
    tried = "/channels/:id/messages/:id/threads"
    await world.until(lambda: [call.status for call in world.requests if call.route == tried] == [200, 400])
    await world.until(lambda: "error code: 160004" in world.tail(60))
    assert [c.name for c in world.world.backend.channels.values() if c.is_thread] == ["aside"]


async def test_a_file_goes_to_the_bot_and_comes_back(world: SocketWorld) -> None:
    reply = await world.slash("alice", "#quiz-night", "echo file", file=("a b.txt", b"hello"))
    await world.until(lambda: reply.message and reply.message["attachments"])
    assert reply.message is not None
    (file,) = reply.message["attachments"]
    assert (file["filename"], file["size"], file["description"]) == ("a_b.txt", 5, "your file")


async def test_an_answer_after_three_seconds_is_too_late(world: SocketWorld, card: Message) -> None:
    reply = await world.press("bob", card, "slow")
    assert not reply.acknowledged
    await world.until(lambda: world.requests[-1].status == 404)
    assert world.messages("#quiz-night") == [card]


async def test_a_second_answer_is_refused(world: SocketWorld, card: Message) -> None:
    await world.press("bob", card, "twice")
    await world.until(lambda: [m["content"] for m in world.ephemerals("bob")] == ["code 40060"])


async def test_the_bot_has_only_the_permissions_it_asks_for(world: SocketWorld, card: Message) -> None:
    world.deny_bot("#quiz-night", "send_messages")
    await world.press("bob", card, "post")
    await world.until(lambda: world.requests[-1].route == "/channels/:id/messages")
    assert world.requests[-1].status == 403


def test_the_world_has_the_same_ids_each_time() -> None:
    first, second = seed.build()[0], seed.build()[0]
    assert list(first.backend.channels) == list(second.backend.channels)
    assert list(first.people) == list(second.people)
    assert first.guild.id == second.guild.id
