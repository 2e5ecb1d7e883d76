"""Why a restatement is found not quite fair is flagged with it, and can go alone."""

from __future__ import annotations

import pytest

from storage.settings import change_settings
from tests.build import make_motion
from tests.debate import holding
from tests.debate.test_restating import OTHER, judge_unfair, open_restating, restate
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def test_moderators_read_a_flagged_restatement_with_why_it_is_not_quite_fair_and_take_that_out_alone(
    stage: Stage,
) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    first = await open_restating(stage)
    card = await restate(stage, first)
    await judge_unfair(stage, OTHER[first], card, "Something rude.")
    form = await stage.press("olga", card, "Report")
    await stage.submit("olga", form, reason=["rude"], note="")
    await stage.advance(2)
    case = text_of(stage.last(stage.other))
    assert "||They say that squares stack. The other side: not quite. Something rude.||" in case.splitlines()
    assert f"/{card.channel.id}/{card.id}" in case
    await holding.sure(stage, "olga", card, "Take out", "Only why it is not quite fair")
    await stage.advance(2)
    shown = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == card.id)
    assert ("Something rude." in text_of(shown), "They say that squares stack." in text_of(shown)) == (False, True)


async def test_a_reason_that_waits_for_a_moderator_is_not_flagged_with_its_restatement(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    first = await open_restating(stage)
    card = await restate(stage, first)
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await judge_unfair(stage, OTHER[first], card, "Something rude.")
    form = await stage.press("olga", card, "Report")
    await stage.submit("olga", form, reason=["rude"], note="")
    await stage.advance(2)
    assert "||They say that squares stack.||" in text_of(stage.last(stage.other)).splitlines()
