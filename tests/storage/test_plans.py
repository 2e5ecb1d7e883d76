"""The queries of the loop and of every start find their rows by an index that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from storage import debate, posts, quiz
from storage.db import Database

GUILD, CHANNEL, NOW = 1, 2, 3


@pytest.mark.parametrize(
    ("query", "args", "plan"),
    [
        (quiz.get_open_round, (GUILD, CHANNEL), ["SEARCH rounds USING INDEX uq_rounds_home_open (guild_id=?)"]),
        (quiz.last_asked, (GUILD,), ["SEARCH asked USING COVERING INDEX ix_asked_question (guild_id=?)"]),
        (quiz.due_rounds, (NOW,), ["SEARCH rounds USING INDEX ix_rounds_due (due_at<?)"]),
        (debate.due_prompts, (NOW,), ["SEARCH prompts USING INDEX ix_prompts_due (closes_at<?)"]),
        (posts.due_channels, (NOW,), ["SEARCH posts USING INDEX ix_posts_due (due_at<?)"]),
        (
            posts.next_post,
            (GUILD, CHANNEL, NOW),
            ["SEARCH posts USING INDEX ix_posts_channel (guild_id=? AND channel_id=?)"],
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_query_uses_its_index_and_sorts_nothing(
    db: Database, query: Callable[..., object], args: tuple[int, ...], plan: list[str]
) -> None:
    assert list(explain(db, query, args)) == plan


def explain(db: Database, query: Callable[..., object], args: tuple[int, ...]) -> Iterator[str]:
    """How SQLite goes about what a function asks."""
    asked: list[tuple[str, Any]] = []
    engine = db._read_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, values, *_: asked.append((sql, values)))
    with Session(engine) as session:
        query(session, *args)
        for sql, values in [one for one in asked if one[0].startswith("SELECT")]:
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values):
                yield row[3]
