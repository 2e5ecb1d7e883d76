"""The formats as tables of phases, and how long each is open."""

from __future__ import annotations

import pytest

from bot.debate import formats
from bot.debate.formats import FORMATS, Step

MINUTE, HOUR = 60_000, 3_600_000


def rows(format: str) -> list[str]:
    return [f"{step.kind} {step.side}" if step.side else step.kind for step in formats.list_steps(format, "for")]


def test_a_duel_is_two_openings_two_cross_questions_and_two_closings_between_two_votes() -> None:
    assert rows("duel") == [
        "before",
        *("opening for", "opening against"),
        *("cross for", "cross against"),
        *("closing for", "closing against"),
        "after",
    ]


def test_an_oxford_debate_restates_before_it_rebuts_and_answers_three_questions() -> None:
    assert rows("oxford") == [
        "before",
        *("opening for", "opening against"),
        *("restatement for", "restatement for", "restatement against", "restatement against"),
        *("rebuttal for", "rebuttal against"),
        *("question for", "question against", "question against", "question for", "question for", "question against"),
        *("closing for", "closing against"),
        "after",
    ]


def test_in_a_circle_sides_alternate_and_questions_come_after_each_pair() -> None:
    assert rows("circle") == [
        "before",
        *("speech for", "speech against", "question for", "question against"),
        *("speech against", "speech for", "question against", "question for"),
        *("speech for", "speech against", "question for", "question against"),
        "after",
    ]


def seconds(step: Step) -> int:
    """How long a phase is, live."""
    return formats.length(step.kind, "live", 24) // 1000


@pytest.mark.parametrize("format", FORMATS)
def test_both_sides_have_as_many_turns_of_each_kind_and_as_much_time(format: str) -> None:
    steps = formats.list_steps(format, "against")
    one, other = (sorted((s.kind, seconds(s)) for s in steps if s.side == side) for side in ("for", "against"))
    assert one == other
    assert [step.kind for step in steps if step.side is None] == ["before", "after"]


@pytest.mark.parametrize("format", FORMATS)
def test_whoever_speaks_first_speaks_first_in_the_table(format: str) -> None:
    assert formats.list_steps(format, "against")[1].side == "against"


def test_a_live_duel_has_three_minutes_for_openings_and_two_for_the_rest() -> None:
    steps = formats.list_steps("duel", "for")
    assert steps[1] == Step("opening", "for")
    assert [seconds(step) for step in steps] == [120, 180, 180, 120, 120, 120, 120, 120]


def test_which_side_speaks_first_is_even_over_many_debates_and_fixed_for_one() -> None:
    drawn = [formats.first_side(seed) for seed in range(1000)]
    assert drawn == [formats.first_side(seed) for seed in range(1000)]
    assert 450 < drawn.count("for") < 550


def test_live_runs_on_minutes_and_async_on_hours() -> None:
    assert formats.length("opening", "live", 24) == 3 * MINUTE
    assert formats.length("opening", "async", 24) == 24 * HOUR
    assert formats.wait(60, "live", 12) == MINUTE
    assert formats.wait(60, "async", 12) == 12 * HOUR


def test_only_a_live_speaker_is_waited_for_and_nobody_waits_for_votes() -> None:
    assert formats.grace("opening", "live") == MINUTE
    assert formats.grace("opening", "async") == 0
    assert formats.grace("before", "live") == 0


def test_the_second_of_two_restatements_is_the_second_try() -> None:
    kinds = [(step.kind, step.side) for step in formats.list_steps("oxford", "for")]
    assert [n for n in range(len(kinds)) if formats.is_second_try(kinds, n)] == [4, 6]


def test_both_sides_answer_the_question_of_their_pair() -> None:
    kinds = [(step.kind, step.side) for step in formats.list_steps("oxford", "for")]
    assert [formats.question_place(kinds, n) for n in range(9, 15)] == [9, 9, 11, 11, 13, 13]
