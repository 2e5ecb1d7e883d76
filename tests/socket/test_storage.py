"""Another process holds the database file: nobody is told what is not on disk, and nobody waits for an answer."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.socket.table import Table, is_locked_in
from tests.socket_world import text_of

PLAYERS = ["alice", "bob", "carol"]


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold the write lock of a database file."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def test_an_answer_is_confirmed_only_when_it_is_on_disk(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        await table.play(seconds=30)
        question = await table.asked()
        with locked(table.database):
            replies = await asyncio.gather(*(table.press(name, question, "B") for name in PLAYERS))
            assert [reply.acknowledged for reply in replies] == [True] * 3  # "thinking…", within three seconds
            assert [told(table, name) for name in PLAYERS] == [""] * 3
            assert table.answers() == []
        for name in PLAYERS:
            await table.until(lambda name=name: told(table, name) == "**B**, locked in.")  # type: ignore[misc]
            assert (0, name) in table.answers()


async def test_a_bot_told_to_stop_answers_those_who_wait_and_ends_well(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        await table.play(seconds=30)
        question = await table.asked()
        with locked(table.database):
            await table.press("bob", question, "B")
            stopping = asyncio.ensure_future(table.terminate())
            await asyncio.sleep(0)  # now the signal is out
        async with asyncio.timeout(8):
            assert await stopping == 0
        assert told(table, "bob") == "**B**, locked in."
        assert table.answers() == [(0, "bob")]
        await table.start_bot()
        assert is_locked_in(await table.press("carol", question, "B"))


def told(table: Table, name: str) -> str:
    """The newest thing that only this person sees."""
    own = table.ephemerals(name)
    return text_of(own[-1]) if own else ""
