"""The votes before and after a debate: private, changeable while they are open, one of each a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.debate.floor import NO_DEBATE, Place, find_running
from bot.debate.formats import VOTING
from bot.debate.standing import current
from bot.errors import Refusal
from bot.votes import check_vote
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CLOSED: Final = (
    "That vote is closed. Whoever votes before the first and after the last speech is counted in the result."
)
OWN: Final = "That point is your own. Please choose somebody else's, or “None of them”."
VOTE_FIRST: Final = "Please vote first: then you can say what moved you."


@dataclass(frozen=True)
class Recorded:
    """A ballot that is saved, the one it replaced, and at which stage."""

    stage: str
    vote: str
    before: str | None
    closes_at: int


def vote(session: Session, place: Place, position: int, vote: str, now: int) -> Recorded:
    """Take somebody's vote in the open vote; it replaces the one before."""
    check_vote(vote)
    debate = find_running(session, place)
    phase = current(session, debate)
    over = phase.posted_at is not None and now >= (phase.closes_at or now)  # no card out: its time has not begun
    if phase.position != position or phase.kind not in VOTING or over:
        raise Refusal(CLOSED)
    before = debates.get_ballot(session, place.guild_id, place.debate_id, phase.kind, place.user_id)
    was = before.vote if before else None
    values = {
        "guild_id": place.guild_id,
        "debate_id": place.debate_id,
        "stage": phase.kind,
        "user_id": place.user_id,
        "vote": vote,
        "late": int((place.joined_at or 0) > debate.started_at),
        "at": now,
    }
    debates.save_ballot(session, values)
    return Recorded(phase.kind, vote, was, phase.closes_at or now)


def note_moved(session: Session, place: Place, speech_id: int) -> None:
    """Note which speech moved somebody who has just voted after the debate; 0 is none of them."""
    debate = find_running(session, place)
    if debates.get_ballot(session, place.guild_id, debate.id, "after", place.user_id) is None:
        raise Refusal(VOTE_FIRST)
    speech = debates.get_speech(session, place.guild_id, speech_id) if speech_id else None
    if speech_id and (speech is None or speech.debate_id != debate.id):
        raise Refusal(NO_DEBATE)
    if speech is not None and speech.user_id == place.user_id:
        raise Refusal(OWN)
    debates.set_moved_by(session, place.guild_id, debate.id, place.user_id, speech_id or None)
