"""The real bot with short pauses around its questions, so that a whole round takes seconds."""

from __future__ import annotations

from bot.__main__ import main
from bot.quiz import rules

rules.START = 1_000
rules.READING = 500

if __name__ == "__main__":
    main()
