"""What people do with claims, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from storage.tables import Claim, Rating
from tests.stage import Reply, Stage

MOTION = "shapes/m1"
TEXT = "Squares stack without gaps."
FORM = {"side": "for"}


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


async def claims(stage: Stage) -> Sequence[Claim]:
    return await stage.db.read(lambda session: session.scalars(select(Claim).order_by(Claim.number)).all())


async def ratings(stage: Stage) -> list[tuple[int, int, str, str | None, int | None]]:
    """(number, person, vote, why, impact) of every rating."""
    columns = (Rating.number, Rating.user_id, Rating.vote, Rating.why, Rating.impact)
    rows = await stage.db.read(lambda session: session.execute(select(*columns).order_by(Rating.at)).all())
    return [(number, user, vote, why, impact) for number, user, vote, why, impact in rows]
