"""How a debate moves: a phase opens when the one before is over, once, and what gets in the way has a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import formats, seating
from bot.debate.formats import OTHER, VOTING
from bot.debate.showing import post, redraw_panel, redraw_phase, redraw_restatement
from bot.debate.standing import current, find_question, kinds_of, list_seated, list_waiting
from bot.errors import Refusal
from storage import debates
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Speech

OVERDUE: Final = 10 * 60_000  # ms after which a live debate that stood still is not simply taken up again
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
    _move(session, debate, state="running", thread_id=thread_id, due_at=now)
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
        outcome = _find_needless(session, debate, phases, phase.position)
        if outcome is None:
            _open(session, debate, phases, phase, now)
            return
        phase.closed_at, phase.outcome = now, outcome
    end(session, debate, "held", now)


def end(session: Session, debate: Debate, ending: str, now: int) -> None:
    """End a debate and show what came of it, unless nobody could see that."""
    was = debate.state
    if debate.position >= 0:
        phase = current(session, debate)
        if phase.closed_at is None:
            _shut(session, debate, phase, "skipped", now)
    _move(session, debate, state="over", ending=ending, ended_at=now)
    if ending in ("held", "ended", "empty"):
        redraw_panel(session, debate, now)
        if was != "gathering":
            post(session, debate, "result", now + 2)


def pause(session: Session, debate: Debate, now: int) -> None:
    """Stop the clock of a debate; what is left of its phase is kept."""
    left = max(debate.due_at - now, 0)
    _move(session, debate, state="paused", left=left, due_at=now + PAUSE)
    post(session, debate, "paused", now, again=f":{now}")
    redraw_phase(session, debate, now)


def take_up(session: Session, debate: Debate, now: int) -> None:
    """Let a paused debate go on: its phase has as much time as was left."""
    phase = current(session, debate)
    due_at = now + (debate.left or 0)
    _move(session, debate, state="running", left=None, due_at=due_at)
    phase.closes_at = due_at - formats.grace(phase.kind, debate.pace)
    redraw_phase(session, debate, now)


def give_time(session: Session, debate: Debate, phase: Phase, more: int, now: int) -> None:
    """Give the open phase `more` ms."""
    _move(session, debate, due_at=debate.due_at + more)
    phase.closes_at = (phase.closes_at or now) + more
    redraw_phase(session, debate, now)


def relay(session: Session, debate: Debate, question: Speech, now: int) -> None:
    """Put a question of the audience to the side whose turn it is."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[debate.position]
    question.position, question.state = phase.position, "shown"
    closes_at = now + formats.length(phase.kind, debate.pace, debate.hours)
    _move(session, debate, due_at=closes_at + formats.grace(phase.kind, debate.pace))
    phase.speaker_id = _choose_speaker(session, debate, phases, phase)
    phase.closes_at = closes_at
    redraw_phase(session, debate, now)


def wait_for_judges(session: Session, debate: Debate, now: int) -> None:
    """A restatement is said: the other side has a moment to say whether it is fair."""
    phase = current(session, debate)
    due_at = now + formats.wait(formats.JUDGING, debate.pace, debate.hours)
    _move(session, debate, due_at=due_at)
    phase.closes_at, phase.outcome = due_at, "spoken"
    redraw_phase(session, debate, now)


def pause_overdue(session: Session, now: int) -> None:
    """After an absence: live debates whose deadline is long past wait for their chair; all others go on as planned."""
    for debate in debates.list_running(session):
        if debate.pace == "live" and debate.due_at + OVERDUE < now:
            phase = current(session, debate)
            whole = formats.length(phase.kind, debate.pace, debate.hours) + formats.grace(phase.kind, debate.pace)
            pause(session, debate, now)
            _move(session, debate, left=whole)


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
    if phase.kind == "question" and find_question(session, debate, phases, phase.position) is None:
        to_put = _list_to_put(session, debate)
        if to_put:  # the chair has not chosen, so the bot puts the oldest
            relay(session, debate, to_put[0], now)
        else:
            close_phase(session, debate, "skipped", now)
        return
    spoke = phase.outcome == "spoken" or phase.kind in VOTING
    close_phase(session, debate, phase.outcome if spoke else "absent", now)


def _find_needless(session: Session, debate: Debate, phases: list[Phase], position: int) -> str | None:
    """What becomes of a phase that need not be opened; None if it is needed."""
    phase, kinds = phases[position], kinds_of(phases)
    if phase.kind in VOTING:
        return None
    if not list_seated(session, debate, phase.side):
        return "absent"
    if phase.kind == "question":
        first = formats.question_place(kinds, position) == position
        asked = list_waiting(session, debate) if first else find_question(session, debate, phases, position)
        return None if asked else "skipped"
    if formats.is_second_try(kinds, position):
        return None if _was_not_fair(session, debate, position - 1) else "skipped"
    if phase.kind == "restatement":
        said = debates.list_speeches(session, debate.guild_id, debate.id)
        theirs = any(one.side == OTHER[phase.side or ""] and one.state == "shown" for one in said)
        return None if theirs else "skipped"
    return None


def _list_to_put(session: Session, debate: Debate) -> list[Speech]:
    """The questions that the bot may put by itself: none where a moderator is to see words first."""
    return list_waiting(session, debate) if get_settings(session, debate.guild_id).approval == "off" else []


def _was_not_fair(session: Session, debate: Debate, position: int) -> bool:
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    ids = [one.id for one in said if one.position == position and one.kind == "restatement" and one.state == "shown"]
    found = [f.fair for f in debates.list_fairness(session, debate.guild_id, debate.id) if f.speech_id in ids]
    return bool(found) and sum(found) * 2 < len(found)


def _open(session: Session, debate: Debate, phases: list[Phase], phase: Phase, now: int) -> None:
    """Open a phase: its time runs from now. Where a question is to be chosen, its chair has a moment for that."""
    asking = phase.kind == "question" and find_question(session, debate, phases, phase.position) is None
    to_put = _list_to_put(session, debate) if asking and debate.chair_id is None else []
    if to_put:
        to_put[0].position, to_put[0].state = phase.position, "shown"
    if asking and not to_put:
        closes_at = due_at = now + formats.wait(formats.RELAYING, debate.pace, debate.hours)
    else:
        closes_at = now + formats.length(phase.kind, debate.pace, debate.hours)
        due_at = closes_at + formats.grace(phase.kind, debate.pace)
    _move(session, debate, position=phase.position, due_at=due_at)
    phase.opened_at, phase.closes_at = now, closes_at
    if phase.side and not (asking and not to_put):
        phase.speaker_id = _choose_speaker(session, debate, phases, phase)
    post(session, debate, "phase", now + 1, phase.position)


def _choose_speaker(session: Session, debate: Debate, phases: list[Phase], phase: Phase) -> int | None:
    """Whose turn it is: a second try is made by the same person, else those of a side take turns."""
    seated, kinds = list_seated(session, debate, phase.side), kinds_of(phases)
    if formats.is_second_try(kinds, phase.position):
        before = phases[phase.position - 1].speaker_id
        if before in seated:
            return before
    ours = [one for one in phases[: phase.position] if one.side == phase.side and one.opened_at is not None]
    turn = sum(not formats.is_second_try(kinds, one.position) for one in ours)
    return seating.choose_speaker(seated, turn)


def _shut(session: Session, debate: Debate, phase: Phase, outcome: str | None, now: int) -> None:
    phase.closed_at, phase.outcome = now, outcome
    redraw_phase(session, debate, now)
    redraw_restatement(session, debate, phase, now)


def _move(session: Session, debate: Debate, **values: object) -> None:
    """Move a debate from the version that was read; Refusal if something else moved it."""
    if not debates.move(session, debate, **values):
        raise Refusal(STALE)
