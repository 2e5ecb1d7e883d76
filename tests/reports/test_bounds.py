"""How far a ruling reaches: not into what is open, not over a key that was edited, and no further once taken back."""

from __future__ import annotations

import pytest

from bot.item import Item
from bot.rulings import apply_rulings
from storage.reports import Ruled
from tests.build import SINGLE
from tests.reports.steps import answer, ask, items, play, points, report, rule, void
from tests.stage import Stage, button_ids, text_of

OWN = {"kind": "single", "prompt": "Which shape is ours?", "options": ["round", "square", "flat"], "key": "B"}
THEME = "server/general"


@pytest.fixture(autouse=True)
async def _trusting(stage: Stage) -> None:
    await stage.trust_editors()


@pytest.mark.pack(SINGLE)
async def test_the_note_does_not_tell_the_key_while_the_question_is_open(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    await ask(stage)
    await rule(stage, reveal, "correct", "flat")
    await stage.advance(1)
    note = next(text_of(m) for m in stage.messages() if text_of(m).startswith("### Correction"))
    assert note.splitlines()[2] == "It is being asked right now: its answer there shows what is right."
    assert ("flat" in note, "square" in note) == (False, False)


async def play_own(stage: Stage, **given: str) -> None:
    await stage.slash("alice", "quiz play", theme=THEME, questions=1, seconds=20)
    await stage.advance(5)
    await answer(stage, **given)
    await stage.advance(30)


async def test_what_was_accepted_and_taken_back_is_not_accepted_in_a_later_round(stage: Stage) -> None:
    await stage.add_own(OWN)
    await play_own(stage, alice="flat")
    reveal = next(m for m in stage.messages() if "Report" in button_ids(m))
    for who, kind, right in (("bob", "accept", "flat"), ("carol", "correct", "square")):
        await report(stage, who, reveal)
        await rule(stage, reveal, kind, right)
    await play_own(stage, alice="flat", bob="square")
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 200)}


async def test_a_ruling_on_an_old_key_leaves_an_edited_one_alone(stage: Stage) -> None:
    await stage.add_own(OWN)
    await play_own(stage, alice="square")
    reveal = next(m for m in stage.messages() if "Report" in button_ids(m))
    card = await stage.slash("olga", "question edit", number=1)
    await stage.choose_in("olga", card.message, button_ids(card.message)["Save"].replace("save", "key"), "2")
    await stage.press("olga", card.message, "Save")
    await play_own(stage, bob="flat")
    await report(stage, "bob", reveal)
    await void(stage, reveal)
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 200)}
    assert [item.void for item in await items(stage)] == [True, False]
    shown = await stage.slash("olga", "question show", number=1)
    assert "asked in rounds" in shown.text


def test_accept_void_and_correct_leave_a_servers_own_question_as_it_is_written() -> None:
    def made(**judged: object) -> Item:
        texts = {"theme": "General", "theme_id": THEME, "prompt": "?", "explanation": "", "claim": "stated"}
        options = {"kind": "single", "options": ("a", "b"), "cite": (), "difficulty": 1, "key": (0,)}
        return Item.model_validate({"id": "server/1"} | texts | options | judged)

    also = made(also=((1,),))
    void = made(also=((1,),), void=True)
    steps = [("accept", made(), also), ("void", also, void), ("correct", void, made())]
    rulings = [
        Ruled(n, "server/1", kind, before.model_dump_json(), after.model_dump_json(), 0, 0, 0)
        for n, (kind, before, after) in enumerate(steps)
    ]
    assert apply_rulings([made()], rulings) == [made()]
    assert apply_rulings([made()], rulings[:1]) == [also]
