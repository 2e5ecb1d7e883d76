"""The outbox: what is due, in which order, and when it is tried again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from storage.db import Database
from storage.posts import (
    LONGEST,
    RETRY,
    Waiting,
    add_post,
    drop,
    due_channels,
    mark_tried,
    next_post,
    post_anew,
    try_later,
)

NOW = 1_000_000


def post(session: Session, key: str, now: int = NOW, channel_id: int = 5, edits: int | None = None) -> None:
    add_post(session, 1, key, channel_id, "quiz:end", "[1, 2]", now, edits)


async def due(db: Database, now: int, patient: Sequence[str] = (), most: int = 9) -> list[tuple[int, int]]:
    return await db.read(due_channels, now, patient, most)


async def waiting(db: Database, now: int = NOW, channel_id: int = 5) -> Waiting:
    found = await db.read(next_post, 1, channel_id, now)
    assert found is not None
    return found


async def test_nothing_is_due_at_first(db: Database) -> None:
    assert await due(db, NOW) == []
    assert await db.read(next_post, 1, 5, NOW) is None


async def test_a_post_is_due_at_once(db: Database) -> None:
    await db.write(post, "a")
    assert await due(db, NOW - 1) == []
    assert await due(db, NOW) == [(1, 5)]
    assert await waiting(db) == Waiting(1, "a", 5, "quiz:end", "[1, 2]", None, None, 0)


async def test_posts_of_a_channel_come_oldest_first(db: Database) -> None:
    for key, now in (("a", NOW + 2), ("c", NOW), ("b", NOW + 1)):
        await db.write(post, key, now)
    order = []
    while found := await db.read(next_post, 1, 5, NOW + 2):
        order.append(found.key)
        await db.write(drop, found)
    assert order == ["c", "b", "a"]


async def test_a_post_never_overtakes_one_about_the_same_thing_that_was_put_off(db: Database) -> None:
    await db.write(post, "7:first")
    await db.write(post, "7:second", NOW + 1)
    await db.write(try_later, await waiting(db), NOW)
    assert await due(db, NOW + 1) == [(1, 5)]
    assert await db.read(next_post, 1, 5, NOW + 1) is None
    assert (await waiting(db, NOW + RETRY)).key == "7:first"


async def test_a_post_overtakes_one_about_something_else_that_was_put_off(db: Database) -> None:
    await db.write(post, "7:first")
    await db.write(post, "77:first", NOW + 1)
    await db.write(try_later, await waiting(db), NOW)
    assert (await waiting(db, NOW + 1)).key == "77:first"
    assert (await waiting(db, NOW + RETRY)).key == "7:first"


async def test_a_post_for_later_holds_up_nothing_and_is_not_sent_early(db: Database) -> None:
    await db.write(lambda session: add_post(session, 1, "7:later", 5, "quiz:end", "[]", NOW, due_at=NOW + 100))
    await db.write(post, "7:meanwhile", NOW + 50)
    await db.write(post, "7:after", NOW + 150)
    assert (await waiting(db, NOW + 50)).key == "7:meanwhile"
    await db.write(drop, await waiting(db, NOW + 50))
    assert await due(db, NOW + 99) == []
    assert await db.read(next_post, 1, 5, NOW + 99) is None
    assert await due(db, NOW + 100) == [(1, 5)]
    assert (await waiting(db, NOW + 150)).key == "7:later"


async def test_channels_do_not_wait_for_each_other(db: Database) -> None:
    await db.write(post, "first")
    await db.write(post, "second", channel_id=6)
    await db.write(try_later, await waiting(db), NOW)
    assert await due(db, NOW) == [(1, 6)]
    assert (await waiting(db, channel_id=6)).key == "second"


async def test_places_come_in_the_order_in_which_their_posts_are_due(db: Database) -> None:
    for channel, now in ((5, NOW + 2), (6, NOW), (7, NOW + 1), (6, NOW + 3)):
        await db.write(post, f"{channel}:{now}", now, channel)
    assert await due(db, NOW + 9) == [(1, 6), (1, 7), (1, 5)]
    assert await due(db, NOW + 9, most=2) == [(1, 6), (1, 7)]


async def test_what_is_patient_comes_after_everything_else_unless_it_is_an_edit(db: Database) -> None:
    await db.write(post, "opening", NOW, 5)
    await db.write(post, "an edit", NOW + 1, 6, 77)
    await db.write(lambda session: add_post(session, 1, "question", 7, "quiz:question", "[]", NOW + 2))
    assert await due(db, NOW + 9, ["quiz:end"]) == [(1, 6), (1, 7), (1, 5)]
    assert await due(db, NOW + 9, ["quiz:end"], 2) == [(1, 6), (1, 7)]


async def test_the_pause_doubles_from_try_to_try_up_to_a_minute(db: Database) -> None:
    await db.write(post, "a")
    await db.write(mark_tried, await waiting(db), NOW)
    now, pauses = NOW, [2_000, 4_000, 8_000, 16_000, 32_000, LONGEST, LONGEST]
    for tries, pause in enumerate(pauses):
        assert (await waiting(db, now)).tries == tries
        await db.write(try_later, await waiting(db, now), now)
        assert await db.read(next_post, 1, 5, now + pause - 1) is None
        now += pause
    assert (await waiting(db, now)).tried_at == NOW


async def test_an_edit_whose_message_is_gone_becomes_a_new_post(db: Database) -> None:
    await db.write(post, "a", edits=77)
    await db.write(mark_tried, await waiting(db), NOW)
    await db.write(try_later, await waiting(db), NOW)
    put_off = await waiting(db, NOW + RETRY)
    assert put_off == Waiting(1, "a", 5, "quiz:end", "[1, 2]", 77, NOW, 1)
    await db.write(post_anew, put_off)
    assert await waiting(db, NOW + RETRY) == Waiting(1, "a", 5, "quiz:end", "[1, 2]", None, None, 0)


async def test_one_key_is_one_post(db: Database) -> None:
    await db.write(post, "a")
    await db.write(post, "a", NOW + 1)
    await db.write(drop, await waiting(db))
    assert await due(db, NOW + 1) == []


async def test_dropping_a_post_leaves_that_of_another_server(db: Database) -> None:
    await db.write(post, "a")
    await db.write(lambda session: add_post(session, 2, "a", 5, "quiz:end", "[]", NOW))
    await db.write(drop, await waiting(db))
    assert await due(db, NOW) == [(2, 5)]
