"""What a debate has shown: posts and edits, each a row until it is out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.debate.standing import current
from storage import debates, posts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase


def redraw_panel(session: Session, debate: Debate, now: int) -> None:
    if debate.message_id is not None:
        post(session, debate, "panel", now, again=f":{now}", edits=debate.message_id, where=debate.channel_id)


def redraw_phase(session: Session, debate: Debate, now: int) -> None:
    phase = current(session, debate)
    if phase.message_id is not None:
        again = f":{debate.version}:{now}"
        post(session, debate, "phase", now, phase.position, again=again, edits=phase.message_id)


def redraw_restatement(session: Session, debate: Debate, phase: Phase, now: int) -> None:
    """Show what was restated in a phase without the buttons to judge it."""
    for speech in debates.list_speeches(session, debate.guild_id, debate.id):
        if speech.kind == "restatement" and speech.position == phase.position and speech.message_id is not None:
            post(session, debate, "speech", now, speech.id, again=":shut", edits=speech.message_id)


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
