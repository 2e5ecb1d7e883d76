"""Steps of people who answer a question and report it, and of moderators who rule on it."""

from __future__ import annotations

from typing import Any

import discord
from simcord.builders import ChannelHandle
from sqlalchemy import select

from bot.item import Item
from storage.tables import Answer, Asked, Report, Ruling
from tests.stage import Reply, Stage, button_ids, text_of

THANKS = "Thank you. Moderators see it, and if they put it right, everybody's points follow."


async def ask(stage: Stage, channel: ChannelHandle | None = None, **options: Any) -> discord.Message:
    """Start a round as alice and come to its first question, which is open for 20 seconds."""
    await stage.slash("alice", "quiz play", channel, **({"questions": 1, "seconds": 20} | options))
    await stage.advance(5)
    return stage.last(channel)


async def answer(stage: Stage, channel: ChannelHandle | None = None, /, **given: str) -> None:
    """People choose an option of the open question by its words, one after the other, or type their answers."""
    for who, words in given.items():
        question = stage.last(channel)
        if "Answer" in button_ids(question):
            await stage.submit(who, await stage.press(who, question, "Answer"), text=words)
        else:
            await stage.press(who, question, letter_of(question, words))


async def play(stage: Stage, channel: ChannelHandle | None = None, /, **given: str) -> discord.Message:
    """A round of one question with these answers, to its end; the question as it is revealed."""
    question = await ask(stage, channel)
    await answer(stage, channel, **given)
    await stage.advance(30)
    return next(message for message in stage.messages(channel) if message.id == question.id)


def letter_of(question: Any, words: str) -> str:
    """The letter under which an option stands."""
    lines = text_of(question).splitlines()
    return next(line[2] for line in lines if line.startswith("**") and line.endswith(f"  {words}"))


async def report(stage: Stage, who: str, reveal: discord.Message, reason: str = "key", note: str = "") -> Reply:
    """Press “Report” under a question and send the form in."""
    return await stage.submit(who, await stage.press(who, reveal, "Report"), reason=[reason], note=note)


async def reported(stage: Stage) -> discord.Message:
    """A round of three people with an answer each, and a report; the question as it was revealed."""
    reveal = await play(stage, alice="square", bob="flat", carol="round")
    await report(stage, "bob", reveal, "key", "It says flat.")
    return reveal


async def open_case(stage: Stage, who: str = "dana", reveal: discord.Message | None = None) -> Reply:
    """Take a reported question from the list: the one that was revealed there, or the first."""
    shown = await stage.slash(who, "reports")
    wanted = reveal and "-".join(place(reveal))
    value = next(value for value in choices(shown.message) if wanted in (None, value))
    return await stage.choose(who, shown.message, value)


async def preview(stage: Stage, reveal: discord.Message, kind: str, right: str, who: str = "dana") -> Reply:
    """Accept another answer or correct the key, up to the card that shows what it changes."""
    case = await open_case(stage, who, reveal)
    await stage.press(who, case.message, {"accept": "Accept another answer", "correct": "Correct the key"}[kind])
    letter = letter_of(case.message, right)
    value = next(value for value, label in labels(case.message).items() if label.startswith(f"{letter}:"))
    await stage.choose(who, case.message, value)
    return case


async def rule(stage: Stage, reveal: discord.Message, kind: str, right: str, who: str = "dana") -> Reply:
    """The same, and confirm it."""
    card = await preview(stage, reveal, kind, right, who)
    return await stage.press(who, card.message, "Confirm")


async def void(stage: Stage, reveal: discord.Message, who: str = "dana") -> Reply:
    case = await open_case(stage, who, reveal)
    await stage.press(who, case.message, "Void")
    return await stage.press(who, case.message, "Confirm")


def place(reveal: discord.Message) -> tuple[str, str]:
    """The round and the position in the id of “Report”."""
    round_id, position = button_ids(reveal)["Report"].split(":")[2:]
    return round_id, position


def choices(message: Any) -> list[str]:
    """The values of the select on a card."""
    return list(labels(message))


def labels(message: Any) -> dict[str, str]:
    """The choices of the select on a card: label by value."""
    found: dict[str, str] = {}

    def look(part: dict[str, Any]) -> None:
        found.update((option["value"], option["label"]) for option in part.get("options", []))
        for child in part.get("components", []):
            look(child)

    for component in message.components:
        look(component if isinstance(component, dict) else component.to_dict())
    return found


async def board(stage: Stage) -> list[str]:
    """The lines of the leaderboard, without how many people are on it."""
    shown = (await stage.slash("onlooker", "quiz leaderboard", stage.other)).text
    return [line for line in shown.splitlines()[1:] if not line.startswith("-# ")]


async def points(stage: Stage) -> dict[str, tuple[int, int]]:
    """(right, points) in sum of everybody who answered, as it stands in the table."""
    names = {actor.id: name for name, actor in stage.people.items()}
    rows = await stage.db.read(lambda s: s.execute(select(Answer.user_id, Answer.right, Answer.points)).all())
    sums: dict[str, tuple[int, int]] = {}
    for user, right, worth in rows:
        before = sums.get(names[user], (0, 0))
        sums[names[user]] = (before[0] + right, before[1] + worth)
    return sums


async def saved(stage: Stage) -> list[tuple[str, str, bool]]:
    """(reason, note, still open) of every report, the oldest first."""
    rows = await stage.db.read(lambda s: s.scalars(select(Report).order_by(Report.at)).all())
    return [(row.reason, row.note, row.ruling_id is None) for row in rows]


async def rulings(stage: Stage) -> list[Ruling]:
    return list(await stage.db.read(lambda s: s.scalars(select(Ruling).order_by(Ruling.id)).all()))


async def items(stage: Stage) -> list[Item]:
    """Every question of every round as it is judged, in order."""
    rows = await stage.db.read(lambda s: s.scalars(select(Asked.item).order_by(Asked.round_id, Asked.position)).all())
    return [Item.model_validate_json(row) for row in rows]
