"""How people vote on a motion, and what each vote is called."""

from __future__ import annotations

SIDES = {"for": "For", "against": "Against"}
VOTES = SIDES | {"unsure": "Unsure"}
