"""Deltas decide: how a view can have changed, how long a reason is, and which week moderators are told of."""

from __future__ import annotations

from bot.argue.rules import DAY

WEEK = 7 * DAY
MONDAY = 4 * DAY  # the first one after the beginning of 1970
WHY, WHY_MOST = 50, 600  # characters of the reason why a message changed somebody's view
DIRECTIONS = {
    "stronger": "I hold my view more firmly",
    "weaker": "I hold my view less firmly",
    "flipped": "I changed sides",
    "unsure": "I am unsure now",
}


def find_week(now: int) -> int:
    """When the week began that runs now: the last Monday at 00:00 UTC, in ms."""
    return (now - MONDAY) // WEEK * WEEK + MONDAY
