"""A quiz table on the socket world: rounds as people see them, and what the database file holds of them."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml

from bot.demo.acting import Reply, controls
from tests.build import SINGLE, Question, make_pack
from tests.socket_world import Message, SocketWorld, text_of

BRISK_BOT = (sys.executable, "-P", "-m", "tests.socket.brisk_bot", "run")
QUIZ = "#quiz-night"
LETTERS = [SINGLE | {"prompt": f"Number {n}, which shape is it?"} for n in range(4)]
AWAY = "I was away for a moment and am back."


class Table(SocketWorld):
    """`async with Table(tmp_path) as table:` gives the real bot with a pack of lettered questions, ready."""

    def __init__(
        self, folder: Path, *, questions: Sequence[Question] = LETTERS, brisk: bool = False, **options: Any
    ) -> None:
        packs = write_pack(folder / "packs", questions)
        environment = {"OFFRAMP_PACKS": str(packs)} | options.pop("environment", {})
        if brisk:
            options["argv"] = BRISK_BOT
        super().__init__(folder, environment=environment, **options)

    async def play(self, person: str = "alice", channel: str = QUIZ, **options: Any) -> Reply:
        """Start a round of short questions."""
        return await self.slash(
            person, channel, "quiz play", **{"theme": "shapes", "questions": 2, "seconds": 5} | options
        )

    async def asked(self, number: int = 1, channel: str = QUIZ) -> Message:
        """The message of an open question, as soon as it can be seen."""
        message = await self.until(lambda: self.open_question(number, channel), 20)
        assert message is not None
        return message

    def open_question(self, number: int, channel: str = QUIZ) -> Message | None:
        shown = [m for m in self.cards(number, channel) if any(c["custom_id"].startswith("quiz:") for c in controls(m))]
        return shown[-1] if shown else None

    def cards(self, number: int, channel: str = QUIZ) -> list[Message]:
        """Every message that shows this question, open or closed."""
        return [m for m in self.messages(channel) if text_of(m).startswith(f"-# Question {number} of ")]

    def is_revealed(self, number: int, channel: str = QUIZ) -> bool:
        return any("✓ right" in text_of(card) for card in self.cards(number, channel))

    def lines(self, start: str, channel: str = QUIZ) -> list[str]:
        """The texts of a channel that begin so."""
        return [text_of(m) for m in self.messages(channel) if text_of(m).startswith(start)]

    async def podium(self, channel: str = QUIZ) -> str:
        return (await self.until(lambda: self.lines("## Final standing", channel), 30))[0]

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database file holds, read past the bot."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    def answers(self) -> list[tuple[int, str]]:
        """(position, name) of every answer on disk."""
        return self.rows("SELECT position, name FROM answers JOIN members USING (guild_id, user_id) ORDER BY 1, 2")

    def state(self, channel: str = QUIZ) -> str:
        """The state of the newest round of a channel."""
        found = self.rows("SELECT state FROM rounds WHERE channel_id = ? ORDER BY id DESC", self.channel(channel))
        return str(found[0][0])

    def posting(self, channel: str = QUIZ) -> str:
        """The part of a path by which posts and edits in a channel are known."""
        return f"/channels/{self.channel(channel)}/messages"

    def calls(self, method: str, fragment: str) -> list[int]:
        """The status of every such call so far."""
        return [call.status for call in self.requests if call.method == method and fragment in call.path]


def letter_in(reply: Reply) -> str:
    """The letter that a reply names as the one that counts."""
    text = text_of(reply.message)
    for letter in "ABCDE":
        if text in (f"**{letter}**, locked in.", f"Your first answer, {letter}, is the one that counts."):
            return letter
    return f"none in {text!r}"


def is_locked_in(reply: Reply) -> bool:
    return text_of(reply.message).endswith("locked in.")


def write_pack(folder: Path, questions: Sequence[Question]) -> Path:
    """A folder with one pack of these questions, as OFFRAMP_PACKS takes it."""
    pack = make_pack(*questions).model_dump(mode="json", exclude_defaults=True)
    (folder / "shapes").mkdir(parents=True)
    (folder / "shapes" / "pack.yaml").write_text(yaml.safe_dump(pack))
    return folder
