"""What people say is saved: where they stand on a motion, and what they think of its claims. Functions of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.argue.actions import find_claim
from bot.argue.rating import rules
from bot.argue.rules import DAY
from bot.errors import Refusal
from bot.moderators import tell_moderators
from storage import argue
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act
    from storage.tables import Claim

NO_STANCE = "First say where you stand on the motion: /argue rate asks you. You can change it later."
NOT_RATED = "First say what you think of claim #{number}, with /argue rate; how much it bears on the other comes after."
NOT_LINKED = "Claim #{number} answers no other one, so there is nothing that it could bear on."


def take_stance(session: Session, act: Act, motion_id: str, stance: str) -> None:
    """Save where somebody stands; their ratings count with that stance from now on.

    Refusal of another stance within a day, once they have rated. To say the same again changes nothing.
    """
    before = argue.get_stance(session, act.guild_id, motion_id, act.user_id)
    if before == stance:
        return
    since = argue.stands_since(session, act.guild_id, motion_id, act.user_id)
    if since is not None and argue.list_rated(session, act.guild_id, motion_id, act.user_id):
        rules.check_kept(since, act.now)
    values = {
        "guild_id": act.guild_id,
        "motion_id": motion_id,
        "user_id": act.user_id,
        "stance": rules.check_stance(stance),
        "at": act.now,
    }
    argue.save_stance(session, values)


def rate(session: Session, act: Act, number: int, saying: str) -> str:
    """Save what somebody says of a claim: agree, disagree, or why they pass. The last one stands.

    Return the id of the motion that the claim is about.
    """
    vote, why = rules.read_saying(saying)
    claim = find_claim(session, act.guild_id, number)
    if argue.get_stance(session, act.guild_id, claim.motion_id, act.user_id) is None:
        raise Refusal(NO_STANCE)
    rules.check_account(get_settings(session, act.guild_id).approval, act.user_id, act.now)
    if argue.get_rating(session, act.guild_id, number, act.user_id) is None:
        rules.check_rated(argue.count_rated(session, act.guild_id, act.user_id, act.now - DAY))
    values = {
        "guild_id": act.guild_id,
        "number": number,
        "user_id": act.user_id,
        "vote": vote,
        "why": why,
        "at": act.now,
    }
    argue.save_rating(session, values)
    if why == "unclear" and not claim.unclear_told:
        _tell_unclear(session, act, claim)
    return claim.motion_id


def weigh(session: Session, act: Act, number: int, impact: int) -> str:
    """Save how much somebody finds that a claim bears on the one that it answers, 0 to 4.

    Return the id of the motion that the claim is about.
    """
    if impact not in rules.IMPACTS:
        raise Refusal(rules.UNKNOWN_SAYING)
    claim = find_claim(session, act.guild_id, number)
    if claim.parent is None:
        raise Refusal(NOT_LINKED.format(number=number))
    if not argue.save_impact(session, act.guild_id, number, act.user_id, impact):
        raise Refusal(NOT_RATED.format(number=number))
    return claim.motion_id


def _tell_unclear(session: Session, act: Act, claim: Claim) -> None:
    """Tell moderators once that several people find a claim unclear; where nobody can be told it is left for later."""
    if argue.count_passes(session, act.guild_id, claim.number, "unclear") >= rules.UNCLEAR:
        key = f"a{claim.number}:unclear"
        told = tell_moderators(session, act.guild_id, key, "argue:unclear", [claim.number], act.now)
        claim.unclear_told = int(told)
