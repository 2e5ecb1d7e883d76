"""A debate as rows, for the machine: written to and looked at straight at the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Concatenate, ParamSpec, TypeVar

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.debate import moving
from bot.debate.floor import Place
from bot.errors import Refusal
from tests.fresh import open_fresh

P = ParamSpec("P")
T = TypeVar("T")
GUILD, DEBATE, CHANNEL, CHAIR = 1, 7, 5, 100
NOON = 1_800_000_000_000


def look(session: Session) -> dict[str, Any]:
    """All there is of the debate, as rows."""
    tables = ("debates", "phases", "seats", "speeches", "fairness", "debate_ballots", "posts")
    rows = {name: session.execute(text(f"SELECT * FROM {name}")).mappings().all() for name in tables}
    return {name: [dict(row) for row in found] for name, found in rows.items()}


class DebateRows(RuleBasedStateMachine):
    """A database with one debate; `seen` is what was in it when it was last looked at, `now` the time (ms)."""

    seen: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.db = open_fresh(Path(self.folder.name) / "debate.db")
        self.runner = asyncio.Runner()
        self.now = NOON

    def teardown(self) -> None:
        self.db.close()
        self.runner.close()
        self.folder.cleanup()

    @property
    def _debate(self) -> dict[str, Any]:
        found: dict[str, Any] = self.seen["debates"][0]
        return found

    @property
    def _phase(self) -> dict[str, Any]:
        found: dict[str, Any] = self.seen["phases"][self._debate["position"]]
        return found

    @property
    def _restated(self) -> list[int]:
        """Restatements, the oldest first."""
        return [row["id"] for row in self.seen["speeches"] if row["kind"] == "restatement"]

    @property
    def _held(self) -> list[dict[str, Any]]:
        """What waits until a moderator has looked at it, the oldest first."""
        return [row for row in self.seen["speeches"] if row["held"] and row["state"] == "waiting"]

    def _speaker(self) -> int | None:
        return self._phase["speaker_id"] if self.seen["phases"] else None

    def _step(self) -> None:
        self._write(moving.step, GUILD, DEBATE, self.now)

    def _try(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What came of it; None if it was refused, which then has left no trace."""
        before = self._look()
        try:
            return self._write(fn, *args, **kwargs)
        except Refusal:
            assert self._look() == before
            return None

    def _place(self, who: int) -> Place:
        return Place(GUILD, DEBATE, CHANNEL, who, who == CHAIR)

    def _look(self) -> dict[str, Any]:
        return self.runner.run(self.db.read(look))

    def _write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.runner.run(self.db.write(fn, *args, **kwargs))
