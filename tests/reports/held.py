"""Rounds that are over and reports on them, straight into the database of a stage."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from bot import reporting
from bot.item import Item
from tests.build import SINGLE
from tests.questions.rounds import Answers, hold, make_items
from tests.stage import START, Stage

ELEVEN = make_items(*(SINGLE | {"prompt": f"Number {n}?"} for n in range(1, 12)))


async def held(stage: Stage, number: int, *asked: tuple[Item, Answers]) -> None:
    """Save a round of the stage's server that is over."""

    def save(session: Session) -> None:
        hold(session, number, *asked, guild_id=stage.guild.id)

    await stage.db.write(save)


async def reported(stage: Stage, item: Item, user_id: int, number: int = 1, position: int = 0, **said: Any) -> None:
    """Save a report, as somebody, or the figures, would."""
    where = {"guild_id": stage.guild.id, "round_id": number, "position": position, "question_id": item.id}
    said = {"reason": "key", "note": "", "at": START + user_id} | said
    assert await stage.db.write(reporting.report, where | said | {"user_id": user_id})
