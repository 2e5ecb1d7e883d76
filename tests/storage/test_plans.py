"""The queries of the loop and of every start find their rows by an index that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from storage import argue, figures, occasions, posts, prompts, quiz, reports, scores
from storage.db import Database
from storage.figures import Asking

GUILD, CHANNEL, NOW, QUESTION = 1, 2, 3, "shapes/q1"
REPORTS = "ix_reports_question"
ASKED = "SEARCH asked USING INDEX ix_asked_question (guild_id=? AND question_id=?"
ROUND_OF_ASKED = "SEARCH rounds USING INDEX sqlite_autoindex_rounds_1 (guild_id=? AND id=?)"
ANSWERS_KEY = "sqlite_autoindex_answers_1"
COUNT_ANSWERS = [
    "CORRELATED SCALAR SUBQUERY 1",
    f"SEARCH answers USING COVERING INDEX {ANSWERS_KEY} (guild_id=? AND round_id=? AND position=?)",
]


@pytest.mark.parametrize(
    ("query", "args", "plan"),
    [
        (quiz.get_open_round, (GUILD, CHANNEL), ["SEARCH rounds USING INDEX uq_rounds_home_open (guild_id=?)"]),
        (quiz.last_asked, (GUILD,), ["SEARCH asked USING COVERING INDEX ix_asked_question (guild_id=?)"]),
        (quiz.due_rounds, (NOW,), ["SEARCH rounds USING INDEX ix_rounds_due (due_at<?)"]),
        (
            figures.list_askings,
            (GUILD, "shapes/q1", 9),
            ["SEARCH asked USING INDEX ix_asked_question (guild_id=? AND question_id=?)", *COUNT_ANSWERS],
        ),
        (
            figures.list_askings,
            (GUILD, None, 9),
            ["SEARCH asked USING INDEX sqlite_autoindex_asked_1 (guild_id=?)", *COUNT_ANSWERS],
        ),
        (
            scores.list_scored,
            (GUILD, scores.Asking(1, 0, "", "accuracy", 5, True)),
            [f"SEARCH answers USING INDEX {ANSWERS_KEY} (guild_id=? AND round_id=? AND position=?)"],
        ),
        (
            quiz.next_position,
            (GUILD, 2, 0),
            ["SEARCH asked USING INDEX sqlite_autoindex_asked_1 (guild_id=? AND round_id=? AND position>?)"],
        ),
        (quiz.is_open_anywhere, (GUILD, QUESTION), [f"{ASKED} AND opened_at>?)", ROUND_OF_ASKED]),
        (reports.place_of_latest, (GUILD, QUESTION), [f"{ASKED} AND opened_at>?)", ROUND_OF_ASKED]),
        (
            argue.count_rated,
            (GUILD, 2, NOW),
            ["SEARCH ratings USING COVERING INDEX ix_ratings_user (guild_id=? AND user_id=? AND at>?)"],
        ),
        (
            reports.count_open,
            (GUILD, QUESTION),
            [f"SEARCH reports USING COVERING INDEX {REPORTS} (guild_id=? AND question_id=? AND ruling_id=?)"],
        ),
        (
            reports.count_all,
            (GUILD, QUESTION),
            [f"SEARCH reports USING COVERING INDEX {REPORTS} (guild_id=? AND question_id=?)"],
        ),
        (reports.count_reported, (GUILD,), [f"SEARCH reports USING COVERING INDEX {REPORTS} (guild_id=?)"]),
        (
            reports.list_rulings,
            (GUILD, QUESTION),
            ["SEARCH rulings USING INDEX ix_rulings_question (guild_id=? AND question_id=?)"],
        ),
        (reports.list_rulings, (GUILD,), ["SEARCH rulings USING INDEX sqlite_autoindex_rulings_1 (guild_id=?)"]),
        (scores.list_askings, (GUILD, QUESTION), [f"{ASKED})", ROUND_OF_ASKED]),
        (figures.list_unweighed, (), ["SCAN rounds USING INDEX ix_rounds_unweighed"]),
        (prompts.due_prompts, (NOW,), ["SEARCH prompts USING INDEX ix_prompts_due (closes_at<?)"]),
        (
            occasions.get_settings_of,
            (GUILD, 5),
            [
                "SEARCH fires USING INDEX sqlite_autoindex_fires_1 (guild_id=?)",
                "SEARCH schedules USING INDEX sqlite_autoindex_schedules_1 (guild_id=? AND id=?)",
            ],
        ),
        (posts.due_channels, (NOW, ["a:b"], 5), ["SEARCH posts USING INDEX ix_posts_due (due_at<?)"] * 2),
        (
            posts.next_post,
            (GUILD, CHANNEL, NOW),
            ["SEARCH posts USING INDEX ix_posts_channel (guild_id=? AND channel_id=?)"],
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_query_uses_its_index_and_sorts_nothing(
    db: Database, query: Callable[..., object], args: tuple[object, ...], plan: list[str]
) -> None:
    assert list(explain(db, query, args)) == plan


@pytest.mark.parametrize(("before", "bound"), [(None, "position>?"), (3, "position>? AND position<?")])
def test_a_round_is_summed_from_its_own_answers(db: Database, before: int | None, bound: str) -> None:
    first, *_ = explain(db, quiz.sum_round, (GUILD, 1, before))
    assert first == f"SEARCH answers USING INDEX {ANSWERS_KEY} (guild_id=? AND round_id=? AND {bound})"


def test_the_answers_to_a_question_are_found_by_their_places(db: Database) -> None:
    askings = [Asking("shapes/q1", 1, 0, "", 2), Asking("shapes/q1", 2, 0, "", 3)]
    plan = list(explain(db, figures.list_attempts, (GUILD, askings, None, 100)))
    assert [step for step in plan if " asked " in step or " answers " in step] == [
        f"SEARCH answers USING INDEX {ANSWERS_KEY} (guild_id=? AND round_id=? AND position=?)",
        "SEARCH asked USING INDEX sqlite_autoindex_asked_1 (guild_id=? AND round_id=?)",
        f"SEARCH answers USING INDEX {ANSWERS_KEY} (guild_id=? AND round_id=? AND position=? AND user_id=?) LEFT-JOIN",
    ]


def explain(db: Database, query: Callable[..., object], args: tuple[object, ...]) -> Iterator[str]:
    """How SQLite goes about what a function asks."""
    asked: list[tuple[str, Any]] = []
    engine = db._read_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, values, *_: asked.append((sql, values)))
    with Session(engine) as session:
        query(session, *args)
        for sql, values in [one for one in asked if one[0].startswith(("SELECT", "WITH"))]:
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values):
                yield row[3]
