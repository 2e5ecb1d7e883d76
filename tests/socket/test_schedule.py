"""kill -9 at several steps of a schedule's time: one round comes of it, and one message opens that."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.schedules import LEASE
from tests.socket.frail_bot import STEP
from tests.socket.table import QUIZ, Table

FRAIL_BOT = (sys.executable, "-P", "-m", "tests.socket.frail_bot", "run")
LEAP_DAY = "0 0 29 2 *"  # so that its own time does not come while the test runs


class Hall(Table):
    """A table with a schedule, and a bot that dies by itself if told at which step."""

    def __init__(self, folder: Path, step: str | None) -> None:
        self.step = folder / "step"
        if step is not None:
            self.step.write_text(step)
        super().__init__(folder, argv=FRAIL_BOT, environment={STEP: str(self.step)})

    async def run_now(self) -> None:
        added = {"what": "round", "when": LEAP_DAY, "theme": "shapes", "questions": 1}
        await self.slash("alice", QUIZ, "schedule add", **added)
        ((id,),) = self.rows("SELECT id FROM schedules")
        await self.slash("alice", QUIZ, "schedule run-now", schedule=str(id))

    def asked_for(self) -> tuple[str, int]:
        """State and fence of the time that was asked for."""
        ((state, fence),) = self.rows("SELECT state, fence FROM fires WHERE by_hand = 1")
        return state, fence

    def let_the_lease_run_out(self) -> None:
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("UPDATE fires SET due_at = due_at - ? WHERE state = 'claimed'", (LEASE,))

    async def one_round_opens(self) -> None:
        """It goes on to its first question, and there is no second one, on disk or in the channel."""
        await self.asked()
        assert len(self.lines("## Quiz")) == 1
        assert len(self.cards(1)) == 1
        assert self.rows("SELECT schedule_id IS NOT NULL, channel_id FROM rounds") == [(1, self.channel(QUIZ))]
        assert self.asked_for()[0] == "done"
        assert self.rows("SELECT 1 FROM posts WHERE kind LIKE 'schedule:opening%'") == []


@pytest.mark.parametrize(
    ("step", "left"),
    [("before the claim", ("due", 0)), ("after the claim", ("claimed", 1)), ("before the commit", ("claimed", 1))],
)
async def test_a_bot_killed_before_the_round_is_on_disk_opens_it_after_its_return(
    tmp_path: Path, step: str, left: tuple[str, int]
) -> None:
    async with Hall(tmp_path, step) as hall:
        await hall.run_now()
        await hall.until(lambda: hall.pid is None)
        assert hall.asked_for() == left
        assert hall.rows("SELECT count(*) FROM rounds") == [(0,)]
        hall.step.unlink()
        hall.let_the_lease_run_out()
        await hall.start_bot()
        await hall.one_round_opens()


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_bot_killed_while_the_opening_is_on_its_way_opens_one_round(tmp_path: Path, arrived: bool) -> None:
    async with Hall(tmp_path, None) as hall:
        hanging = hall.faults.add("POST", hall.posting(), "hang", applied=arrived)
        await hall.run_now()
        await hall.until(lambda: hanging.hits)
        await hall.until(lambda: len(hall.lines("## Quiz")) == arrived)
        assert hall.asked_for() == ("done", 1)
        await hall.kill()
        await hall.start_bot()
        await hall.one_round_opens()


async def test_a_bot_killed_after_the_opening_opens_no_second_round(tmp_path: Path) -> None:
    async with Hall(tmp_path, None) as hall:
        await hall.run_now()
        await hall.until(lambda: hall.rows("SELECT 1 FROM rounds WHERE state = 'starting'"))
        await hall.kill()
        await hall.start_bot()
        await hall.one_round_opens()
