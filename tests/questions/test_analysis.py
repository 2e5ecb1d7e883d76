"""What answers say about a question: figures that can be checked by hand, and properties that always hold."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.analysis import LEAST, Analysis, Response, Third, analyse, suspicions
from tests.questions.answers import RISING, A, B, C, crowd, respond


def test_the_share_of_right_answers_is_the_facility() -> None:
    assert analyse(RISING, 3, [B]).facility == 10 / 20  # 1 + 2 + 3 + 4 of 20


def test_discrimination_is_the_point_biserial_correlation() -> None:
    # mean of all scores            M  = (0.2 + 0.4 + 0.6 + 0.8) / 4 = 0.5
    # their variance                S2 = (0.3 * 0.3 + 0.1 * 0.1 + 0.1 * 0.1 + 0.3 * 0.3) / 4 = 0.05
    # mean of those who were right  M1 = (1 * 0.2 + 2 * 0.4 + 3 * 0.6 + 4 * 0.8) / 10 = 6 / 10 = 0.6
    # right and wrong               p = q = 0.5
    # r = (0.6 - 0.5) / sqrt(0.05) * sqrt(0.5 / 0.5) = 0.1 / 0.2236 = 0.4472
    assert analyse(RISING, 3, [B]).discrimination == pytest.approx(0.4472, abs=0.00005)


def test_discrimination_where_few_are_right() -> None:
    # 4 of 20 right; scores: 16 at 0.5 (1 right) and 4 at 1 (3 right)
    # M = (16 * 0.5 + 4 * 1) / 20 = 0.6     S2 = (16 * 0.01 + 4 * 0.16) / 20 = 0.04, S = 0.2
    # M1 = (1 * 0.5 + 3 * 1) / 4 = 0.875    p = 0.2, q = 0.8, sqrt(p / q) = 0.5
    # r = (0.875 - 0.6) / 0.2 * 0.5 = 0.6875
    answers = crowd((0.5, "B" + "A" * 15), (1.0, "BBBC"))
    assert analyse(answers, 3, [B]).discrimination == pytest.approx(0.6875)


def test_each_option_is_counted() -> None:
    assert analyse(RISING, 3, [B]).picks == (6, 10, 4)  # A: 3 + 2 + 1, B: 1 + 2 + 3 + 4, C: 4 * 1


def test_every_option_of_an_answer_with_several_is_counted() -> None:
    answers = [respond(n, (A, C), True, 0.5) for n in range(15)] + [respond(n, (A, B), False, 0.5) for n in (15, 16)]
    assert analyse(answers, 3, [A, C]).picks == (17, 2, 15)


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    answers = [respond(n, B, True, 0.5, took=1000 * n) for n in range(LEAST)]
    assert analyse(answers, 3, [B]).median == 9500  # the tenth took 9,000 ms and the eleventh 10,000


def test_rounds_and_people_are_counted() -> None:
    answers = [respond(n % 9, B, True, 0.5, round_id=n % 3, at=n) for n in range(30)]
    assert analyse(answers, 3, [B]) == Analysis(key=(B,), asked=3, answers=9, picks=(0, 9, 0))


def test_only_the_earliest_attempt_of_a_person_counts() -> None:
    again = [respond(r.user_id, A, False, 1.0, at=1_000, took=9, round_id=2) for r in RISING]
    assert analyse(again + RISING, 3, [B]) == replace(analyse(RISING, 3, [B]), asked=2)


def test_of_nineteen_people_there_are_only_counts() -> None:
    assert analyse(RISING[:-1], 3, [B]) == Analysis(key=(B,), asked=1, answers=19, picks=(6, 10, 3))


def test_a_second_attempt_does_not_make_enough() -> None:
    again = respond(0, B, True, 0.2, at=1_000)
    assert analyse([*RISING[:-1], again], 3, [B]).facility is None


@pytest.mark.parametrize(
    "answers",
    [
        crowd((0.2, "B" * 10), (0.8, "B" * 10)),  # all right
        crowd((0.2, "A" * 10), (0.8, "C" * 10)),  # all wrong
        crowd((1 / 3, "AAB" * 8 + "B")),  # all scores equal; their rounded mean is not a third
        crowd((None, "AB" * 10)),  # no other questions
        crowd((0.2, "AB" * 5), (0.8, "BB" * 4), (None, "AB")),  # nineteen people with a score
    ],
)
def test_without_variance_or_enough_scores_there_is_no_discrimination(answers: list[Response]) -> None:
    assert analyse(answers, 3, [B]).discrimination is None


def test_thirds_of_twenty_different_scores() -> None:
    # The middle of the seventh place is 6.5 / 20 = 0.325, of the fourteenth 13.5 / 20 = 0.675: low ends with the
    # seventh and high begins with the fourteenth.
    answers = [respond(n, A if n < 7 else B if n < 13 else C, False, n / 20) for n in range(LEAST)]
    assert analyse(answers, 3, [B]).thirds == (Third(7, (7, 0, 0)), Third(6, (0, 6, 0)), Third(7, (0, 0, 7)))


def test_equal_scores_stay_in_one_third() -> None:
    # The middles of the four groups are at 2.5, 7.5, 12.5 and 17.5 of 20 places: 0.125, 0.375, 0.625 and 0.875.
    assert analyse(RISING, 3, [B]).thirds == (Third(5, (3, 1, 1)), Third(10, (3, 5, 2)), Third(5, (0, 4, 1)))


def test_a_group_on_the_lower_border_is_in_the_middle() -> None:
    # Of 21 places: middles at 7 / 21, exactly a third, and 17.5 / 21.
    answers = crowd((0.1, "A" * 14), (0.9, "B" * 7))
    assert analyse(answers, 3, [B]).thirds == (Third(0, (0, 0, 0)), Third(14, (14, 0, 0)), Third(7, (0, 7, 0)))


def test_a_group_on_the_upper_border_is_in_the_middle() -> None:
    # Of 21 places: middles at 3.5 / 21 and 14 / 21, exactly two thirds.
    answers = crowd((0.1, "A" * 7), (0.9, "B" * 14))
    assert analyse(answers, 3, [B]).thirds == (Third(7, (7, 0, 0)), Third(14, (0, 14, 0)), Third(0, (0, 0, 0)))


def test_where_all_scores_are_equal_everybody_is_in_the_middle() -> None:
    assert analyse(crowd((0.5, "AB" * 10)), 3, [B]).thirds == (
        Third(0, (0, 0, 0)),
        Third(20, (10, 10, 0)),
        Third(0, (0, 0, 0)),
    )


def test_people_without_other_questions_are_in_no_third() -> None:
    thirds = analyse([*RISING, respond(99, A, False, None)], 3, [B]).thirds
    assert thirds is not None
    assert sum(third.people for third in thirds) == 20


def test_a_share_of_nobody_is_none() -> None:
    assert (Third(4, (1, 3)).share(1), Third(0, (0, 0)).share(1)) == (0.75, None)


@pytest.mark.parametrize("answer", ["Žalgiris", "47", (2, 0, 1)])
def test_kinds_without_a_choice_have_figures_but_no_picks(answer: str | tuple[int, ...]) -> None:
    answers = [respond(n, answer, n >= 10, n / 20, took=3000) for n in range(LEAST)]
    # M1 = (10 + ... + 19) / 10 / 20 = 0.725, M = 0.475, S2 = (20 * 20 - 1) / 12 / 400 = 0.083125, p = q
    # r = 0.25 / 0.28831 = 0.8671
    worth = analyse(answers)
    assert (worth.picks, worth.thirds, worth.facility, worth.median) == ((), None, 0.5, 3000)
    assert worth.discrimination == pytest.approx(0.8671, abs=0.00005)
    assert suspicions(worth) == []


@st.composite
def responses(draw: st.DrawFn) -> list[Response]:
    """20 to 60 answers of up to 40 people to a question with options A to C, of which B is right."""
    scores = st.none() | st.builds(lambda right, of: min(right, of) / of, st.integers(0, 9), st.integers(1, 9))
    options = draw(st.lists(st.integers(A, C), min_size=20, max_size=60))
    people = draw(st.lists(st.integers(1, 40), min_size=len(options), max_size=len(options)))
    return [
        respond(user, option, option == B, draw(scores), at=at, took=100 * at, round_id=at % 4)
        for at, (user, option) in enumerate(zip(people, options, strict=True))
    ]


@given(responses(), st.randoms(use_true_random=False))
def test_the_order_in_which_answers_come_does_not_matter(answers: list[Response], chance: random.Random) -> None:
    mixed = answers.copy()
    chance.shuffle(mixed)
    in_order, by_chance = analyse(answers, 3, [B]), analyse(mixed, 3, [B])
    assert by_chance == in_order


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7)), min_size=LEAST, max_size=80))
def test_discrimination_is_within_its_bounds_and_follows_the_formula(people: list[tuple[bool, int]]) -> None:
    answers = [respond(n, "x", right, points / 7) for n, (right, points) in enumerate(people)]
    r = analyse(answers).discrimination
    scores, right = [points / 7 for _, points in people], [points / 7 for right, points in people if right]
    if len({points for _, points in people}) == 1 or len(right) in (0, len(people)):
        assert r is None
        return
    mean, p = sum(scores) / len(scores), len(right) / len(people)
    deviation = math.sqrt(sum((score - mean) ** 2 for score in scores) / len(scores))
    assert r is not None
    assert -1 <= r <= 1
    assert r == pytest.approx((sum(right) / len(right) - mean) / deviation * math.sqrt(p / (1 - p)), abs=1e-9)


@given(responses())
def test_everybody_is_counted_once(answers: list[Response]) -> None:
    firsts = list({r.user_id: r for r in reversed(answers)}.values())
    worth = analyse(answers, 3, [B])
    assert (worth.answers, sum(worth.picks)) == (len(firsts), len(firsts))
    if worth.thirds:
        assert sum(third.people for third in worth.thirds) == sum(r.score is not None for r in firsts)


@given(st.lists(st.integers(0, 4), min_size=LEAST, max_size=60))
def test_equal_scores_share_a_third_and_higher_ones_are_never_in_a_lower(levels: list[int]) -> None:
    thirds = analyse([respond(n, level, False, level / 4) for n, level in enumerate(levels)], 5).thirds
    assert thirds is not None
    found = [[n for n, third in enumerate(thirds) if third.picks[level]] for level in sorted(set(levels))]
    assert [len(places) for places in found] == [1] * len(found)
    assert found == sorted(found)
