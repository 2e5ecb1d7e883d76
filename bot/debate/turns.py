"""Which phase of a debate is needed, who speaks in it, and which questions the bot may put by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.debate import formats, seating
from bot.debate.formats import OTHER, VOTING
from bot.debate.standing import find_question, kinds_of, list_seated, list_waiting
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Speech


def find_needless(session: Session, debate: Debate, phases: list[Phase], position: int) -> str | None:
    """What becomes of a phase that need not be opened; None if it is needed."""
    phase, kinds = phases[position], kinds_of(phases)
    if phase.kind in VOTING:
        return None
    if not list_seated(session, debate, phase.side):
        return "absent"
    if phase.kind == "question":
        return None if _is_asked(session, debate, phases, position) else "skipped"
    if formats.is_second_try(kinds, position):
        return None if _was_not_fair(session, debate, position - 1) else "skipped"
    if phase.kind == "restatement":
        said = debates.list_speeches(session, debate.guild_id, debate.id)
        theirs = any(one.side == OTHER[phase.side or ""] and one.state == "shown" for one in said)
        return None if theirs else "skipped"
    return None


def list_to_put(session: Session, debate: Debate) -> list[Speech]:
    """The questions that the bot may put by itself: none that a moderator is to see first."""
    return [question for question in list_waiting(session, debate) if not question.held]


def choose_speaker(session: Session, debate: Debate, phases: list[Phase], phase: Phase) -> int | None:
    """Whose turn it is: a second try is made by the same person, else those of a side take turns."""
    seated, kinds = list_seated(session, debate, phase.side), kinds_of(phases)
    if formats.is_second_try(kinds, phase.position):
        before = phases[phase.position - 1].speaker_id
        if before in seated:
            return before
    ours = [one for one in phases[: phase.position] if one.side == phase.side and one.opened_at is not None]
    turn = sum(not formats.is_second_try(kinds, one.position) for one in ours)
    return seating.choose_speaker(seated, turn)


def fill_seat(session: Session, debate: Debate, side: str | None) -> None:
    """Let the first who waits for a seat on a side have it."""
    waits = [seat for seat in debates.list_seats(session, debate.guild_id, debate.id) if seat.state == "queued"]
    if first := next((seat for seat in waits if seat.side == side), None):
        first.state = "seated"


def _is_asked(session: Session, debate: Debate, phases: list[Phase], position: int) -> bool:
    """Whether there is a question for a phase: one that was put, or where none could be put yet, one that waits."""
    place = formats.question_place(kinds_of(phases), position)
    put = find_question(session, debate, phases, position)
    if put is not None:
        return put.state == "shown"
    opens = position == place or phases[place].opened_at is None  # nobody was there to answer in the first of the pair
    return opens and bool(list_waiting(session, debate))


def _was_not_fair(session: Session, debate: Debate, position: int) -> bool:
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    ids = [one.id for one in said if one.position == position and one.kind == "restatement" and one.state == "shown"]
    found = [f.fair for f in debates.list_fairness(session, debate.guild_id, debate.id) if f.speech_id in ids]
    return bool(found) and sum(found) * 2 < len(found)
