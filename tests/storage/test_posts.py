"""The outbox: what is due, in which order, and when it is tried again."""

from __future__ import annotations

import pytest
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


async def waiting(db: Database, now: int = NOW, channel_id: int = 5) -> Waiting:
    found = await db.read(next_post, channel_id, now)
    assert found is not None
    return found


async def test_nothing_is_due_at_first(db: Database) -> None:
    assert await db.read(due_channels, NOW) == []
    assert await db.read(next_post, 5, NOW) is None


async def test_a_post_is_due_at_once(db: Database) -> None:
    await db.write(post, "a")
    assert await db.read(due_channels, NOW - 1) == []
    assert await db.read(due_channels, NOW) == [5]
    assert await waiting(db) == Waiting(1, "a", 5, "quiz:end", "[1, 2]", None, None)


async def test_posts_of_a_channel_come_oldest_first(db: Database) -> None:
    for key, now in (("a", NOW + 2), ("c", NOW), ("b", NOW + 1)):
        await db.write(post, key, now)
    order = []
    while found := await db.read(next_post, 5, NOW + 2):
        order.append(found.key)
        await db.write(drop, found)
    assert order == ["c", "b", "a"]


async def test_a_post_never_overtakes_one_that_was_put_off(db: Database) -> None:
    await db.write(post, "first")
    await db.write(post, "second", NOW + 1)
    await db.write(try_later, await waiting(db), NOW)
    assert await db.read(due_channels, NOW + 1) == [5]
    assert await db.read(next_post, 5, NOW + 1) is None
    assert (await waiting(db, NOW + RETRY)).key == "first"


async def test_channels_do_not_wait_for_each_other(db: Database) -> None:
    await db.write(post, "first")
    await db.write(post, "second", channel_id=6)
    await db.write(try_later, await waiting(db), NOW)
    assert await db.read(due_channels, NOW) == [6]
    assert (await waiting(db, channel_id=6)).key == "second"


@pytest.mark.parametrize(
    ("tried_for", "pause"),
    [(0, RETRY), (RETRY, RETRY), (8_000, 8_000), (59_999, 59_999), (LONGEST, LONGEST), (600_000, LONGEST)],
)
async def test_the_pause_is_as_long_as_it_has_been_tried_within_bounds(
    db: Database, tried_for: int, pause: int
) -> None:
    await db.write(post, "a")
    await db.write(mark_tried, await waiting(db), NOW)
    now = NOW + tried_for
    await db.write(try_later, await waiting(db, now), now)
    assert await db.read(next_post, 5, now + pause - 1) is None
    assert (await waiting(db, now + pause)).tried_at == NOW


async def test_a_post_that_was_never_tried_is_put_off_for_the_shortest_pause(db: Database) -> None:
    await db.write(post, "a")
    await db.write(try_later, await waiting(db), NOW + 500_000)
    assert (await waiting(db, NOW + 500_000 + RETRY)).tried_at is None


async def test_an_edit_whose_message_is_gone_becomes_a_new_post(db: Database) -> None:
    await db.write(post, "a", edits=77)
    await db.write(mark_tried, await waiting(db), NOW)
    assert await waiting(db) == Waiting(1, "a", 5, "quiz:end", "[1, 2]", 77, NOW)
    await db.write(post_anew, await waiting(db))
    assert await waiting(db) == Waiting(1, "a", 5, "quiz:end", "[1, 2]", None, None)


async def test_one_key_is_one_post(db: Database) -> None:
    await db.write(post, "a")
    await db.write(post, "a", NOW + 1)
    await db.write(drop, await waiting(db))
    assert await db.read(due_channels, NOW + 1) == []


async def test_dropping_a_post_leaves_that_of_another_server(db: Database) -> None:
    await db.write(post, "a")
    await db.write(lambda session: add_post(session, 2, "a", 5, "quiz:end", "[]", NOW))
    await db.write(drop, await waiting(db))
    assert (await waiting(db)).guild_id == 2
