"""Moderators decide on claims: on those that wait, and on those that were flagged. Functions of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.argue.actions import find_claim
from bot.argue.posting import redraw, replace, show
from bot.errors import Refusal
from bot.flaggable import MEMBERS_WORDS, Flaggable, Found
from storage import argue, audit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act
    from storage.tables import Claim

OVERTAKEN = "Claim #{number} has been replaced meanwhile, so this can't take its place any more. Please turn it down."
DELETED = "Claim #{number} waits no more: its author had their data deleted. /argue review shows what still waits."
DECIDED = "Somebody has decided about claim #{number} already. /argue review shows what still waits."
FLAGGED = ("shown", "replaced")  # states in which others see the words of a claim


def decide(session: Session, act: Act, number: int, shown: bool) -> None:
    """Show a claim that waited, in place of the one that it replaces, or turn it down."""
    if not argue.change_state(session, act.guild_id, number, "shown" if shown else "removed", "waiting"):
        gone = argue.get_claim(session, act.guild_id, number)
        raise Refusal((DECIDED if gone is None or gone.text else DELETED).format(number=number))
    claim = find_claim(session, act.guild_id, number, "shown", "removed")
    deed = "claim.approve" if shown else "claim.reject"
    audit.note(session, act.guild_id, act.id, act.user_id, deed, f"claim/{number}", act.now)
    if shown:
        show(session, act, claim)
        if claim.replaces is not None and not replace(session, act, claim.replaces):
            _check_overtaken(session, act.guild_id, claim.replaces)


def find_flagged(session: Session, guild_id: int, number: int) -> Found | None:
    """A claim as moderators are shown it when it is flagged, also if another one has taken its place meanwhile."""
    claim = argue.get_claim(session, guild_id, number)
    if claim is None or claim.state not in FLAGGED:
        return None
    return Found(claim.text, claim.channel_id, claim.message_id, claim.author_id)


def remove_flagged(session: Session, act: Act, number: int) -> None:
    """Take a claim away: it is neither listed nor rated any more, and its card says so."""
    if argue.change_state(session, act.guild_id, number, "removed", *FLAGGED):
        redraw_all(session, act, number)


def redraw_all(session: Session, act: Act, number: int) -> None:
    """Redraw the card of a claim that is gone, and those of its answers, which quote it."""
    claim = argue.get_claim(session, act.guild_id, number)
    if claim is not None:
        places = _list_places(session, claim)
        for one in (claim, *argue.list_answers(session, act.guild_id, claim.motion_id, places, *FLAGGED)):
            redraw(session, act, one)


def _list_places(session: Session, claim: Claim | None) -> list[int]:
    """A claim and those whose place it took: answers to any of them stand under it, and quote it."""
    places: list[int] = []
    while claim is not None:
        places.append(claim.number)
        claim = argue.get_claim(session, claim.guild_id, claim.replaces) if claim.replaces is not None else None
    return places


def _check_overtaken(session: Session, guild_id: int, number: int) -> None:
    """Refuse to let two claims take the place of one. One that moderators took away leaves its place to a change."""
    claim = argue.get_claim(session, guild_id, number)
    if claim is not None and claim.state == "replaced":
        raise Refusal(OVERTAKEN.format(number=number))


FLAGGABLE = Flaggable(
    "Claim",
    MEMBERS_WORDS,
    2,
    find_flagged,
    remove_flagged,
    "Take it away",
    "Moderators took it away.",
    anywhere=True,
    own="To say it otherwise, press “Change” under them. To have them taken away, please ask a moderator.",
    redraw=redraw_all,
)
