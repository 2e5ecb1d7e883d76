"""Discord answers with 500, 502, 429 or not at all: each thing is said once, and counted once."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest

from bot.demo.faults import Outcome
from tests.socket.table import QUIZ, Table, is_locked_in, letter_in
from tests.socket_world import text_of


async def test_a_question_and_its_reveal_are_repeated_until_discord_takes_them_and_seen_once(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        table.faults.add("POST", table.posting(), 502)
        table.faults.add("POST", table.posting(), 500, applied=True)
        await table.play(seconds=60)
        await table.until(lambda: table.calls("PATCH", table.posting()))  # the later close, as it was taken so late
        table.faults.add("PATCH", table.posting(), 500, applied=True)
        await table.slash("alice", QUIZ, "quiz stop")
        await table.until(lambda: not table.rows("SELECT 1 FROM posts"))
        assert table.calls("POST", table.posting()) == [502, 500, 200, 200]  # the last one is the standing
        assert table.calls("PATCH", table.posting()) == [200, 500, 200]
        assert len(table.cards(1)) == 1
        assert table.is_revealed(1)


@pytest.mark.parametrize(
    ("outcome", "applied", "statuses"),
    [
        pytest.param(502, False, [502, 200], id="not taken"),
        pytest.param(500, True, [500, 400], id="taken, and its repeat refused with 40060"),
        pytest.param("reset", True, [0], id="taken, and the connection cut"),
    ],
)
async def test_an_answer_whose_acknowledgement_went_wrong_counts_once_and_shows_no_error(
    tmp_path: Path, outcome: Outcome, applied: bool, statuses: list[int]
) -> None:
    async with Table(tmp_path, brisk=True) as table:
        await table.play(seconds=30)
        question = await table.asked()
        before = len(table.calls("POST", "/callback"))
        table.faults.add("POST", "/callback", outcome, applied=applied)
        first = await table.press("bob", question, "B")
        await table.until(lambda: len(table.calls("POST", "/callback")) == before + len(statuses))
        again = await table.press("bob", question, "C")
        assert table.calls("POST", "/callback")[before:-1] == statuses
        assert (is_locked_in(first), letter_in(first), letter_in(again)) == (True, "B", "B")
        assert table.answers() == [(0, "bob")]
        assert len(table.ephemerals("bob")) == 2
        assert '"event": "failed"' not in table.log.read_text()


async def test_a_question_held_up_by_a_rate_limit_still_gets_its_full_time(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        table.faults.limit("POST", table.posting(), 6)  # longer than the question is open
        await table.play(seconds=5)
        await table.play("carol", "#debates", seconds=5)
        await table.asked(1, "#debates")
        assert table.cards(1) == []  # so the other channel did not wait
        question = await table.asked()
        ((closes_at,),) = await table.until(
            lambda: table.rows("SELECT closes_at FROM asked WHERE message_id = ?", int(question["id"]))
        )
        assert closes_at - discord.utils.snowflake_time(int(question["id"])).timestamp() * 1000 >= 5000
        await table.until(lambda: f"<t:{closes_at // 1000}:R>" in text_of(table.open_question(1)))
        assert is_locked_in(await table.press("bob", question, "A"))
        assert len(table.cards(1)) == 1
        assert table.calls("POST", table.posting()) == [429, 200]
        assert table.answers() == [(0, "bob")]


async def test_a_round_stopped_while_its_question_is_on_the_way_shows_that_once(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True) as table:
        table.faults.limit("POST", table.posting(), 2)
        await table.play()
        await table.until(lambda: table.calls("POST", table.posting()))
        await table.slash("alice", QUIZ, "quiz stop")
        await table.until(lambda: not table.rows("SELECT 1 FROM posts"))
        assert len(table.cards(1)) == 1
        assert table.is_revealed(1)
