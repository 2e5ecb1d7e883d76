"""What figures may tell: nobody's rating, whoever rates, leaves, or looks again at another moment or another place."""

from __future__ import annotations

import pytest

from bot.argue import facts, figures
from storage import argue, privacy
from storage.settings import change_settings
from tests.argue.steps import MOTION, add, join, save_all
from tests.build import make_motion
from tests.stage import Stage

pytestmark = pytest.mark.pack(motions=[make_motion()])

NOT_TOLD = "How many of each stance agree is shown from 6 ratings of it on."


async def rate_and_go(stage: Stage, who: str, times: int, saying: str = "agree", number: int = 1) -> None:
    """Somebody rates a claim and has their data deleted, so many times."""
    id = stage.people[who].id
    for nth in range(times):
        await save_all(stage, [(id, "for", {number: saying})])
        await stage.db.write(privacy.forget, stage.guild.id, id, -1 - nth)


async def test_a_rating_is_not_told_to_somebody_who_rated_and_went_five_times(stage: Stage) -> None:
    await add(stage)
    await rate_and_go(stage, "dana", 5)
    carol = stage.people["carol"].id
    await save_all(stage, [(carol, "for", {1: "disagree"}), (stage.people["dana"].id, "for", {})])
    card = await stage.press("dana", (await stage.slash("dana", "argue rate", motion=MOTION)).message, "Agree")
    assert NOT_TOLD in card.text
    shown = await stage.slash("dana", "argue map", motion=MOTION)
    assert [told for told in ("agree:", "7 ratings") if told in shown.text] == []
    refused = await stage.slash("olga", "argue export", motion=MOTION)
    assert refused.text.startswith("No claim on this has been rated by 6 people of one stance yet")


async def test_one_who_passes_as_unclear_six_times_is_not_six(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await add(stage)
    await rate_and_go(stage, "dana", 6, "unclear")
    await save_all(stage, [(stage.people["carol"].id, "for", {1: "unclear"})])
    await stage.advance(1)
    assert stage.messages(stage.other) == []


async def test_what_a_claim_bears_on_is_not_told_to_one_who_said_so_five_times(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1)
    for nth in range(5):
        await save_all(stage, [(stage.people["dana"].id, "for", {2: "agree"})])
        await stage.forge("dana", "argue:bears:2:0:4")
        await stage.db.write(privacy.forget, stage.guild.id, stage.people["dana"].id, -1 - nth)
    await save_all(stage, [(stage.people["carol"].id, "for", {2: "agree"})])
    await stage.forge("carol", "argue:bears:2:0:0")
    assert await stage.db.read(facts.weigh, stage.guild.id, [2]) == {2: []}


async def test_stances_and_camps_are_of_people_who_are_here(stage: Stage) -> None:
    await add(stage)
    await rate_and_go(stage, "dana", 3)
    carol = stage.people["carol"].id
    await save_all(stage, [(carol, "unsure", {1: "agree"}), (stage.people["bob"].id, "against", {})])
    assert await stage.db.read(argue.count_stances, stage.guild.id, MOTION) == {"unsure": 1}  # bob has rated nothing
    assert await stage.db.read(argue.list_ratings, stage.guild.id, MOTION) == [(1, carol, "agree")]


async def test_who_says_where_they_stand_meanwhile_changes_no_standing(stage: Stage) -> None:
    """Three undecided people would make it wait for their ratings: so one would tell that the third is undecided."""
    await add(stage)
    await add(stage, text="Round things roll away.")
    people = [stage.people[name].id for name in await join(stage, 10)]
    said = [(id, stance, {1: "agree"}) for id, stance in zip(people, ["for"] * 3 + ["against"] * 3, strict=False)]
    await save_all(stage, [*said, *((id, "unsure", {2: "agree"}) for id in people[6:8])])
    await stage.forge("p0", "argue:say:2:0:agree")
    before = await stage.slash("p0", "argue map", motion=MOTION)
    assert "★ common ground · 6 ratings" in before.text
    await stage.forge("p8", "argue:stance:shapes:m1:unsure:0")
    await stage.forge("p8", "argue:say:2:0:agree")
    assert "★ common ground · 6 ratings" in (await stage.slash("p0", "argue map", motion=MOTION)).text
    figures.forget(stage.bot)
    assert "★ common ground" not in (await stage.slash("p0", "argue map", motion=MOTION)).text


async def test_what_one_finds_it_bears_on_is_not_told_by_six_who_rate_it_again(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1)
    names = await join(stage, 7)
    await save_all(stage, [(stage.people[name].id, "for", {1: "agree", 2: "agree"}) for name in names])
    for nth, name in enumerate(names[:6]):
        await stage.forge(name, f"argue:bears:2:0:{0 if nth < 3 else 4}")
    assert "bears on #1: 0 of 4" in (await stage.slash("p0", "argue map", motion=MOTION)).text
    await stage.forge(names[6], "argue:bears:2:0:4")
    for name in names[:6]:
        await stage.forge(name, "argue:say:2:0:agree")
    assert "bears on #1: 0 of 4" in (await stage.slash("p0", "argue map", motion=MOTION)).text


async def test_what_a_claim_bears_on_is_not_said_of_what_took_that_ones_place(stage: Stage) -> None:
    await add(stage)
    await add(stage, "carol", "Round things roll away.", side="against", answers=1)
    names = await join(stage, 6)
    await save_all(stage, [(stage.people[name].id, "for", {1: "agree", 2: "agree"}) for name in names])
    for name in names:
        await stage.forge(name, "argue:bears:2:0:4")
    assert "bears on #1: 4 of 4" in (await stage.slash("p0", "argue map", motion=MOTION)).text
    draft = await stage.press("bob", stage.messages()[0], "Change")
    await stage.submit("bob", await stage.press("bob", draft.message, "Change"), text="Squares fill a plane.")
    await stage.press("bob", draft.message, "Post")
    await stage.forge("p0", "argue:say:3:0:agree")
    shown = await stage.slash("p0", "argue map", motion=MOTION)
    assert ("> rebuts #3: **#2**" in shown.text, "bears on" in shown.text) == (True, False)
    assert "bear on" not in (await stage.press("p0", stage.messages()[1], "Rate")).text


async def test_camps_stay_as_they_were_shown_until_six_have_rated(stage: Stage) -> None:
    await add(stage)
    names = await join(stage, 13)
    for nth, name in enumerate(names[:12]):
        await save_all(stage, [(stage.people[name].id, "for", {1: "agree" if nth < 6 else "disagree"})])
    camps = await stage.forge("p0", "argue:camps:shapes:m1")
    await stage.forge("p12", "argue:stance:shapes:m1:for:0")
    for nth in range(5):
        await stage.forge(f"p{nth + 8}", "argue:say:1:0:agree")
        assert await stage.forge("p0", "argue:camps:shapes:m1") == camps
    await stage.forge("p7", "argue:say:1:0:agree")
    assert "**Broad agreement, no camps.**" in await stage.forge("p0", "argue:camps:shapes:m1")
