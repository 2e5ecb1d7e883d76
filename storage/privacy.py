"""What is kept about one person: every column that can hold somebody's id, and what becomes of it.

A test walks over all tables: a new column of this sort has to be listed here before it passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, select, update
from sqlalchemy.orm import DeclarativeBase, Session

from storage.tables import (
    Answer,
    Asked,
    Audit,
    Ballot,
    Claim,
    Debate,
    DebateBallot,
    Delta,
    Draft,
    Fairness,
    Flag,
    Member,
    Phase,
    Player,
    Post,
    Prompt,
    Question,
    Rating,
    Reminder,
    Report,
    Review,
    Round,
    Ruling,
    Schedule,
    Season,
    Seat,
    Speech,
    Stance,
    Tally,
    Version,
)


@dataclass(frozen=True)
class Column:
    """A column that holds somebody's id. A row that is not dropped gets another id, and what it `becomes` besides.

    Rows that are `undecided` are dropped, too. Where the row is `theirs`, it says what somebody else thinks, and is not
    handed out to this person.
    """

    table: type[DeclarativeBase]
    name: str
    drop: bool = False
    becomes: Mapping[str, Any] = field(default_factory=dict)
    theirs: bool = False
    undecided: ColumnElement[bool] | None = None

    @property
    def of(self) -> Table:
        return self.table.metadata.tables[self.table.__tablename__]

    def is_of(self, guild_id: int, user_id: int) -> ColumnElement[bool]:
        return and_(self.of.c.guild_id == guild_id, self.of.c[self.name] == user_id)


# What can still be said anew goes, or whoever deletes and comes back would count twice; what is decided stays as it is.
VOTE_OPEN = exists().where(Prompt.guild_id == Ballot.guild_id, Prompt.id == Ballot.prompt_id, Prompt.state != "over")
DEBATE_OPEN = exists().where(
    Debate.guild_id == DebateBallot.guild_id, Debate.id == DebateBallot.debate_id, Debate.state != "over"
)

COLUMNS = (
    # Boards leave out who is hidden, also when they are counted anew.
    Column(Member, "user_id", becomes={"name": "somebody", "hidden": 1}),
    Column(Answer, "user_id"),
    Column(Player, "user_id"),
    Column(Tally, "user_id"),
    Column(Round, "starter_id"),
    Column(Season, "starter_id"),
    Column(Schedule, "maker_id"),
    Column(Reminder, "user_id", drop=True),
    Column(Review, "user_id", drop=True),
    Column(Draft, "user_id", drop=True),
    Column(Question, "author_id", becomes={"tell_channel_id": None}),
    Column(Version, "editor_id"),
    Column(Report, "user_id", becomes={"note": ""}),
    Column(Ruling, "moderator_id"),
    Column(Audit, "user_id"),
    Column(Prompt, "starter_id"),
    Column(Ballot, "user_id", undecided=VOTE_OPEN),
    Column(Debate, "starter_id"),
    Column(Debate, "chair_id", becomes={"chair_id": None}),  # the bot chairs
    Column(Phase, "speaker_id"),
    Column(Seat, "user_id"),
    Column(Speech, "user_id", becomes={"text": "", "cites": "[]", "state": "void", "held": 0}),
    Column(Fairness, "user_id", becomes={"why": "", "state": "void"}),
    Column(DebateBallot, "user_id", undecided=DEBATE_OPEN),
    Column(Stance, "user_id", drop=True),
    Column(Claim, "author_id", becomes={"text": "", "cites": "[]", "state": "removed"}),
    Column(Rating, "user_id", drop=True),
    Column(Delta, "giver_id", becomes={"reason": "", "state": "removed"}),
    Column(Delta, "writer_id", theirs=True),
    Column(Flag, "user_id", becomes={"note": ""}),  # moderators may still have to decide
)
# What is written by the bot and may name people: ids stand there as digits.
TEXTS = ((Draft, "body"), (Audit, "subject"), (Audit, "before"), (Audit, "after"), (Post, "key"), (Post, "subject"))

FORGOTTEN = "privacy.delete"  # in the audit log

# Who learns before a question closes whether they were right, or what is asked next, can tell others.
LEFT_OUT = {"guild_id", "seed"} | {column.name for column in COLUMNS}
CLOSED = exists().where(
    Asked.guild_id == Answer.guild_id,
    Asked.round_id == Answer.round_id,
    Asked.position == Answer.position,
    Asked.closed_at.is_not(None),
)


def list_rows(session: Session, guild_id: int, user_id: int) -> Iterator[tuple[Column, list[dict[str, Any]]]]:
    """All rows about somebody in a server, by the column that holds their id; nobody's id stands in them.

    Answers are among them once their question is closed.
    """
    for column in (one for one in COLUMNS if not one.theirs):
        shown = [c for c in column.of.c if c.name not in LEFT_OUT]
        rows = select(*shown).where(column.is_of(guild_id, user_id)).order_by(*column.of.primary_key)
        if column.table is Answer:
            rows = rows.where(CLOSED)
        yield column, [dict(row) for row in session.execute(rows).mappings()]


def find_seat(session: Session, guild_id: int, user_id: int) -> Debate | None:
    """A debate that is not over in which somebody has a seat or waits for one."""
    same = and_(Seat.guild_id == Debate.guild_id, Seat.debate_id == Debate.id)
    theirs = (Seat.guild_id == guild_id, Seat.user_id == user_id, Seat.state != "withdrawn", Debate.state != "over")
    return session.scalars(select(Debate).join(Seat, same).where(*theirs).limit(1)).first()


def list_shown(session: Session, guild_id: int, user_id: int) -> dict[str, list[int]]:
    """What shows somebody's words to others: claims by number, and what was said in debates by id.

    The card of a restatement also shows why somebody finds it not quite fair.
    """
    claims = select(Claim.number).where(Claim.guild_id == guild_id, Claim.author_id == user_id)
    own = select(Speech.id).where(Speech.guild_id == guild_id, Speech.user_id == user_id)
    judged = select(Fairness.speech_id).where(Fairness.guild_id == guild_id, Fairness.user_id == user_id)
    return {
        "claim": list(session.scalars(claims)),
        "speech": list(session.scalars(own.union(judged))),
    }


def forget(session: Session, guild_id: int, user_id: int, other_id: int) -> int:
    """Put another id in the place of somebody's wherever it stands in a server, and drop what counts for nobody else.

    Their words are taken out of the rows that stay. Returns how many rows that changed.
    """
    session.flush()
    changed = 0
    for column in COLUMNS:
        mine = column.is_of(guild_id, user_id)
        values = {column.name: other_id, **column.becomes}
        dropped = delete(column.of).where(mine)
        changes: list[Any] = [dropped] if column.drop else [update(column.of).where(mine).values(values)]
        if column.undecided is not None:
            changes.insert(0, dropped.where(column.undecided))
        changed += sum(session.execute(change).rowcount for change in changes)  # type: ignore[attr-defined]
    for table, name in TEXTS:
        text: Any = getattr(table, name)
        named = update(table).where(table.guild_id == guild_id, text.contains(str(user_id)))
        session.execute(named.values({name: func.replace(text, str(user_id), str(other_id))}))
    session.expire_all()
    return changed
