"""Files of questions that people bring, and where their questions went."""

from __future__ import annotations

from storage.questions import list_decks
from tests.stage import Reply, Stage

HEADER = "question,correct,wrong1,wrong2,theme,source\n"


def make_row(n: int, theme: str = "") -> str:
    return f"What stands on page {n}?,the number {n},the number {n + 1},nothing,{theme},page {n}\n"


def make_csv(many: int, theme: str = "") -> bytes:
    return (HEADER + "".join(make_row(n, theme) for n in range(1, many + 1))).encode()


async def bring(stage: Stage, data: bytes, filename: str = "quiz.csv", who: str = "olga", **options: str) -> Reply:
    file = (filename, data)
    return Reply(await stage.people[who].slash(stage.quiz, "question import", file=file, **options))


async def decks(stage: Stage) -> dict[str, int]:
    """How many questions are asked in every deck of the server, by title."""
    return {title: live for _, title, live in await stage.db.read(list_decks, stage.guild.id)}
