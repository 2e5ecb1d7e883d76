"""Words that wait show: to a moderator behind a spoiler, one a page; the audience's questions to who puts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.debate.cards import button
from bot.debate.held import HeldWords
from bot.kit import Card
from bot.text import count, escape, mention, spoiler

KINDS: Final = {
    "speech": "Speech",
    "restatement": "Restatement",
    "question": "Question from the audience",
    "reason": "Why a restatement is found not quite fair",
}
NOTHING: Final = "Nothing waits for you in this debate."
PAGE: Final = 4  # questions
LONGEST: Final = 3500  # characters, escaped


def draw_held(debate_id: int, held: Sequence[HeldWords], page: int, told: str = "") -> Card:
    """What waits at a place of the list (from 0, or the last); `told`: what came of what was shown before."""
    card = Card().text(told)
    if not held:
        return card.text(NOTHING)
    page = min(page, len(held) - 1)
    one = held[page]
    card.text(f"-# {KINDS[one.kind]} · {mention(one.user_id)} · nobody else sees it yet")
    card.text(spoiler(one.text, LONGEST))
    ids = (debate_id, page, one.speech_id, one.judge_id or 0)
    card.buttons(button("Let it stand", "stand", *ids), button("Leave it out", "drop", *ids))
    return card.turning(page, len(held) - 1, f"{count(len(held), 'text')} waiting", "debate:waiting", debate_id)


def draw_questions(of: tuple[int, int], questions: Sequence[tuple[int, str]], page: int, told: str = "") -> Card:
    """The questions (id, text) that can be put, PAGE at a place of the list; `of` is the debate and the phase."""
    last = (len(questions) - 1) // PAGE
    page = min(page, last)
    card = Card().text(told or "Which question do both sides answer? You can also turn one down: it is not put then.")
    for number, (id, text) in enumerate(questions[page * PAGE : (page + 1) * PAGE], page * PAGE + 1):
        card.text(f"**{number}.** {escape(text)}")
        card.buttons(
            button(f"Put question {number}", "relayed", *of, id),
            button(f"Turn {number} down", "declined", *of, page, id),
        )
    return card.turning(page, last, count(len(questions), "question"), "debate:questions", *of)


def draw_told(debate_id: int, channel_id: int) -> Card:
    """That something waits for moderators, and where."""
    card = Card().text(f"In the debate in <#{channel_id}>, words wait until a moderator has looked at them.")
    return card.buttons(button("Look at them", "held", debate_id))
