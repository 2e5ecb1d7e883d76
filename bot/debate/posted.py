"""What becomes of a debate's posts: they are noted when they are out, and a lost place has a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving
from bot.debate.showing import post, redraw_panel, redraw_phase
from bot.debate.standing import current
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate

SLOW: Final = 1_000  # ms that Discord may take to show a turn before its time is given back


def take_panel(session: Session, message_id: int, now: int, guild_id: int, debate_id: int, *_: int) -> None:
    """Note the card with the seats, if a new one had to take the place of one that is gone."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is not None:
        debate.message_id = message_id


def take_phase(
    session: Session, message_id: int, now: int, guild_id: int, debate_id: int, position: int, _: int
) -> None:
    """Note the card of a phase. If Discord was slow to take the first, its speaker still gets the full time."""
    debate = debates.get_debate(session, guild_id, debate_id)
    phase = debates.get_phase(session, guild_id, debate_id, position)
    if debate is None or phase is None or phase.message_id == message_id:  # an edit
        return
    first = phase.posted_at is None
    phase.message_id, phase.posted_at = message_id, phase.posted_at or now
    late = now - (phase.opened_at or now)
    if phase.closed_at is not None:
        post(session, debate, "phase", now, position, again=":shut", edits=message_id)
    elif first and debate.state == "running" and debate.pace == "live" and late > SLOW:
        moving.give_time(session, debate, phase, late, now)
    elif not first or debate.state == "paused":  # it may have changed while its card was on the way
        redraw_phase(session, debate, now)


def take_speech(session: Session, message_id: int, now: int, guild_id: int, debate_id: int, id: int, at: int) -> None:
    """Note the card of something that was said, and where it is."""
    speech = debates.get_speech(session, guild_id, id)
    if speech is not None:
        speech.message_id, speech.channel_id = message_id, at


def take_result(session: Session, message_id: int, now: int, guild_id: int, debate_id: int, _: int, at: int) -> None:
    """Note the result, and where it is: it is drawn again when something is taken out later."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is not None:
        debate.result_id, debate.result_channel_id = message_id, at


def take_loss(what: str, session: Session, why: str, now: int, guild_id: int, debate_id: int, id: int, at: int) -> None:
    """A thread that is gone, locked or closed to the bot: the debate goes on in its channel. Without that it ends."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None or what == "panel":
        return
    if at == debate.channel_id:
        if debate.state != "over":
            moving.end(session, debate, why, now)
        return
    if debate.thread_id == at and debate.state != "over":
        _leave_thread(session, debate, now)
    if what in ("speech", "result") and not _was_shown(session, debate, what, id):
        post(session, debate, what, now + 1, id, again=":here", where=debate.channel_id)


def lose_thread(session: Session, guild_id: int, thread_id: int, now: int) -> None:
    """A thread was deleted: a debate that is held in it goes on in its channel at once."""
    debate = debates.find_open(session, guild_id, thread_id)
    if debate is not None and debate.thread_id == thread_id:
        _leave_thread(session, debate, now)


def _leave_thread(session: Session, debate: Debate, now: int) -> None:
    """Show in the channel where the debate stands; what was said so far is gone with the thread."""
    if not debates.move(session, debate, thread_id=None):
        return
    post(session, debate, "moved", now)
    redraw_panel(session, debate, now)
    phase = current(session, debate)
    phase.message_id = None
    post(session, debate, "phase", now + 2, phase.position, again=":here")


def _was_shown(session: Session, debate: Debate, what: str, id: int) -> bool:
    """Whether it was out before, and has gone with its thread: only a change of it is lost."""
    if what == "result":
        return debate.result_id is not None
    speech = debates.get_speech(session, debate.guild_id, id)
    return speech is None or speech.message_id is not None
