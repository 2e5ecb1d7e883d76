"""The gate: every button, select, form and command comes through here, and every one is answered.

Components and forms are routed by their custom_id, like the addresses of a web application: `quiz:answer:7:0:2`
goes to the handler of `quiz:answer` with (7, 0, 2). Nothing is kept in memory between two presses, so all of it
works after a restart.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord import Interaction, InteractionType

from bot.errors import Refusal
from bot.press import LARGEST, Press
from storage.db import NotSaved

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.gate")
Handler = Callable[..., Awaitable[None]]

IN_FLIGHT = 64  # answers under way at once: more only make each other late
PATIENCE = 2.0  # seconds until an answer is put off, so that Discord's three never run out
GRACE = 3.0  # seconds that answers under way are given when the bot stops
PARSERS = {"int": re.compile(r"\d{1,20}", re.ASCII), "str": re.compile(r"[a-z0-9-]{1,32}", re.ASCII)}

UNKNOWN = "I don't know this button any more. Please use the newest card, or start again with a command."
NOT_HERE = "I only work inside a server. Please use this in one of its channels."
NOT_SAVED = "My storage is not answering right now: nothing was saved or looked up. Please try again in a minute."


@dataclass(frozen=True)
class Route:
    """A handler and how the ids in its custom_id are read: one parser for each of its parameters but the first."""

    handler: Handler
    kinds: tuple[str, ...]

    def read(self, words: list[str]) -> list[int | str] | None:
        """The ids, or None if they are not what this route takes. They come from outside."""
        if len(words) != len(self.kinds):
            return None
        if not all(PARSERS[kind].fullmatch(word) for kind, word in zip(self.kinds, words, strict=True)):
            return None
        ids = [int(w) if k == "int" else w for k, w in zip(self.kinds, words, strict=True)]
        return None if any(isinstance(id, int) and id > LARGEST for id in ids) else ids


class Gate:
    """Finds the handler of an interaction, runs it, and answers whatever happens."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self.in_flight = asyncio.Semaphore(IN_FLIGHT)
        self._routes: dict[str, Route] = {}
        self._under_way: set[asyncio.Task[Any]] = set()

    def add(self, routes: Mapping[str, Handler]) -> None:
        """Take in a feature's routes. A handler's parameters after the press are int or str."""
        for name, handler in routes.items():
            parameters = list(inspect.signature(handler).parameters.values())[1:]
            kinds = tuple(str(p.annotation) for p in parameters)
            if not set(kinds) <= set(PARSERS):
                raise TypeError(f"{name} takes {kinds}: ids are int or str, in a module with annotations as text")
            self._routes[name] = Route(handler, kinds)

    async def finish(self) -> None:
        """Give the answers that are under way a moment to get out."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=GRACE)

    async def receive(self, interaction: Interaction[Any]) -> None:
        """Take a press or a submitted form; commands come through `run`."""
        if interaction.type not in (InteractionType.component, InteractionType.modal_submit):
            return
        data: dict[str, Any] = dict(interaction.data or {})
        words = str(data.get("custom_id", "")).split(":")
        route = self._routes.get(":".join(words[:2]))
        ids = route.read(words[2:]) if route else None
        if route is None or ids is None:
            await self.run(interaction, _refuse_unknown)
        else:
            await self.run(interaction, route.handler, *ids)

    async def run(self, interaction: Interaction[Any], handler: Handler, *args: Any) -> None:
        """Run a handler for an interaction and make sure that the person hears something within three seconds."""
        started = time.perf_counter()
        press = Press(self.bot, interaction, interaction.guild_id or 0)
        timer = asyncio.get_running_loop().call_later(PATIENCE, press.defer_soon)
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            if interaction.guild_id is None:
                raise Refusal(NOT_HERE)
            await handler(press, *args)
            if not press.answered:
                raise RuntimeError(f"{handler.__name__} gave no answer")
            outcome = "done"
        except Exception as error:
            outcome = await self._explain(press, error)
        finally:
            timer.cancel()
            self._under_way.discard(task)
        log.info(
            "interaction",
            extra={
                "interaction": press.id,
                "guild": press.guild_id,
                "handler": handler.__name__,
                "outcome": outcome,
                "ms": round((time.perf_counter() - started) * 1000),
            },
        )
        if interaction.type is InteractionType.application_command and interaction.guild_id is not None:
            await self._follow_up(press)

    async def _follow_up(self, press: Press) -> None:
        """What features have to say after somebody's command was answered. It may fail; the answer is out."""
        for tell in self.bot.after_command:
            try:
                await tell(press)
            except Exception:
                log.exception("no follow-up", extra={"interaction": press.id})

    async def _explain(self, press: Press, error: Exception) -> str:
        """Tell the person what went wrong; return the outcome for the log."""
        if isinstance(error, Refusal):
            text, outcome = str(error), "refused"
        elif isinstance(error, NotSaved):
            text, outcome = NOT_SAVED, "not saved"
        else:
            number = secrets.token_hex(4)
            log.error("failed", exc_info=error, extra={"interaction": press.id, "number": number})
            text = f"Something went wrong on my side, and it has been noted under number {number}. Please try again."
            outcome = "failed"
        try:
            await press.say(text)
        except Exception:
            log.exception("could not answer", extra={"interaction": press.id})
        return outcome


async def _refuse_unknown(press: Press) -> None:
    raise Refusal(UNKNOWN)
