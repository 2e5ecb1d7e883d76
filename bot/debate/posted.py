"""What becomes of a debate's posts: they are noted when they are out, and a lost place has a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving
from bot.debate.showing import post, redraw_panel, redraw_phase, stamp
from bot.debate.standing import current, find_question, keeps_question
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase

SLOW: Final = {"live": 1_000, "async": 10 * 60_000}  # ms that a turn's card may be late before its time begins anew


def take_panel(session: Session, message_id: int, now: int, guild_id: int, debate_id: int, *_: int) -> None:
    """Note the card with the seats, if a new one had to take the place of one that is gone; never an older one."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is not None and message_id > (debate.message_id or 0):
        debate.message_id = message_id


def take_phase(
    session: Session, message_id: int, now: int, guild_id: int, debate_id: int, position: int, at: int, was: int = 0
) -> None:
    """Note the card of a phase. If Discord was slow to take the first, the phase's time begins when it is out.

    `was` is its stamp when it was asked for: the card is drawn again if something of it is different now.
    """
    debate = debates.get_debate(session, guild_id, debate_id)
    phase = debates.get_phase(session, guild_id, debate_id, position)
    if debate is None or phase is None or phase.message_id == message_id:  # an edit
        return
    if at != (debate.thread_id or debate.channel_id):  # it came out in a thread that the debate has left meanwhile
        post(session, debate, "older", now, position, f":{now}", message_id, at)
        return
    first = phase.posted_at is None
    if phase.message_id is not None:  # it could not be edited, so this one took its place
        post(session, debate, "older", now, position, f":{now}", phase.message_id)
    phase.message_id, phase.posted_at = message_id, phase.posted_at or now
    _note_question(session, debate, phase, at)
    if phase.closed_at is not None:
        post(session, debate, "shut", now, position, again=":late", edits=message_id)
    elif first and now - (phase.opened_at or now) > SLOW[debate.pace]:
        moving.give_anew(session, debate, now)
    elif was != stamp(session, debate, "phase", position):
        redraw_phase(session, debate, now)


def take_speech(
    session: Session, message_id: int, now: int, guild_id: int, debate_id: int, id: int, at: int, was: int = 0
) -> None:
    """Note the card of something that was said, and where it is; draw it again if that changed on the way."""
    speech, debate = debates.get_speech(session, guild_id, id), debates.get_debate(session, guild_id, debate_id)
    if speech is None or debate is None or speech.message_id == message_id:  # an edit
        return
    speech.message_id, speech.channel_id = message_id, at
    if was != stamp(session, debate, "speech", id):
        post(session, debate, "speech", now, id, f":late:{now}", message_id, at)


def take_result(
    session: Session, message_id: int, now: int, guild_id: int, debate_id: int, _: int, at: int, was: int = 0
) -> None:
    """Note the result, and where it is: it is drawn again if something was taken out meanwhile, or is later."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None or debate.result_id == message_id:  # an edit
        return
    debate.result_id, debate.result_channel_id = message_id, at
    if was != stamp(session, debate, "result", 0):
        post(session, debate, "result", now, 0, f":late:{now}", message_id, at)


def take_loss(
    what: str, session: Session, why: str, now: int, guild_id: int, debate_id: int, id: int, at: int, _: int = 0
) -> None:
    """A thread that is gone, locked or closed to the bot: the debate goes on in its channel. Without that it ends."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None or what == "panel":
        return
    if at == debate.channel_id:
        if debate.state != "over":
            moving.end(session, debate, why, now)
        return
    if debate.thread_id == at and debate.state != "over":
        _leave_thread(session, debate, at, now)
    if what in ("speech", "result") and not _was_shown(session, debate, what, id):
        post(session, debate, what, now + 1, id, again=":here", where=debate.channel_id)


def lose_thread(session: Session, guild_id: int, thread_id: int, now: int) -> None:
    """A thread was deleted: a debate that is held in it goes on in its channel at once."""
    debate = debates.find_open(session, guild_id, thread_id)
    if debate is not None and debate.thread_id == thread_id:
        _leave_thread(session, debate, thread_id, now)


def _leave_thread(session: Session, debate: Debate, thread_id: int, now: int) -> None:
    """Show in the channel where the debate stands; its card in the thread, if that can be had, shows nothing more."""
    if not debates.move(session, debate, thread_id=None):
        return
    post(session, debate, "moved", now)
    redraw_panel(session, debate, now)
    phase = current(session, debate)
    if phase.message_id is not None:
        post(session, debate, "older", now, phase.position, ":left", phase.message_id, thread_id)
    phase.message_id = None
    post(session, debate, "phase", now + 2, phase.position, again=":here")


def _note_question(session: Session, debate: Debate, phase: Phase, at: int) -> None:
    """Note where the card is that keeps a question: it can be taken out and reported from there."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    question = find_question(session, debate, phases, phase.position) if phase.kind == "question" else None
    if question is not None and keeps_question(phases, phase, question):
        question.channel_id = at


def _was_shown(session: Session, debate: Debate, what: str, id: int) -> bool:
    """Whether it was out before, and has gone with its thread: only a change of it is lost."""
    if what == "result":
        return debate.result_id is not None
    speech = debates.get_speech(session, debate.guild_id, id)
    return speech is None or speech.message_id is not None
