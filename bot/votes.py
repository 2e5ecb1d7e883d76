"""How people vote on a motion, and what each vote is called."""

from __future__ import annotations

from bot.errors import Refusal

SIDES = {"for": "For", "against": "Against"}
VOTES = SIDES | {"unsure": "Unsure"}


def check_vote(vote: str) -> None:
    """Refuse a vote that there is not."""
    if vote not in VOTES:
        raise Refusal("That is not a vote I know. Please use the buttons of the newest card.")
