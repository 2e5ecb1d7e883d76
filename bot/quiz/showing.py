"""The steps of a round are shown: each is a post or an edit in the outbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.quiz import rules
from storage import posts, quiz

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Round


def show(
    session: Session,
    round: Round,
    step: str,
    now: int,
    position: int | None = None,
    again: str = "",
    edits: int | None = None,
    channel_id: int | None = None,
) -> None:
    """Have a step of a round shown. `again` tells a repeat of the same step from the first."""
    where = channel_id or round.channel_id
    subject = [round.guild_id, round.id] + ([] if position is None else [position])
    key = name_step(round, step, position) + again
    posts.add_post(session, round.guild_id, key, where, f"quiz:{step}", json.dumps(subject), now, edits)


def name_step(round: Round, step: str, position: int | None) -> str:
    """The key under which a step of a round is posted."""
    return ":".join(map(str, [round.id, *([] if position is None else [position]), step]))


def redraw_opening(session: Session, round: Round, now: int) -> None:
    """Have a round's first card drawn again, if it is known."""
    if round.opening_id is not None:
        show(session, round, "opening", now, again=f":{now}", edits=round.opening_id, channel_id=round.home_id)


def redraw_counts(session: Session, now: int) -> None:
    """After a restart, have the cards drawn again that may not show their newest answers.

    A card is edited some seconds after an answer, and what had not been edited yet went with the process. It lived when
    the newest answer was saved, so cards whose own newest answer is older than that by more than an edit can take
    show it: of thousands of daily questions a restart redraws those that were being answered at the end.
    """
    for guild_id, round_id, message_id in quiz.list_just_answered(session, rules.EDITED):
        round = quiz.get_round(session, guild_id, round_id)
        if round is not None:
            show(session, round, "question", now, round.position, again=f":{now}", edits=message_id)
