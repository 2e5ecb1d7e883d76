"""The history of a question: what each version changed, in words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.changes import LONGEST, list_changes
from content.deck import QUESTION
from tests.build import SINGLE, make_own


def body(**given: Any) -> str:
    return QUESTION.validate_python(make_own(**(SINGLE | given))).model_dump_json()


def test_a_first_version_is_told_whole_without_what_it_leaves_out() -> None:
    assert list_changes(None, body(explanation="So it is.", theme="General")) == [
        "Kind: single",
        "Question: Which shape is it?",
        "Options: round / square / flat",
        "Right: B",
        "Explanation: So it is.",
        "Source: page 3",
        "Claim: stated",
        "Difficulty: 2",
        "Deck: General",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "A"}, ["Right: B → A"]),
        ({"prompt": "What shape?"}, ["Question: Which shape is it? → What shape?"]),
        ({"explanation": "Look."}, ["Explanation: nothing → Look."]),
        ({"options": ["round", "square"]}, ["Options: round / square / flat → round / square"]),
        ({"claim": {"status": "quoted", "who": "Ann"}}, ["Claim: stated → quoted, Ann"]),
        ({"difficulty": 3, "source": ""}, ["Source: page 3 → nothing", "Difficulty: 2 → 3"]),
        ({"as_of": "2027-01-01"}, []),
    ],
)
def test_a_later_version_is_told_by_what_differs(change: dict[str, Any], told: list[str]) -> None:
    assert list_changes(body(), body(**change)) == told


def test_a_key_of_false_is_not_nothing() -> None:
    yes, no = (QUESTION.validate_python(make_own(key=key)).model_dump_json() for key in (True, False))
    assert list_changes(yes, no) == ["Right: True → False"]
    assert "Right: False" in list_changes(None, no)


def test_a_difference_of_zero_is_told() -> None:
    measure = {"kind": "number", "prompt": "How wide?", "key": 0, "unit": "m"}
    exact, rough = (QUESTION.validate_python(make_own(**measure, tolerance=t)).model_dump_json() for t in (0, 2))
    assert list_changes(rough, exact) == ["How far off still counts: 2 → 0"]
    assert "Right: 0" in list_changes(None, exact)


def test_what_people_wrote_can_neither_format_nor_ping_and_is_cut() -> None:
    (told,) = list_changes(body(), body(prompt="**@everyone** [x](https://evil.example) " + "y" * 200))
    assert "\\*\\*\\@everyone\\*\\* \\[x\\](https:\\//evil.example)" in told
    assert told.endswith("…")
    assert len(told) < LONGEST + 100
