"""Where a debate stands: its open phase, who has a seat, and which questions wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.debate import formats
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Speech


def current(session: Session, debate: Debate) -> Phase:
    phase = debates.get_phase(session, debate.guild_id, debate.id, debate.position)
    assert phase is not None, "a running debate has all its phases"
    return phase


def kinds_of(phases: list[Phase]) -> list[tuple[str, str | None]]:
    return [(phase.kind, phase.side) for phase in phases]


def find_question(session: Session, debate: Debate, phases: list[Phase], position: int) -> Speech | None:
    """The question that a phase is about, if one was put."""
    place = formats.question_place(kinds_of(phases), position)
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    return next((one for one in said if one.kind == "question" and one.position == place), None)


def keeps_question(phases: list[Phase], phase: Phase, question: Speech) -> bool:
    """Whether a phase's card goes on showing a question once it is closed: the first that was about it does."""
    first = question.position or 0
    return phase.position == (first if phases[first].opened_at is not None else first + 1)


def list_waiting(session: Session, debate: Debate) -> list[Speech]:
    """The audience's questions that have not been put, the oldest first."""
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    return [one for one in said if one.kind == "question" and one.state == "waiting"]


def list_seated(session: Session, debate: Debate, side: str | None = None) -> list[int]:
    """Who has a seat, on a side or on both, in the order in which they came."""
    seats = debates.list_seats(session, debate.guild_id, debate.id)
    return [seat.user_id for seat in seats if seat.state == "seated" and side in (None, seat.side)]
