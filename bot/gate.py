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
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import Interaction, InteractionType

from bot.errors import Refusal
from bot.kit import Card, Form, clip
from storage.db import NotSaved

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.gate")
Handler = Callable[..., Awaitable[None]]

IN_FLIGHT = 64  # answers under way at once: more only make each other late
PATIENCE = 2.0  # seconds until an answer is put off, so that Discord's three never run out
GRACE = 3.0  # seconds that answers under way are given when the bot stops
LONGEST = 2000  # characters of a plain answer
PARSERS = {"int": re.compile(r"\d{1,20}", re.ASCII), "str": re.compile(r"[a-z0-9-]{1,32}", re.ASCII)}
LARGEST = 2**63 - 1  # what a database integer holds

# Already answered (our own repeat arrived twice), too late, thread archived, token used up: nobody left to tell.
ANSWER_GONE = {40060, 10062, 50083, 50027, 10015}

UNKNOWN = "I don't know this button any more. Please use the newest card, or start again with a command."
NOT_HERE = "I only work inside a server. Please use this in one of its channels."
MISSING = "I can't {do} here: I am missing {missing}. Ask a moderator to give me that in this channel, then try again."
SHOWN_BELOW = "That took me a moment. Here it is:"
TOO_LATE = "That took me too long to open. Please press once more."
NOT_SAVED = "That was not saved: my storage is not taking anything right now. Please try again in a minute."


class Said(Enum):
    """How far the answer to an interaction has come. Kept here, because a repeat of our own may be refused as one."""

    NOTHING = auto()
    LATER = auto()  # put off; the card that was pressed is as it was
    THINKING = auto()  # put off; Discord shows "thinking…", to this person only
    ALL = auto()


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


class Press:
    """One interaction and the one answer it gets."""

    def __init__(self, bot: Offramp, interaction: Interaction[Any], guild_id: int) -> None:
        self.bot = bot
        self.interaction = interaction
        self.guild_id = guild_id
        self.id = interaction.id
        self.channel_id = interaction.channel_id or 0
        self.user_id = interaction.user.id
        self.user_name = interaction.user.display_name
        self._data: dict[str, Any] = dict(interaction.data or {})
        self._answering = asyncio.Lock()
        self._said = Said.NOTHING
        self._deferring: asyncio.Future[None] | None = None

    @property
    def answered(self) -> bool:
        """Whether this person has been given an answer."""
        return self._said is Said.ALL

    @property
    def message_id(self) -> int | None:
        """The message whose button was pressed."""
        return self.interaction.message.id if self.interaction.message else None

    @property
    def values(self) -> list[str]:
        """What was taken in the select that was used."""
        return list(self._data.get("values", []))

    @property
    def fields(self) -> dict[str, str]:
        """What was filled in: a form's fields by id, a select's first value."""
        return dict(_fields(self._data))

    def may(self, permission: str) -> bool:
        """Whether this person has a permission in this channel, as Discord says with this very press."""
        return bool(getattr(self.interaction.permissions, permission))

    @property
    def in_thread(self) -> bool:
        return isinstance(self.interaction.channel, discord.Thread)

    @property
    def writing(self) -> str:
        """The permission that writing in this channel takes."""
        return "send_messages_in_threads" if self.in_thread else "send_messages"

    def need(self, do: str, *permissions: str) -> None:
        """Refuse to `do` something unless the bot has these permissions in this channel."""
        held = self.interaction.app_permissions
        missing = [f"“{_in_words(permission)}”" for permission in permissions if not getattr(held, permission)]
        if missing:
            raise Refusal(MISSING.format(do=do, missing=" and ".join(missing)))

    async def say(self, text: str) -> None:
        """Answer in words that only this person sees."""
        await self._answer(content=clip(text, LONGEST), private=True)

    async def show(self, card: Card, private: bool = True) -> None:
        """Answer with a card."""
        await self._answer(view=card.view(), private=private)

    async def update(self, card: Card) -> None:
        """Answer by changing the card that was pressed."""
        async with self._answering:
            if self._said is Said.NOTHING:
                await self._send(self.interaction.response.edit_message(view=card.view()))
            else:
                await self._send(self.interaction.edit_original_response(view=card.view()))
            self._said = Said.ALL

    async def ask(self, form: Form) -> None:
        """Answer with a form."""
        async with self._answering:
            if self._said is Said.NOTHING:
                await self._send(self.interaction.response.send_modal(form.modal()))
                self._said = Said.ALL
                return
        await self.say(TOO_LATE)

    async def defer(self) -> None:
        """Tell Discord that the answer is on its way, unless it has been given."""
        async with self._answering:
            if self._said is Said.NOTHING:
                # On a card no "thinking…": update() could not change the card any more.
                thinking = self.interaction.message is None
                await self._send(self.interaction.response.defer(ephemeral=True, thinking=thinking))
                self._said = Said.THINKING if thinking else Said.LATER

    def defer_soon(self) -> None:
        """Begin to defer. If that fails it is logged; the answer may still get through."""
        self._deferring = asyncio.ensure_future(self.defer())
        self._deferring.add_done_callback(_log_failure)

    async def _answer(self, private: bool, **content: Any) -> None:
        async with self._answering:
            if self._said is Said.THINKING and not private:
                # "Thinking…" stays as private as it began, and so would an answer in its place.
                await self._send(self.interaction.edit_original_response(content=SHOWN_BELOW))
                self._said = Said.ALL
            if self._said is Said.NOTHING:
                await self._send(self.interaction.response.send_message(ephemeral=private, **content))
            elif self._said is Said.THINKING:
                await self._send(self.interaction.edit_original_response(**content))
            else:
                await self._send(self.interaction.followup.send(ephemeral=private, **content))
            self._said = Said.ALL

    async def _send(self, request: Awaitable[Any]) -> None:
        async with self.bot.gate.in_flight:
            try:
                await request
            except discord.HTTPException as error:
                if error.code not in ANSWER_GONE:
                    raise
                log.warning("answer not wanted", extra={"interaction": self.id, "code": error.code})
            except (aiohttp.ClientError, OSError) as error:
                log.warning("answer lost", extra={"interaction": self.id, "why": type(error).__name__})


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


def _log_failure(deferring: asyncio.Future[None]) -> None:
    if not deferring.cancelled() and (error := deferring.exception()):
        log.warning("could not defer", exc_info=error)


def _in_words(permission: str) -> str:
    """`send_messages_in_threads` as Discord's settings call it."""
    return permission.replace("_", " ").title().replace(" In ", " in ")


def _fields(data: Any) -> list[tuple[str, str]]:
    """Every (custom_id, value) in a submitted form, however deeply its labels and rows are nested."""
    found: list[tuple[str, str]] = []
    for part in data.get("components", []):
        inner = part.get("component") or part
        if "value" in inner:
            found.append((inner["custom_id"], str(inner["value"])))
        elif inner.get("values"):
            found.append((inner["custom_id"], str(inner["values"][0])))
        found += _fields(part)
    return found
