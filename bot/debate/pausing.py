"""A debate stands still and goes on: its chair pauses it, or the bot was away. What is left of its time is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving
from bot.debate.formats import GATHERING
from bot.debate.showing import redraw_panel, redraw_phase, show_anew
from bot.debate.standing import current, list_seated
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate

OVERDUE: Final = 10 * 60_000  # ms after which what stood still is not simply taken up again
ABSENT: Final = 30_000  # ms that a vote may end before the bot comes back, and not be opened again
ALONE: Final = {"live": 60 * 60_000, "async": 24 * 60 * 60_000}  # ms of a pause that its chair may stay away


def pause(session: Session, debate: Debate, now: int) -> None:
    """Stop the clock of a debate; what is left of its phase is kept."""
    left = max(debate.due_at - now, 0)
    moving.move(session, debate, state="paused", left=left, due_at=now + moving.PAUSE)
    show_anew(session, debate, now)


def take_up(session: Session, debate: Debate, now: int) -> None:
    """Let a paused debate go on: its phase has as much time as was left."""
    phase = current(session, debate)
    paused_at = debate.due_at - moving.PAUSE
    phase.closes_at = (phase.closes_at or now) + now - paused_at
    moving.move(session, debate, state="running", left=None, due_at=now + (debate.left or 0))
    if phase.outcome is None and phase.side and not list_seated(session, debate, phase.side):
        # Whoever was to speak has left meanwhile, and nobody else is there.
        moving.close_phase(session, debate, "passed", now)
    elif moving.has_lost_words(session, debate, phase):
        moving.close_phase(session, debate, phase.outcome or "skipped", now)
    else:
        redraw_phase(session, debate, now)


def is_left_alone(debate: Debate, now: int) -> bool:
    """Whether a debate has been paused for so long that its chair may be gone."""
    return debate.state == "paused" and now >= debate.due_at - moving.PAUSE + ALONE[debate.pace]


def come_back(session: Session, now: int) -> None:
    """After an absence: what is long overdue has its time again, all else goes on as planned.

    Seats are taken for as long as at first, and live debates wait for their chair. The vote after a debate is opened
    again where it ended meanwhile: closed unseen, it would be the end of the debate.
    """
    for debate in debates.list_open(session):
        late = now - debate.due_at
        if debate.state == "gathering" and late > OVERDUE:
            moving.move(session, debate, due_at=now + GATHERING[debate.pace])
            redraw_panel(session, debate, now)
        elif debate.state == "running" and debate.pace == "live" and late > OVERDUE:
            # Its pause counts as a long one already: whoever is there lets it go on, be the chair back or not.
            moving.move(session, debate, state="paused", due_at=now - ALONE[debate.pace] + moving.PAUSE)
            show_anew(session, debate, now)
            moving.give_anew(session, debate, now)
        elif debate.state == "running" and late > ABSENT and current(session, debate).kind == "after":
            moving.give_anew(session, debate, now)
