"""What a debate has shown: posts and edits, each a row until it is out."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from bot.debate.standing import current, find_question, keeps_question
from storage import debates, posts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Speech


def redraw_panel(session: Session, debate: Debate, now: int) -> None:
    """Redraw the card with the seats; one that was deleted comes back only while there are seats to take."""
    if debate.message_id is not None:
        what = "panel" if debate.state == "gathering" else "begun"
        post(session, debate, what, now, again=f":{now}", edits=debate.message_id, where=debate.channel_id)


def redraw_phase(session: Session, debate: Debate, now: int) -> None:
    """Redraw the newest phase's card; one that was deleted comes back only while the phase is open."""
    phase = current(session, debate)
    if phase.message_id is not None:
        what = "phase" if phase.closed_at is None else "shut"
        again = f":{debate.version}:{now}"
        post(session, debate, what, now, phase.position, again=again, edits=phase.message_id)


def show_anew(session: Session, debate: Debate, now: int) -> None:
    """Show the open phase with a new card, and say on the old one that there is a newer one: one of them is live."""
    phase = current(session, debate)
    if phase.message_id is None:
        return  # its card is on its way, and is drawn as things are then
    post(session, debate, "older", now + 1, phase.position, again=f":{now}", edits=phase.message_id)
    phase.message_id = None
    post(session, debate, "phase", now + 2, phase.position, again=f":{debate.version}:{now}")


def redraw_said(session: Session, debate: Debate, speech: Speech, now: int) -> None:
    """Redraw what shows something that was said: its card or, for a question, its phases; and the result."""
    if speech.kind == "question":
        _redraw_question(session, debate, speech, now)
    else:
        _redraw_speech(session, debate, speech, now, f":{speech.state}:{now}")
    if debate.result_id is not None:
        post(session, debate, "result", now, 0, f":{now}", debate.result_id, debate.result_channel_id)


def redraw_restatement(session: Session, debate: Debate, phase: Phase, now: int) -> None:
    """Show what was restated in a phase without the buttons to judge it."""
    for speech in debates.list_speeches(session, debate.guild_id, debate.id):
        if speech.kind == "restatement" and speech.position == phase.position:
            _redraw_speech(session, debate, speech, now, ":shut")


def stamp(session: Session, debate: Debate, what: str, about: int) -> int:
    """A number that is another one when what a post shows is: so it is seen if that changed while it was on its way."""
    if what in ("speech", "result"):
        seen = _list_said(session, debate, about if what == "speech" else None)
    elif what == "phase":
        seen = _list_open(session, debate, about)
    else:
        seen = []
    return zlib.crc32(repr(seen).encode())


def post(
    session: Session,
    debate: Debate,
    what: str,
    now: int,
    about: int = 0,
    again: str = "",
    edits: int | None = None,
    where: int | None = None,
) -> None:
    """Have something of a debate shown, where it is held if nothing else is said; `about` is a phase or a speech."""
    channel_id = where or debate.thread_id or debate.channel_id
    subject = json.dumps([debate.guild_id, debate.id, about, channel_id, stamp(session, debate, what, about)])
    key = f"{debate.id}:{what}:{about}{again}"
    posts.add_post(session, debate.guild_id, key, channel_id, f"debate:{what}", subject, now, edits)


def _list_said(session: Session, debate: Debate, speech_id: int | None) -> list[object]:
    """What can change of something that was said, or for None of all that was."""
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    found = debates.list_fairness(session, debate.guild_id, debate.id)
    closed = {phase.position: phase.closed_at for phase in debates.list_phases(session, debate.guild_id, debate.id)}
    shown = [one for one in said if speech_id in (None, one.id)]
    ids = [one.id for one in shown]
    words = [(one.id, one.state, one.text, closed.get(one.position or 0)) for one in shown]
    return [words, [(one.user_id, one.fair, one.state, one.why) for one in found if one.speech_id in ids]]


def _list_open(session: Session, debate: Debate, position: int) -> list[object]:
    """What can change of a phase."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[position]
    question = find_question(session, debate, phases, position) if phase.kind == "question" else None
    put = (question.id, question.state) if question else None
    return [debate.state, phase.speaker_id, phase.closes_at, phase.closed_at, phase.outcome, put]


def _redraw_question(session: Session, debate: Debate, question: Speech, now: int) -> None:
    """Redraw the card that keeps a question that was put, wherever it is, and the open phase."""
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    for phase in phases if question.position is not None else []:
        if phase.closed_at is not None and phase.message_id is not None and keeps_question(phases, phase, question):
            where = question.channel_id
            post(session, debate, "shut", now, phase.position, f":{question.state}:{now}", phase.message_id, where)
    if question.position is not None and debate.state != "over":
        redraw_phase(session, debate, now)


def _redraw_speech(session: Session, debate: Debate, speech: Speech, now: int, again: str) -> None:
    """Redraw the card of a speech where it is, be that a thread that the debate has left."""
    if speech.message_id is not None:
        post(session, debate, "speech", now, speech.id, again, speech.message_id, speech.channel_id)
