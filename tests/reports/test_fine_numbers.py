"""Rulings on numbers with three decimals: what was typed once can be read ever after."""

from __future__ import annotations

import pytest

from bot import judge
from bot.errors import Refusal
from tests.build import NUMBER
from tests.questions.rounds import make_items
from tests.reports.steps import open_case, play, points, report
from tests.stage import Stage

FINE = NUMBER | {"key": "3.125"}


@pytest.fixture(autouse=True)
async def _trusting(stage: Stage) -> None:
    await stage.trust_editors()


@pytest.mark.pack(FINE)
@pytest.mark.parametrize(("key", "right"), [("3.5", "carol"), ("3.126", "alice")])
async def test_an_answer_with_three_decimals_is_judged_anew_by_any_key(stage: Stage, key: str, right: str) -> None:
    reveal = await play(stage, alice="3.126", bob="3,125", carol="3,5")
    await report(stage, "carol", reveal)
    case = await open_case(stage)
    await stage.press("dana", case.message, "Correct the key")
    await stage.choose("dana", case.message, {"3.5": "3,5", "3.126": "3.126"}[key])
    await stage.press("dana", case.message, "Confirm")
    assert await points(stage) == {who: (int(who == right), 100 * (who == right)) for who in ("alice", "bob", "carol")}


def test_what_might_be_thousands_is_refused_only_when_it_is_typed() -> None:
    (coarse,) = make_items(NUMBER)
    assert judge.is_right(coarse, "3,125") is False
    with pytest.raises(Refusal, match="thousands"):
        judge.read_answer(coarse, "3,125", ())
