"""The framing of a debate's motion can be flagged; moderators who agree end the debate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.debate import moving
from bot.debate.outcome_facts import read_motion
from bot.flaggable import FRAMING, Flaggable, Found
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act


def find_flagged(session: Session, guild_id: int, debate_id: int) -> Found | None:
    """A motion in the wording in which it is debated, as moderators are shown it."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return None
    over = "The debate is over already." if debate.state == "over" else ""
    return Found(read_motion(debate).text, debate.channel_id, debate.message_id, None, over)


def end_flagged(session: Session, act: Act, debate_id: int) -> None:
    """End a debate whose framing moderators find biased, unless it is over."""
    debate = debates.get_debate(session, act.guild_id, debate_id)
    if debate is not None and debate.state != "over":
        moving.end(session, debate, "ended", act.now)


FLAGGABLE = Flaggable("Debate", FRAMING, 1, find_flagged, end_flagged, "End the debate", "Moderators ended the debate.")
