"""What a debate has shown: posts and edits, each a row until it is out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.debate.standing import current
from storage import debates, posts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Speech


def redraw_panel(session: Session, debate: Debate, now: int) -> None:
    if debate.message_id is not None:
        post(session, debate, "panel", now, again=f":{now}", edits=debate.message_id, where=debate.channel_id)


def redraw_phase(session: Session, debate: Debate, now: int) -> None:
    phase = current(session, debate)
    if phase.message_id is not None:
        again = f":{debate.version}:{now}"
        post(session, debate, "phase", now, phase.position, again=again, edits=phase.message_id)


def show_anew(session: Session, debate: Debate, now: int) -> None:
    """Show the open phase with a new card, and say on the old one that there is a newer one: one of them is live."""
    phase = current(session, debate)
    if phase.message_id is None:
        return  # its card is on its way, and is drawn as things are then
    post(session, debate, "older", now + 1, phase.position, again=f":{now}", edits=phase.message_id)
    phase.message_id = None
    post(session, debate, "phase", now + 2, phase.position, again=f":{debate.version}:{now}")


def redraw_said(session: Session, debate: Debate, speech: Speech, now: int) -> None:
    """Redraw what shows something that was said: its card or, for a question, the open phase; and the result."""
    if speech.kind == "question" and speech.position is not None and debate.state != "over":
        redraw_phase(session, debate, now)
    else:
        _redraw_speech(session, debate, speech, now, f":{speech.state}:{now}")
    if debate.result_id is not None:
        post(session, debate, "result", now, 0, f":{now}", debate.result_id, debate.result_channel_id)


def redraw_restatement(session: Session, debate: Debate, phase: Phase, now: int) -> None:
    """Show what was restated in a phase without the buttons to judge it."""
    for speech in debates.list_speeches(session, debate.guild_id, debate.id):
        if speech.kind == "restatement" and speech.position == phase.position:
            _redraw_speech(session, debate, speech, now, ":shut")


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
    subject = json.dumps([debate.guild_id, debate.id, about, channel_id])
    key = f"{debate.id}:{what}:{about}{again}"
    posts.add_post(session, debate.guild_id, key, channel_id, f"debate:{what}", subject, now, edits)


def _redraw_speech(session: Session, debate: Debate, speech: Speech, now: int, again: str) -> None:
    """Redraw the card of a speech where it is, be that a thread that the debate has left."""
    if speech.message_id is not None:
        post(session, debate, "speech", now, speech.id, again, speech.message_id, speech.channel_id)
