"""The server a visitor finds: three channels, three people, and what to try first."""

from __future__ import annotations

from typing import Any

from bot.demo.world import World

SERVER = "The Reading Room"
BOT = "Offramp"
CHANNELS = {
    "quiz-night": "Rounds of questions about the article. Start one with /quiz play.",
    "debates": "One motion, two sides. Start with /debate prompt.",
    "briefings": "What could go wrong, what speaks against it, and the way out. Start with /risk brief.",
}


def build() -> tuple[World, list[dict[str, Any]]]:
    """The world as it is at the beginning, and the first steps through it."""
    world = World(SERVER, BOT)
    quiz, debates, briefings = (world.add_channel(name, topic) for name, topic in CHANNELS.items())
    alice = world.add_person("alice", moderator=True).id
    bob = world.add_person("bob").id
    carol = world.add_person("carol").id
    world.give_role(carol, world.create_role("Editor"))  # for /setup: alice can let editors look after questions
    return world, [
        _step("Start a round: as alice, send /quiz play in #quiz-night.", alice, quiz, "quiz play questions:3"),
        _step("Answer as bob: press a letter under the question. Only bob sees what he chose.", bob, quiz),
        _step("Press “Restart the bot” in the middle of a question. The round goes on.", when="restart"),
        _step("Write a question of your own: as alice, send /question add.", alice, quiz, "question add"),
        _step("Read the risks in #briefings: /risk brief.", bob, briefings, "risk brief"),
        _step("Take a side in #debates: /debate prompt.", alice, debates, "debate prompt"),
    ]


def _step(
    text: str,
    person: int | None = None,
    channel: int | None = None,
    command: str | None = None,
    when: str | None = None,
) -> dict[str, Any]:
    step = {
        "text": text,
        "as": str(person) if person else None,
        "channel": str(channel) if channel else None,
        "command": command,
    }
    return step | ({"when": when} if when else {})
