"""Answers that go wrong on purpose, and Discord's memory for nonces and rate limits."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from aiohttp import web

# Discord's words for the codes that a bot has to expect.
CODES = {
    10003: (404, "Unknown Channel"),
    10008: (404, "Unknown Message"),
    10062: (404, "Unknown Interaction"),
    40060: (400, "Interaction has already been acknowledged"),
    50001: (403, "Missing Access"),
    50013: (403, "Missing Permissions"),
    50083: (400, "Thread is archived"),
    160004: (400, "A thread has already been created for this message"),
}
NONCES_LIVE = 300.0  # seconds; "the past few minutes" in Discord's documentation
MESSAGES, WINDOW = 5, 5.0  # messages in a channel per seconds: the bucket usually seen

Outcome = int | Literal["reset", "hang"]


@dataclass
class Fault:
    """What to answer instead of the truth, and whether the request is carried out all the same."""

    method: str
    path_fragment: str
    outcome: Outcome
    body: dict[str, Any]
    headers: dict[str, str]
    times: int
    applied: bool
    hits: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        """The faulty answer. A reset or a hang ends with the connection."""
        if self.outcome == "hang":
            await asyncio.Event().wait()
        if self.outcome == "reset":
            reset(request)
            raise ConnectionResetError
        assert isinstance(self.outcome, int)
        return web.Response(
            status=self.outcome,
            body=orjson.dumps(self.body),
            headers={"Content-Type": "application/json"} | self.headers,
        )


@dataclass
class Faults:
    """The faults that are still to come; the first that fits a request is used."""

    planned: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str,
        path_fragment: str,
        outcome: Outcome = 500,
        *,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        times: int = 1,
        applied: bool = False,
    ) -> Fault:
        """Answer the next requests that fit with a status, a reset connection or silence."""
        fault = Fault(method, path_fragment, outcome, body or {}, headers or {}, times, applied)
        self.planned.append(fault)
        return fault

    def refuse(self, method: str, path_fragment: str, code: int, *, times: int = 1) -> Fault:
        """Answer with one of Discord's error codes."""
        status, words = CODES[code]
        return self.add(method, path_fragment, status, body={"code": code, "message": words}, times=times)

    def limit(self, method: str, path_fragment: str, retry_after: float, *, times: int = 1) -> Fault:
        """Answer 429. Without `Via` discord.py takes it for a ban and gives up at once."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
        headers = {"Retry-After": str(retry_after), "Via": "1.1 local"}
        return self.add(method, path_fragment, 429, body=body, headers=headers, times=times)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, used up by one."""
        for fault in self.planned:
            if fault.method in (method, "*") and fault.path_fragment in path and fault.hits < fault.times:
                fault.hits += 1
                return fault
        return None


class Nonces:
    """Remembers what was posted under a nonce, so that a repeated post gets the first message back."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], tuple[float, Any]] = {}

    def recall(self, path: str, nonce: str) -> Any | None:
        """The answer given to the first post with this nonce to this channel."""
        given, answer = self._answers.get((path, nonce), (0.0, None))
        return answer if time.monotonic() - given < NONCES_LIVE else None

    def remember(self, path: str, nonce: str, answer: Any) -> None:
        now = time.monotonic()
        while self._answers and now - next(iter(self._answers.values()))[0] > NONCES_LIVE:
            del self._answers[next(iter(self._answers))]
        self._answers[path, nonce] = (now, answer)


class MessageLimit:
    """Five messages in five seconds in each channel, with the headers that tell the bot so."""

    def __init__(self) -> None:
        self._posted: dict[str, deque[float]] = defaultdict(deque)

    def count(self, path: str) -> tuple[bool, dict[str, str]]:
        """Whether this post is within the limit, and the headers of its answer."""
        now, posted = time.monotonic(), self._posted[path]
        while posted and now - posted[0] >= WINDOW:
            posted.popleft()
        within = len(posted) < MESSAGES
        if within:
            posted.append(now)
        wait = WINDOW - (now - posted[0])
        return within, {
            "X-RateLimit-Bucket": "messages",
            "X-RateLimit-Limit": str(MESSAGES),
            "X-RateLimit-Remaining": str(MESSAGES - len(posted)),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
        }


def reset(request: web.Request) -> None:
    """Cut the connection so that the other side sees a reset, not an end."""
    transport = request.transport
    if transport is not None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
