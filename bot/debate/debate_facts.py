"""What a debate's cards show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.debate import formats, health, swing, wording
from bot.debate.flows import LEAST
from bot.debate.formats import VOTING
from bot.debate.health import Held
from bot.debate.recap import Recap, Words, count_words
from bot.debate.rules import SPLIT_FROM
from bot.debate.standing import current, find_question, list_seated
from bot.votes import SIDES, VOTES
from content.pack import Motion
from storage import debates
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Speech


@dataclass(frozen=True)
class Panel:
    """A debate with its seats: ids by side, and those who wait. `lopsided`: most held one side in earlier debates."""

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
    lopsided: bool


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
    """Something that somebody said, with what the other side found of it (fair, why)."""

    debate_id: int
    id: int
    kind: str
    phase: str
    side: str
    user_id: int
    text: str
    cites: tuple[str, ...]
    void: bool
    found: tuple[tuple[bool, str], ...]


def read_motion(debate: Debate) -> Motion:
    """The motion of a debate, in the wording in which it is put."""
    return wording.put(Motion.model_validate_json(debate.motion), debate.wording)


def get_panel(session: Session, guild_id: int, debate_id: int) -> Panel | None:
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return None
    seats = debates.list_seats(session, guild_id, debate_id)
    return Panel(
        debate_id,
        read_motion(debate),
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
        is_lopsided(session, guild_id, debate.motion_id),
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
        read_motion(debate),
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
        speech.state == "void",
        tuple((bool(f.fair), f.why) for f in found),
    )


def get_form(session: Session, guild_id: int, debate_id: int) -> tuple[Motion, str]:
    """(motion, kind of the open phase), for the form in which a turn is taken."""
    debate = debates.get_debate(session, guild_id, debate_id)
    assert debate is not None, "its turn has just been checked"
    return read_motion(debate), current(session, debate).kind


def list_points(session: Session, guild_id: int, debate_id: int) -> list[tuple[int, str]]:
    """(speech, who and what in short) of everything that can have moved somebody, the newest 24."""
    said = [one for one in debates.list_speeches(session, guild_id, debate_id) if _counts(one)]
    return [(one.id, f"{SIDES[one.side or 'for']}: {one.text}") for one in said[-24:]]


def is_lopsided(session: Session, guild_id: int, motion_id: str) -> bool:
    """Whether most people held one side before the earlier debates on a motion, if there were enough to say so."""
    past = [_read_held(session, one) for one in debates.list_past(session, guild_id, motion_id) if one.ending == "held"]
    enough = sum(sum(held.before.values()) for held in past) >= LEAST
    return enough and health.examine(past).lopsided is not None


def get_recap(session: Session, guild_id: int, debate_id: int) -> Recap | None:
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return None
    said = [one for one in debates.list_speeches(session, guild_id, debate_id) if one.position is not None]
    phases = debates.list_phases(session, guild_id, debate_id)
    names = debates.list_names(session, guild_id, {one.user_id for one in said})
    speeches = [one for one in said if _counts(one)]
    return Recap(
        read_motion(debate).text,
        debate.format,
        debate.pace,
        debate.ending or "",
        _read_swing(session, debate),
        get_settings(session, guild_id).winner and debate.format != "circle",
        _sum(speeches, lambda one: count_words(one.text)),
        _sum(speeches, lambda one: len(json.loads(one.cites))),
        _count_fair(session, debate, said),
        [
            _write(one, phases, names)
            for one in sorted(said, key=lambda one: (one.position or 0, one.kind != "question"))
        ],
        _list_moved(session, debate, speeches),
    )


def _counts(speech: Speech) -> bool:
    """Whether it is part of the exchange: said in a turn, and not taken out."""
    return speech.kind == "speech" and speech.state == "shown"


def _sum(speeches: Sequence[Speech], measure: Callable[[Speech], int]) -> tuple[int, int]:
    """(For, Against)"""
    one, other = (sum(measure(speech) for speech in speeches if speech.side == side) for side in SIDES)
    return one, other


def _read_swing(session: Session, debate: Debate) -> swing.Swing:
    ballots = debates.list_ballots(session, debate.guild_id, debate.id)
    before, after = ({b.user_id: b.vote for b in ballots if b.stage == stage} for stage in VOTING)
    spoke = {seat.user_id for seat in debates.list_seats(session, debate.guild_id, debate.id) if seat.state != "queued"}
    return swing.read_swing(before, after, spoke, {b.user_id for b in ballots if b.late})


def _read_held(session: Session, debate: Debate) -> Held:
    ballots = debates.list_ballots(session, debate.guild_id, debate.id)
    votes = Counter(b.vote for b in ballots if b.stage == "before")
    moves = _read_swing(session, debate).audience.moves
    side = swing.judge(moves).side if moves else None
    return Held("mirrored" if debate.wording == "mirrored" else "plain", {vote: votes[vote] for vote in VOTES}, side)


def _count_fair(session: Session, debate: Debate, said: Sequence[Speech]) -> tuple[int, int]:
    """(sides found fair, sides that restated): of two tries the second counts."""
    last = {one.side: one.id for one in said if one.kind == "restatement" and one.state == "shown"}
    found = debates.list_fairness(session, debate.guild_id, debate.id)
    fair = [[f.fair for f in found if f.speech_id == id] for id in last.values()]
    return sum(bool(votes) and 2 * sum(votes) >= len(votes) for votes in fair), len(last)


def _list_moved(session: Session, debate: Debate, speeches: Sequence[Speech]) -> list[tuple[str, int]]:
    """The points that moved most people, up to three; of fewer people than SPLIT_FROM nothing is said."""
    moved = Counter(b.moved_by for b in debates.list_ballots(session, debate.guild_id, debate.id) if b.moved_by)
    phases = {p.position: p.kind for p in debates.list_phases(session, debate.guild_id, debate.id)}
    told = {one.id: f"{formats.KINDS[phases[one.position or 0]][0]} {SIDES[one.side or 'for']}" for one in speeches}
    return [(told[id], n) for id, n in moved.most_common(3) if n >= SPLIT_FROM and id in told]


def _write(speech: Speech, phases: Sequence[Phase], names: dict[int, str]) -> Words:
    kind = "asked" if speech.kind == "question" else phases[speech.position or 0].kind
    name = names.get(speech.user_id, "somebody")
    return Words(kind, speech.side, name, speech.text, tuple(json.loads(speech.cites)), speech.state == "void")
