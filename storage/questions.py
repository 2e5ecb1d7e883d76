"""The questions that a server keeps for itself, their decks and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update
from sqlalchemy.orm import Session

from storage.db import change_one, insert_new
from storage.tables import Deck, Question, Version

LIVE = Question.state == "live"


@dataclass(frozen=True)
class Kept:
    """A question as it stands: `body` is its newest version as JSON, `deck` the title of its deck."""

    number: int
    deck_id: str
    deck: str
    state: str
    version: int
    body: str
    author_id: int
    editor_id: int
    tell_channel_id: int | None
    made_at: int
    prompt: str


@dataclass(frozen=True)
class Edition:
    """One version of a question."""

    version: int
    body: str
    editor_id: int
    at: int


@dataclass(frozen=True)
class Filter:
    """Which questions to list; what is None or empty lets all through. `words` have to be in a question's words."""

    states: tuple[str, ...] = ("live",)
    deck_id: str | None = None
    kind: str | None = None
    words: tuple[str, ...] = ()


def list_decks(session: Session, guild_id: int) -> list[tuple[str, str, int]]:
    """(id, title, live questions) of every deck, by title."""
    rows = session.execute(
        select(Deck.id, Deck.title, func.count(Question.number))
        .outerjoin(Question, and_(Question.guild_id == Deck.guild_id, Question.deck_id == Deck.id, LIVE))
        .where(Deck.guild_id == guild_id)
        .group_by(Deck.id, Deck.title)
        .order_by(Deck.title)
    )
    return [(id, title, live) for id, title, live in rows]


def add_deck(session: Session, guild_id: int, id: str, title: str) -> bool:
    """Save a deck; False if there is one with this id."""
    return insert_new(session, Deck, {"guild_id": guild_id, "id": id, "title": title})


def last_number(session: Session, guild_id: int) -> int:
    return session.scalar(select(func.max(Question.number)).where(Question.guild_id == guild_id)) or 0


def add_questions(session: Session, questions: Sequence[dict[str, Any]], versions: Sequence[dict[str, Any]]) -> None:
    """Save new questions and their first versions, as rows of their tables."""
    session.execute(insert(Question), list(questions))
    session.execute(insert(Version), list(versions))


def add_version(
    session: Session, guild_id: int, number: int, seen: int, values: dict[str, Any], **changed: Any
) -> bool:
    """Save a new version and change its question, if that still stands at the version that was seen."""
    same = and_(_is(guild_id, number), Question.version == seen)
    if not change_one(session, update(Question).where(same).values(version=seen + 1, **changed)):
        return False
    session.execute(insert(Version).values({"guild_id": guild_id, "number": number, "version": seen + 1} | values))
    return True


def set_state(session: Session, guild_id: int, number: int, before: Sequence[str], state: str) -> bool:
    """Move a question from one of the states `before` to another; False if it was in none of them."""
    here = and_(_is(guild_id, number), Question.state.in_(before))
    return change_one(session, update(Question).where(here).values(state=state))


def forget_way(session: Session, guild_id: int, number: int) -> None:
    """Forget where the author of a suggestion wanted to hear of it: they have been told."""
    session.execute(update(Question).where(_is(guild_id, number)).values(tell_channel_id=None))


def get_kept(session: Session, guild_id: int, number: int) -> Kept | None:
    row = session.execute(_kept().where(_is(guild_id, number))).one_or_none()
    return Kept(*row) if row is not None else None


def list_kept(session: Session, guild_id: int, wanted: Filter, skip: int = 0, most: int | None = None) -> list[Kept]:
    """The questions that a filter lets through, by number."""
    statement = _kept().where(Question.guild_id == guild_id, *_conditions(wanted)).order_by(Question.number)
    return [Kept(*row) for row in session.execute(statement.offset(skip).limit(most))]


def list_numbers(session: Session, guild_id: int, wanted: Filter) -> list[int]:
    """The numbers of the questions that a filter lets through."""
    where = (Question.guild_id == guild_id, *_conditions(wanted))
    return list(session.scalars(select(Question.number).where(*where).order_by(Question.number)))


def count_kept(session: Session, guild_id: int, wanted: Filter) -> int:
    where = (Question.guild_id == guild_id, *_conditions(wanted))
    return session.scalar(select(func.count()).select_from(Question).where(*where)) or 0


def list_prompts(session: Session, guild_id: int) -> list[tuple[int, str]]:
    """(number, prompt) of every question that is live or waits for its review."""
    asked = Question.state.in_(("live", "waiting"))
    rows = session.execute(select(Question.number, Question.prompt).where(Question.guild_id == guild_id, asked))
    return [(number, prompt) for number, prompt in rows]


def list_versions(session: Session, guild_id: int, number: int) -> list[Edition]:
    """Every version of a question, the newest first."""
    rows = session.scalars(
        select(Version).where(Version.guild_id == guild_id, Version.number == number).order_by(Version.version.desc())
    )
    return [Edition(row.version, row.body, row.editor_id, row.at) for row in rows]


def count_suggested(session: Session, guild_id: int, author_id: int, since: int) -> int:
    """How many questions somebody has sent in since a time (ms)."""
    theirs = (Question.guild_id == guild_id, Question.author_id == author_id, Question.made_at >= since)
    return session.scalar(select(func.count()).select_from(Question).where(*theirs, Question.suggested == 1)) or 0


def _kept() -> Any:
    return (
        select(
            Question.number,
            Question.deck_id,
            Deck.title,
            Question.state,
            Question.version,
            Version.body,
            Question.author_id,
            Version.editor_id,
            Question.tell_channel_id,
            Question.made_at,
            Question.prompt,
        )
        .join(Deck, and_(Deck.guild_id == Question.guild_id, Deck.id == Question.deck_id))
        .join(
            Version,
            and_(
                Version.guild_id == Question.guild_id,
                Version.number == Question.number,
                Version.version == Question.version,
            ),
        )
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = [Question.words.contains(word, autoescape=True) for word in wanted.words]
    if wanted.states:
        conditions.append(Question.state.in_(wanted.states))
    for column, value in (
        (Question.deck_id, wanted.deck_id),
        (Question.kind, wanted.kind),
    ):
        if value is not None:
            conditions.append(column == value)
    return conditions


def _is(guild_id: int, number: int) -> ColumnElement[bool]:
    return and_(Question.guild_id == guild_id, Question.number == number)
