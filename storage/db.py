"""The database: connect, read, write with group commit. It knows nothing about features."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, inspect, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

log = logging.getLogger("offramp.db")
P = ParamSpec("P")
T = TypeVar("T")

BATCH = 50  # writes that share one commit; more gain little and make the first one wait
WAITING = 5000  # writes in the queue before a new one is turned away
READERS = 2

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose the last commits when the power goes
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "secure_delete=ON",  # what was deleted is gone from the file, too; not every SQLite comes like that
)


class NotSaved(Exception):
    """The database could not do this write or this read: busy, full, locked or gone. Nothing was saved."""


class Unusable(Exception):
    """The database can't be opened; the text says why."""


def check_url(url: str) -> None:
    """Raise ValueError unless `url` is a database address that this program can use."""
    url.encode()  # bytes that are not UTF-8 raise a ValueError of their own
    try:
        parts = make_url(url)
        driver = (parts.get_backend_name(), parts.get_driver_name())
    except ArgumentError:
        raise ValueError("not a database address") from None
    if driver not in (("sqlite", "pysqlite"), ("postgresql", "psycopg")):
        raise ValueError("neither SQLite nor PostgreSQL")
    if "\0" in url or "%00" in url:
        raise ValueError("no name of a file")
    if driver[0] == "sqlite" and (parts.database in (None, "", ":memory:") or parts.query):
        raise ValueError("not a file: each connection would have a database of its own")


def insert_new(session: Session, table: type[DeclarativeBase], values: Mapping[str, Any], *changing: str) -> bool:
    """Insert a row; if one with its key is there, set the columns `changing` on that, or leave it as it is.

    False if the row that was there is as it was. What the session has not flushed yet is not seen.
    """
    statement = _insertion(session.get_bind().dialect.name, table, changing)
    return session.connection().execute(statement, values).first() is not None


def change_one(session: Session, statement: Any) -> bool:
    """Run an UPDATE or DELETE; whether it changed exactly one row."""
    return session.execute(statement).rowcount == 1  # type: ignore[attr-defined,no-any-return]


@cache  # making a statement takes ten times as long as running it
def _insertion(dialect: str, table: type[DeclarativeBase], changing: tuple[str, ...]) -> Any:
    keys = inspect(table).primary_key
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table.metadata.tables[table.__tablename__])
    if not changing:
        return insert.on_conflict_do_nothing().returning(*keys)
    new = {column: insert.excluded[column] for column in changing}
    changed = or_(*(getattr(table, column).is_distinct_from(value) for column, value in new.items()))
    return insert.on_conflict_do_update(index_elements=list(keys), set_=new, where=changed).returning(*keys)


@dataclass(slots=True)
class _Job:
    """One write that waits for its commit."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    future: asyncio.Future[Any]
    value: Any = None
    error: BaseException | None = None


class _Spoiled(Exception):
    """All of a batch has to be undone: it was one write that failed, or a failed flush, which leaves no savepoint."""


class Database:
    """One writer thread that commits in groups, and a few readers that can't write.

    One connection does all writes and checkpoints: besides speed, SQLite before 3.51.3 can damage a WAL file when
    two connections write at the same instant.
    """

    def __init__(self, url: str, alone: bool = False) -> None:
        """Open a database address; Unusable if its folder can't be made or its driver is not installed.

        `alone`: nobody else may write to the file until this is closed; Unusable if somebody does.
        """
        _make_folder(url)
        self._claim = _claim(url) if alone else None
        try:
            self._write_engine = _engine(url, 1, "BEGIN IMMEDIATE", ())
            self._read_engine = _engine(url, READERS, "BEGIN", ("query_only=ON",))
        except ImportError:
            raise Unusable("PostgreSQL, which this version does not support yet") from None
        self._closed = False
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._writer = threading.Thread(target=self._write_batches, name="writer", daemon=True)
        self._writer.start()

    async def write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(session, ...)` on the writer thread; return its value once that is on disk.

        What `fn` raises comes back from here and undoes only this write. NotSaved: the database did not take it.
        `fn` may be run again, after all of its first run was undone: it acts through the session and nothing else.
        """
        if self._closed or self._queue.qsize() >= WAITING:
            raise NotSaved
        job = _Job(fn, args, kwargs, asyncio.get_running_loop().create_future())
        self._queue.put(job)
        return await job.future  # type: ignore[no-any-return]

    async def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(session, ...)` on a reader thread and return its value. NotSaved: the database does not answer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: self._read(fn, *args, **kwargs))

    def run(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn(connection)` in a write transaction on this thread: for migrations, before anything else runs.

        Foreign keys are off meanwhile: rebuilding a table drops it, which would delete what refers to its rows.
        Unusable: the database can't be opened or written to.
        """
        try:
            with self._write_engine.connect() as connection, _no_foreign_keys(connection), connection.begin():
                return fn(connection)
        except DatabaseError as error:
            raise Unusable(str(error.orig).splitlines()[0]) from None

    def close(self) -> None:
        """Finish the writes that wait, then let go of every connection; later writes are NotSaved."""
        self._closed = True
        self._queue.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._read_engine.dispose()
        self._write_engine.dispose()  # last: whoever closes last checkpoints the WAL
        if self._claim is not None:
            self._claim.release()

    def _read(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        try:
            with Session(self._read_engine, expire_on_commit=False) as session:
                return fn(session, *args, **kwargs)
        except OperationalError as error:
            log.error("read failed", exc_info=error)
            raise NotSaved(str(error)) from None

    def _write_batches(self) -> None:
        while (job := self._queue.get()) is not None:
            batch = [job]
            while len(batch) < BATCH and not self._queue.empty():
                if (job := self._queue.get()) is None:
                    self._queue.put(None)  # closing: this batch first
                    break
                batch.append(job)
            self._commit(batch)
            with suppress(RuntimeError):  # the event loop is closed: nobody waits any more
                # One call a batch: each wake-up of the event loop costs more than setting a result.
                batch[0].future.get_loop().call_soon_threadsafe(_answer, batch)

    def _commit(self, batch: list[_Job]) -> None:
        try:
            with Session(self._write_engine, expire_on_commit=False) as session, session.begin():
                for job in batch:
                    _attempt(session, job, alone=len(batch) == 1)
        except _Spoiled:
            if len(batch) > 1:  # the one that failed keeps its error, the others are written one by one
                for job in batch:
                    self._commit([job])
        except Exception as error:
            log.exception("commit failed", extra={"writes": len(batch)})
            for job in batch:
                job.error = NotSaved(str(error))


def _attempt(session: Session, job: _Job, alone: bool) -> None:
    """Run one write, in a savepoint of its own unless it is alone, so that its failure takes nothing else along."""
    connection = session.connection()
    # As plain statements: Session.begin_nested() costs ten times as much.
    if not alone:
        connection.exec_driver_sql("SAVEPOINT job")
    try:
        job.value, job.error = job.fn(session, *job.args, **job.kwargs), None
        session.flush()
    except BaseException as error:
        job.error = _answerable(error)
        if alone or not session.is_active:
            raise _Spoiled from error
        session.expunge_all()
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
    if not alone:
        connection.exec_driver_sql("RELEASE SAVEPOINT job")
    session.expunge_all()


def _answerable(error: BaseException) -> Exception:
    """What the one who waits for a write is told about its failure."""
    if isinstance(error, OperationalError):
        log.error("write failed", exc_info=error)
        return NotSaved(str(error))
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    # The rest would end this thread or the event loop, or can't be set on a future.
    return RuntimeError(f"a write raised {error!r}")


def _answer(batch: list[_Job]) -> None:
    for job in batch:
        if job.future.done():  # the one who asked has gone; what was written stays
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.value)


@contextmanager
def _no_foreign_keys(connection: Connection) -> Iterator[None]:
    """Don't enforce foreign keys; only outside of a transaction can that be said."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.cursor().execute("PRAGMA foreign_keys=ON")


def _make_folder(url: str) -> None:
    path = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and path:
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unusable(str(error)) from None


def _claim(url: str) -> FileLock | None:
    """A lock on the file beside a SQLite database, which goes with the process however that ends."""
    if make_url(url).get_backend_name() != "sqlite":
        return None
    lock = FileLock(f"{make_url(url).database}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Unusable("one that another Offramp is using; stop that one first") from None
    except OSError as error:
        raise Unusable(str(error)) from None
    return lock


def _engine(url: str, connections: int, begin: str, pragmas: tuple[str, ...]) -> Engine:
    # Parameters hold what members typed: never in an error's text.
    engine = create_engine(url, hide_parameters=True, pool_size=connections, max_overflow=0)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: _prepare(raw, pragmas))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare(raw: Any, pragmas: tuple[str, ...]) -> None:
    raw.isolation_level = None  # or the driver opens transactions of its own, and not for every statement
    for pragma in PRAGMAS + pragmas:
        raw.execute(f"PRAGMA {pragma}")
