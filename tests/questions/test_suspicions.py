"""Which questions are suspect and why, and the figures in words."""

from __future__ import annotations

import pytest

from bot.questions.analysis import LEAST, analyse, describe, suspicions
from tests.questions.answers import RISING, A, B, C, crowd, respond


def test_nothing_is_suspected_of_nineteen_people() -> None:
    upside_down = crowd((0.1, "B" * 9), (0.9, "A" * 10))
    assert suspicions(analyse(upside_down, 3, [B])) == []


def test_a_sound_question_is_not_suspected() -> None:
    assert suspicions(analyse(RISING, 3, [B])) == []


def test_a_distractor_that_most_people_but_not_the_top_third_choose_is_no_reason() -> None:
    hard = crowd((0.1, "A" * 7), (0.5, "A" * 6), (0.9, "BBBBAAA"))
    worth = analyse(hard, 3, [B])
    assert worth.picks == (16, 4, 0)
    assert suspicions(worth) == []


def test_a_distractor_that_the_top_third_prefers_is_a_reason() -> None:
    # p = 8 / 20; M = (7 * 0.1 + 6 * 0.5 + 7 * 0.9) / 20 = 0.5; M1 = (2 * 0.1 + 4 * 0.5 + 2 * 0.9) / 8 = 0.5; so r = 0
    miskeyed = crowd((0.1, "BBAAAAA"), (0.5, "BBBBAA"), (0.9, "BBCCCCA"))
    worth = analyse(miskeyed, 3, [B])
    assert worth.picks == (8, 8, 4)
    assert suspicions(worth) == [
        "Discrimination is under 0.1 (0.00): people who were right here were hardly more often right elsewhere, or "
        "less often.",
        "A distractor beats the key: of the 7 people in the top third, 4 chose C, and 2 chose B, which is keyed as "
        "right.",
    ]


def test_a_distractor_that_equals_the_key_is_no_reason() -> None:
    level = crowd((0.1, "AAAAAAA"), (0.5, "AAAAAA"), (0.9, "BBBCCCA"))
    assert suspicions(analyse(level, 3, [B])) == []


def test_without_a_top_third_everybody_decides() -> None:
    worth = analyse(crowd((None, "A" * 11 + "B" * 9)), 3, [B])
    assert suspicions(worth) == [
        "A distractor beats the key: of all 20 people, 11 chose A, and 9 chose B, which is keyed as right."
    ]


def test_where_several_are_right_the_least_chosen_of_them_is_compared() -> None:
    answers = [respond(n, (A, B), False, None) for n in range(12)] + [
        respond(n, (A, C), True, None) for n in range(12, LEAST)
    ]
    assert suspicions(analyse(answers, 3, [A, C])) == [
        "A distractor beats the key: of all 20 people, 12 chose B, and 8 chose C, which is keyed as right."
    ]


@pytest.mark.parametrize(("picks", "suspect"), [("ABBBBBBBBCCCCCCCCCCC", False), ("BBBBBBBBBAAAAAAACCCC", True)])
def test_where_each_is_right_by_itself_the_most_chosen_of_them_is_compared(picks: str, suspect: bool) -> None:
    worth = analyse(crowd((None, picks)), 3, [A, C], either=True)  # 8 B and 11 C; 9 B and 7 A
    assert bool(suspicions(worth)) is suspect


@pytest.mark.parametrize(("right_above", "suspect"), [(11, True), (12, False)])
def test_discrimination_is_suspect_under_a_tenth(right_above: int, suspect: bool) -> None:
    # 20 people at 0 and 20 at 1, right of them 10 and `right_above`. With M = S = 0.5:
    # 11: p = 21 / 40, M1 = 11 / 21, r = (0.52381 - 0.5) / 0.5 * sqrt(21 / 19) = 0.0501
    # 12: p = 22 / 40, M1 = 12 / 22, r = (0.54545 - 0.5) / 0.5 * sqrt(22 / 18) = 0.1005
    rights = [n < 10 for n in range(20)] + [n < right_above for n in range(20)]
    worth = analyse([respond(n, "47", right, float(n >= 20)) for n, right in enumerate(rights)])
    assert bool(suspicions(worth)) is suspect


def test_the_figures_in_words() -> None:
    assert describe(analyse(RISING, 3, [B])) == [
        "Answered by 20 people in 1 round; first attempts only.",
        "Facility (share of right answers): 0.50",
        "Discrimination (-1 to 1; whether those right here were right elsewhere): 0.45",
        "Chosen: A 6, B (right) 10, C 4",
        "Median time: 1.0 s",
    ]


def test_the_figures_of_a_typed_question_in_words() -> None:
    assert describe(analyse([respond(n, "47", True, None, took=12_340, round_id=n % 2) for n in range(LEAST)])) == [
        "Answered by 20 people in 2 rounds; first attempts only.",
        "Facility (share of right answers): 1.00",
        "Discrimination (-1 to 1; whether those right here were right elsewhere): can't be told",
        "Median time: 12.3 s",
    ]


def test_nineteen_people_are_too_few_to_say() -> None:
    assert describe(analyse(RISING[:-1], 3, [B])) == [
        "Answered by 19 people in 1 round: too few to say. From 20 on there is more."
    ]


def test_a_question_that_nobody_answered_is_too_few_to_say() -> None:
    assert describe(analyse([], 3, [B])) == [
        "Answered by 0 people in 0 rounds: too few to say. From 20 on there is more."
    ]
