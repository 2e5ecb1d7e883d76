"""How people hold a debate, for the tests of this folder."""

from __future__ import annotations

from typing import Any

import discord

from storage import debates
from storage.tables import Debate, Phase, Speech
from tests.stage import Reply, Stage, button_ids, text_of

MOTION = "shapes/m1"


async def start(stage: Stage, who: str = "alice", **options: Any) -> discord.Message:
    """Announce a debate; its card with the seats."""
    await stage.slash(who, "debate start", **({"motion": MOTION} | options))
    return stage.last()


async def begin(stage: Stage, *more: tuple[str, str], **options: Any) -> discord.Message:
    """A debate chaired by alice, with bob for and carol against, that has just begun; its card with the seats.

    `more` have pressed For or Against after them.
    """
    card = await start(stage, **options)
    for who, label in (("bob", "For"), ("carol", "Against"), *more):
        await stage.press(who, card, label)
    await stage.press("alice", card, "Begin")
    await stage.advance(1)
    return card


async def find(stage: Stage) -> Debate:
    """The newest debate of the channel, over or not."""
    rows = await stage.db.read(debates.list_past, stage.guild.id, MOTION)
    return rows[-1]


async def phases(stage: Stage) -> list[Phase]:
    debate = await find(stage)
    return await stage.db.read(debates.list_phases, stage.guild.id, debate.id)


async def speeches(stage: Stage) -> list[Speech]:
    debate = await find(stage)
    return await stage.db.read(debates.list_speeches, stage.guild.id, debate.id)


def hall(stage: Stage, debate: Debate) -> list[discord.Message]:
    """What everyone can read where a debate is held, oldest first."""
    thread = next((thread for thread in stage.quiz.threads if thread.id == debate.thread_id), stage.quiz)
    return stage.messages(thread)


async def now_open(stage: Stage) -> discord.Message:
    """The card of the phase that is open."""
    debate = await find(stage)
    phase = (await phases(stage))[debate.position]
    return next(message for message in hall(stage, debate) if message.id == phase.message_id)


async def turn_of(stage: Stage) -> str:
    """Who speaks now."""
    debate = await find(stage)
    speaker = (await phases(stage))[debate.position].speaker_id
    return next(name for name, person in stage.people.items() if person.id == speaker)


async def speak(stage: Stage, who: str, text: str = "My point.", **given: Any) -> Reply:
    """Press “Speak” and submit the form."""
    shown = await stage.press(who, await now_open(stage), "Speak")
    reply = await stage.submit(who, shown, text=text, **given)
    await stage.advance(1)
    return reply


async def vote(stage: Stage, **votes: str) -> list[Reply]:
    """Let people press these votes on the open card."""
    card = await now_open(stage)
    return [await stage.press(who, card, label) for who, label in votes.items()]


async def skip(stage: Stage) -> None:
    """Let the chair go on to the next phase."""
    card = await now_open(stage)
    vote = "Close the vote" in labels(card)
    await sure(stage, "alice", card, "Close the vote" if vote else "Skip", "Close it" if vote else "Skip it")
    await stage.advance(1)


async def end(stage: Stage, who: str, card: discord.Message) -> Reply:
    """Press “End” and mean it; what the person is told."""
    return await sure(stage, who, card, "End", "End it")


async def panel(stage: Stage) -> discord.Message:
    """The card with the seats."""
    debate = await find(stage)
    return next(message for message in stage.messages() if message.id == debate.message_id)


async def give_up(stage: Stage, who: str) -> Reply:
    """Press “Watch” in a debate that has begun, and mean it; what the person is told."""
    return await sure(stage, who, await panel(stage), "Watch", "Give it up")


async def sure(stage: Stage, who: str, card: discord.Message, label: str, confirmed: str) -> Reply:
    """Press something that is asked about first, and mean it; what the person is told."""
    asked = await stage.press(who, card, label)
    return await stage.press(who, asked.message, confirmed)


async def put_question(stage: Stage, who: str, question_id: int) -> Reply:
    """Press “Relay” and choose a question; what the person is told."""
    offered = await stage.press(who, await now_open(stage), "Relay")
    debate = await find(stage)
    chosen = f"debate:relayed:{debate.id}:{debate.position}:{question_id}"
    return await stage.press_id(who, offered.message, chosen)


async def finish(stage: Stage) -> None:
    """Let the chair skip whatever is left."""
    while (await find(stage)).state == "running":
        await skip(stage)


def said(stage: Stage, debate: Debate) -> list[str]:
    return [text_of(message) for message in hall(stage, debate)]


def labels(message: discord.Message) -> list[str]:
    return list(button_ids(message))
