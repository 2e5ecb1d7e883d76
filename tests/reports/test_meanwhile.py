"""What happens between the read that judges past answers and the write that saves it is judged too, and counted."""

from __future__ import annotations

from bot.act import Act
from bot.reports import actions
from bot.reports.rescoring import Effect
from tests.reports.steps import answer, ask, play, points, preview, report
from tests.stage import Stage, button_ids


async def test_an_answer_that_comes_while_past_ones_are_judged_is_judged_with_them(stage: Stage) -> None:
    await stage.trust_editors()
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    card = await preview(stage, reveal, "correct", "flat")
    await ask(stage, stage.other)
    await answer(stage, stage.other, alice="square")
    draft_id = int(button_ids(card.message)["Confirm"].split(":")[-1])
    act = Act(stage.guild.id, stage.env.backend.snowflake(), stage.people["dana"].id, stage.clock.now())
    foreseen = await stage.db.read(actions.foresee, act, draft_id)
    await answer(stage, stage.other, bob="flat", carol="square")
    effect = await stage.db.write(actions.confirm, act, draft_id, foreseen)
    assert effect == Effect(rounds=2, answers=5, people=3, gaining=1, losing=2)
    assert await points(stage) == {"alice": (0, 0), "bob": (2, 200), "carol": (0, 0)}
