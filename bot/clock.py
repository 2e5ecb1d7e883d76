"""The only door to time: what time it is, and waiting."""

from __future__ import annotations

import asyncio
import time


class Clock:
    """Real time. Tests put another one in its place."""

    def now(self) -> int:
        """UTC, in milliseconds since 1970."""
        return time.time_ns() // 1_000_000

    async def wait(self, seconds: float) -> None:
        """Come back after so many seconds."""
        await asyncio.sleep(seconds)
