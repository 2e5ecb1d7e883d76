"""Certainty: somebody asks, for themselves alone, how well they know what they know."""

from __future__ import annotations

import asyncio

from bot.errors import Refusal
from bot.kit import Card
from bot.press import Press
from bot.quiz.calibration import LEVELS, Calibration, best_level, describe, pays, weigh
from bot.quiz.calibration_picture import alt_text, draw
from storage.certainty import list_certain
from storage.settings import get_settings

NONE_YET = (
    "You have not said yet how sure you are of an answer here. "
    "Play a round with /quiz play mode:certainty, and come back when it is over."
)


async def certainty(press: Press) -> None:
    """The picture of somebody's own answers, and the same in words."""
    answers = await press.bot.db.read(list_certain, press.guild_id, press.user_id)
    if not answers:
        raise Refusal(NONE_YET)
    settings = await press.bot.db.read(get_settings, press.guild_id)
    calibration = weigh(answers, settings.zone)
    picture = await asyncio.to_thread(draw, calibration)
    card = Card().text("## How sure you are, and how often right").text(_in_words(calibration))
    card.picture("certainty.png", picture, alt_text(calibration))
    card.text(f"-# Months as in {settings.zone}. Marks: Moodle's certainty-based marking (Gardner-Medwin).")
    await press.show(card)


def _in_words(calibration: Calibration) -> str:
    lines = []
    for level, title in LEVELS.items():
        cell = calibration.overall[level - 1]
        line = f"**{title.title()}**: {describe(cell)}. It pays most {pays(level)} right."
        if cell.share is not None and (best := best_level(cell.share)) != level:
            line += f" “{LEVELS[best]}” would have paid more."
        lines.append(line)
    return "\n".join(lines)
