"""What people say is kept within bounds: a stance that was rated with stays a day, and nobody rates without end."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.act import Act
from bot.argue.rating.rules import MOST_RATED
from bot.argue.rating.saying import rate, take_stance
from bot.errors import Refusal
from storage import argue
from storage.settings import change_settings
from storage.tables import Stance
from tests.argue.steps import MOTION, add, join, ratings, save_all, stand
from tests.build import make_motion
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])
DAY = 24 * 3600


async def stances(stage: Stage) -> list[str]:
    return await stage.db.read(lambda session: list(session.scalars(select(Stance.stance))))


async def take(stage: Stage, stance: str) -> str:
    """Press another stance on the card that asks for it; what one is told, or nothing where a card follows."""
    told = await stage.forge("carol", f"argue:stance:shapes:m1:{stance}:0")
    return told if told.startswith("You have rated") else ""


async def test_a_stance_changes_freely_until_somebody_has_rated(stage: Stage) -> None:
    await add(stage)
    for stance in ("for", "against", "unsure"):
        assert await take(stage, stance) == ""
    assert await stances(stage) == ["unsure"]


async def test_a_stance_that_was_rated_with_stays_for_a_day(stage: Stage) -> None:
    await add(stage)
    began = stage.clock.now()
    await stage.press("carol", (await stand(stage, "carol", "For")).message, "Agree")
    tomorrow = began // 1000 + DAY
    kept = "You have rated claims with the stance that you told, so it stays for a day. "
    kept += f"You can change it <t:{tomorrow}:R>."
    assert await take(stage, "against") == kept
    await stage.skip(DAY / 2)
    assert await take(stage, "for") == ""  # the same again: nothing new, and the day goes on as it began
    assert await take(stage, "unsure") == kept
    await stage.skip(DAY / 2)
    assert (await take(stage, "against"), await stances(stage)) == ("", ["against"])
    assert (await take(stage, "for")).startswith("You have rated claims with the stance")


async def test_fifty_racing_stances_leave_one(stage: Stage) -> None:
    carol = stage.people["carol"].id
    acts = [Act(stage.guild.id, stage.env.backend.snowflake(), carol, stage.clock.now()) for _ in range(50)]
    writes = (stage.db.write(take_stance, act, MOTION, ("for", "against")[n % 2]) for n, act in enumerate(acts))
    await asyncio.gather(*writes)
    assert await stances(stage) == ["against"]


async def test_nobody_rates_more_claims_a_day_than_anybody_reads(stage: Stage) -> None:
    await add(stage)
    carol, now = stage.people["carol"].id, stage.clock.now()
    (first,) = await stage.db.read(argue.list_claims, stage.guild.id, MOTION, "shown")
    values = {column.name: getattr(first, column.name) for column in first.__table__.columns}

    def add_more(session: Session) -> None:
        for number in range(2, MOST_RATED + 2):
            argue.add_claim(session, values | {"id": number, "message_id": None})

    await stage.db.write(add_more)
    await save_all(stage, [(carol, "for", dict.fromkeys(range(1, MOST_RATED + 1), "agree"))])
    act = Act(stage.guild.id, 1, carol, now)
    enough = "You have rated 200 claims within a day, which is as many as I count. Thank you; please go on tomorrow."
    with pytest.raises(Refusal, match=enough.replace(".", r"\.")):
        await stage.db.write(rate, act, MOST_RATED + 1, "agree")
    await stage.db.write(rate, act, MOST_RATED, "disagree")  # what was rated can be changed
    await stage.skip(DAY + 1)
    await stage.db.write(rate, Act(stage.guild.id, 2, carol, stage.clock.now()), MOST_RATED + 1, "agree")
    assert len(await ratings(stage)) == MOST_RATED + 1


@pytest.mark.parametrize(
    ("approval", "days", "counts"),
    [("off", 6, True), ("new", 6, False), ("all", 6, False), ("new", 8, True), ("all", 8, True)],
)
async def test_where_new_members_wait_an_account_younger_than_a_week_does_not_rate(
    stage: Stage, approval: str, days: int, counts: bool
) -> None:
    await add(stage)
    await stage.db.write(change_settings, stage.guild.id, {"approval": approval})
    now = stage.clock.now()
    made = now - days * DAY * 1000
    young = (made - 1_420_070_400_000) << 22
    await stage.db.write(take_stance, Act(stage.guild.id, 1, young, now), MOTION, "for")
    act = Act(stage.guild.id, 2, young, now)
    if not counts:
        when = rf"You can rate from <t:{made // 1000 + 7 * DAY}:f> on, and write claims with /argue add until then\."
        with pytest.raises(Refusal, match=when):
            await stage.db.write(rate, act, 1, "agree")
    else:
        await stage.db.write(rate, act, 1, "agree")
    assert len(await ratings(stage)) == counts


async def say(stage: Stage, who: str, said: str) -> None:
    await stage.forge(who, f"argue:say:1:0:{said}")
    await stage.advance(1)


async def test_that_a_claim_is_unclear_is_told_once_however_often_people_change_their_minds(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await add(stage)
    names = await join(stage, 6)
    for name in names:
        await stand(stage, name, "Unsure")
        await say(stage, name, "unclear")
    for said in ("agree", "unclear"):
        await say(stage, names[0], said)
    assert len(stage.messages(stage.other)) == 1


async def test_that_a_claim_is_unclear_is_told_once_there_is_somewhere_to_tell_it(stage: Stage) -> None:
    await add(stage)
    names = await join(stage, 7)
    for name in names:
        await stand(stage, name, "Unsure")
    for name in names[:6]:
        await say(stage, name, "unclear")
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await say(stage, names[6], "unclear")
    assert len(stage.messages(stage.other)) == 1
