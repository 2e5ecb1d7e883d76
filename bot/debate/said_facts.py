"""What the card of something that was said shows, loaded in one read. A function of a session that changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.debate import formats
from bot.debate.recap import OUT, say_out
from bot.debate.standing import kinds_of
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Fairness, Phase


@dataclass(frozen=True)
class Said:
    """Something that somebody said, with its state and what the other side found of it (fair, why).

    `turn` is what its phase is called. `judging`: it is a restatement that the other side can judge now;
    `reason_waits`: what somebody of it finds not quite fair waits for a moderator.
    """

    debate_id: int
    id: int
    kind: str
    turn: str
    side: str
    user_id: int
    text: str
    cites: tuple[str, ...]
    state: str
    found: tuple[tuple[bool, str], ...]
    judging: bool
    reason_waits: bool


def get_said(session: Session, guild_id: int, speech_id: int) -> Said | None:
    speech = debates.get_speech(session, guild_id, speech_id)
    if speech is None:
        return None
    phases = debates.list_phases(session, guild_id, speech.debate_id)
    phase = phases[speech.position or 0] if phases else None
    found = [f for f in debates.list_fairness(session, guild_id, speech.debate_id) if f.speech_id == speech_id]
    return Said(
        speech.debate_id,
        speech.id,
        speech.kind,
        formats.name_turn(kinds_of(phases), speech.position or 0) if phases else "",
        speech.side or "",
        speech.user_id,
        speech.text,
        tuple(json.loads(speech.cites)),
        speech.state,
        read_found(found),
        speech.kind == "restatement" and phase is not None and _is_open(session, phase),
        any(f.state == "waiting" for f in found),
    )


def read_found(found: Sequence[Fairness]) -> tuple[tuple[bool, str], ...]:
    """(fair, why) of what the other side found, with what is said in place of reasons that are not shown."""
    return tuple((bool(f.fair), say_out(f.state, f.why) if f.state in OUT else f.why) for f in found)


def _is_open(session: Session, phase: Phase) -> bool:
    debate = debates.get_debate(session, phase.guild_id, phase.debate_id)
    return phase.closed_at is None and debate is not None and debate.state != "over"
