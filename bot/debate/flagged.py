"""What somebody said in a debate can be flagged, and moderators can take it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.debate import chair, moving
from bot.debate.showing import redraw_said
from bot.debate.standing import keeps_question
from bot.flaggable import MEMBERS_WORDS, Flaggable, Found
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act


def find_flagged(session: Session, guild_id: int, speech_id: int) -> Found | None:
    """What somebody said, or asked when it is put, as moderators are shown it when it is flagged.

    A restatement's card also shows why it is found not quite fair: that is flagged with it, and can go alone there.
    """
    speech = debates.get_speech(session, guild_id, speech_id)
    debate = debates.get_debate(session, guild_id, speech.debate_id) if speech else None
    if speech is None or debate is None or speech.state != "shown":
        return None
    message_id = speech.message_id
    if speech.kind == "question":  # it has no card of its own: that of a phase keeps it
        phases = debates.list_phases(session, guild_id, debate.id)
        message_id = next((phase.message_id for phase in phases if keeps_question(phases, phase, speech)), None)
    where = speech.channel_id or debate.thread_id or debate.channel_id
    reasons = [f"The other side: not quite. {reason.why}" for reason in chair.list_reasons(session, speech)]
    return Found("\n".join([speech.text, *reasons]), where, message_id, speech.user_id)


def take_out_flagged(session: Session, act: Act, speech_id: int) -> None:
    """Take out what moderators find should not stand."""
    speech = debates.get_speech(session, act.guild_id, speech_id)
    debate = debates.get_debate(session, act.guild_id, speech.debate_id) if speech else None
    if speech is not None and debate is not None:
        chair.take_out(session, debate, speech, act.now)


def redraw(session: Session, act: Act, speech_id: int) -> None:
    """Redraw what shows something that was said, after its words or what was found of it were deleted."""
    speech = debates.get_speech(session, act.guild_id, speech_id)
    debate = debates.get_debate(session, act.guild_id, speech.debate_id) if speech else None
    if speech is not None and debate is not None:
        redraw_said(session, debate, speech, act.now)
        moving.leave_words(session, debate, act.now)


FLAGGABLE = Flaggable(
    "Speech",
    MEMBERS_WORDS,
    2,
    find_flagged,
    take_out_flagged,
    "Take it out",
    "Moderators took it out.",
    own="To have them taken out, please ask who chairs the debate, or a moderator.",
    redraw=redraw,
)
