"""Before somebody is asked whether they mean it: whether they may do it, and what to ask. Nothing is changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.debate import chair
from bot.debate.floor import Place, find_debate, find_running
from bot.debate.moving import STALE
from bot.debate.standing import current, list_seated
from bot.errors import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def check_skip(session: Session, place: Place, position: int) -> str:
    """The kind of a phase that this person may close now; Refusal otherwise."""
    debate = find_running(session, place)
    chair.check_chair(debate, place)
    phase = current(session, debate)
    if phase.position != position:
        raise Refusal(STALE)
    return phase.kind


def check_end(session: Session, place: Place, now: int) -> None:
    """Refuse whoever may not end this debate now."""
    chair.find_to_end(session, place, now)


def check_void(session: Session, place: Place, speech_id: int) -> bool:
    """Refuse whoever may not take this out of its debate; whether it has reasons that can be taken out alone."""
    _, speech = chair.find_said(session, place, speech_id)
    return bool(chair.list_reasons(session, speech))


def speaks(session: Session, place: Place) -> bool:
    """Whether this person has a seat in a debate that has begun."""
    debate = find_debate(session, place)
    return debate.state != "gathering" and place.user_id in list_seated(session, debate)
