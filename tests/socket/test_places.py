"""The place of a round vanishes under an open question: the round is over, its scores stay, nothing goes on trying."""

from __future__ import annotations

from pathlib import Path

from tests.socket.table import Table, is_locked_in

UNSEEN, SILENCED, DELETED = "#quiz-night", "#debates", "#briefings"


async def test_a_round_whose_channel_is_lost_ends_once_and_keeps_its_scores(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        paths = {channel: table.posting(channel) for channel in (UNSEEN, SILENCED, DELETED)}
        for channel in paths:
            await table.play(channel=channel, questions=3)
        for channel in paths:
            assert is_locked_in(await table.press("bob", await table.asked(1, channel), "A"))
        table.deny_bot(UNSEEN, "view_channel", "send_messages")
        table.deny_bot(SILENCED, "send_messages")
        table.delete_channel(DELETED)
        await all_over(table, 3)
        endings = table.rows("SELECT ending FROM rounds ORDER BY id")
        assert endings == [("forbidden",), ("forbidden",), ("gone",)]
        assert len(table.answers()) == 3
        failing = {channel: failures(table, path) for channel, path in paths.items()}
        assert all(1 <= calls <= 3 for calls in failing.values())
        await restart(table)
        assert {channel: failures(table, path) for channel, path in paths.items()} == failing


async def test_a_bot_put_out_of_its_server_ends_the_round_and_stays_quiet(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        path = table.posting()
        await table.play(questions=3)
        assert is_locked_in(await table.press("bob", await table.asked(), "A"))
        table.remove_bot()
        await all_over(table, 1)
        assert len(table.answers()) == 1
        failing = failures(table, path)
        assert 1 <= failing <= 3
        await restart(table)
        assert failures(table, path) == failing


async def all_over(table: Table, rounds: int) -> None:
    """Wait until so many rounds are over, and the word on each ending is out or given up."""
    await table.until(lambda: table.rows("SELECT count(*) FROM rounds WHERE state = 'over'") == [(rounds,)], 20)
    await table.until(lambda: not table.rows("SELECT 1 FROM posts"), 20)


async def restart(table: Table) -> None:
    """Even a new process, which takes up whatever it finds to be done, has nothing more to try."""
    await table.terminate()
    assert table.rows("SELECT count(*) FROM posts") == [(0,)]
    await table.start_bot()


def failures(table: Table, path: str) -> int:
    return sum(call.status >= 400 for call in table.requests if path in call.path)
