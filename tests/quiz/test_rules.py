"""What the quiz decides, as tables of cases and as properties."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import judge
from bot.errors import Refusal
from bot.item import Item, make_item
from bot.quiz import rules
from bot.quiz.rules import Score
from tests.build import KINDS, NUMBER, ORDER, SEVERAL, SINGLE, TRUEFALSE, TYPED, WHO, Question, make_pack


def item(question: Question, **given: object) -> Item:
    pack = make_pack(question | given)
    return make_item(pack, pack.questions[0])


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (SINGLE, [1], True),
        (SINGLE, [0], False),
        (SEVERAL, [0, 2], True),
        (SEVERAL, [2, 0], True),
        (SEVERAL, [0], False),
        (SEVERAL, [0, 1, 2], False),
        (TRUEFALSE, [0], True),
        (TRUEFALSE, [1], False),
        (WHO, [0], True),
        (WHO, [1], False),
        (ORDER, [1, 0, 2], True),
        (ORDER, [0, 1, 2], False),
        (NUMBER, "47", True),
        (NUMBER, " 47.0 ", True),
        (NUMBER, "47,0", True),
        (NUMBER, "４７", True),
        (NUMBER, "48", False),
        (NUMBER, "74", False),
        (TYPED, "Žalgiris", True),
        (TYPED, "zalgiris", True),
        (TYPED, "ZALGIRIS!", True),
        (TYPED, "zalgirs", True),
        (TYPED, "zagirs", False),
        (TYPED, "Salgiris", False),
        (TYPED, "grove", True),
        (TYPED, "The Grove", True),
        (TYPED, "a grove", True),
        (TYPED, "", False),
        (TYPED, "the", False),
    ],
)
def test_an_answer_is_judged(question: Question, answer: list[int] | str, right: bool) -> None:
    assert judge.is_right(item(question), answer) is right


@pytest.mark.parametrize(
    ("key", "typed", "right"),
    [
        ("1410", "1401", False),
        ("1410", "1410", True),
        ("cat", "cut", False),
        ("cats", "cat", False),
        ("exclave", "exclav", True),
        ("exclave", "exlcave", True),
        ("exclave", "exclva e", False),
        ("deterrence", "deterance", True),
        ("deterrence", "detrance", False),
    ],
)
def test_slips_are_forgiven_by_length_and_never_in_numbers(key: str, typed: str, right: bool) -> None:
    assert judge.is_right(item(TYPED, key=key, accept=[], reject=[]), typed) is right


def test_a_number_within_the_tolerance_is_right() -> None:
    wide = item(NUMBER, tolerance="5")
    assert [judge.is_right(wide, text) for text in ("41.9", "42", "52", "52.1")] == [False, True, True, False]


@pytest.mark.parametrize("text", ["", "many", "47 miles", "1e3", "nan", "inf", "0x2f", "1.2.3", "9" * 40, "4 7 x"])
def test_what_is_not_a_plain_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="plain number"):
        judge.read_number(text)


@pytest.mark.parametrize("text", ["1,569", "1.569", "12,000", "3.141"])
def test_what_may_mean_thousands_or_decimals_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="thousands"):
        judge.read_answer(item(NUMBER), text, ())


@pytest.mark.parametrize(
    ("question", "shown", "given"),
    [
        (SINGLE, [0], [2]),
        (SEVERAL, [0, 1], [1, 2]),
        (SEVERAL, [1, 0, 1], [1, 2]),
        (ORDER, [0, 2, 1], [2, 0, 1]),
        (NUMBER, "47", "47"),
        (TYPED, "grove", "grove"),
    ],
)
def test_an_answer_is_read_as_it_was_authored(
    question: Question, shown: list[int] | str, given: list[int] | str
) -> None:
    assert judge.read_answer(item(question), shown, order=(2, 1, 0)) == given


@pytest.mark.parametrize(
    ("question", "shown", "told"),
    [
        (SINGLE, "!!!", "not an answer to this question"),
        (SINGLE, "", "not an answer to this question"),
        (SINGLE, [], "not an answer to this question"),
        (SINGLE, [3], "not an answer to this question"),
        (SINGLE, [-1], "not an answer to this question"),
        (SINGLE, [0, 1], "not an answer to this question"),
        (TRUEFALSE, [0, 1], "not an answer to this question"),
        (SEVERAL, "red", "not an answer to this question"),
        (ORDER, "ant", "not an answer to this question"),
        (ORDER, [0, 0, 1], "one place only"),
        (ORDER, [0, 1], "one place only"),
        (ORDER, [0, 1, 2, 2], "one place only"),
        (NUMBER, [0], "not an answer to this question"),
        (NUMBER, "many", "plain number"),
        (TYPED, [0], "not an answer to this question"),
        (TYPED, "!!!", "at least one letter or digit"),
        (TYPED, " ", "at least one letter or digit"),
    ],
)
def test_what_is_no_answer_to_this_kind_of_question_is_refused(
    question: Question, shown: list[int] | str, told: str
) -> None:
    made = item(question)
    with pytest.raises(Refusal, match=told):
        judge.read_answer(made, shown, order=tuple(range(len(made.options))))


@pytest.mark.parametrize(
    ("question", "given", "shown"),
    [
        (SINGLE, [2], "A"),
        (SEVERAL, [0, 2], "A, C"),
        (ORDER, [1, 0, 2], "B, C, A"),
        (TYPED, "*x*", "“\\*x\\*”"),
    ],
)
def test_an_answer_is_described_as_the_person_saw_it(question: Question, given: list[int] | str, shown: str) -> None:
    assert judge.describe(item(question), given, order=(2, 1, 0)) == shown


@pytest.mark.parametrize(("question", "has_form"), [(q, q["kind"] in ("order", "number", "typed")) for q in KINDS])
def test_a_form_is_opened_only_for_questions_that_have_one(question: Question, has_form: bool) -> None:
    if has_form:
        judge.check_form(item(question))
    else:
        with pytest.raises(Refusal, match="not an answer"):
            judge.check_form(item(question))


@pytest.mark.parametrize(
    ("difficulty", "scoring", "right", "took", "points"),
    [
        (1, "accuracy", True, 0, 100),
        (3, "accuracy", True, 29_999, 300),
        (3, "accuracy", False, 0, 0),
        (1, "speed", True, 0, 100),
        (1, "speed", True, 15_000, 75),
        (2, "speed", True, 30_000, 100),
        (2, "speed", True, 90_000, 100),
        (2, "speed", True, -5, 200),
        (2, "speed", False, 0, 0),
    ],
)
def test_points(difficulty: int, scoring: str, right: bool, took: int, points: int) -> None:
    assert judge.points(difficulty, scoring, right, took, seconds=30) == points


@given(st.integers(1, 3), st.integers(0, 200_000), st.integers(0, 200_000), st.integers(5, 120))
def test_a_faster_right_answer_never_earns_less_and_none_less_than_half(
    difficulty: int, one: int, other: int, seconds: int
) -> None:
    fast, slow = sorted((one, other))
    quick = judge.points(difficulty, "speed", True, fast, seconds)
    late = judge.points(difficulty, "speed", True, slow, seconds)
    assert 100 * difficulty >= quick >= late >= 50 * difficulty


def score(points: int, name: str = "x", right: int = 0) -> Score:
    return Score(user_id=hash((points, name)) % 1000, name=name, points=points, right=right, answered=5)


def test_ties_share_a_rank_and_the_next_is_skipped() -> None:
    ranked = rules.rank([score(100, "b"), score(300), score(100, "a"), score(50)])
    assert [(r.rank, r.score.points, r.score.name) for r in ranked] == [
        (1, 300, "x"),
        (2, 100, "a"),
        (2, 100, "b"),
        (4, 50, "x"),
    ]


@given(st.lists(st.integers(0, 900), max_size=30))
def test_a_rank_is_one_more_than_the_number_of_people_with_more_points(points: list[int]) -> None:
    ranked = rules.rank(Score(n, f"p{n}", p, 0, 1) for n, p in enumerate(points))
    assert [r.rank for r in ranked] == [1 + sum(p > r.score.points for p in points) for r in ranked]


def test_the_same_seed_gives_the_same_order_and_another_position_another() -> None:
    wide = item(SINGLE, options=["a", "b", "c", "d", "e"])
    orders = [judge.shuffled(wide, 7, position) for position in range(20)]
    assert orders == [judge.shuffled(wide, 7, position) for position in range(20)]
    assert len(set(orders)) > 10
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2, 3, 4)}


def test_true_and_false_keep_their_places() -> None:
    assert {judge.shuffled(item(TRUEFALSE), seed, 0) for seed in range(50)} == {(0, 1)}


def test_the_place_of_the_right_option_is_even_over_many_rounds() -> None:
    wide = item(SINGLE, options=["a", "b", "c", "d"], key="A")
    places = [judge.shuffled(wide, seed, 0).index(0) for seed in range(4000)]
    counts = [places.count(n) for n in range(4)]
    chi_square = sum((n - 1000) ** 2 / 1000 for n in counts)
    assert chi_square < 16.27  # p = 0.001 at 3 degrees of freedom; the seeds are fixed


def test_questions_not_asked_for_longest_come_first() -> None:
    items = [item(SINGLE).model_copy(update={"id": f"shapes/q{n}"}) for n in range(6)]
    asked = {"shapes/q0": 50, "shapes/q1": 10, "shapes/q2": 40, "shapes/q3": 30}
    chosen = {i.id for i in rules.pick(items, 4, seed=3, last_asked=asked)}
    assert chosen == {"shapes/q4", "shapes/q5", "shapes/q1", "shapes/q3"}


@given(st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_a_pick_never_repeats_a_question(many: int, seed: int) -> None:
    items = [item(SINGLE).model_copy(update={"id": f"shapes/q{n}"}) for n in range(12)]
    chosen = [i.id for i in rules.pick(items, many, seed, {})]
    assert len(chosen) == len(set(chosen)) == min(many, 12)


def test_division_is_greatest_where_answers_are_spread_most() -> None:
    spread = [rules.division(picks) for picks in ("aaaa", "aaab", "aabb", "abcd", "")]
    assert [round(bits, 3) for bits in spread] == [0.0, 0.811, 1.0, 2.0, 0.0]


@pytest.mark.parametrize("question", KINDS)
def test_an_item_survives_being_stored(question: Question) -> None:
    made = item(question)
    assert Item.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(["the Grove", "a grove", "GROVE", "grové"], 2)])
def test_spelling_case_accents_and_articles_do_not_matter(one: str, other: str) -> None:
    assert judge.normal(one) == judge.normal(other)


@pytest.mark.parametrize(
    ("key", "typed", "right"), [("0.125", "0.125", True), ("1.234", "1,234", True), ("0.125", "125", False)]
)
def test_a_number_with_three_decimals_can_be_typed(key: str, typed: str, right: bool) -> None:
    assert judge.is_right(item(NUMBER, key=key), typed) is right


def test_three_digits_behind_a_zero_are_no_thousands() -> None:
    assert judge.read_number("0.250") == 0.25


@pytest.mark.parametrize(("typed", "right"), [("🦊", True), ("🦉", False), ("fox", False)])
def test_an_answer_without_letters_can_be_typed(typed: str, right: bool) -> None:
    made = item(TYPED, key="🦊", accept=[], reject=[])
    assert judge.is_right(made, str(judge.read_answer(made, typed, ()))) is right
