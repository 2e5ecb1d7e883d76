"""What people say is saved: where they stand on a motion, and what they think of its claims. Functions of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.argue import rules
from bot.argue.actions import find_claim
from bot.errors import Refusal
from bot.moderators import tell_moderators
from storage import argue

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act

NO_STANCE = "First say where you stand on the motion: /argue rate asks you. You can change that at any time."
NOT_RATED = "First say what you think of claim #{number}, with /argue rate; how much it bears on the other comes after."
NOT_LINKED = "Claim #{number} answers no other one, so there is nothing that it could bear on."


def take_stance(session: Session, act: Act, motion_id: str, stance: str) -> None:
    """Save where somebody stands; their ratings count with that stance from now on."""
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
    before = argue.count_passes(session, act.guild_id, number, "unclear")
    values = {
        "guild_id": act.guild_id,
        "number": number,
        "user_id": act.user_id,
        "vote": vote,
        "why": why,
        "at": act.now,
    }
    argue.save_rating(session, values)
    if before < rules.UNCLEAR <= argue.count_passes(session, act.guild_id, number, "unclear"):
        tell_moderators(session, act.guild_id, f"a{number}:unclear", "argue:unclear", [number], act.now)
    return claim.motion_id


def weigh(session: Session, act: Act, number: int, impact: int) -> None:
    """Save how much somebody finds that a claim bears on the one that it answers, 0 to 4."""
    if impact not in rules.IMPACTS:
        raise Refusal(rules.UNKNOWN_SAYING)
    if find_claim(session, act.guild_id, number).parent is None:
        raise Refusal(NOT_LINKED.format(number=number))
    if not argue.save_impact(session, act.guild_id, number, act.user_id, impact):
        raise Refusal(NOT_RATED.format(number=number))
