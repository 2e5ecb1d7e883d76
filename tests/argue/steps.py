"""What people do with claims, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.act import Act
from bot.argue import figures
from bot.argue.rating.saying import rate, take_stance
from storage.tables import Claim, Rating
from tests.stage import Reply, Stage

MOTION = "shapes/m1"
TEXT = "Squares stack without gaps."
KEEPS_ITS_WORDS = "#1 has been rated, answered, flagged or named as what changed a view, so it stays as it was."
DIFFERENT = (
    "Corners stack without gaps.",
    "Wheels roll because nothing sticks out.",
    "Town maps follow streets.",
    "Paper comes in sheets.",
    "Gardens need beds along walls.",
    "Window panes fit into frames.",
    "Coins wear down evenly.",
)


async def write(stage: Stage, who: str = "bob", text: str = TEXT, **options: Any) -> Reply:
    """Fill in the form of a claim; the draft as its author sees it."""
    form = await stage.slash(who, "argue add", **({"motion": MOTION, "side": "for"} | options))
    return await stage.submit(who, form, text=text)


async def add(stage: Stage, who: str = "bob", text: str = TEXT, press: str = "Post", **options: Any) -> Reply:
    """Write a claim and post it; what its author is told."""
    draft = await write(stage, who, text, **options)
    told = await stage.press(who, draft.message, press)
    await stage.advance(1)
    return told


async def add_many(stage: Stage, number: int) -> None:
    for text in DIFFERENT[:number]:
        await add(stage, text=text)


async def claims(stage: Stage) -> Sequence[Claim]:
    return await stage.db.read(lambda session: session.scalars(select(Claim).order_by(Claim.number)).all())


async def ratings(stage: Stage) -> list[tuple[int, int, str, str | None, int | None]]:
    """(number, person, vote, why, impact) of every rating."""
    columns = (Rating.number, Rating.user_id, Rating.vote, Rating.why, Rating.impact)
    rows = await stage.db.read(lambda session: session.execute(select(*columns).order_by(Rating.at)).all())
    return [(number, user, vote, why, impact) for number, user, vote, why, impact in rows]


async def join(stage: Stage, people: int) -> list[str]:
    """So many more people join the server; their names."""
    names = [f"p{n}" for n in range(people)]
    for name in names:
        if name not in stage.people:
            stage.people[name] = stage.guild.add_member(stage.env.create_user(name))
    await stage.env.settle()
    return names


async def stand(stage: Stage, who: str, stance: str, motion: str = MOTION) -> Reply:
    """Say where somebody stands, in answer to /argue rate; the card that follows."""
    asked = await stage.slash(who, "argue rate", motion=motion)
    return await stage.press(who, asked.message, stance)


async def save_all(stage: Stage, said: Sequence[tuple[int, str, dict[int, str]]], motion: str = MOTION) -> None:
    """Save at once what people (id, stance, what they say of each claim) think, and let figures be made anew."""

    def save(session: Session) -> None:
        for user_id, stance, sayings in said:
            act = Act(stage.guild.id, stage.env.backend.snowflake(), user_id, stage.clock.now())
            take_stance(session, act, motion, stance)
            for number, saying in sayings.items():
                rate(session, act, number, saying)

    await stage.db.write(save)
    figures.forget(stage.bot)
