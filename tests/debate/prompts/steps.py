"""What people do with a motion, for the tests of this folder."""

from __future__ import annotations

from typing import Any

import discord

from storage import prompts
from tests.stage import Reply, Stage, button_ids, text_of

DAY = 24 * 60 * 60_000
VOTERS = ("alice", "bob", "carol", "dan", "erin", "finn", "gina", "hugo", "ines", "jan", "kim")
CLOSED = "The vote on this motion is closed. “Both sides” still works, and /debate prompt puts another motion."


async def put(stage: Stage, who: str = "bob", **options: Any) -> discord.Message:
    """Put a motion and return its card."""
    await stage.slash(who, "debate prompt", **options)
    return stage.last()


async def vote(stage: Stage, message: discord.Message, *labels: str) -> list[Reply]:
    """Let one person after the other press these."""
    for who in VOTERS[3 : len(labels)]:
        stage.people[who] = stage.guild.add_member(stage.env.create_user(who))
    replies = []
    for who, label in zip(VOTERS, labels, strict=False):
        await stage.skip(0.01)
        replies.append(await stage.press(who, message, label))
    return replies


async def votes(stage: Stage, message: discord.Message) -> dict[str, int]:
    return await stage.db.read(prompts.count_votes, stage.guild.id, prompt_id(message))


async def let_a_day_pass(stage: Stage) -> None:
    await stage.skip(DAY / 1000)
    await stage.advance(1)


def prompt_id(message: discord.Message) -> int:
    return int(button_ids(message)["Both sides"].split(":")[2])


def lines(message: discord.Message) -> list[str]:
    return text_of(message).splitlines()
