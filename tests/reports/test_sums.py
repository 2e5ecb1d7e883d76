"""Every sum after a ruling: a round's standing, boards of each period and theme, what people read of theirs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.build import SINGLE
from tests.reports.steps import answer, ask, report, rule, void
from tests.stage import Stage, button_ids, text_of

DAY = 24 * 3600
TWO_THEMES: dict[str, Any] = {"themes": [{"id": id, "title": id.title(), "about": "It."} for id in ("shape", "colour")]}
SHAPE = SINGLE | {"prompt": "Which shape is it?"}
COLOUR = SINGLE | {"prompt": "Which colour?", "options": ["red", "blue", "white"], "theme": "colour"}


async def play_both(stage: Stage) -> None:
    """A round of two questions of two themes: alice has both right, bob neither, carol answers the first alone."""
    await ask(stage, questions=2)
    for _ in range(2):
        shape = "Which shape" in text_of(stage.last())
        await answer(stage, alice="square" if shape else "blue", bob="flat" if shape else "white")
        if shape:
            await answer(stage, carol="square")
        await stage.advance(29)
    await stage.advance(1)


async def ruled(stage: Stage, kind: str) -> None:
    """Three rounds, on a Friday, a Monday and a Tuesday, and on that day a ruling on the question of shape."""
    await stage.trust_editors()
    for days in (3, 1, 0):
        await play_both(stage)
        await stage.skip(days * DAY)
    reveal = [m for m in stage.messages() if "Which shape" in text_of(m) and "Report" in button_ids(m)][-1]
    await report(stage, "bob", reveal)
    await (void(stage, reveal) if kind == "void" else rule(stage, reveal, kind, "flat"))


async def board(stage: Stage, **options: Any) -> list[str]:
    """The lines of a leaderboard, without their formatting."""
    shown = await stage.slash("onlooker", "quiz leaderboard", stage.other, **options)
    return [line.replace("*", "") for line in shown.text.splitlines() if line.startswith("**")]


# What everybody has of one round, in points, right and answered: of both themes, and of each.
RULED = {
    "accept": {
        None: {"alice": (200, 2, 2), "bob": (100, 1, 2), "carol": (100, 1, 1)},
        "shapes/shape": {"alice": (100, 1, 1), "bob": (100, 1, 1), "carol": (100, 1, 1)},
        "shapes/colour": {"alice": (100, 1, 1), "bob": (0, 0, 1)},
    },
    "correct": {
        None: {"alice": (100, 1, 2), "bob": (100, 1, 2), "carol": (0, 0, 1)},
        "shapes/shape": {"bob": (100, 1, 1), "alice": (0, 0, 1), "carol": (0, 0, 1)},
        "shapes/colour": {"alice": (100, 1, 1), "bob": (0, 0, 1)},
    },
    "void": {
        None: {"alice": (100, 1, 1), "bob": (0, 0, 1)},
        "shapes/shape": {},
        "shapes/colour": {"alice": (100, 1, 1), "bob": (0, 0, 1)},
    },
}


@pytest.mark.pack(SHAPE, COLOUR, **TWO_THEMES)
@pytest.mark.parametrize("kind", RULED)
async def test_boards_of_every_period_and_theme_are_put_right(stage: Stage, kind: str) -> None:
    await ruled(stage, kind)
    for period, rounds in (("day", 1), ("week", 2), ("month", 3), ("all", 3)):
        for theme, sums in RULED[kind].items():
            options = {"theme": theme} if theme else {}
            shown = await board(stage, period=period, **options)
            assert [line.partition(" ")[2] for line in shown] == [
                f"{who} · {points * rounds} points · {right * rounds} of {answered * rounds} right"
                for who, (points, right, answered) in sums.items()
            ]


@pytest.mark.pack(SHAPE, COLOUR, **TWO_THEMES)
async def test_people_who_are_level_after_a_ruling_share_a_place(stage: Stage) -> None:
    await ruled(stage, "correct")
    assert [line.split()[0] for line in await board(stage)] == ["1.", "1.", "3."]


@pytest.mark.pack(SHAPE, COLOUR, **TWO_THEMES)
@pytest.mark.parametrize(
    ("kind", "me"),
    [
        ("accept", ["300 points, place 2 of 3.", "3 of 6 answers right.", "3 of 3 right", "0 of 3 right"]),
        ("correct", ["300 points, place 1 of 3.", "3 of 6 answers right.", "3 of 3 right", "0 of 3 right"]),
        ("void", ["0 points, place 2 of 2.", "0 of 3 answers right.", "0 of 3 right"]),
    ],
)
async def test_what_somebody_reads_of_themselves_is_put_right(stage: Stage, kind: str, me: list[str]) -> None:
    await ruled(stage, kind)
    lines = (await stage.slash("bob", "quiz me")).text.replace("*", "").splitlines()
    assert [
        line.split(" · ")[-1] for line in lines if line.endswith(("right", "right.", f"of {3 - (kind == 'void')}."))
    ] == me


@pytest.mark.pack(SHAPE, COLOUR, **TWO_THEMES)
async def test_my_place_in_a_round_is_put_right_and_who_answered_only_what_is_void_stays(stage: Stage) -> None:
    await ruled(stage, "void")
    standing = stage.last()
    assert text_of(standing).startswith("## Final standing")
    places = [(await stage.press(who, standing, "My place")).text for who in ("alice", "bob", "carol")]
    assert [place.replace("*", "").splitlines() for place in places] == [
        ["1. alice · 100 points · 1 of 1 right", "-# Place 1 of 3."],
        ["2. bob · 0 points · 0 of 1 right", "-# Place 2 of 3."],
        ["2. carol · 0 points · 0 of 1 right", "-# Place 2 of 3."],
    ]
