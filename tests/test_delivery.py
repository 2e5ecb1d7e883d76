"""Delivery: what has to be said arrives once, in order, or is given up with one line in the log."""

from __future__ import annotations

import json
import logging
import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import Offramp
from bot.delivery import LANES, LIVE_EDIT, Draw, Kind
from bot.kit import Button, Card
from bot.pace import AT_ONCE, EVERY
from bot.press import Press
from storage.db import NotSaved
from storage.posts import add_post
from storage.tables import Post
from tests.stage import START, Stage, text_of

CREATE = ("POST", "/channels/*/messages")
EDIT = ("PATCH", "/channels/*/messages/*")


class Outbox:
    """Posts of one kind, made for tests, on a stage. What stands about the same ten belongs together: 10 to 19."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sent: list[tuple[int, ...]] = []
        self.lost: list[tuple[Any, ...]] = []
        self.words: dict[int, str | None] = {}
        self.buttons = True
        self.role: int | None = None
        self.pictures: set[int] = set()
        self.shared: list[str] = []
        self.fault: Exception | None = None
        self.fault_after: Exception | None = None
        self.fault_of_loss: Exception | None = None
        self.install()

    def install(self) -> None:
        self.stage.bot.delivery.kinds["test:card"] = Kind(self.draw, self.take_sent, self.take_lost)

    async def draw(self, bot: Offramp, number: int) -> Card | None:
        if self.fault:
            raise self.fault
        words = self.words.get(number, f"card {number}")
        if words is None:
            return None
        card = Card().text(words)
        if self.role is not None:
            card.ping(self.role)
        if number in self.pictures:
            card.picture("chart.png", b"a picture", "a chart")
        others = [Button(label, f"test:{label.lower()}") for label in self.shared]
        return card.buttons(Button("Go", f"test:go:{number}"), *others) if self.buttons else card

    def take_sent(self, session: Session, message_id: int, now: int, number: int) -> None:
        if self.fault_after:
            raise self.fault_after
        self.sent.append((number, message_id))

    def take_lost(self, session: Session, why: str, now: int, number: int) -> None:
        if self.fault_of_loss:
            raise self.fault_of_loss
        self.lost.append((number, why))

    async def put(
        self,
        *numbers: int,
        edits: int | None = None,
        channel: ChannelHandle | None = None,
        kind: str = "test:card",
    ) -> None:
        place, now = (channel or self.stage.quiz).id, self.stage.clock.now()
        for number in numbers:
            key = f"{number // 10}:{number}:{place}"
            values = (self.stage.guild.id, key, place, kind, json.dumps([number]), now + number)
            await self.stage.db.write(add_post, *values, edits)

    async def rows(self) -> list[str]:
        return await self.stage.db.read(lambda session: list(session.scalars(select(Post.subject))))

    def shown(self, channel: ChannelHandle | None = None) -> list[str]:
        return [text_of(message).split("\n")[0] for message in self.stage.messages(channel)]

    def tries(self, method: str = "POST") -> int:
        """How many times Discord was asked to take or to change a message."""
        requests = self.stage.env.http_requests
        return sum(r.method == method and r.path.startswith("/channels/") and "/messages" in r.path for r in requests)

    def bodies(self) -> list[dict[str, Any]]:
        """What was sent to Discord to be posted."""
        requests = self.stage.env.http_requests
        return [r.json for r in requests if r.method == "POST" and r.json and r.path.endswith("/messages")]

    def order(self) -> list[str]:
        """The first line of what was posted, in the order in which Discord was asked."""
        return [body["components"][0]["components"][0]["content"] for body in self.bodies()]

    def nonces(self) -> list[str]:
        return [body["nonce"] for body in self.bodies()]


@pytest.fixture
async def outbox(stage: Stage) -> Outbox:
    return Outbox(stage)


def logged(caplog: pytest.LogCaptureFixture, *names: str) -> list[tuple[Any, ...]]:
    """(event, these extras) of what delivery has logged."""
    records = [r for r in caplog.records if r.name == "offramp.delivery"]
    return [(r.message, *(getattr(r, name, None) for name in names)) for r in records]


async def test_a_post_is_sent_and_its_row_goes(stage: Stage, outbox: Outbox) -> None:
    await outbox.put(1)
    await stage.advance(1)
    assert outbox.shown() == ["card 1"]
    assert outbox.sent == [(1, stage.last().id)]
    assert (await outbox.rows(), outbox.lost) == ([], [])


async def test_posts_of_a_channel_are_sent_in_order(stage: Stage, outbox: Outbox) -> None:
    await outbox.put(3, 1, 2)
    await stage.advance(1)
    assert outbox.shown() == ["card 1", "card 2", "card 3"]


async def test_a_post_is_drawn_when_it_is_sent(stage: Stage, outbox: Outbox) -> None:
    stage.env.inject_error(*CREATE, status=503)
    await outbox.put(1)
    await stage.advance(1)
    outbox.words[1] = "as it is now"
    await stage.advance(3)
    assert outbox.shown() == ["as it is now"]


async def test_a_post_that_is_no_longer_wanted_is_dropped(stage: Stage, outbox: Outbox) -> None:
    outbox.words[1] = None
    await outbox.put(1, 2)
    await stage.advance(1)
    assert (outbox.shown(), outbox.sent, await outbox.rows()) == (["card 2"], [(2, stage.last().id)], [])


async def test_a_message_is_edited(stage: Stage, outbox: Outbox) -> None:
    await outbox.put(1)
    await stage.advance(1)
    outbox.words[2] = "edited"
    await outbox.put(2, edits=stage.last().id)
    await stage.advance(1)
    assert outbox.shown() == ["edited"]
    assert outbox.sent == [(1, stage.last().id), (2, stage.last().id)]


async def test_each_post_has_a_nonce_of_its_own_and_keeps_it(stage: Stage, outbox: Outbox) -> None:
    stage.env.inject_error(*CREATE, status=502, times=2)
    await outbox.put(1)
    await stage.advance(6)
    await outbox.put(2)
    await stage.advance(1)
    first, *again, second = outbox.nonces()
    assert again == [first, first]
    assert second != first
    assert [len(nonce) <= 25 for nonce in (first, second)] == [True, True]
    creations = [r.json for r in stage.env.http_requests if r.method == "POST" and r.json and "nonce" in r.json]
    assert [json["enforce_nonce"] for json in creations] == [True] * 4


async def test_the_same_key_in_another_server_has_another_nonce(stage: Stage, outbox: Outbox) -> None:
    await outbox.put(1)
    now = stage.clock.now()
    values = (stage.guild.id + 1, f"0:1:{stage.quiz.id}", stage.other.id, "test:card", "[1]", now)
    await stage.db.write(add_post, *values)
    await stage.advance(1)
    assert len(set(outbox.nonces())) == 2


# --- roles and pictures ----------------------------------------------------------------------------------------------


async def test_a_card_calls_the_role_that_it_pings_and_nobody_else(stage: Stage, outbox: Outbox) -> None:
    outbox.role = stage.editor.id
    outbox.words[1] = "card 1 @everyone <@1> <@&2>"
    await outbox.put(1)
    await stage.advance(1)
    (body,) = outbox.bodies()
    assert body["allowed_mentions"] == {"parse": [], "roles": [stage.editor.id]}
    assert f"<@&{stage.editor.id}>" in text_of(stage.last())


async def test_a_card_that_pings_nobody_calls_nobody_whatever_it_says(stage: Stage, outbox: Outbox) -> None:
    outbox.words[1] = f"@everyone <@&{stage.editor.id}>"
    await outbox.put(1)
    await stage.advance(1)
    (body,) = outbox.bodies()
    assert body["allowed_mentions"] == {"parse": []}


async def test_an_answer_to_a_press_never_calls_anybody(stage: Stage) -> None:
    async def show(press: Press) -> None:
        await press.show(Card().ping(stage.editor.id), private=False)

    stage.bot.gate.add({"test:ping": show})
    shown = await stage.bot.get_partial_messageable(stage.quiz.id).send(
        view=Card().buttons(Button("Show", "test:ping")).view()
    )
    await stage.press("bob", shown, "Show")
    (body,) = [r.json for r in stage.env.http_requests if r.json and r.path.endswith("/callback")]
    assert body["data"]["allowed_mentions"] == {"parse": []}


async def test_pictures_go_with_a_post_and_with_an_edit(stage: Stage, outbox: Outbox) -> None:
    outbox.pictures = {1, 2}
    await outbox.put(1)
    await stage.advance(1)
    posted = [file.filename for file in stage.last().attachments]
    await outbox.put(2, edits=stage.last().id)
    await stage.advance(1)
    assert (outbox.shown(), posted) == (["card 2"], ["chart.png"])
    assert [file.filename for file in stage.last().attachments] == ["chart.png"]


async def test_an_edit_takes_away_the_pictures_that_its_card_has_not(stage: Stage, outbox: Outbox) -> None:
    outbox.pictures = {1}
    await outbox.put(1)
    await stage.advance(1)
    await outbox.put(2, edits=stage.last().id)
    await stage.advance(1)
    assert (outbox.shown(), stage.last().attachments) == (["card 2"], [])


# --- the pace --------------------------------------------------------------------------------------------------------


def make_channels(stage: Stage, number: int) -> list[ChannelHandle]:
    return [stage.guild.create_text_channel(f"room {n}") for n in range(number)]


async def test_channels_are_sent_to_in_the_order_in_which_their_posts_are_due(stage: Stage, outbox: Outbox) -> None:
    rooms = make_channels(stage, LANES + 10)
    numbers = random.Random(1).sample(range(1, len(rooms) + 1), len(rooms))
    for number, room in zip(numbers, rooms, strict=True):
        await outbox.put(number, channel=room)
    for _ in range(100):
        await stage.skip(EVERY / 1000)
    in_order = [f"card {number}" for number in sorted(numbers)]
    order = outbox.order()
    assert set(order[:AT_ONCE]) == set(in_order[:AT_ONCE])  # which go together
    assert order[AT_ONCE:] == in_order[AT_ONCE:]


async def test_no_second_has_more_than_forty_requests(stage: Stage, outbox: Outbox) -> None:
    sent_at: list[int] = []
    draw = outbox.draw

    async def draw_and_note(bot: Offramp, number: int) -> Card | None:
        sent_at.append(stage.clock.now())
        return await draw(bot, number)

    stage.bot.delivery.kinds["test:card"] = Kind(draw_and_note)
    for number, room in enumerate(make_channels(stage, 90)):
        await outbox.put(number, channel=room)
    for _ in range(400):
        await stage.skip(0.010)
    assert len(sent_at) == 90
    assert max(sum(time <= later < time + 1000 for later in sent_at) for time in sent_at) <= 40
    assert sent_at[-1] - sent_at[0] < 3000


async def test_what_begins_something_lets_a_running_round_go_first(stage: Stage, outbox: Outbox) -> None:
    kind = stage.bot.delivery.kinds["test:card"]
    stage.bot.delivery.kinds["test:opening"] = replace(kind, patient=True)
    opened = make_channels(stage, LANES + 60)
    for number, room in enumerate(opened, 100):
        await outbox.put(number, channel=room, kind="test:opening")
    await stage.skip(0.25)
    assert set(outbox.order()) == {f"card {number}" for number in range(100, 100 + AT_ONCE)}
    for number, room in enumerate(make_channels(stage, 3), 300):
        await outbox.put(number, channel=room)
    for _ in range(150):  # turn by turn: what is due at one moment goes in any order
        await stage.skip(EVERY / 1000)
    order = outbox.order()
    running = [order.index(f"card {number}") for number in range(300, 303)]
    assert max(running) < LANES + 30  # after those whose lanes had begun, and before all others
    assert len(order) == len(opened) + 3


async def test_a_live_edit_waits_while_posts_do(stage: Stage, outbox: Outbox) -> None:
    message_id = await put_live(stage, outbox)
    outbox.words[1] = "one answer"
    await edit_soon(stage, outbox.draw, message_id)
    await stage.advance(LIVE_EDIT - 2)
    for number, room in enumerate(make_channels(stage, 60), 10):
        await outbox.put(number, channel=room)
    await stage.advance(2)
    assert (outbox.shown(), outbox.tries("PATCH")) == (["card 1"], 0)
    await stage.advance(LIVE_EDIT + 2)
    assert (outbox.shown(), outbox.tries("PATCH")) == (["one answer"], 1)


# --- crashes ---------------------------------------------------------------------------------------------------------


async def crash_after_sending(stage: Stage, outbox: Outbox) -> None:
    """The post has gone out, but that could not be noted before the process died."""
    outbox.fault_after = NotSaved()
    await outbox.put(1)
    await stage.advance(1)
    assert (outbox.shown(), await outbox.rows()) == (["card 1"], ["[1]"])
    outbox.fault_after = None
    await stage.restart()
    outbox.install()


async def test_after_a_crash_a_post_is_repeated_with_the_nonce_it_had(stage: Stage, outbox: Outbox) -> None:
    await crash_after_sending(stage, outbox)
    await stage.advance(3)
    first, again = outbox.nonces()
    assert first == again  # with which Discord returns the first message; simcord does not know nonces
    assert (await outbox.rows(), len(outbox.sent)) == ([], 1)


@pytest.mark.parametrize("buttons", [True, False])
async def test_long_after_a_crash_the_message_that_is_there_is_found(
    stage: Stage, outbox: Outbox, buttons: bool
) -> None:
    outbox.buttons = buttons
    await crash_after_sending(stage, outbox)
    stage.clock.time += 180_000
    await stage.people["bob"].send(stage.quiz, "talk in between")
    await stage.advance(1)
    assert outbox.shown() == ["card 1", "talk in between"]
    assert (outbox.sent, await outbox.rows()) == ([(1, stage.messages()[0].id)], [])


async def test_another_post_is_not_taken_for_the_one_looked_for(stage: Stage, outbox: Outbox) -> None:
    await outbox.put(7)
    await stage.advance(1)
    stage.env.inject_error(*CREATE, status=503)
    await outbox.put(1)
    await stage.advance(1)
    stage.clock.time += 180_000
    await stage.advance(3)
    assert outbox.shown() == ["card 7", "card 1"]


async def test_a_card_that_shares_some_buttons_is_not_taken_for_the_one_looked_for(
    stage: Stage, outbox: Outbox
) -> None:
    outbox.shared = ["Pause", "End"]
    await outbox.put(7)
    await stage.advance(1)
    stage.env.inject_error(*CREATE, status=503)
    await outbox.put(1)
    await stage.advance(1)
    stage.clock.time += 180_000
    await stage.advance(3)
    assert [text.split("\n")[0] for text in outbox.shown()] == ["card 7", "card 1"]


async def test_without_the_right_to_look_back_a_post_is_sent(
    stage: Stage, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    stage.env.inject_error(*CREATE, status=503)
    await outbox.put(1)
    await stage.advance(1)
    stage.clock.time += 180_000
    stage.env.inject_error("GET", "/channels/*/messages", status=403, code=50013)
    await stage.advance(3)
    assert outbox.shown() == ["card 1"]
    assert logged(caplog, "channel") == [("may not look back", stage.quiz.id)]


# --- Discord says no -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (403, 50013, "forbidden"),
        (403, 50001, "forbidden"),
        (400, 50083, "forbidden"),
        (403, 0, "forbidden"),
        (404, 10003, "gone"),
        (404, 10004, "gone"),
        (400, 50035, "unreachable"),
    ],
)
async def test_a_place_that_cannot_be_written_to_is_given_up_at_once(
    stage: Stage, outbox: Outbox, caplog: pytest.LogCaptureFixture, status: int, code: int, why: str
) -> None:
    caplog.set_level(logging.INFO)
    stage.env.inject_error(*CREATE, status=status, code=code, times=None)
    await outbox.put(1)
    await stage.advance(10)
    assert (outbox.lost, outbox.sent, await outbox.rows()) == ([(1, why)], [], [])
    assert outbox.tries() == 1
    assert logged(caplog, "why", "code", "guild", "channel") == [
        ("post lost", why, code, stage.guild.id, stage.quiz.id)
    ]


async def test_a_lost_permission_is_given_up_at_once(stage: Stage, outbox: Outbox) -> None:
    await stage.deny_bot(stage.quiz, "send_messages")
    await outbox.put(1)
    await stage.advance(5)
    assert (outbox.lost, outbox.tries()) == ([(1, "forbidden")], 1)


async def test_a_deleted_channel_is_given_up_at_once(stage: Stage, outbox: Outbox) -> None:
    await stage.delete_channel(stage.other)
    await outbox.put(1, channel=stage.other)
    await stage.advance(5)
    assert (outbox.lost, outbox.tries()) == ([(1, "gone")], 1)


@pytest.mark.parametrize(("status", "code"), [(404, 10008), (429, 30046), (400, 50083)])
async def test_a_message_that_cannot_be_edited_any_more_is_posted_anew(
    stage: Stage, outbox: Outbox, status: int, code: int
) -> None:
    stage.env.inject_error(*EDIT, status=status, code=code)
    await outbox.put(1, edits=12345)
    await stage.advance(1)
    assert (outbox.shown(), outbox.sent) == (["card 1"], [(1, stage.last().id)])
    assert (outbox.lost, await outbox.rows()) == ([], [])


async def test_a_redraw_brings_back_no_message_that_was_deleted(stage: Stage, outbox: Outbox) -> None:
    stage.bot.delivery.kinds["test:redraw"] = replace(stage.bot.delivery.kinds["test:card"], anew=False)
    await outbox.put(1, edits=12345, kind="test:redraw")
    await stage.advance(1)
    assert (outbox.shown(), outbox.sent, outbox.lost, await outbox.rows()) == ([], [], [], [])
    assert outbox.tries("PATCH") == 1


async def test_a_redraw_that_discord_puts_off_is_tried_again_later(stage: Stage, outbox: Outbox) -> None:
    stage.bot.delivery.kinds["test:redraw"] = replace(stage.bot.delivery.kinds["test:card"], anew=False)
    await outbox.put(1)
    await stage.advance(1)
    outbox.words[2] = "edited"
    stage.env.inject_error(*EDIT, status=429, code=30046)
    await outbox.put(2, edits=stage.last().id, kind="test:redraw")
    await stage.advance(3)
    assert (outbox.shown(), await outbox.rows()) == (["edited"], [])


async def test_a_redraw_takes_its_thread_out_of_the_archive(stage: Stage, outbox: Outbox) -> None:
    stage.bot.delivery.kinds["test:redraw"] = replace(stage.bot.delivery.kinds["test:card"], anew=False)
    await outbox.put(1)
    await stage.advance(1)
    assert stage.guild.me is not None
    # What simcord asks of whoever takes a thread out of the archive; Discord asks it only where one is locked.
    allow = discord.Permissions(manage_threads=True, manage_channels=True).value
    stage.env.backend.set_overwrite(stage.quiz.id, Overwrite(stage.guild.me.id, OverwriteType.MEMBER, allow=allow))
    thread = await stage.last().create_thread(name="Aside")
    shown = await thread.send(view=Card().text("card 2").view())
    await thread.edit(archived=True)
    stage.env.inject_error(*EDIT, status=400, code=50083)
    values = (stage.guild.id, "2:redraw", thread.id, "test:redraw", "[3]", stage.clock.now(), shown.id)
    await stage.db.write(add_post, *values)
    await stage.advance(3)
    assert text_of(await thread.fetch_message(shown.id)).splitlines()[0] == "card 3"
    assert (await stage.bot.fetch_channel(thread.id)).archived is False  # type: ignore[union-attr]
    assert await outbox.rows() == []


async def test_a_redraw_in_a_thread_that_stays_archived_is_given_up(stage: Stage, outbox: Outbox) -> None:
    stage.bot.delivery.kinds["test:redraw"] = replace(stage.bot.delivery.kinds["test:card"], anew=False)
    stage.env.inject_error(*EDIT, status=400, code=50083)
    stage.env.inject_error("PATCH", "/channels/*", status=403, code=50013)
    await outbox.put(1, edits=12345, kind="test:redraw")
    await stage.advance(3)
    assert (outbox.shown(), outbox.lost, await outbox.rows()) == ([], [(1, "forbidden")], [])


async def test_an_outage_is_waited_for_in_growing_pauses(stage: Stage, outbox: Outbox) -> None:
    stage.env.inject_error(*CREATE, status=503, times=None)
    await outbox.put(1)
    tried_at = []
    for second in range(1, 700):
        before = outbox.tries()
        await stage.advance(1)
        tried_at += [second] * (outbox.tries() - before)
    assert [later - earlier for earlier, later in pairwise(tried_at)] == [2, 4, 8, 16, 32, *[60] * 9]
    assert tried_at[-1] - tried_at[0] == 602  # ten minutes of trying
    assert (outbox.lost, await outbox.rows()) == ([(1, "unreachable")], [])


async def test_after_an_outage_posts_come_in_order(stage: Stage, outbox: Outbox) -> None:
    stage.env.inject_error(*CREATE, status=503, times=2)
    await outbox.put(1, 2, 3)
    await stage.advance(8)
    assert outbox.shown() == ["card 1", "card 2", "card 3"]


async def test_what_is_stuck_holds_up_nothing_else_in_its_channel(stage: Stage, outbox: Outbox) -> None:
    await outbox.put(30)
    await stage.advance(1)
    stage.env.inject_error(*EDIT, status=503, times=3)
    outbox.words = {10: "edited"}
    await outbox.put(10, edits=stage.last().id)
    await outbox.put(11, 20)
    await stage.advance(1)
    assert outbox.shown() == ["card 30", "card 20"]
    await stage.advance(15)
    assert outbox.shown() == ["edited", "card 20", "card 11"]


async def test_the_time_that_the_bot_was_off_is_not_time_of_trying(stage: Stage, outbox: Outbox) -> None:
    stage.env.inject_error(*CREATE, status=503, times=2)
    await outbox.put(1)
    await stage.advance(1)
    await stage.restart()
    outbox.install()
    stage.clock.time += 20 * 60_000
    await stage.advance(1)
    assert (outbox.tries(), outbox.lost) == (2, [])
    await stage.advance(5)
    assert (outbox.shown(), await outbox.rows()) == (["card 1"], [])


async def test_other_channels_go_on_while_one_is_stuck(stage: Stage, outbox: Outbox) -> None:
    stage.env.inject_error("POST", f"/channels/{stage.quiz.id}/messages", status=503, times=None)
    await outbox.put(1)
    await outbox.put(2, channel=stage.other)
    await stage.advance(1)
    assert (outbox.shown(), outbox.shown(stage.other)) == ([], ["card 2"])


# --- faults of our own -----------------------------------------------------------------------------------------------


async def test_a_card_that_cannot_be_drawn_is_tried_again_like_an_outage(
    stage: Stage, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.fault = ZeroDivisionError()
    await outbox.put(1, 2)
    await stage.advance(1)
    outbox.fault = None
    await stage.advance(3)
    assert (outbox.shown(), logged(caplog, "kind")) == (["card 1", "card 2"], [("post failed", "test:card")])


async def test_a_card_that_can_never_be_drawn_is_given_up_and_lets_the_next_one_pass(
    stage: Stage, outbox: Outbox
) -> None:
    outbox.fault = ZeroDivisionError()
    await outbox.put(1)
    for _ in range(16):
        await stage.advance(1)
        stage.clock.time += 59_000
    outbox.fault = None
    await outbox.put(2)
    await stage.advance(1)
    assert (outbox.lost, outbox.shown(), await outbox.rows()) == ([(1, "unreachable")], ["card 2"], [])


async def test_a_post_of_an_unknown_kind_is_given_up_too(stage: Stage, outbox: Outbox) -> None:
    await outbox.put(1)
    del stage.bot.delivery.kinds["test:card"]
    for _ in range(16):
        await stage.advance(1)
        stage.clock.time += 59_000
    assert (outbox.tries(), await outbox.rows()) == (0, [])


async def test_a_fault_while_noting_what_was_sent_does_not_flood_the_channel(stage: Stage, outbox: Outbox) -> None:
    outbox.fault_after = ZeroDivisionError()
    await outbox.put(1)
    await stage.advance(4)
    assert len(outbox.nonces()) == 2  # at once and after two seconds
    assert len(set(outbox.nonces())) == 1


async def test_a_fault_while_taking_a_loss_does_not_keep_the_row(
    stage: Stage, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    stage.env.inject_error(*CREATE, status=403, code=50013)
    outbox.fault_of_loss = ZeroDivisionError()
    await outbox.put(1)
    await stage.advance(1)
    assert (await outbox.rows(), logged(caplog)) == ([], [("post lost",), ("loss not taken",)])


async def test_a_lane_waits_when_the_database_takes_nothing(
    stage: Stage, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.fault_after = NotSaved()
    await outbox.put(1)
    await stage.advance(4)
    assert (len(outbox.nonces()), logged(caplog)) == (1, [("lane stopped",)])
    outbox.fault_after = None
    await stage.advance(3)
    assert (len(outbox.nonces()), await outbox.rows()) == (2, [])


# --- live edits ------------------------------------------------------------------------------------------------------


async def put_live(stage: Stage, outbox: Outbox) -> int:
    """A message on the stage that may be edited live; its id."""
    await outbox.put(1)
    await stage.advance(1)
    return stage.last().id


async def edit_soon(stage: Stage, draw: Draw, message_id: int) -> None:
    """As a handler does it, inside of the bot."""
    with stage.env._bot_scope():
        stage.bot.delivery.edit_soon(stage.quiz.id, message_id, draw, 1)
    await stage.env.settle()


async def test_live_edits_close_together_are_one(stage: Stage, outbox: Outbox) -> None:
    message_id = await put_live(stage, outbox)
    for number in range(5):
        outbox.words[1] = f"{number} answers"
        await edit_soon(stage, outbox.draw, message_id)
    await stage.advance(1)
    assert (outbox.shown(), outbox.tries("PATCH")) == (["card 1"], 0)
    await stage.advance(LIVE_EDIT)
    assert (outbox.shown(), outbox.tries("PATCH")) == (["4 answers"], 1)


async def test_a_change_during_a_live_edit_is_shown_by_the_next(stage: Stage, outbox: Outbox) -> None:
    message_id = await put_live(stage, outbox)
    draw = outbox.draw

    async def draw_slowly(bot: Offramp, number: int) -> Card | None:
        card = await draw(bot, number)
        if not again:
            again.append("pressed while it was drawn")
            outbox.words[1] = "two answers"
            bot.delivery.edit_soon(stage.quiz.id, message_id, draw_slowly, 1)
        return card

    again: list[str] = []
    outbox.words[1] = "one answer"
    await edit_soon(stage, draw_slowly, message_id)
    await stage.advance(LIVE_EDIT)
    assert outbox.shown() == ["one answer"]
    await stage.advance(LIVE_EDIT)
    assert outbox.shown() == ["two answers"]


async def test_a_live_edit_never_overwrites_what_came_later(stage: Stage, outbox: Outbox) -> None:
    message_id = await put_live(stage, outbox)
    await edit_soon(stage, outbox.draw, message_id)
    outbox.words = {1: None, 2: "the reveal"}  # from the close on, there is no question to draw
    await outbox.put(2, edits=message_id)
    await stage.advance(5)
    assert (outbox.shown(), outbox.tries("PATCH")) == (["the reveal"], 1)


async def test_a_live_edit_drawn_before_the_reveal_is_sent_before_it(stage: Stage, outbox: Outbox) -> None:
    message_id = await put_live(stage, outbox)

    async def draw_while_the_question_closes(bot: Offramp, number: int) -> Card | None:
        card = await outbox.draw(bot, 1)
        await outbox.put(2, edits=message_id)
        stage.clock.time += 10
        await bot.delivery.send_due(stage.clock.now())
        for _ in range(10):  # time enough for the lane, if nothing held it back
            await outbox.rows()
        return card

    outbox.words = {1: "an old count", 2: "the reveal"}
    await edit_soon(stage, draw_while_the_question_closes, message_id)
    await stage.advance(LIVE_EDIT)
    assert (outbox.shown(), outbox.tries("PATCH")) == (["the reveal"], 2)


async def test_a_live_edit_that_fails_is_let_go(stage: Stage, outbox: Outbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    message_id = await put_live(stage, outbox)
    stage.env.inject_error(*EDIT, status=404, code=10008)
    await edit_soon(stage, outbox.draw, message_id)
    await stage.advance(LIVE_EDIT)
    outbox.fault = ZeroDivisionError()
    await edit_soon(stage, outbox.draw, message_id)
    await stage.advance(LIVE_EDIT)
    assert logged(caplog, "why") == [("live edit skipped", "NotFound"), ("live edit failed", None)]
    assert await outbox.rows() == []


async def test_closing_drops_what_is_under_way_and_keeps_the_rows(stage: Stage, outbox: Outbox) -> None:
    message_id = await put_live(stage, outbox)
    await edit_soon(stage, outbox.draw, message_id)
    outbox.fault_after = NotSaved()
    await outbox.put(2)
    await stage.advance(1)
    await stage.bot.delivery.close()
    assert (stage.bot.delivery._lanes, stage.bot.delivery._edits) == ({}, set())
    assert await outbox.rows() == ["[2]"]
    assert stage.clock.now() == START + 2000
