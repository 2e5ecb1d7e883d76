"""The database: connect, read, write with group commit. It knows nothing about features."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

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
)


class NotSaved(Exception):
    """The database could not take this write: busy, full, locked or gone. Nothing of it was saved."""


class Unusable(Exception):
    """The database can't be opened; the text says why."""


def check_url(url: str) -> None:
    """Raise ValueError unless `url` is a database address that this program can use."""
    try:
        name = make_url(url).get_backend_name()
    except ArgumentError:
        raise ValueError("not a database address") from None
    if name not in ("sqlite", "postgresql"):
        raise ValueError("neither SQLite nor PostgreSQL")


def insert_new(session: Session, table: type[DeclarativeBase], **otherwise: Any) -> Any:
    """An INSERT that leaves a row that is there as it is, or sets the columns of `otherwise` on it.

    With RETURNING it tells which of the two happened: a row that was left alone returns nothing.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(table)
    if not otherwise:
        return statement.on_conflict_do_nothing()
    changed = or_(*(getattr(table, column) != value for column, value in otherwise.items()))
    keys = list(inspect(table).primary_key)
    return statement.on_conflict_do_update(index_elements=keys, set_=otherwise, where=changed)


@dataclass(slots=True)
class _Job:
    """One write that waits for its commit."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    future: asyncio.Future[Any]
    value: Any = None
    error: BaseException | None = None


class Database:
    """One writer thread that commits in groups, and a few readers that can't write.

    One connection does all writes and checkpoints: besides speed, SQLite before 3.51.3 can damage a WAL file when
    two connections write at the same instant.
    """

    def __init__(self, url: str) -> None:
        """Open a database address; Unusable if its folder can't be made."""
        _make_folder(url)
        self._write_engine = _engine(url, 1, "BEGIN IMMEDIATE", ())
        self._read_engine = _engine(url, READERS, "BEGIN", ("query_only=ON",))
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._writer = threading.Thread(target=self._write_batches, name="writer", daemon=True)
        self._writer.start()

    async def write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(session, ...)` on the writer thread; return its value once that is on disk.

        What `fn` raises comes back from here and undoes only this write. NotSaved: the database did not take it.
        """
        if self._queue.qsize() >= WAITING:
            raise NotSaved
        job = _Job(fn, args, kwargs, asyncio.get_running_loop().create_future())
        self._queue.put(job)
        return await job.future  # type: ignore[no-any-return]

    async def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(session, ...)` on a reader thread and return its value."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: self._read(fn, *args, **kwargs))

    def run(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn(connection)` in a write transaction on this thread: for migrations, before anything else runs.

        Unusable: the database can't be opened or written to.
        """
        try:
            with self._write_engine.begin() as connection:
                return fn(connection)
        except DatabaseError as error:
            raise Unusable(str(error.orig)) from None

    def close(self) -> None:
        """Finish the writes that wait, then let go of every connection."""
        self._queue.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._write_engine.dispose()
        self._read_engine.dispose()

    def _read(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        with Session(self._read_engine, expire_on_commit=False) as session:
            return fn(session, *args, **kwargs)

    def _write_batches(self) -> None:
        while (job := self._queue.get()) is not None:
            batch = [job]
            while len(batch) < BATCH and not self._queue.empty():
                if (job := self._queue.get()) is None:
                    self._queue.put(None)  # closing: this batch first
                    break
                batch.append(job)
            self._commit(batch)
            # One call a batch: each wake-up of the event loop costs more than setting a result.
            batch[0].future.get_loop().call_soon_threadsafe(_answer, batch)

    def _commit(self, batch: list[_Job]) -> None:
        try:
            with Session(self._write_engine, expire_on_commit=False) as session, session.begin():
                for job in batch:
                    _attempt(session, job)
        except Exception as error:
            log.exception("commit failed", extra={"writes": len(batch)})
            for job in batch:
                job.error = NotSaved(str(error))


def _attempt(session: Session, job: _Job) -> None:
    """Run one write inside a savepoint of its own, so that its failure takes nothing else along."""
    connection = session.connection()
    # As plain statements: Session.begin_nested() costs ten times as much.
    connection.exec_driver_sql("SAVEPOINT job")
    try:
        job.value = job.fn(session, *job.args, **job.kwargs)
        session.flush()
    except Exception as error:
        job.error = NotSaved(str(error)) if isinstance(error, OperationalError) else error
        session.expunge_all()
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
    connection.exec_driver_sql("RELEASE SAVEPOINT job")
    session.expunge_all()


def _answer(batch: list[_Job]) -> None:
    for job in batch:
        if job.future.done():  # the one who asked has gone; what was written stays
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.value)


def _make_folder(url: str) -> None:
    path = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and path:
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unusable(str(error)) from None


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
