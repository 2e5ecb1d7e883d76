"""The pace of what is sent: Discord takes 50 requests a second from a bot, all of its servers together."""

from __future__ import annotations

from typing import Final

from bot.clock import Clock

AT_ONCE: Final = 10  # requests that may go together after a pause
EVERY: Final = 33  # ms from one to the next where more are waiting, which is 30 a second


class Pace:
    """Turns to ask something of Discord, first come, first served: AT_ONCE and one EVERY, so at most 40 in any second.

    What is left to 50 is for the few requests that go elsewhere. Answers to presses are not counted by Discord, and
    need no turn. It is the leaky bucket of ITU-T I.371 (GCRA): one time says how full it is.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._empty_at = 0  # ms: when AT_ONCE can be had again
        self._seen = 0  # ms: when that was last looked at

    async def turn(self) -> None:
        """Come back when something may be asked of Discord."""
        wait = self._look()
        self._empty_at += EVERY
        if wait > 0:
            await self._clock.wait(wait / 1000)

    def take_if_free(self) -> bool:
        """Take a turn if that keeps nobody waiting."""
        free = self._look() <= 0
        if free:
            self._empty_at += EVERY
        return free

    def _look(self) -> int:
        """Milliseconds until the next turn that nobody has."""
        now = self._clock.now()
        if now < self._seen:  # a clock that was set back must not stop everything for an hour
            self._empty_at -= self._seen - now
        self._seen = now
        self._empty_at = max(self._empty_at, now)
        return self._empty_at - now - (AT_ONCE - 1) * EVERY
