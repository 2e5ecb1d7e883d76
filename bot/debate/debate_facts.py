"""What a debate's cards show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.debate import formats, outcome_facts
from bot.debate.formats import VOTING
from bot.debate.health import Health
from bot.debate.standing import current, find_question, list_seated
from bot.votes import SIDES
from content.pack import Motion
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Panel:
    """A debate with its seats: ids by side, and those who wait, and what earlier debates say of its motion."""

    debate_id: int
    motion: Motion
    format: str
    pace: str
    hours: int
    state: str
    seated: dict[str, list[int]]
    queued: list[int]
    chair_id: int | None
    thread_id: int | None
    due_at: int
    ending: str | None
    health: Health


@dataclass(frozen=True)
class Turn:
    """A phase of a debate. `choosing`: the chair is to choose a question; `judging`: a restatement is being judged."""

    debate_id: int
    position: int
    total: int
    motion: Motion
    kind: str
    side: str | None
    speaker_id: int | None
    closes_at: int
    grace: bool
    paused: bool
    closed: bool
    outcome: str | None
    ballots: int
    question: str | None
    choosing: bool
    judging: bool
    can_extend: bool
    can_ask: bool


@dataclass(frozen=True)
class Said:
    """Something that somebody said, with its state and what the other side found of it (fair, why)."""

    debate_id: int
    id: int
    kind: str
    phase: str
    side: str
    user_id: int
    text: str
    cites: tuple[str, ...]
    state: str
    found: tuple[tuple[bool, str], ...]


def get_panel(session: Session, guild_id: int, debate_id: int) -> Panel | None:
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return None
    seats = debates.list_seats(session, guild_id, debate_id)
    return Panel(
        debate_id,
        outcome_facts.read_motion(debate),
        debate.format,
        debate.pace,
        debate.hours,
        debate.state,
        {side: list_seated(session, debate, side) for side in SIDES},
        [seat.user_id for seat in seats if seat.state == "queued"],
        debate.chair_id,
        debate.thread_id,
        debate.due_at,
        debate.ending,
        outcome_facts.examine(session, guild_id, debate.motion_id),
    )


def get_turn(session: Session, guild_id: int, debate_id: int, position: int) -> Turn | None:
    debate = debates.get_debate(session, guild_id, debate_id)
    phases = debates.list_phases(session, guild_id, debate_id)
    if debate is None or position >= len(phases):
        return None
    phase = phases[position]
    question = find_question(session, debate, phases, position) if phase.kind == "question" else None
    taken = any(one.extended for one in phases if one.side == phase.side)
    speaks = phase.kind not in VOTING
    return Turn(
        debate_id,
        position,
        len(phases),
        outcome_facts.read_motion(debate),
        phase.kind,
        phase.side,
        phase.speaker_id,
        phase.closes_at or 0,
        formats.grace(phase.kind, debate.pace) > 0,
        debate.state == "paused",
        phase.closed_at is not None,
        phase.outcome,
        debates.count_ballots(session, guild_id, debate_id, phase.kind) if phase.kind in VOTING else 0,
        question.text if question else None,
        phase.kind == "question" and question is None,
        phase.kind == "restatement" and phase.outcome is not None,
        debate.pace == "live" and speaks and not taken,
        speaks and any(one.kind == "question" and one.opened_at is None for one in phases[position:]),
    )


def get_said(session: Session, guild_id: int, speech_id: int) -> Said | None:
    speech = debates.get_speech(session, guild_id, speech_id)
    if speech is None:
        return None
    phase = debates.get_phase(session, guild_id, speech.debate_id, speech.position or 0)
    found = [f for f in debates.list_fairness(session, guild_id, speech.debate_id) if f.speech_id == speech_id]
    return Said(
        speech.debate_id,
        speech.id,
        speech.kind,
        phase.kind if phase else speech.kind,
        speech.side or "",
        speech.user_id,
        speech.text,
        tuple(json.loads(speech.cites)),
        speech.state,
        tuple((bool(f.fair), f.why) for f in found),
    )


def get_form(session: Session, guild_id: int, debate_id: int) -> tuple[Motion, str]:
    """(motion, kind of the open phase), for the form in which a turn is taken."""
    debate = debates.get_debate(session, guild_id, debate_id)
    assert debate is not None, "its turn has just been checked"
    return outcome_facts.read_motion(debate), current(session, debate).kind


def list_points(session: Session, guild_id: int, debate_id: int) -> list[tuple[int, str]]:
    """(speech, who and what in short) of everything that can have moved somebody, the newest 24."""
    said = [one for one in debates.list_speeches(session, guild_id, debate_id) if outcome_facts.counts(one)]
    return [(one.id, f"{SIDES[one.side or 'for']}: {' '.join(one.text.split())}") for one in said[-24:]]
