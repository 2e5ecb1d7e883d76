"""What each way to play decides, as values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.quiz.modes import MODES, LastStanding, Player, Teams, TeamScore, choose_mode, rank_teams
from bot.quiz.rules import streak

STANDING, TWO = LastStanding(), Teams(2)
ALL_IN = [Player(1), Player(2), Player(3)]


def test_a_wrong_or_missing_answer_puts_out_of_a_last_one_standing() -> None:
    assert STANDING.put_out(ALL_IN, {2}) == {1, 3}


def test_where_nobody_is_right_all_stay() -> None:
    assert STANDING.put_out(ALL_IN, set()) == set()


def test_who_is_out_already_saves_nobody() -> None:
    assert STANDING.put_out([Player(1, out_at=0), Player(2), Player(3)], {1}) == set()


def test_a_last_one_standing_is_decided_when_one_of_several_is_left() -> None:
    one, two = Player(1, out_at=2), Player(2)
    assert [STANDING.is_decided(people) for people in ([], [two], [one, two], [two, Player(3)])] == [
        False,
        False,
        True,
        False,
    ]


def test_only_the_first_question_with_an_answer_lets_people_in() -> None:
    assert STANDING.admit([], 7, first=True) == Player(7)
    with pytest.raises(Refusal, match="it began without you"):
        STANDING.admit([], 7, first=False)
    with pytest.raises(Refusal, match="You are out"):
        STANDING.admit([Player(7, out_at=0)], 7, first=False)
    assert STANDING.admit([Player(7)], 7, first=False) is None


def test_whoever_answers_without_a_team_goes_where_people_are_missing() -> None:
    assert TWO.admit([Player(1, 0)], 2, first=True) == Player(2, 1)
    assert TWO.admit([Player(1, 0)], 1, first=False) is None


def test_a_team_with_more_people_than_another_can_not_be_joined() -> None:
    with pytest.raises(Refusal, match=r"Please join Team 2\."):
        TWO.join([Player(1, 0)], 2, 0)
    with pytest.raises(Refusal, match="You are in Team 1, and stay there"):
        TWO.join([Player(1, 0)], 1, 1)
    with pytest.raises(Refusal, match="I don't know that team"):
        TWO.join([], 1, 2)


@given(st.sampled_from([2, 3, 4]), st.lists(st.integers(0, 3), max_size=40))
def test_teams_never_differ_by_more_than_one(teams: int, wishes: list[int]) -> None:
    mode, people = Teams(teams), list[Player]()
    for user, wish in enumerate(wishes):
        try:
            people.append(mode.join(people, user, wish))
        except Refusal:
            people.append(mode.admit(people, user, first=False) or people[0])
        sizes = [sum(p.team == team for p in people) for team in range(teams)]
        assert max(sizes) - min(sizes) <= 1


def test_a_team_scores_the_average_of_its_members_whoever_was_silent_included() -> None:
    people = [Player(1, 0), Player(2, 0), Player(3, 1)]
    assert rank_teams(people, {1: 300, 3: 150}, 3) == [
        TeamScore(1, 0, Fraction(150), 2),
        TeamScore(1, 1, Fraction(150), 1),
    ]


def test_every_choice_of_quiz_play_is_a_mode() -> None:
    chosen = [choose_mode(c, 3).id for c in ("classic", "last one standing", "teams", "certainty")]
    assert chosen == ["classic", "standing", "teams-3", "certainty"]
    for wrong in ("daily", "duel", "teams-3", "x"):
        with pytest.raises(Refusal):
            choose_mode(wrong)
    assert all(mode.id == id for id, mode in MODES.items())


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ("", 0),
        ("-", 0),  # today's is still open
        ("x", 1),
        ("-xxx", 3),
        ("xx-xx", 4),  # a day off
        ("xx--xx", 2),  # two days off in a row
        ("x-xxxxx-xx", 6),  # two days off, six days apart
        ("x-xxxxxx-xx", 9),  # and a week apart
        ("-xxx-xx", 5),  # the newest may still be answered
    ],
)
def test_a_streak_forgives_one_day_a_week(days: str, kept: int) -> None:
    assert streak(on(days, range(7))) == kept


@pytest.mark.parametrize(
    ("days", "weekdays", "kept"),
    [
        ("x-xxxx-xxxx-xx", range(5), 11),  # every Friday off, where only weekdays have a question
        ("x-xxx-xx", range(5), 4),  # a Friday, and the Monday of the same week
        ("x-x-x-xx", (0,), 5),  # where only Mondays have one, never two in a row
        ("x--xxx", (0,), 1),
    ],
)
def test_a_week_is_seven_days_however_many_of_them_have_a_question(
    days: str, weekdays: Sequence[int], kept: int
) -> None:
    assert streak(on(days, weekdays)) == kept


def on(days: str, weekdays: Sequence[int]) -> list[tuple[date, bool]]:
    """Days with a question, the newest, a Monday, first: x for one with an answer."""
    before = (date(2026, 11, 23) - timedelta(days=n) for n in count())
    return [(day, mark == "x") for mark, day in zip(days, (d for d in before if d.weekday() in weekdays), strict=False)]
