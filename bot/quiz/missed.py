"""What somebody missed: which question is due to them, and what an answer changes. Functions of a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import judge
from bot.errors import Refusal
from bot.item import Item
from bot.quiz import spacing
from bot.subjects import find_asked
from bot.text import moment
from content.pack import Pack
from storage import quiz, reviews

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE = "That question is not asked here any more. /quiz review shows what else is due."
NOT_DUE = "That card is an old one. /quiz review shows what is due to you now."
COUNTED = "You have answered that one already, and that counts: it comes back {when}. /quiz review shows what is due."
OPEN = "That question is being asked in a round right now. It comes back to you once it is closed; join that round."


@dataclass(frozen=True)
class Due:
    """A question that is due to somebody, since a time (ms)."""

    item: Item
    due_at: int


@dataclass(frozen=True)
class Outlook:
    """What is due first, how much is held back by rounds that ask it, and when (ms) the next comes that is not due."""

    due: Due | None
    held: int
    next_at: int | None


@dataclass(frozen=True)
class Judged:
    """What became of an answer: the question, whether it was right, when (ms) it comes back, and what is due then."""

    item: Item
    right: bool
    back_at: int
    outlook: Outlook


def list_new(session: Session, guild_id: int, user_id: int) -> list[tuple[str, int]]:
    """(question, ms) of what somebody missed in a round since it was last reviewed."""
    missed = reviews.list_missed(session, guild_id, user_id)
    return [(id, at) for id, at, card in missed if card is None or spacing.last_reviewed(card) < at]


def take_up(session: Session, guild_id: int, user_id: int, missed: Sequence[tuple[str, int]], now: int) -> None:
    """Put what was missed under review, due now; what is there already comes back now."""
    for question_id, at in missed:
        review = reviews.get_review(session, guild_id, user_id, question_id)
        if review is None:
            new = spacing.start(at)
            reviews.add_review(session, guild_id, user_id, question_id, new.card, min(new.due_at, now))
        elif spacing.last_reviewed(review.card) < at:
            again = spacing.rate(review.card, False, at)
            reviews.move_review(session, review, again.card, min(again.due_at, now))


def look_out(session: Session, guild_id: int, packs: Mapping[str, Pack], user_id: int, now: int) -> Outlook:
    """What is due to somebody. What is not asked any more is forgotten on the way; what a round asks now waits."""
    held, due = 0, None
    for review in reviews.list_due(session, guild_id, user_id, now):
        if quiz.is_open_anywhere(session, guild_id, review.question_id):
            held += 1
        elif item := find_asked(session, guild_id, packs, review.question_id):
            due = Due(item, review.due_at)
            break
        else:
            reviews.drop_review(session, review)
    return Outlook(due, held, reviews.next_due_at(session, guild_id, user_id, now))


def look_at(
    session: Session, guild_id: int, packs: Mapping[str, Pack], user_id: int, question_id: str, due_at: int, now: int
) -> Item:
    """The question of a card that was due to somebody at a time (ms). Refusal if it may not be answered now."""
    review = reviews.get_review(session, guild_id, user_id, question_id)
    if review is None:
        raise Refusal(NOT_DUE)
    if review.due_at != due_at or review.due_at > now:
        raise Refusal(COUNTED.format(when=moment(review.due_at)) if review.due_at > now else NOT_DUE)
    if quiz.is_open_anywhere(session, guild_id, question_id):
        raise Refusal(OPEN)
    item = find_asked(session, guild_id, packs, question_id)
    if item is None:
        raise Refusal(GONE)
    return item


def answer(
    session: Session,
    guild_id: int,
    packs: Mapping[str, Pack],
    user_id: int,
    question_id: str,
    due_at: int,
    shown: Sequence[int] | str,
    now: int,
) -> Judged:
    """Take somebody's answer to a question that is due, once; `shown` comes from outside."""
    item = look_at(session, guild_id, packs, user_id, question_id, due_at, now)
    right = judge.is_right(item, judge.read_answer(item, shown, judge.shuffled(item, due_at, 0)))
    review = reviews.get_review(session, guild_id, user_id, question_id)
    assert review is not None
    new = spacing.rate(review.card, right, now)
    if not reviews.move_review(session, review, new.card, new.due_at):
        raise Refusal(NOT_DUE)
    return Judged(item, right, new.due_at, look_out(session, guild_id, packs, user_id, now))
