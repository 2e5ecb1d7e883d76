"""How a debate moves: a phase opens when the one before is over, once, and what gets in the way has a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import formats
from bot.debate.formats import OTHER, VOTING
from bot.debate.showing import post, redraw_panel, redraw_phase, redraw_restatement
from bot.debate.standing import current, find_question, kinds_of, list_seated
from bot.debate.turns import choose_speaker, fill_seat, find_needless, list_to_put
from bot.errors import Refusal
from storage import debates, posts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Seat, Speech

CARD: Final = 10_000  # ms until it is seen again whether the card of a phase is out
PAUSE: Final = 7 * 24 * 60 * 60_000  # ms after which a paused debate ends
STALE = "The debate has just moved on. Please look at its newest card."


def step(session: Session, guild_id: int, debate_id: int, now: int) -> None:
    """Do what a debate's time has come for. Doing it twice is harmless: the second finds it done."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None or debate.state == "over" or debate.due_at > now:
        return
    if debate.state == "gathering":
        _close_seats(session, debate, now)
    elif debate.state == "paused":
        end(session, debate, "ended", now)
    else:
        _run_out(session, debate, now)


def begin(session: Session, debate: Debate, thread_id: int | None, now: int) -> None:
    """Let a debate begin, in its thread or else in its channel: all its phases are made, and the first opens."""
    move(session, debate, state="running", thread_id=thread_id, due_at=now)
    steps = formats.list_steps(debate.format, formats.first_side(debate.seed))
    key: dict[str, object] = {"guild_id": debate.guild_id, "debate_id": debate.id}
    rows = [key | {"position": n, "kind": step.kind, "side": step.side} for n, step in enumerate(steps)]
    debates.add_phases(session, rows)
    redraw_panel(session, debate, now)
    go_on(session, debate, now)


def close_phase(session: Session, debate: Debate, outcome: str | None, now: int) -> None:
    """Close the open phase and open the next."""
    phase = current(session, debate)
    _shut(session, debate, phase, outcome, now)
    go_on(session, debate, now)


def go_on(session: Session, debate: Debate, now: int) -> None:
    """Open the next phase that is needed; after the last one the debate has been held."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    for phase in phases[debate.position + 1 :]:
        if phase.side and not list_seated(session, debate, phase.side):
            fill_seat(session, debate, phase.side)
        outcome = find_needless(session, debate, phases, phase.position)
        if outcome is None:
            _open(session, debate, phases, phase, now)
            return
        phase.closed_at, phase.outcome = now, outcome
    end(session, debate, "held", now)


def end(session: Session, debate: Debate, ending: str, now: int) -> None:
    """End a debate and show what came of it, unless nobody could see that; ended in its last vote it was held."""
    was = debate.state
    if debate.position >= 0:
        phase = current(session, debate)
        if phase.closed_at is None:
            voted = phase.kind == "after" and ending == "ended"
            ending = "held" if voted else ending
            _shut(session, debate, phase, None if voted else phase.outcome or "skipped", now)
    move(session, debate, state="over", ending=ending, ended_at=now)
    if ending in ("held", "ended", "empty"):
        redraw_panel(session, debate, now)
        if was != "gathering":
            post(session, debate, "result", now + 2)


def give_time(session: Session, debate: Debate, phase: Phase, more: int, now: int) -> None:
    """Give the open phase `more` ms."""
    move(session, debate, due_at=debate.due_at + more)
    phase.closes_at = (phase.closes_at or now) + more
    redraw_phase(session, debate, now)


def give_anew(session: Session, debate: Debate, now: int) -> None:
    """Give the open phase all its time again, from now, or where the debate is paused, for when it goes on."""
    since = now if debate.state == "running" else debate.due_at - PAUSE
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    until = _set_time(session, debate, phases, phases[debate.position], since)
    if debate.state == "running":
        move(session, debate, due_at=until)
    else:
        move(session, debate, left=until - since)
    redraw_phase(session, debate, now)


def relay(session: Session, debate: Debate, question: Speech, now: int) -> None:
    """Put a question of the audience to the side whose turn it is."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[debate.position]
    _put(phases, phase, question)
    question.channel_id = debate.thread_id or debate.channel_id
    move(session, debate, due_at=_set_time(session, debate, phases, phase, now))
    phase.speaker_id = choose_speaker(session, debate, phases, phase)
    redraw_phase(session, debate, now)


def leave_words(session: Session, debate: Debate, now: int) -> None:
    """Words were taken out: a question that is being answered or a restatement that is judged, and all goes on."""
    phase = current(session, debate) if debate.state == "running" else None
    if phase is not None and has_lost_words(session, debate, phase):
        close_phase(session, debate, phase.outcome or "skipped", now)


def wait_for_judges(session: Session, debate: Debate, now: int) -> None:
    """A restatement is said: the other side has a moment to say whether it is fair."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[debate.position]
    phase.outcome = "spoken"
    move(session, debate, due_at=_set_time(session, debate, phases, phase, now))
    redraw_phase(session, debate, now)


def hand_on(session: Session, debate: Debate, seat: Seat, now: int) -> None:
    """A seat was given up: whoever waits for it has it, and if it was this person's turn, somebody else's is it now."""
    fill_seat(session, debate, seat.side)
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[debate.position]
    if phase.side != seat.side or phase.outcome is not None:
        return
    speaker_id = choose_speaker(session, debate, phases, phase)
    if speaker_id is None and debate.state == "running":
        close_phase(session, debate, "passed", now)
    elif speaker_id is not None and phase.speaker_id == seat.user_id:
        phase.speaker_id = speaker_id
        if debate.state == "running":
            move(session, debate, due_at=_set_time(session, debate, phases, phase, now))
        redraw_phase(session, debate, now)


def _close_seats(session: Session, debate: Debate, now: int) -> None:
    """Nobody has begun the debate in time: it begins by itself, or ends if a side is empty."""
    if all(list_seated(session, debate, side) for side in OTHER):
        begin(session, debate, None, now)
    else:
        end(session, debate, "empty", now)


def _run_out(session: Session, debate: Debate, now: int) -> None:
    """The open phase's time is up."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[debate.position]
    if _is_on_its_way(session, debate, phase):  # nobody has seen it; delivery gives up some time, and tells us
        move(session, debate, due_at=now + CARD)
        return
    if _is_choosing(session, debate, phases, phase):
        to_put = list_to_put(session, debate)
        if to_put:  # the chair has not chosen, so the bot puts the oldest
            relay(session, debate, to_put[0], now)
        else:
            close_phase(session, debate, "skipped", now)
        return
    spoke = phase.outcome == "spoken" or phase.kind in VOTING
    close_phase(session, debate, phase.outcome if spoke else "absent", now)


def _is_on_its_way(session: Session, debate: Debate, phase: Phase) -> bool:
    """Whether a phase's first card is still to be sent."""
    key = f"{debate.id}:phase:{phase.position}"
    return phase.posted_at is None and posts.is_waiting(session, debate.guild_id, key)


def _open(session: Session, debate: Debate, phases: list[Phase], phase: Phase, now: int) -> None:
    """Open a phase: its time runs from now. Where a question is to be chosen, its chair has a moment for that."""
    to_put = list_to_put(session, debate) if debate.chair_id is None else []
    if to_put and _is_choosing(session, debate, phases, phase):
        _put(phases, phase, to_put[0])
    due_at = _set_time(session, debate, phases, phase, now)
    move(session, debate, position=phase.position, due_at=due_at)
    phase.opened_at = now
    if phase.side and not _is_choosing(session, debate, phases, phase):
        phase.speaker_id = choose_speaker(session, debate, phases, phase)
    post(session, debate, "phase", now + 1, phase.position)


def _put(phases: list[Phase], phase: Phase, question: Speech) -> None:
    """Let a question be what a phase, and the other one of its pair, is about."""
    question.position = formats.question_place(kinds_of(phases), phase.position)
    question.state, question.held = "shown", 0


def _is_choosing(session: Session, debate: Debate, phases: list[Phase], phase: Phase) -> bool:
    """Whether a phase waits for a question to be chosen."""
    return phase.kind == "question" and find_question(session, debate, phases, phase.position) is None


def has_lost_words(session: Session, debate: Debate, phase: Phase) -> bool:
    """Whether the question that a phase is about, or the restatement that is judged in it, is shown no more."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    question = find_question(session, debate, phases, phase.position) if phase.kind == "question" else None
    if question is not None:
        return question.state != "shown"
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    restated = [one.state for one in said if one.kind == "restatement" and one.position == phase.position]
    return restated in (["void"], ["declined"])


def _set_time(session: Session, debate: Debate, phases: list[Phase], phase: Phase, now: int) -> int:
    """Give a phase from now on the time for what it waits for; until when (ms) the debate waits."""
    grace = 0
    if phase.outcome is not None:
        length = formats.wait(formats.JUDGING, debate.pace, debate.hours)
    elif _is_choosing(session, debate, phases, phase):
        length = formats.wait(formats.RELAYING, debate.pace, debate.hours)
    else:
        length = formats.length(phase.kind, debate.pace, debate.hours) + phase.extended * formats.MINUTE
        grace = formats.grace(phase.kind, debate.pace)
    phase.closes_at = now + length
    return now + length + grace


def _shut(session: Session, debate: Debate, phase: Phase, outcome: str | None, now: int) -> None:
    phase.closed_at, phase.outcome = now, outcome
    redraw_phase(session, debate, now)
    redraw_restatement(session, debate, phase, now)


def move(session: Session, debate: Debate, **values: object) -> None:
    """Move a debate from the version that was read; Refusal if something else moved it."""
    if not debates.move(session, debate, **values):
        raise Refusal(STALE)
