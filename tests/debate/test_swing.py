"""What a debate moved: pairs of ballots, the sign test, and the words of the result."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.flows import ORDER, Moves, Shown
from bot.debate.health import MIRROR
from bot.debate.swing import Swing, Verdict, describe, judge, read_swing, say_once, sign_test
from bot.small import TWICE_FROM

BALLOTS = st.dictionaries(st.integers(1, 40), st.sampled_from(ORDER))
NOBODY = Shown(0)


def pairs(*groups: tuple[int, str, str]) -> tuple[dict[int, str], dict[int, str]]:
    """Ballots before and after of so many people each, whose ids are 1, 2, 3 ..."""
    flat: Iterator[tuple[str, str]] = ((was, now) for n, was, now in groups for _ in range(n))
    listed = dict(enumerate(flat, start=1))
    return {id: was for id, (was, _) in listed.items()}, {id: now for id, (_, now) in listed.items()}


def result(*groups: tuple[int, str, str]) -> Swing:
    return read_swing(*pairs(*groups), [], [])


THIRTY = ((9, "unsure", "for"), (6, "against", "for"), (5, "for", "for"), (5, "unsure", "unsure"), (5, "for", "unsure"))


@pytest.mark.parametrize(
    ("one", "other", "chance"),
    [
        (5, 0, Fraction(1, 16)),  # 2 · 1/32
        (6, 0, Fraction(1, 32)),  # 2 · 1/64
        (7, 1, Fraction(18, 256)),  # HyperStat, "sign test": 7 or more of 8 is .0352, twice
        (6, 2, Fraction(74, 256)),  # 2 · (1 + 8 + 28)/256
        (3, 3, Fraction(1)),
        (1, 0, Fraction(1)),
        (0, 0, Fraction(1)),
    ],
)
def test_the_sign_test_is_exact(one: int, other: int, chance: Fraction) -> None:
    assert sign_test(one, other) == sign_test(other, one) == chance


@pytest.mark.parametrize(
    ("movers", "critical"),
    # Triola, Elementary Statistics, table A-7: the most of the rarer sign at .05 in two tails; below six there is none.
    [(6, 0), (7, 0), (8, 0), (9, 1), (11, 1), (12, 2), (14, 2), (15, 3), (17, 4), (20, 5), (23, 6), (25, 7)],
)
def test_the_sign_test_agrees_with_the_table_of_critical_values(movers: int, critical: int) -> None:
    assert sign_test(critical, movers - critical) <= Fraction(1, 20) < sign_test(critical + 1, movers - critical - 1)


@pytest.mark.parametrize("movers", range(6))
def test_fewer_than_six_movers_are_never_a_clear_shift(movers: int) -> None:
    assert judge(Moves(movers, 10, 0)).shift != "clear"


@pytest.mark.parametrize(
    ("moves", "verdict"),
    [
        (Moves(6, 4, 0), Verdict("clear", "for")),  # .03125
        (Moves(0, 994, 6), Verdict("clear", "against")),  # though it is 0.6 points
        (Moves(5, 5, 0), Verdict("leaning", "for")),  # .0625
        (Moves(0, 6, 4), Verdict("leaning", "against")),  # .125
        (Moves(5, 95, 0), Verdict("leaning", "for")),  # 5 points are no tie
        (Moves(5, 96, 0), Verdict("none", None)),  # 4.95 are
        (Moves(5, 9, 1), Verdict("none", None)),  # .21875
        (Moves(3, 7, 0), Verdict("none", None)),  # .25, though it is 30 points
        (Moves(4, 2, 4), Verdict("none", None)),
        (Moves(0, 10, 0), Verdict("none", None)),
    ],
)
def test_a_verdict_needs_movers_and_points(moves: Moves, verdict: Verdict) -> None:
    assert judge(moves) == verdict


def test_half_of_the_way_is_a_move() -> None:
    ups = result((4, "unsure", "for"), (3, "against", "unsure"), (2, "against", "for"), (1, "for", "for"))
    assert ups.audience.moves == Moves(9, 1, 0)
    downs = result((4, "unsure", "against"), (3, "for", "unsure"), (2, "for", "against"), (1, "unsure", "unsure"))
    assert downs.audience.moves == Moves(0, 1, 9)


def test_only_who_voted_twice_counts() -> None:
    before, after = pairs((10, "unsure", "for"))
    swing = read_swing({**before, 91: "for"}, {**after, 92: "against"}, [], [])
    assert (swing.audience, swing.once) == (result((10, "unsure", "for")).audience, ((1, 1), (0, 0), (0, 0)))
    assert read_swing(before, {}, [], []) == Swing(NOBODY, NOBODY, NOBODY, ((10, 0), (0, 0), (0, 0)))


def test_speakers_and_late_joiners_are_counted_apart() -> None:
    before, after = pairs((17, "unsure", "for"))
    swing = read_swing(before | {90: "for"}, after | {91: "for"}, speakers=[1, 2, 3, 90], late=[3, 4, 5, 91])
    assert swing == Swing(result((12, "unsure", "for")).audience, Shown(3), Shown(2), ((0, 0), (1, 0), (0, 1)))


@pytest.mark.parametrize(("people", "more"), [(1, "9 more are"), (3, "7 more are"), (9, "1 more is")])
def test_of_fewer_than_ten_only_their_number_is_told(people: int, more: str) -> None:
    who = "1 person" if people == 1 else f"{people} people"
    told = describe(result((people, "unsure", "for")), winner=True)
    assert told == f"**Too few to read: {who} voted both before and after; {more} needed.**"


def test_a_result_is_told_with_its_numbers() -> None:
    assert describe(result(*THIRTY)) == (
        "**Clear shift towards For.** Of 30 people who voted both before and after, 15 moved towards For, "
        "5 towards Against, and 10 voted the same.\n"
        "Net shift: 10 towards For, 33.3 percentage points. "
        "If chance alone had moved these 20, a split at least as uneven would come up 4.1% of the time.\n"
        "Of 20 who were not For before, 15 moved towards it (75%). Of 24 who were not Against before, "
        "5 moved towards it (21%)."
    )


def test_totals_that_would_tell_how_single_people_voted_are_left_out() -> None:
    told = describe(result((3, "for", "for"), (7, "unsure", "for")))  # those three would follow from "7 were not For"
    assert "not For before" not in told
    assert told.endswith("How each side began is left out here, as it would tell how single people voted.")


def test_a_side_that_everybody_was_on_has_nobody_to_win() -> None:
    assert "Everybody was For before." in describe(result((6, "for", "for"), (6, "for", "against")))


def test_nobody_moved() -> None:
    told = describe(result((6, "for", "for"), (6, "against", "against")))
    assert told.startswith("**No clear shift.** ")
    assert "Net shift: none. Nobody moved." in told


def test_a_win_is_told_only_where_the_server_wants_it_and_the_shift_is_clear() -> None:
    clear, leaning = result((6, "unsure", "for"), (5, "for", "for")), result((5, "unsure", "for"), (5, "for", "for"))
    assert "By this server's rule, For is the winner." in describe(clear, winner=True)
    assert "winner" not in describe(clear)
    assert "winner" not in describe(leaning, winner=True)


def test_those_set_apart_are_told_apart() -> None:
    before, after = pairs((26, "unsure", "for"))
    told = describe(read_swing(before, after, [1, 2], range(3, 14)))
    assert told.endswith(
        "\nSpeakers, not counted above: 2 people voted both before and after, too few to read."
        "\nJoined after the start, not counted above: Of 11 people who voted both before and after, "
        "11 moved towards For, 0 towards Against, and 0 voted the same."
    )


def test_where_nobody_voted_twice_it_is_said_in_words() -> None:
    assert describe(read_swing({1: "for"}, {}, [], [])) == (
        "**Too few to read: nobody voted both before and after; 10 people are needed.**\n"
        "Voted only before: 1; only after: 0."
    )


def test_who_voted_only_once_is_told_of_each_group_apart() -> None:
    before = dict.fromkeys(range(1, 12), "for")
    told = describe(read_swing(before, dict.fromkeys((*range(4, 12), 20), "for"), [1], [2, 20]))
    assert told.splitlines() == [
        "**Too few to read: 8 people voted both before and after; 2 more are needed.**",
        "Voted only before: 1; only after: 0.",
        "Speakers, not counted above: Voted only before: 1; only after: 0.",
        "Joined after the start, not counted above: Voted only before: 1; only after: 1.",
    ]
    assert say_once((0, 0)) == ""


def test_the_sign_test_is_exact_for_thousands_too() -> None:
    assert sign_test(100, 90) == Fraction(2 * sum(math.comb(190, n) for n in range(91)), 2**190)
    assert float(sign_test(5000, 4000)) == pytest.approx(5.58e-26, rel=1e-3)


@given(BALLOTS, BALLOTS, st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)), st.permutations(range(1, 41)))
def test_who_people_are_changes_nothing(
    before: dict[int, str], after: dict[int, str], speakers: set[int], late: set[int], names: list[int]
) -> None:
    def rename(ballots: dict[int, str]) -> dict[int, str]:
        return {names[id - 1]: vote for id, vote in ballots.items()}

    renamed = ({names[id - 1] for id in group} for group in (speakers, late))
    assert read_swing(rename(before), rename(after), *renamed) == read_swing(before, after, speakers, late)


@given(BALLOTS, BALLOTS)
def test_swapping_the_sides_mirrors_the_result(before: dict[int, str], after: dict[int, str]) -> None:
    def swap(ballots: dict[int, str]) -> dict[int, str]:
        return {id: MIRROR[vote] for id, vote in ballots.items()}

    one, other = read_swing(before, after, [], []).audience, read_swing(swap(before), swap(after), [], []).audience
    assert other.before == (one.before and one.before[::-1])
    assert (other.cells is None) == (one.cells is None)
    assert other.cells == (one.cells and {(MIRROR[was], MIRROR[now]): n for (was, now), n in one.cells.items()})
    if one.moves and other.moves:
        assert other.moves == Moves(one.moves.to_against, one.moves.stayed, one.moves.to_for)
        assert (other.moves.net, other.moves.points) == (-one.moves.net, -one.moves.points)
        verdict = judge(one.moves)
        assert judge(other.moves) == Verdict(verdict.shift, verdict.side and MIRROR[verdict.side])


@given(st.lists(st.tuples(st.sampled_from(ORDER), st.sampled_from(ORDER)), min_size=3, max_size=3), st.booleans())
def test_three_voters_are_never_split(votes: list[tuple[str, str]], winner: bool) -> None:
    told = describe(result(*((1, was, now) for was, now in votes)), winner)
    assert told == describe(result((3, "for", "for")))
    assert not any(word in told for word in ("For", "Against", "Unsure", "winner", "shift", "%", "→"))


@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from(ORDER), st.sampled_from(ORDER)), max_size=9))
def test_every_result_can_be_told(groups: list[tuple[int, str, str]]) -> None:
    swing = result(*groups)
    assert describe(swing).startswith("**Too few") == (swing.audience.people < TWICE_FROM)
