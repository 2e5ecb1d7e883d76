"""Discord's REST API on loopback: reads the bot's calls, lets the world do them, answers as Discord does."""

from __future__ import annotations

import io
import logging
import re
from collections import deque
from typing import Any, NamedTuple

from aiohttp import BodyPartReader, web

from bot.demo.faults import Faults, MessageLimit, Nonces
from bot.demo.wire import Wire
from bot.demo.world import World

log = logging.getLogger(__name__)

MESSAGE_POST = re.compile(r"/channels/\d+/messages")
SECRET_PATH = re.compile(r"^/(interactions|webhooks)/\d+/[^/]+")
UNAUTHORIZED = {"code": 0, "message": "401: Unauthorized"}
INVALID = {"code": 50035, "message": "Invalid Form Body"}
# discord.py compares with exactly this: with a charset behind it, it takes the body for text.
JSON = {"Content-Type": "application/json"}


class Call(NamedTuple):
    """One REST call as the tests see it; status 0 is a connection that was cut or left without an answer."""

    method: str
    path: str
    status: int

    @property
    def route(self) -> str:
        """The path without ids and tokens, like `/channels/:id/messages`."""
        return re.sub(r"/\d+", "/:id", SECRET_PATH.sub(r"/\1/:id/:token", self.path))


class Upload:
    """An uploaded file, with the attributes that the world's routes read."""

    def __init__(self, filename: str, data: bytes) -> None:
        self.filename = filename
        self.fp = io.BytesIO(data)
        self.description: str | None = None


class Rest:
    """The API of one world."""

    def __init__(self, world: World, wire: Wire, bot_token: str, gateway_url: str) -> None:
        self.world = world
        self.wire = wire
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=100_000)
        self.message_limit: MessageLimit | None = None
        self._gateway_url = gateway_url
        self._nonces = Nonces()
        self._authorization = f"Bot {bot_token}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Any call below /api/v10."""
        path = "/" + request.match_info["path"]
        # The secret paths carry a token of their own, and discord.py sends no other with them.
        if request.headers.get("Authorization") != self._authorization and not SECRET_PATH.match(path):
            return self._answer(request, path, 401, UNAUTHORIZED)
        fault = self.faults.take(request.method, path)
        if fault is None:
            return self._answer(request, path, *await self._do(request, path))
        self.calls.append(Call(request.method, path, fault.outcome if isinstance(fault.outcome, int) else 0))
        if fault.applied:
            await self._do(request, path)
        return await fault.answer(request)

    def _answer(
        self,
        request: web.Request,
        path: str,
        status: int,
        body: Any,
        headers: dict[str, str] | None = None,
    ) -> web.Response:
        self.calls.append(Call(request.method, path, status))
        if status == 204:
            return web.Response(status=204, headers=headers)
        return web.Response(status=status, body=self.wire.encode(body), headers=JSON | (headers or {}))

    async def _do(self, request: web.Request, path: str) -> tuple[int, Any, dict[str, str]]:
        """Carry the call out: status, body and extra headers of the honest answer."""
        if path in ("/gateway", "/gateway/bot"):
            return 200, self._gateway(), {}
        try:
            body, files = await self._read(request)
        except ValueError:
            return 400, INVALID, {}
        if request.method == "POST" and MESSAGE_POST.fullmatch(path):
            return self._post_message(request, path, body, files)
        return *self._call(request, path, body, files), {}

    def _post_message(
        self, request: web.Request, path: str, body: Any, files: list[Upload]
    ) -> tuple[int, Any, dict[str, str]]:
        headers: dict[str, str] = {}
        if self.message_limit is not None:
            within, headers = self.message_limit.count(path)
            if not within:
                wait = float(headers["X-RateLimit-Reset-After"])
                refusal = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
                return 429, refusal, headers | {"Retry-After": str(wait), "Via": "1.1 local"}
        nonce = str(body["nonce"]) if isinstance(body, dict) and body.get("enforce_nonce") else None
        if nonce is not None and (first := self._nonces.recall(path, nonce)) is not None:
            return 200, first, headers
        status, answer = self._call(request, path, body, files)
        if nonce is not None and status == 200:
            answer = dict(answer) | {"nonce": nonce}
            self._nonces.remember(path, nonce, answer)
        return status, answer, headers

    def _call(self, request: web.Request, path: str, body: Any, files: list[Upload]) -> tuple[int, Any]:
        reason = request.headers.get("X-Audit-Log-Reason")
        query = dict(request.query)
        try:
            return self.world.request(request.method, path, json=body, params=query, files=files, reason=reason)
        except Exception:
            # The world stumbles over bodies that Discord would refuse; the bot under test must not hang on it.
            log.exception("the local Discord can't read %s %s", request.method, Call("", path, 0).route)
            return 400, INVALID

    async def _read(self, request: web.Request) -> tuple[Any, list[Upload]]:
        if request.content_type.startswith("multipart/"):
            return await self._read_parts(request)
        raw = await request.read()
        return (self.wire.decode(raw) if raw else None), []

    async def _read_parts(self, request: web.Request) -> tuple[Any, list[Upload]]:
        body: Any = None
        files: dict[str, Upload] = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            data = bytes(await part.read())
            if part.name == "payload_json":
                body = self.wire.decode(data)
            else:
                files[(part.name or "").removeprefix("files[").removesuffix("]")] = Upload(
                    part.filename or "file", data
                )
        for described in ((body or {}).get("data") or body or {}).get("attachments") or ():
            if str(described.get("id")) in files:
                files[str(described["id"])].description = described.get("description")
        return body, list(files.values())

    def _gateway(self) -> dict[str, Any]:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": self._gateway_url, "shards": 1, "session_start_limit": limit}
