"""A debate as rows, for the machine: written to and looked at straight at the database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Concatenate, ParamSpec, TypeVar

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.debate import moving, posting
from bot.debate.floor import Place
from bot.errors import Refusal
from storage import posts
from storage.posts import Waiting
from tests.fresh import open_fresh

P = ParamSpec("P")
T = TypeVar("T")
GUILD, DEBATE, CHANNEL, THREAD, CHAIR = 1, 7, 5, 6, 100
NOON = 1_800_000_000_000


def look(session: Session) -> dict[str, Any]:
    """All there is of the debate, as rows."""
    tables = ("debates", "phases", "seats", "speeches", "fairness", "debate_ballots", "posts")
    rows = {name: session.execute(text(f"SELECT * FROM {name}")).mappings().all() for name in tables}
    return {name: [dict(row) for row in found] for name, found in rows.items()}


def find_next(session: Session, now: int) -> Waiting | None:
    """What would be sent next."""
    where = (posts.next_post(session, GUILD, channel_id, now) for channel_id in (THREAD, CHANNEL))
    return next((post for post in where if post is not None), None)


def take_sent(session: Session, post: Waiting, message_id: int, now: int) -> None:
    """What delivery does when a post is out."""
    posts.drop(session, post)
    if sent := posting.POSTS[post.kind].sent:
        sent(session, message_id, now, *json.loads(post.subject))


def take_lost(session: Session, post: Waiting, now: int) -> None:
    """What delivery does when a post can't be sent."""
    posts.drop(session, post)
    if lost := posting.POSTS[post.kind].lost:
        lost(session, "unreachable", now, *json.loads(post.subject))


class DebateRows(RuleBasedStateMachine):
    """A database with one debate; `seen` is what was in it when it was last looked at, `now` the time (ms).

    `sending` is the post that is on its way, with the state of what was said as it is drawn on it, and `drawn` that
    state by message.
    """

    seen: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.db = open_fresh(Path(self.folder.name) / "debate.db")
        self.runner = asyncio.Runner()
        self.now = NOON
        self.messages = 10_000
        self.sending: tuple[Waiting, str] | None = None
        self.drawn: dict[int, str] = {}

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

    def _draw_next(self) -> bool:
        """Draw what is to be sent next, if nothing is on its way; whether there is something."""
        if self.sending is None:
            post = self.runner.run(self.db.read(find_next, self.now + 5_000))  # some are made for a moment later
            if post is None:
                return False
            said = {row["id"]: row["state"] for row in self._look()["speeches"]}
            about = json.loads(post.subject)[2] if post.kind == "debate:speech" else 0
            self.sending = post, said.get(about, "")
        return True

    def _send(self, lost: bool = False, anew: bool = False) -> None:
        """Let what is on its way arrive, or be lost; `anew`: what it was to change was gone."""
        assert self.sending is not None
        (post, state), self.sending = self.sending, None
        if lost:
            self._write(take_lost, post, self.now)
            return
        self.messages += 1
        fresh = post.edits is None or (anew and posting.POSTS[post.kind].anew)
        message_id = self.messages if fresh or post.edits is None else post.edits
        self._write(take_sent, post, message_id, self.now)
        self.drawn[message_id] = state

    def _send_all(self) -> None:
        while self._draw_next():
            self._send()

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
