"""Rulings on what is asked later: which apply, to which questions, and in what order."""

from __future__ import annotations

from typing import Any

import pytest

from bot.item import Item
from bot.rulings import apply_rulings, is_judged_alike, is_same_question, judge_as
from storage.reports import Ruled
from tests.build import SINGLE, TYPED
from tests.questions.rounds import make_items

PACK, OTHER, WORD = make_items(SINGLE, SINGLE | {"prompt": "And now?"}, TYPED)
OWN = PACK.model_copy(update={"id": "server/1", "theme_id": "server/general", "version": 1})
ALSO_A: dict[str, Any] = {"also": ((0,),)}
KEY_C: dict[str, Any] = {"key": (2,), "also": ()}
VOID: dict[str, Any] = {"void": True}


def ruling(kind: str, before: Item, number: int = 1, **changed: Any) -> Ruled:
    """A ruling that made these changes."""
    after = before.model_copy(update=changed)
    return Ruled(number, before.id, kind, before.model_dump_json(), after.model_dump_json(), 1, 1, 1)


def changed(item: Item, **parts: object) -> Item:
    return item.model_copy(update=parts)


def test_without_rulings_questions_are_asked_as_they_are() -> None:
    assert apply_rulings([PACK, OTHER], []) == [PACK, OTHER]


def test_a_ruling_is_for_its_question_alone() -> None:
    corrected = ruling("correct", PACK, **KEY_C)
    assert apply_rulings([PACK, OTHER], [corrected]) == [changed(PACK, **KEY_C), OTHER]


def test_a_void_question_is_left_out() -> None:
    assert apply_rulings([PACK, OTHER], [ruling("void", PACK, **VOID)]) == [OTHER]


def test_rulings_apply_one_after_another() -> None:
    first = ruling("accept", PACK, 1, **ALSO_A)
    second = ruling("void", changed(PACK, **ALSO_A), 2, **VOID)
    third = ruling("correct", changed(PACK, **ALSO_A, **VOID), 3, **KEY_C, void=False)
    assert apply_rulings([PACK], [first]) == [changed(PACK, **ALSO_A)]
    assert apply_rulings([PACK], [first, second]) == []
    assert apply_rulings([PACK], [first, second, third]) == [changed(PACK, **KEY_C)]


@pytest.mark.parametrize(
    "since",
    [{"key": (0,)}, {"prompt": "Which shape is it now?"}, {"options": ("round", "square", "even")}, {"kind": "who"}],
)
def test_what_a_pack_has_changed_since_stands(since: dict[str, object]) -> None:
    now = changed(PACK, **since)
    assert apply_rulings([now], [ruling("correct", PACK, **KEY_C)]) == [now]
    assert apply_rulings([now], [ruling("void", PACK, **VOID)]) == [now]


def test_what_tells_nothing_of_right_and_wrong_may_change() -> None:
    told = changed(
        PACK, explanation="Said better.", cite=("1.2",), claim="attributed to Ann", difficulty=3, theme="Forms"
    )
    assert apply_rulings([told], [ruling("correct", PACK, **KEY_C)]) == [changed(told, **KEY_C)]


def test_a_servers_own_question_is_asked_as_its_newest_version_says() -> None:
    assert apply_rulings([OWN], [ruling("correct", OWN, **KEY_C)]) == [OWN]
    assert apply_rulings([OWN], [ruling("void", OWN, **VOID)]) == [OWN]


def test_a_servers_own_question_takes_what_was_accepted_until_another_ruling_takes_it_back() -> None:
    accepted = ruling("accept", OWN, 1, **ALSO_A)
    back = ruling("correct", changed(OWN, **ALSO_A), 2, also=())
    again = ruling("accept", OWN, 3, also=((2,),))
    assert apply_rulings([OWN], [accepted]) == [changed(OWN, **ALSO_A)]
    assert apply_rulings([OWN], [accepted, back]) == [OWN]
    assert apply_rulings([OWN], [accepted, back, again]) == [changed(OWN, also=((2,),))]


def test_questions_are_the_same_by_what_is_asked_and_alike_by_what_is_right() -> None:
    corrected = changed(WORD, answer="Trakai", accept=())
    assert (is_same_question(WORD, corrected), is_judged_alike(WORD, corrected)) == (True, False)
    assert (is_same_question(WORD, PACK), is_judged_alike(WORD, PACK)) == (False, False)
    assert is_judged_alike(judge_as(WORD, corrected), corrected)
    assert judge_as(changed(WORD, difficulty=3), corrected) == changed(corrected, difficulty=3)
