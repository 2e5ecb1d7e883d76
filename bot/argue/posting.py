"""Claims are posted: each gets its card, the card says what becomes of it, and moderators see what waits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.moderators import tell_moderators
from storage import argue, posts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act
    from storage.tables import Claim

AGAIN = "again"  # the change of a card that is not there yet


def show(session: Session, act: Act, claim: Claim) -> None:
    """Have the card of a claim posted where it was written."""
    _post(session, act, claim, "shown", "argue:claim")


def redraw(session: Session, act: Act, claim: Claim) -> None:
    """Have the card of a claim say what it is now; one that is on its way is changed as soon as it is there."""
    step = AGAIN if claim.message_id is None else str(act.id)
    _post(session, act, claim, step, "argue:changed", claim.message_id)


def take_shown(session: Session, message_id: int, now: int, guild_id: int, number: int) -> None:
    """The card of a claim is there."""
    argue.set_message(session, guild_id, number, message_id)
    posts.edit_instead(session, guild_id, f"a{number}:{AGAIN}", message_id)


def replace(session: Session, act: Act, number: int) -> bool:
    """Another claim takes the place of this one, whose ratings stay with it; False if it is not shown any more."""
    claim = argue.get_claim(session, act.guild_id, number)
    if claim is None or not argue.change_state(session, act.guild_id, number, "replaced", "shown"):
        return False
    redraw(session, act, claim)
    return True


def ask_moderators(session: Session, act: Act, number: int) -> None:
    """Show a claim that waits in the review channel, if there is one; /argue review shows it anyway."""
    tell_moderators(session, act.guild_id, f"a{number}:waiting", "argue:waiting", [number], act.now)


def _post(session: Session, act: Act, claim: Claim, step: str, kind: str, edits: int | None = None) -> None:
    key, about = f"a{claim.number}:{step}", json.dumps([act.guild_id, claim.number])
    posts.add_post(session, act.guild_id, key, claim.channel_id, kind, about, act.now, edits)
