"""The database: what is promised to whoever writes, and what the disk may do in between."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import db as module
from storage.db import Database, NotSaved, Unusable, check_url, insert_new
from storage.migrate import migrate
from storage.tables import Answer, Member

SLOW_PART = "busy_timeout=5000"


def save(session: Session, user_id: int) -> int:
    session.execute(insert(Member).values(guild_id=1, user_id=user_id, name="somebody"))
    return user_id


def save_object(session: Session, user_id: int) -> None:
    session.add(Member(guild_id=1, user_id=user_id, name="somebody"))


def fail(session: Session, user_id: int, error: BaseException) -> None:
    save(session, user_id)
    raise error


def saved(session: Session) -> list[int]:
    return list(session.scalars(select(Member.user_id).order_by(Member.user_id)))


def file_of(db: Database) -> str:
    return str(db._write_engine.url.database)


def seen_from_outside(db: Database) -> list[int]:
    """The saved ids, as another program that opens the file sees them."""
    with closing(sqlite3.connect(file_of(db))) as other:
        return [row[0] for row in other.execute("SELECT user_id FROM members ORDER BY user_id")]


@asynccontextmanager
async def writer_held(db: Database) -> AsyncIterator[None]:
    """Hold the writer thread, so that all writes asked for meanwhile make one batch."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        begun.set()
        go_on.wait()

    holding = asyncio.create_task(db.write(hold))
    await asyncio.to_thread(begun.wait)
    try:
        yield
    finally:
        go_on.set()
        await holding


async def together(db: Database, *writes: Awaitable[object]) -> list[object]:
    """What each of these writes got, when they share one batch."""
    async with writer_held(db):
        tasks = [asyncio.ensure_future(write) for write in writes]
        await asyncio.sleep(0)
    return list(await asyncio.gather(*tasks, return_exceptions=True))


def note_statements(session: Session, statements: list[str]) -> None:
    """Put every statement from now on into `statements`."""
    raw = session.connection().connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.set_trace_callback(statements.append)


async def test_a_write_returns_what_its_function_returns(db: Database) -> None:
    assert await db.write(save, 7) == 7


async def test_a_write_is_on_disk_when_it_returns(db: Database) -> None:
    await db.write(save, 7)
    assert seen_from_outside(db) == [7]


async def test_nothing_is_seen_from_outside_before_the_commit(db: Database) -> None:
    during: list[list[int]] = []

    def save_and_look(session: Session) -> None:
        save(session, 7)
        during.append(seen_from_outside(db))

    await db.write(save_and_look)
    assert during == [[]]


async def test_writes_of_one_batch_share_a_commit(db: Database) -> None:
    statements: list[str] = []
    await db.write(note_statements, statements)
    statements.clear()
    await together(db, *(db.write(save, user) for user in range(module.BATCH)))
    assert statements.count("COMMIT") == 2  # that of the write that held the writer, and that of the batch


async def test_writes_are_done_in_the_order_in_which_they_were_asked_for(db: Database) -> None:
    done: list[int] = []

    def note(session: Session, number: int) -> None:
        done.append(number)

    await together(db, *(db.write(note, number) for number in range(3 * module.BATCH)))
    assert done == list(range(3 * module.BATCH))


async def test_a_failure_undoes_only_its_own_write(db: Database) -> None:
    outcome = await together(db, db.write(save, 1), db.write(fail, 2, KeyError("x")), db.write(save, 3))
    assert [type(one) for one in outcome] == [int, KeyError, int]
    assert seen_from_outside(db) == [1, 3]


async def test_a_broken_key_undoes_only_its_own_write(db: Database) -> None:
    outcome = await together(db, db.write(save, 1), db.write(save, 1), db.write(save, 3))
    assert [type(one) for one in outcome] == [int, IntegrityError, int]
    assert seen_from_outside(db) == [1, 3]


async def test_an_object_that_cannot_be_flushed_undoes_only_its_own_write(db: Database) -> None:
    writes = [db.write(save, 1), db.write(save_object, 1), db.write(save_object, 2), db.write(fail, 3, KeyError())]
    outcome = await together(db, *writes, db.write(save, 4))
    assert [type(one) for one in outcome] == [int, IntegrityError, type(None), KeyError, int]
    assert seen_from_outside(db) == [1, 2, 4]


async def test_an_object_that_cannot_be_flushed_fails_alone_too(db: Database) -> None:
    await db.write(save_object, 1)
    with pytest.raises(IntegrityError):
        await db.write(save_object, 1)
    await db.write(save_object, 2)
    assert seen_from_outside(db) == [1, 2]


async def test_a_write_that_swallows_its_own_error_keeps_what_it_did_before(db: Database) -> None:
    def save_twice(session: Session) -> str:
        save(session, 1)
        try:
            save(session, 1)
        except IntegrityError:
            return "the second was refused"
        return "both"

    assert await db.write(save_twice) == "the second was refused"
    assert seen_from_outside(db) == [1]


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), StopIteration(), asyncio.CancelledError()])
async def test_whatever_a_write_raises_the_writer_goes_on(db: Database, error: BaseException) -> None:
    outcome = await together(db, db.write(fail, 1, error), db.write(save, 2))
    assert [repr(one) for one in outcome] == [repr(RuntimeError(f"a write raised {error!r}")), "2"]
    assert await db.write(save, 3) == 3
    assert seen_from_outside(db) == [2, 3]


async def test_a_write_whose_waiter_was_cancelled_is_still_made(db: Database) -> None:
    async with writer_held(db):
        waiter = asyncio.ensure_future(db.write(save, 1))
        await asyncio.sleep(0)
        waiter.cancel()
    assert await db.write(save, 2) == 2
    assert waiter.cancelled()
    assert seen_from_outside(db) == [1, 2]


def test_the_writer_outlives_an_event_loop_that_is_closed(db: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        begun.set()
        go_on.wait()
        save(session, 1)

    async def leave() -> None:
        waiter = asyncio.ensure_future(db.write(hold))
        await asyncio.to_thread(begun.wait)
        waiter.cancel()

    asyncio.run(leave())
    go_on.set()
    assert asyncio.run(db.write(save, 2)) == 2
    assert seen_from_outside(db) == [1, 2]


async def test_close_finishes_the_writes_that_wait(db: Database) -> None:
    async with writer_held(db):
        waiting = [asyncio.ensure_future(db.write(save, user)) for user in range(3 * module.BATCH)]
        await asyncio.sleep(0)
        closing_thread = asyncio.create_task(asyncio.to_thread(db.close))
    await closing_thread
    assert await asyncio.gather(*waiting) == list(range(3 * module.BATCH))


async def test_a_write_after_close_is_not_saved(db: Database) -> None:
    db.close()
    with pytest.raises(NotSaved):
        await db.write(save, 1)


async def test_a_write_beyond_a_full_queue_is_not_saved(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITING", 2)
    outcome = await together(db, *(db.write(save, user) for user in range(3)))
    assert [type(one) for one in outcome] == [int, int, NotSaved]
    assert seen_from_outside(db) == [0, 1]


async def test_a_locked_database_saves_nothing_and_recovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = tuple("busy_timeout=20" if pragma == SLOW_PART else pragma for pragma in module.PRAGMAS)
    monkeypatch.setattr(module, "PRAGMAS", quick)
    db = Database(f"sqlite:///{tmp_path / 'locked.db'}")
    migrate(db)
    with closing(sqlite3.connect(file_of(db), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        outcome = await asyncio.gather(db.write(save, 1), db.write(save, 2), return_exceptions=True)
        assert [type(one) for one in outcome] == [NotSaved, NotSaved]
        assert await db.read(saved) == []
        other.execute("ROLLBACK")
    assert await db.write(save, 3) == 3
    assert seen_from_outside(db) == [3]
    db.close()


async def test_a_database_that_may_not_be_written_saves_nothing(db: Database) -> None:
    await db.write(lambda session: session.execute(text("PRAGMA query_only=ON")))
    outcome = await asyncio.gather(db.write(save, 1), db.write(save, 2), return_exceptions=True)
    assert [type(one) for one in outcome] == [NotSaved, NotSaved]
    assert await db.read(saved) == []


async def test_a_full_disk_saves_nothing_of_the_batch_and_recovers(db: Database) -> None:
    def limit(session: Session, pages: int) -> None:
        session.execute(text(f"PRAGMA max_page_count={pages}"))

    def save_much(session: Session, user_id: int) -> None:
        session.execute(insert(Member).values(guild_id=1, user_id=user_id, name="x" * 100_000))

    await db.write(limit, 1)  # the pages that are there stay, and no more come
    outcome = await together(db, db.write(save_much, 1), db.write(save_much, 2))
    assert [type(one) for one in outcome] == [NotSaved, NotSaved]
    await db.write(limit, 1_000_000)
    assert await db.write(save, 3) == 3
    assert seen_from_outside(db) == [3]


async def test_a_commit_that_fails_saves_nothing_of_the_batch(db: Database) -> None:
    def owe(session: Session) -> None:
        """Put off the check of foreign keys to the commit, and break one."""
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        values = {"guild_id": 1, "round_id": 404, "position": 0, "user_id": 1}
        session.execute(insert(Answer).values(**values, given="[]", right=0, points=0, took=0, at=0))

    outcome = await together(db, db.write(save, 1), db.write(owe), db.write(fail, 2, KeyError()))
    assert [type(one) for one in outcome] == [NotSaved, NotSaved, NotSaved]
    assert await db.write(save, 3) == 3
    assert seen_from_outside(db) == [3]


async def test_errors_keep_what_members_typed_to_themselves(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    typed = "".join(("private", " ", "words"))  # not as one word in a line of code that a traceback shows

    def save_name(session: Session, table: str) -> None:
        session.execute(text(f"INSERT INTO {table} (guild_id, user_id, name) VALUES (1, 1, :name)"), {"name": typed})

    await db.write(save_name, "members")
    for table, kind in (("members", IntegrityError), ("nowhere", NotSaved)):
        with pytest.raises(kind) as caught:
            await db.write(save_name, table)
        assert typed not in str(caught.value)
    assert typed not in caplog.text


async def test_a_write_that_the_database_did_not_take_is_logged(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotSaved):
        await db.write(lambda session: session.execute(text("INSERT INTO nowhere VALUES (1)")))
    assert [(r.levelno, r.message) for r in caplog.records] == [(logging.ERROR, "write failed")]


async def test_readers_cannot_write(db: Database) -> None:
    with pytest.raises(NotSaved, match="readonly"):
        await db.read(save, 1)
    assert seen_from_outside(db) == []


async def test_a_read_that_the_database_does_not_answer_is_told_as_such_and_logged(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NotSaved):
        await db.read(lambda session: session.execute(text("SELECT * FROM nowhere")))
    assert [(r.levelno, r.message) for r in caplog.records] == [(logging.ERROR, "read failed")]
    assert await db.read(saved) == []


async def test_a_reader_sees_one_moment_of_the_database(db: Database) -> None:
    looked, go_on = threading.Event(), threading.Event()

    def look_twice(session: Session) -> list[list[int]]:
        first = saved(session)
        looked.set()
        go_on.wait()
        return [first, saved(session)]

    reading = asyncio.ensure_future(db.read(look_twice))
    await asyncio.to_thread(looked.wait)
    await db.write(save, 1)
    go_on.set()
    assert await reading == [[], []]
    assert await db.read(saved) == [1]


async def test_the_pragmas_are_in_force(db: Database) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "query_only")

    def look(session: Session) -> list[object]:
        return [session.execute(text(f"PRAGMA {name}")).scalar() for name in names]

    assert await db.write(look) == ["wal", 2, 1, 5000, 0, 0]
    assert await db.read(look) == ["wal", 2, 1, 5000, 0, 1]


async def test_foreign_keys_hold(db: Database) -> None:
    values = {"guild_id": 1, "round_id": 404, "position": 0, "user_id": 1}

    def answer_nothing(session: Session) -> None:
        session.execute(insert(Answer).values(**values, given="[]", right=0, points=0, took=0, at=0))

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        await db.write(answer_nothing)


async def test_a_new_row_is_told_from_one_that_was_there(db: Database) -> None:
    def insert_name(session: Session, name: str, *changing: str) -> bool:
        return insert_new(session, Member, {"guild_id": 1, "user_id": 1, "name": name}, *changing)

    assert await db.write(insert_name, "ann") is True
    assert await db.write(insert_name, "ben") is False
    assert await db.write(insert_name, "ben", "name") is True
    assert await db.write(insert_name, "ben", "name") is False
    assert await db.read(lambda session: list(session.scalars(select(Member.name)))) == ["ben"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all examples of a property."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('kept') / 'kept.db'}")
    migrate(database)
    yield database
    database.close()


def empty(session: Session) -> None:
    session.execute(text("DELETE FROM members"))


WAYS: dict[str, Callable[[Session, int], object]] = {
    "good": save,
    "good object": save_object,
    "raises": lambda session, user: fail(session, user, ValueError()),
    "broken key": lambda session, user: (save(session, user), save(session, user)),
    "broken object": lambda session, user: save_object(session, save(session, user)),
    "no table": lambda session, user: (save(session, user), session.execute(text("INSERT INTO nowhere VALUES (1)"))),
    "stops": lambda session, user: fail(session, user, SystemExit()),
}


@given(ways=st.lists(st.sampled_from(sorted(WAYS)), max_size=60))
def test_any_mix_of_writes_leaves_exactly_the_good_ones(kept: Database, ways: list[str]) -> None:
    good = [number for number, way in enumerate(ways) if way.startswith("good")]
    assert asyncio.run(write_all(kept, ways)) == good


async def write_all(db: Database, ways: list[str]) -> list[int]:
    """Make these writes in one go; return which of them are found afterwards."""
    await db.write(empty)
    outcome = await together(db, *(db.write(WAYS[way], number) for number, way in enumerate(ways)))
    told = [number for number, one in enumerate(outcome) if not isinstance(one, BaseException)]
    found = await db.read(saved)
    assert told == found
    return found


@pytest.mark.parametrize(
    "url",
    [
        "",
        "words",
        "mysql://host/name",
        "sqlite+aiosqlite:///file.db",
        "postgresql+nothing://host/name",
        "postgresql://host:port/name",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file.db?timeout=abc",
        "sqlite:///a\0b",
        "sqlite:///a%00b",
        "sqlite:///\udcff",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_url(url)


@pytest.mark.parametrize("url", ["sqlite:///file.db", "sqlite:////var/lib/file.db", "postgresql://me:pw@host:1/name"])
def test_an_address_of_a_file_or_a_server_is_taken(url: str) -> None:
    check_url(url)


def test_a_folder_that_cannot_be_made_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unusable):
        Database(f"sqlite:///{tmp_path / 'file' / 'offramp.db'}")


def test_a_file_that_is_no_database_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("this is not a database " * 100)
    db = Database(f"sqlite:///{tmp_path / 'notes.db'}")
    with pytest.raises(Unusable, match="not a database"):
        migrate(db)
    db.close()
