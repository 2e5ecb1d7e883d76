"""Flags decide: when moderators are told, and when it is time for a calm word."""

from __future__ import annotations

from bot.errors import Refusal

ENOUGH = (
    "You have flagged {most} things within a day, as many as one person can. If something else is urgent, please tell "
    "a moderator yourself."
)

NOTE = 300  # characters
A_DAY = 10  # things that somebody who does not moderate can flag
DAY = 24 * 60 * 60_000  # ms
HEATED = 3  # people who flag something in one channel
WITHIN = 15 * 60_000  # ms
SLOW = 30  # seconds between two messages of a person, while it is heated


def check_flagged(flagged: int, moderator: bool) -> None:
    """Refuse one more flag of somebody who has flagged so many things within a day, unless they moderate."""
    if flagged >= A_DAY and not moderator:
        raise Refusal(ENOUGH.format(most=A_DAY))


def is_raised(people: int, needs: int, moderator: bool) -> bool:
    """Whether moderators are told, `people` having flagged something; one moderator is enough."""
    return moderator or people >= needs


def becomes_heated(before: int, after: int) -> bool:
    """Whether a channel became heated just now: so many people had flagged something in it before, and now."""
    return before < HEATED <= after
