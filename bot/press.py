"""Press: one interaction, who did it and where, and the one answer it gets."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import Interaction

from bot.act import Act
from bot.errors import Refusal
from bot.kit import Card, Form
from bot.text import clip

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.gate")

# Already answered (our own repeat arrived twice), too late, thread archived, token used up: nobody left to tell.
ANSWER_GONE = {40060, 10062, 50083, 50027, 10015}

LARGEST = 2**63 - 1  # what a database integer holds

FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError)  # a request that did not get through
LONGEST = 2000  # characters of a plain answer
MISSING = "I can't {do} here: I am missing {missing}. Ask a moderator to give me that in this channel, then try again."
SHOWN_BELOW = "That took me a moment. Here it is:"
TOO_LATE = "That took me too long to open. Please press once more."


def read_id(typed: str) -> int | None:
    """An id that somebody typed or that came with a choice; None if it can't be one."""
    return int(typed) if re.fullmatch(r"\d{1,19}", typed, re.ASCII) and int(typed) <= LARGEST else None


class Said(Enum):
    """How far the answer to an interaction has come. Kept here, because a repeat of our own may be refused as one."""

    NOTHING = auto()
    LATER = auto()  # put off; the card that was pressed is as it was
    THINKING = auto()  # put off; Discord shows "thinking…", to this person only
    ALL = auto()


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
    def joined_at(self) -> int | None:
        """When (ms) this person joined the server, as Discord says with this press; None if it does not."""
        joined = getattr(self.interaction.user, "joined_at", None)
        return round(joined.timestamp() * 1000) if joined else None

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

    def taken(self, id: str) -> list[str]:
        """All that was taken in a select of a form."""
        return _taken(self._data, id)

    def may(self, permission: str) -> bool:
        """Whether this person has a permission in this channel, as Discord says with this very press."""
        return bool(getattr(self.interaction.permissions, permission))

    @property
    def act(self) -> Act:
        """This press as a transaction knows it, now."""
        return Act(self.guild_id, self.id, self.user_id, self.bot.clock.now())

    @property
    def role_ids(self) -> frozenset[int]:
        """This person's roles in the server, as Discord says with this very press."""
        return frozenset(role.id for role in getattr(self.interaction.user, "roles", ()))

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

    async def show(self, card: Card, private: bool = True, calls: int | None = None) -> int | None:
        """Answer with a card; the id of its message, or None if it did not get through.

        Where the card mentions the person that it `calls`, that rings; no other mention does, nor does a later edit.
        """
        rings: dict[str, Any] = {}
        if calls is not None:
            rings["allowed_mentions"] = discord.AllowedMentions.none()
            rings["allowed_mentions"].users = [discord.Object(calls)]
        return await self._answer(card.files(), view=card.view(), private=private, **rings)

    async def update(self, card: Card) -> None:
        """Answer by changing the card that was pressed."""
        async with self._answering:
            if self._said is Said.NOTHING:
                await self._send(self.interaction.response.edit_message(view=card.view(), attachments=card.files()))
            else:
                await self._send(self.interaction.edit_original_response(view=card.view(), attachments=card.files()))
            self._said = Said.ALL

    async def replace(self, card: Card) -> None:
        """Answer in the place of the private card that was pressed; what everybody sees stays, and this stands beside.

        A press can name any button, also on a card that never had it.
        """
        pressed = self.interaction.message
        await (self.update(card) if pressed is not None and pressed.flags.ephemeral else self.show(card))

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

    async def _answer(self, files: Sequence[discord.File] = (), *, private: bool, **content: Any) -> int | None:
        async with self._answering:
            if self._said is Said.THINKING and not private:
                # "Thinking…" stays as private as it began, and so would an answer in its place.
                await self._send(self.interaction.edit_original_response(content=SHOWN_BELOW))
                self._said = Said.ALL
            if self._said is Said.NOTHING:
                sent = await self._send(
                    self.interaction.response.send_message(ephemeral=private, files=files, **content)
                )
            elif self._said is Said.THINKING:
                sent = await self._send(self.interaction.edit_original_response(attachments=files, **content))
            else:
                sent = await self._send(
                    self.interaction.followup.send(ephemeral=private, wait=True, files=files, **content)
                )
            self._said = Said.ALL
            return _id_of(sent)

    async def _send(self, request: Awaitable[Any]) -> Any:
        """Discord's answer, or None where it had none for us."""
        async with self.bot.gate.in_flight:
            try:
                return await request
            except discord.HTTPException as error:
                if error.code not in ANSWER_GONE:
                    raise
                log.warning("answer not wanted", extra={"interaction": self.id, "code": error.code})
            except (aiohttp.ClientError, OSError) as error:
                log.warning("answer lost", extra={"interaction": self.id, "why": type(error).__name__})
        return None


def _id_of(sent: Any) -> int | None:
    """The id of the message that an answer has become."""
    if isinstance(sent, discord.InteractionCallbackResponse):
        return sent.message_id
    return sent.id if isinstance(sent, discord.Message) else None


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


def _taken(data: Any, id: str) -> list[str]:
    """The values of the select with this id in a submitted form, however deeply it is nested."""
    inner = data.get("component") or {}
    if inner.get("custom_id") == id:
        return list(map(str, inner.get("values", [])))
    return [value for part in data.get("components", []) for value in _taken(part, id)]
