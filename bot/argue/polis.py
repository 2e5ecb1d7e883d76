"""Claims and ratings as the two files that Polis hands out, which its tools read; nobody can be told from them.

Columns, seconds, dates as JavaScript writes them, and 1 for agreeing are those of Polis' own export (polis,
math/src/polismath/darwin/export.clj). What differs, so that moderators, who can know who wrote a claim or was there at
a time, can't find out who rated it how: ratings of a claim are left out whose stance few of its raters share, as on
the map, beside which they could otherwise be told; authors and voters are numbered apart, anew each time; all ratings
have the time of the day on which they were put together; rows stand in random order.
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


Vote = tuple[int, int, str]  # a claim, a person, and what they said of it: agree, disagree or pass
Line = tuple[object, ...]


@dataclass(frozen=True)
class Sheets:
    """The lines of both files."""

    comments: tuple[Line, ...]
    votes: tuple[Line, ...]

    def write(self) -> tuple[str, str]:
        """comments.csv and votes.csv."""
        return _write(COMMENTS, self.comments), _write(VOTES, self.votes)


def fill_sheets(statements: Sequence[Statement], votes: Sequence[Vote], now: int, chance: random.Random) -> Sheets:
    """A line for each claim that has votes, with how many agree and disagree, and one for each vote.

    `now` (ms) gives the day that all votes have.
    """
    rated = {number for number, _, _ in votes}
    comments = _list_comments([one for one in statements if one.number in rated], votes, chance)
    voters, day = _number((user for _, user, _ in votes), chance), _day(now)
    said = [(*day, number, voters[user], VALUES[vote]) for number, user, vote in votes]
    return Sheets(tuple(chance.sample(comments, len(comments))), tuple(chance.sample(said, len(said))))


def _list_comments(statements: Sequence[Statement], votes: Sequence[Vote], chance: random.Random) -> list[Line]:
    authors = _number((one.author_id for one in statements), chance)
    said = Counter((number, vote) for number, _, vote in votes)
    return [
        (
            *_day(one.at),
            one.number,
            authors[one.author_id],
            said[one.number, "agree"],
            said[one.number, "disagree"],
            SHOWN,
            guarded(one.text),
        )
        for one in statements
    ]


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


def _write(columns: Sequence[str], lines: Iterable[Line]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return file.getvalue()
