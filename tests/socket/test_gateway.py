"""The connection drops in the middle of a question: nothing is lost, and nobody is bothered with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.socket.table import AWAY, Table, is_locked_in


@pytest.mark.parametrize("code", [1001, 1006, 4000])
async def test_a_dropped_connection_is_resumed_and_nobody_notices(tmp_path: Path, code: int) -> None:
    async with Table(tmp_path, brisk=True) as table:
        await table.play(seconds=30)
        question = await table.asked()
        await table.drop_gateway(code)
        assert is_locked_in(await table.press("bob", question, "B"))  # sent into the gap, and replayed
        assert is_locked_in(await table.press("carol", question, "A"))
        assert (table.identifies, table.resumes) == (1, 1)
        await stop_and_see_that_nobody_was_told(table)


async def test_a_session_that_discord_has_forgotten_is_begun_anew_and_the_round_goes_on(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        await table.play(seconds=30)
        question = await table.asked()
        table.discord.gateway._sessions.clear()  # RESUME is answered with op 9
        await table.drop_gateway()
        await table.until(lambda: table.identifies == 2)
        assert is_locked_in(await table.press("bob", question, "B"))
        assert table.resumes == 0
        await stop_and_see_that_nobody_was_told(table)


async def stop_and_see_that_nobody_was_told(table: Table) -> None:
    answered = table.answers()
    await table.slash("alice", "#quiz-night", "quiz stop")
    await table.until(lambda: table.is_revealed(1))  # whatever had to be posted came before
    assert (table.lines(AWAY), table.answers()) == ([], answered)
