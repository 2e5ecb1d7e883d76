"""Whether a moderator sees a member's words before others do, as the server has chosen: off, new or all."""

from __future__ import annotations

from typing import Final

NEW_FOR: Final = 7 * 24 * 60 * 60_000  # ms for which somebody who joined the server is new


def waits(approval: str, joined: int | None) -> bool:
    """Whether words wait for a moderator, their author having joined the server so many ms ago, if it is known."""
    return approval == "all" or (approval == "new" and (joined is None or joined < NEW_FOR))
