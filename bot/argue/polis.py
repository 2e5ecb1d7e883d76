"""Claims and ratings as the two files that Polis hands out, which its tools read; nobody can be told from them.

Columns, seconds, dates as JavaScript writes them, and 1 for agreeing are those of Polis' own export (polis,
math/src/polismath/darwin/export.clj). What differs, so that moderators, who can know who wrote a claim or was there at
a time, can't find out who rated it how: authors and voters are numbered apart, anew in each export; times are those of
the day's beginning; rows stand in random order.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.argue.ratings import VALUES
from bot.argue.rules import DAY
from content.exporters.table import guarded

COMMENTS = (
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
)
VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
SHOWN = 1  # as moderated: it is in; what is not is left out


@dataclass(frozen=True)
class Statement:
    """A claim that is shown; `at` in ms."""

    number: int
    author_id: int
    text: str
    at: int


@dataclass(frozen=True)
class Vote:
    """What somebody said of a claim: agree, disagree or pass; `at` in ms."""

    number: int
    user_id: int
    vote: str
    at: int


def write_comments(statements: Sequence[Statement], votes: Sequence[Vote], chance: random.Random) -> str:
    """comments.csv: a line a claim, with how many agree and disagree."""
    authors = _number((one.author_id for one in statements), chance)
    said = Counter((vote.number, vote.vote) for vote in votes)
    rows = [
        [
            *_day(one.at),
            one.number,
            authors[one.author_id],
            said[one.number, "agree"],
            said[one.number, "disagree"],
            SHOWN,
            guarded(one.text),
        ]
        for one in statements
    ]
    return _write(COMMENTS, chance.sample(rows, len(rows)))


def write_votes(votes: Sequence[Vote], chance: random.Random) -> str:
    """votes.csv: a line a rating."""
    voters = _number((vote.user_id for vote in votes), chance)
    rows = [[*_day(vote.at), vote.number, voters[vote.user_id], VALUES[vote.vote]] for vote in votes]
    return _write(VOTES, chance.sample(rows, len(rows)))


def _number(people: Iterable[int], chance: random.Random) -> dict[int, int]:
    """A number from 0 for each person, by chance."""
    known = sorted(set(people))
    return dict(zip(chance.sample(known, len(known)), range(len(known)), strict=True))


def _day(at: int) -> tuple[int, str]:
    """The beginning of a time's day (UTC) in seconds, and as JavaScript's Date writes it."""
    seconds = at // DAY * DAY // 1000
    day = datetime.fromtimestamp(seconds, UTC)
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    date = f"{names[day.weekday()]} {months[day.month - 1]} {day:%d %Y}"
    return seconds, f"{date} 00:00:00 GMT+0000 (Coordinated Universal Time)"


def _write(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return file.getvalue()
