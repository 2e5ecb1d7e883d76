"""The local Discord as a whole: one loopback server for the bot and for the page, and the bot's process."""

from __future__ import annotations

import asyncio
import base64
import mimetypes
import secrets
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.demo.child import REAL_BOT, Child
from bot.demo.engine import CDN
from bot.demo.gateway import Gateway
from bot.demo.hub import Hub
from bot.demo.rest import Rest
from bot.demo.wire import Wire
from bot.demo.world import World

PAGE = Path(__file__).parent / "page"
API_PATH, GATEWAY_PATH = "/api/v10/", "/gw"
UPLOAD_BYTES = 30 * 2**20
CLOSE_WITHIN = 2.0  # seconds
BACKLOG = 2048  # a bot pressed by a thousand people opens a thousand connections at once
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self' ws://{host}"
)
# What someone uploaded must not run as a part of the page, whatever it is.
UPLOAD_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


class LocalDiscord:
    """Serves one world on 127.0.0.1 and looks after the process of its bot."""

    def __init__(
        self,
        world: World,
        environment: Mapping[str, str],
        *,
        first_steps: Sequence[Mapping[str, Any]] = (),
        argv: Sequence[str] = REAL_BOT,
        port: int = 0,
        log: Path | None = None,
    ) -> None:
        """Takes the port at once (OSError when it is in use) and serves from `start` on."""
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self.world = world
        self.token = secrets.token_urlsafe(24)
        self.bot_token = _bot_token(world.bot_id)
        gateway_url = f"ws://127.0.0.1:{self.port}/gw"
        bot_wire = Wire(f"http://127.0.0.1:{self.port}/{self.token}/cdn")
        self.rest = Rest(world, bot_wire, self.bot_token, gateway_url)
        self.gateway = Gateway(world, bot_wire, self.bot_token, gateway_url)
        loopback = {"OFFRAMP_LOOPBACK_PORT": str(self.port), "DISCORD_TOKEN": self.bot_token}
        self.child = Child(argv, {**environment, **loopback}, log)
        self.hub = Hub(world, Wire(f"/{self.token}/cdn"), first_steps, self.child.restart)
        self.gateway.changed = self.child.changed = self._tell_state
        self._hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        self._runner = web.AppRunner(
            self._application(), access_log=None, handler_cancellation=True, shutdown_timeout=CLOSE_WITHIN
        )
        self._ticking: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    async def start(self) -> None:
        """Serve; the bot is started on its own, with `child.start`."""
        self.world.begin()
        await self._runner.setup()
        await web.SockSite(self._runner, self._listener, backlog=BACKLOG).start()
        self._ticking = asyncio.create_task(self._tick())

    async def close(self) -> None:
        """End the bot and everything else."""
        await self.child.terminate()
        if self._ticking is not None:
            self._ticking.cancel()
        await self.hub.close()
        await self._runner.cleanup()
        self._listener.close()

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[self._guard], client_max_size=UPLOAD_BYTES)
        app.router.add_route("*", API_PATH + "{path:.*}", self.rest.handle)
        app.router.add_get(GATEWAY_PATH, self.gateway.handle)
        app.router.add_get(f"/{self.token}/", self._index)
        app.router.add_get(f"/{self.token}/ws", self.hub.handle)
        app.router.add_get(f"/{self.token}/cdn/{{path:.+}}", self._file)
        app.router.add_static(f"/{self.token}/own", PAGE)
        app.on_response_prepare.append(self._secure)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Let in the bot and this page, and nothing that another site's page could send here."""
        origin = request.headers.get("Origin")
        if request.host not in self._hosts:
            raise web.HTTPForbidden(text="This address is not served here")
        # The page's own address begins with chance letters, which may be those of the gateway's path.
        for_bot = request.path == GATEWAY_PATH or request.path.startswith(API_PATH)
        if for_bot and origin is not None:
            raise web.HTTPForbidden(text="This part is for the bot, not for browsers")
        is_socket = request.path == f"/{self.token}/ws"
        if (is_socket or origin is not None) and origin != f"http://{request.host}":
            raise web.HTTPForbidden(text="Only the page itself may connect")
        response: web.StreamResponse = await handler(request)
        return response

    async def _secure(self, request: web.Request, response: web.StreamResponse) -> None:
        policy = CONTENT_SECURITY_POLICY.format(host=request.host)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        data = self.world.backend.cdn.get(f"{CDN}/{path}")
        if data is None:
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        shown = "inline" if kind.startswith("image/") else "attachment"
        headers = {"Content-Security-Policy": UPLOAD_SECURITY_POLICY, "Content-Disposition": shown}
        return web.Response(body=data, content_type=kind, headers=headers)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.world.tick()

    def _tell_state(self) -> None:
        if self.child.pid is None:
            self.hub.tell_state("offline", _last_words(self.child.exit_code))
        elif self.gateway.online:
            self.hub.tell_state("online", "")
        else:
            self.hub.tell_state("starting", "")


def _last_words(exit_code: int | None) -> str:
    if exit_code is None:
        return "The bot has not been started."
    if exit_code < 0:
        return f"The bot was ended (signal {-exit_code}). Press “Restart the bot”."
    return f"The bot ended by itself with exit code {exit_code}. Its last lines are in the terminal."


def _bot_token(bot_id: int) -> str:
    """A token with the shape of Discord's, made for this run only."""
    owner = base64.urlsafe_b64encode(str(bot_id).encode()).decode().rstrip("=")
    return f"{owner}.{secrets.token_urlsafe(5)[:6]}.{secrets.token_urlsafe(29)[:38]}"
