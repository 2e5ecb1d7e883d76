"""What a debate's cards show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.debate import formats, outcome_facts
from bot.debate.formats import KINDS, VOTING
from bot.debate.health import Health
from bot.debate.held import find_held
from bot.debate.recap import OUT
from bot.debate.standing import current, find_question, keeps_question, kinds_of, list_seated
from bot.votes import SIDES
from content.pack import Motion
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Speech


@dataclass(frozen=True)
class Panel:
    """A debate with its seats: ids by side, and those who wait, and what earlier debates say of its motion.

    `plain` is the plain wording where the mirrored one is put, else None; `gallery_id` the thread of those who watch.
    """

    debate_id: int
    motion: Motion
    plain: str | None
    format: str
    pace: str
    hours: int
    state: str
    seated: dict[str, list[int]]
    queued: list[int]
    chair_id: int | None
    thread_id: int | None
    gallery_id: int | None
    due_at: int
    ending: str | None
    health: Health


@dataclass(frozen=True)
class Turn:
    """A phase of a debate.

    `choosing`: the chair is to choose a question, `judging`: a restatement is being judged. `question_id` is that of
    a question that is shown, `message_id` that of the newest card.
    """

    debate_id: int
    position: int
    total: int
    motion: Motion
    plain: str | None
    gallery_id: int | None
    kind: str
    name: str
    side: str | None
    speaker_id: int | None
    closes_at: int
    grace: bool
    paused: bool
    closed: bool
    outcome: str | None
    ballots: int
    question: str | None
    question_id: int | None
    choosing: bool
    judging: bool
    can_extend: bool
    can_ask: bool
    message_id: int | None
    waiting: int


def get_panel(session: Session, guild_id: int, debate_id: int) -> Panel | None:
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return None
    listed = debates.list_seats(session, guild_id, debate_id)
    return Panel(
        debate_id,
        outcome_facts.read_motion(debate),
        outcome_facts.read_plain(debate),
        debate.format,
        debate.pace,
        debate.hours,
        debate.state,
        {side: list_seated(session, debate, side) for side in SIDES},
        [seat.user_id for seat in listed if seat.state == "queued"],
        debate.chair_id,
        debate.thread_id,
        debate.gallery_id,
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
    kept = question is not None and (phase.closed_at is None or keeps_question(phases, phase, question))
    taken = any(one.extended for one in phases if one.side == phase.side)
    speaks = phase.kind not in VOTING
    return Turn(
        debate_id,
        position,
        len(phases),
        outcome_facts.read_motion(debate),
        outcome_facts.read_plain(debate),
        debate.gallery_id,
        phase.kind,
        formats.name_turn(kinds_of(phases), position),
        phase.side,
        phase.speaker_id,
        phase.closes_at or 0,
        formats.grace(phase.kind, debate.pace) > 0,
        debate.state == "paused",
        phase.closed_at is not None,
        phase.outcome,
        debates.count_ballots(session, guild_id, debate_id, phase.kind) if phase.kind in VOTING else 0,
        _read_question(question) if question and kept else None,
        question.id if question and kept and question.state == "shown" else None,
        phase.kind == "question" and question is None,
        phase.kind == "restatement" and phase.outcome is not None,
        debate.pace == "live" and speaks and not taken,
        speaks and formats.takes_questions(phases[position:]),
        phase.message_id,
        len(find_held(session, debate)),
    )


def find_card(session: Session, guild_id: int, debate_id: int) -> tuple[int, int, int] | None:
    """(channel, message, position) of the card of the open phase; None if there is none to be seen."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None or debate.state == "over" or debate.position < 0:
        return None
    message_id = current(session, debate).message_id
    return (debate.thread_id or debate.channel_id, message_id, debate.position) if message_id else None


def get_form(session: Session, guild_id: int, debate_id: int) -> tuple[Motion, str, str]:
    """(motion, kind of the open phase, the question that it can answer), for the form in which a turn is taken."""
    debate = debates.get_debate(session, guild_id, debate_id)
    assert debate is not None, "its turn has just been checked"
    return outcome_facts.read_motion(debate), current(session, debate).kind, _find_asked(session, debate)


def list_points(session: Session, guild_id: int, debate_id: int, user_id: int) -> list[tuple[int, str]]:
    """(speech, its turn and what was said) of everything that can have moved this person, the newest 24."""
    said = debates.list_speeches(session, guild_id, debate_id)
    moving = [one for one in said if outcome_facts.counts(one) and one.user_id != user_id]
    kinds = [phase.kind for phase in debates.list_phases(session, guild_id, debate_id)]
    turns = [(one, one.position or 0, SIDES[one.side or "for"]) for one in moving[-24:]]
    return [(one.id, f"{n + 1} · {KINDS[kinds[n]][0]} {side}: {' '.join(one.text.split())}") for one, n, side in turns]


def is_second_try(session: Session, guild_id: int, speech_id: int) -> bool:
    """Whether a restatement is the second of its side."""
    speech = debates.get_speech(session, guild_id, speech_id)
    assert speech is not None, "it has just been judged"
    phases = debates.list_phases(session, guild_id, speech.debate_id)
    return formats.is_second_try(kinds_of(phases), speech.position or 0)


def _find_asked(session: Session, debate: Debate) -> str:
    """What the open phase can answer: a question of the audience or, in a closing, the other side's; else nothing."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[debate.position]
    if phase.kind == "question":
        question = find_question(session, debate, phases, phase.position)
        return _read_question(question) if question else ""
    if phase.kind != "closing":
        return ""
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    crossed = (one for one in said if one.kind == "speech" and phases[one.position or 0].kind == "cross")
    return next((one.text for one in crossed if one.side != phase.side and one.state == "shown"), "")


def _read_question(question: Speech) -> str:
    """A question that was put, or what stands in its place if it was taken out."""
    return OUT.get(question.state) or question.text
