"""Flags decide: when moderators are told, and when it is time for a calm word."""

from __future__ import annotations

NOTE = 300  # characters
HEATED = 3  # people who flag something in one channel
WITHIN = 15 * 60_000  # ms
SLOW = 30  # seconds between two messages of a person, while it is heated


def is_raised(people: int, needs: int, moderator: bool) -> bool:
    """Whether moderators are told, `people` having flagged something; one moderator is enough."""
    return moderator or people >= needs


def becomes_heated(before: int, after: int) -> bool:
    """Whether a channel became heated just now: so many people had flagged something in it before, and now."""
    return before < HEATED <= after
