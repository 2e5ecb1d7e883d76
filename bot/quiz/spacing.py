"""Spacing: when a question that somebody missed comes back, by the Free Spaced Repetition Scheduler (fsrs)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

# Without fuzz, which spreads the load of big decks: what is told is then the same for the same answers.
SCHEDULER = Scheduler(enable_fuzzing=False)


class Spaced(NamedTuple):
    """What fsrs knows of a question, as JSON, and when (ms) it comes back."""

    card: str
    due_at: int


def start(missed_at: int) -> Spaced:
    """The first review: a wrong answer in a round, at the time (ms) it was given.

    fsrs takes the first rating for what somebody knew at first (a stability of 0.2 days after Again, 2.3 after
    Good), and later ones by the time since then. A card that began with the first answer here would forget the
    miss and take the explanation read since for knowledge.
    """
    return _review(Card(card_id=missed_at, due=_moment(missed_at)), Rating.Again, missed_at)


def rate(card: str, right: bool, now: int) -> Spaced:
    """The next review, now (ms): Good if it was right, Again if not."""
    return _review(Card.from_json(card), Rating.Good if right else Rating.Again, now)


def last_reviewed(card: str) -> int:
    """When (ms) a question was last answered, as far as its card knows."""
    last = Card.from_json(card).last_review
    return _milliseconds(last) if last else 0


def _review(card: Card, rating: Rating, at: int) -> Spaced:
    reviewed, _ = SCHEDULER.review_card(card, rating, _moment(at))
    return Spaced(reviewed.to_json(), _milliseconds(reviewed.due))


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
