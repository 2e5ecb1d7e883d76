"""The local Discord as a bench: the real bot in its own process, pressed, cut off and killed from a test."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.demo import acting, seed
from bot.demo.acting import Reply, controls
from bot.demo.child import REAL_BOT
from bot.demo.faults import Faults, MessageLimit
from bot.demo.rest import Call
from bot.demo.server import LocalDiscord
from bot.demo.world import Person

T = TypeVar("T")
Message = dict[str, Any]


class SocketWorld:
    """`async with SocketWorld(tmp_path) as world:` gives a server with the bot in it, ready.

    The server is the demo's: #quiz-night, #debates, #briefings; alice (a moderator), bob and carol.
    """

    def __init__(
        self,
        folder: Path,
        *,
        argv: Sequence[str] = REAL_BOT,
        environment: Mapping[str, str] | None = None,
        channels: Sequence[str] = (),
        people: Sequence[str] = (),
        limit_messages: bool = False,
        commands_expected: bool = True,
    ) -> None:
        """`channels` and `people` come on top of the demo's; `limit_messages` adds Discord's 5 in 5 s."""
        self.database = folder / "offramp.db"
        self.log = folder / "bot.log"
        world, steps = seed.build()
        for name in channels:
            world.add_channel(name)
        for name in people:
            world.add_person(name)
        given = {"OFFRAMP_DATABASE_URL": f"sqlite:///{self.database}"} | dict(environment or {})
        self.discord = LocalDiscord(world, given, first_steps=steps, argv=argv, log=self.log)
        self.world = world
        if limit_messages:
            self.discord.rest.message_limit = MessageLimit()
        self._commands_expected = commands_expected

    async def __aenter__(self) -> Self:
        await self.discord.start()
        try:
            await self.start_bot()
        except BaseException:
            await self.discord.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.discord.close()

    # The bot's process and its connections

    async def start_bot(self, seconds: float = 30) -> None:
        """Start the bot and come back when it is ready and its commands are known."""
        before = self.identifies
        await self.discord.child.start()
        await self.until(lambda: self._up(before), seconds)

    def _up(self, identifies_before: int) -> bool:
        assert self.discord.child.pid is not None, "the bot ended while it was starting"
        known = bool(self.world.backend.commands) or not self._commands_expected
        return known and self.discord.gateway.online and self.identifies > identifies_before

    async def kill(self) -> None:
        """SIGKILL, as in a power cut."""
        await self.discord.child.kill()

    async def terminate(self) -> int | None:
        """SIGTERM, and the exit code that follows."""
        return await self.discord.child.terminate()

    async def drop_gateway(self, code: int = 1001) -> None:
        """Close the bot's connection; 1006 cuts it without a close frame."""
        await self.discord.gateway.drop(code)

    @property
    def pid(self) -> int | None:
        return self.discord.child.pid

    @property
    def identifies(self) -> int:
        return self.discord.gateway.identifies

    @property
    def resumes(self) -> int:
        return self.discord.gateway.resumes

    @property
    def faults(self) -> Faults:
        return self.discord.rest.faults

    @property
    def requests(self) -> list[Call]:
        """Every REST call so far: method, path (and `.route`), status."""
        return list(self.discord.rest.calls)

    # What people do

    async def slash(self, person: str, channel: str, name: str, /, **options: Any) -> Reply:
        return await acting.slash(self.world, self.person(person), self.channel(channel), name, options)

    async def autocomplete(
        self, person: str, channel: str, name: str, option: str, typed: str, /, **filled: Any
    ) -> list[dict[str, Any]]:
        place = self.channel(channel)
        return await acting.autocomplete(self.world, self.person(person), place, name, option, typed, filled)

    async def use_on_message(self, person: str, message: Message, command: str) -> Reply:
        """Use a command from the menu of a message."""
        return await acting.use_on_message(self.world, self.person(person), *_place(message), command)

    async def press(self, person: str, message: Message, button: str) -> Reply:
        """Press the button with this custom_id, or else this label."""
        return await acting.press(self.world, self.person(person), *_place(message), _named(message, button))

    async def select(self, person: str, message: Message, menu: str, values: Sequence[str]) -> Reply:
        """Choose in the menu with this custom_id, or else this placeholder."""
        place = _place(message)
        return await acting.select(self.world, self.person(person), *place, _named(message, menu), values)

    async def submit(self, person: str, shown: Reply, values: Mapping[str, Any]) -> Reply:
        """Send the form that answered a press or a command."""
        return await shown.submit(self.person(person), values)

    async def vote(self, person: str, message: Message, answers: Sequence[int]) -> None:
        await acting.vote(self.world, self.person(person), *_place(message), answers)

    async def say(self, person: str, channel: str, text: str) -> None:
        await acting.say(self.world, self.person(person), self.channel(channel), text)

    # What happens to the place

    def delete_channel(self, channel: str) -> None:
        self.world.backend.delete_channel(self.channel(channel))

    def delete_message(self, message: Message) -> None:
        self.world.backend.delete_message(*_place(message))

    def deny_bot(self, channel: str, *permissions: str) -> None:
        """Take permissions from the bot in one channel."""
        self.world.deny(self.channel(channel), *permissions)

    def remove_bot(self) -> None:
        """Put the bot out of the server."""
        self.world.backend.remove_guild(self.world.guild.id)

    # What there is to see

    def person(self, name: str) -> Person:
        return next(person for person in self.world.people.values() if person.name == name)

    def channel(self, name: str) -> int:
        """The id of the newest channel or thread with this name (with or without #)."""
        wanted = name.removeprefix("#")
        return max(c.id for c in self.world.backend.channels.values() if c.name == wanted)

    def messages(self, channel: str) -> list[Message]:
        """What everybody sees there, oldest first."""
        stored = self.world.backend.messages[self.channel(channel)].values()
        return [self.world.message_payload(m) for m in stored if not m.is_ephemeral]

    def ephemerals(self, person: str) -> list[Message]:
        """What only this person sees, in all channels, oldest first."""
        member = self.person(person)
        stored = [m for messages in self.world.backend.messages.values() for m in messages.values()]
        own = [m for m in stored if m.is_ephemeral and m.visible_to(member.id)]
        return [self.world.message_payload(m) for m in sorted(own, key=lambda m: m.id)]

    async def until(self, predicate: Callable[[], T], seconds: float = 10) -> T:
        """The first true value of the predicate; AssertionError with the bot's last lines when none comes."""
        deadline = time.monotonic() + seconds
        while not (value := predicate()):
            assert time.monotonic() < deadline, f"still not after {seconds} s; the bot's log ends:\n{self.tail()}"
            await asyncio.sleep(0.01)
        return value

    def tail(self, lines: int = 20) -> str:
        """The last lines that the bot wrote."""
        written = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(written.splitlines()[-lines:])


def text_of(message: Message | None) -> str:
    """Everything that can be read in a message: content, embeds, text displays and labels."""
    if message is None:
        return ""
    found = [message.get("content"), *_texts(message.get("components", []))]
    for embed in message.get("embeds", []):
        found += [embed.get("title"), embed.get("description")]
        found += [part for field in embed.get("fields", []) for part in (field["name"], field["value"])]
        found += [(embed.get("footer") or {}).get("text")]
    return "\n".join(part for part in found if part)


def _texts(components: Sequence[Mapping[str, Any]]) -> list[str]:
    found: list[str] = []
    for component in components:
        found += [component[key] for key in ("content", "label", "placeholder") if component.get(key)]
        found += [option["label"] for option in component.get("options", [])]
        accessory = component.get("accessory")
        found += _texts([*component.get("components", []), *([accessory] if accessory else [])])
    return found


def _place(message: Message) -> tuple[int, int]:
    return int(message["channel_id"]), int(message["id"])


def _named(message: Message, wanted: str) -> str:
    """The custom_id of the control that has it, or else of the one with this label or placeholder."""
    found = controls(message)
    for key in ("custom_id", "label", "placeholder"):
        for control in found:
            if control.get(key) == wanted:
                return str(control["custom_id"])
    raise AssertionError(f"{wanted!r} is not among {[c.get('label') or c['custom_id'] for c in found]}")
