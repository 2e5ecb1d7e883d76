"""Two processes on one database, killed and suspended as they work: each time is done once, or missed and counted."""

from __future__ import annotations

import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.act import Act
from bot.schedule import actions
from bot.schedule.actions import Plan
from bot.schedule.recurrence import Rule
from tests.fresh import open_fresh
from tests.schedule.fire_loop import LEASE_SECONDS, STARTABLES
from tests.schedule.test_fires import MINUTE, NOON, PACKS

SERVERS = range(1, 21)
TIMES = [NOON + 10 * MINUTE * n for n in range(1, 11)]  # of the schedule that each of them has
STARTING = 2.0  # seconds until their clock stands at noon
ENOUGH = 120.0  # seconds


class Process:
    """One that looks after schedules, at the mercy of the test."""

    def __init__(self, file: Path, began: float) -> None:
        self.argv = [sys.executable, "-P", "-m", "tests.schedule.fire_loop", str(file), str(began)]
        self.start()

    def start(self) -> None:
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        self.child = subprocess.Popen(self.argv, env=environment, stdout=subprocess.PIPE)

    def until_it_claims(self) -> None:
        """Come back just after it has claimed something, before anything came of that."""
        assert self.child.stdout is not None
        said = self.child.stdout.fileno()
        while select.select([said], [], [], 0)[0]:
            assert os.read(said, 4096), "it ended by itself"
        assert select.select([said], [], [], ENOUGH)[0], "it claims nothing"

    def kill(self) -> None:
        self.child.kill()
        self.child.communicate()

    def suspend(self, seconds: float) -> None:
        self.child.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.child.send_signal(signal.SIGCONT)


async def test_of_two_hundred_times_each_is_done_once_or_counted_once(tmp_path: Path) -> None:
    file = tmp_path / "schedules.db"
    await _make_schedules(file)
    posted: Counter[tuple[int, int]] = Counter()
    with _two_processes(file) as (first, second):
        for process, killed in cycle([(first, True), (second, False), (first, False), (second, True)]):
            process.until_it_claims()
            if killed:
                process.kill()
                process.start()
            else:
                process.suspend(3 * LEASE_SECONDS)
            posted.update(_post_openings(file))
            if not _rows(file, f"SELECT 1 FROM fires WHERE state IN ('due', 'claimed') AND at <= {TIMES[-1]}"):
                break
    posted.update(_post_openings(file))
    fires = _rows(file, "SELECT guild_id, at, state, coalesce(until, at) FROM fires WHERE state IN ('done', 'missed')")
    settled = Counter((guild, time) for guild, at, _, until in fires for time in range(at, until + 1, 10 * MINUTE))
    assert [settled[guild, at] for guild in SERVERS for at in TIMES] == [1] * 200
    done = Counter((guild, at) for guild, at, state, _ in fires if state == "done")
    assert Counter(_rows(file, "SELECT guild_id, started_at FROM seasons")) == done
    assert posted == done
    assert _rows(file, "SELECT 1 FROM fires WHERE fence > 1")  # some were claimed again, after a kill or a suspension


async def _make_schedules(file: Path) -> None:
    plan = Plan("round", {}, Rule("*/10 * * * *", "UTC"), 5, False, 0, None, "catch-up", 60, False)
    db = open_fresh(file)
    for server in SERVERS:
        await db.write(actions.add, Act(server, server << 22, 3, NOON), STARTABLES["round"], PACKS, plan)
    db.close()


@contextmanager
def _two_processes(file: Path) -> Iterator[tuple[Process, Process]]:
    began = time.monotonic() + STARTING
    both = Process(file, began), Process(file, began)
    try:
        yield both
    finally:
        for process in both:
            process.kill()


def _post_openings(file: Path) -> list[tuple[int, int]]:
    """Take all openings from the outbox; server and time of each."""
    taken = _rows(file, "DELETE FROM posts WHERE kind LIKE 'schedule:opening%' RETURNING subject")
    subjects = (json.loads(subject) for (subject,) in taken)
    return [(guild, at) for guild, _, at in subjects]


def _rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file, timeout=ENOUGH, isolation_level=None)) as connection:
        return connection.execute(sql).fetchall()
