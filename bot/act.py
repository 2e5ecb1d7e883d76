"""An act: who does something in a server, by which interaction, and when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """What a transaction knows of the press behind it; `now` in ms.

    `id` is the interaction's, and is noted with what it did, so that a repeat does nothing twice.
    """

    guild_id: int
    id: int
    user_id: int
    now: int
