"""One pane of the page: a person whose place it takes, and what that person does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from bot.demo import acting, frames, views
from bot.demo.acting import Reply
from bot.demo.world import Impossible, Person

if TYPE_CHECKING:
    from bot.demo.hub import Hub

log = logging.getLogger(__name__)

SILENCE = "The application did not respond"
PERSON_LIMIT = 16


class Pane:
    """Frames from the page come in and become deeds; what there is to see goes out in order."""

    def __init__(self, hub: Hub, person: Person, socket: web.WebSocketResponse) -> None:
        self.hub = hub
        self.world = hub.world
        self.person = person
        self.socket = socket
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        self._deeds: set[asyncio.Task[None]] = set()

    def push(self, frame: Mapping[str, Any]) -> None:
        """Send this when everything before it has been sent."""
        self._outgoing.put_nowait(self.hub.wire.encode(frame).decode())

    def push_message(self, channel_id: int, message_id: int) -> None:
        """Send a message as this person sees it, if they do."""
        if message_id in self.hub.put_away[self.person.id]:
            return
        seen = views.message(self.world, self.person, channel_id, message_id)
        if seen is not None:
            self.push({"t": "message", "channel": str(channel_id), "message": seen})

    async def send_all(self) -> None:
        try:
            while True:
                await self.socket.send_str(await self._outgoing.get())
        except ConnectionResetError:
            return

    def receive(self, text: str) -> None:
        """Begin what a frame asks for; each in its own task, so that a slow one holds up nothing."""
        try:
            frame = frames.read(text)
        except ValueError:
            self._fail(_nonce_of(text), "The page sent something that can't be understood")
            return
        deed = asyncio.create_task(self._do(frame))
        self._deeds.add(deed)
        deed.add_done_callback(self._deeds.discard)

    def close(self) -> None:
        for deed in self._deeds:
            deed.cancel()

    async def _do(self, frame: frames.Frame) -> None:
        try:
            answer = await self._answer(frame)
        except (Impossible, ValueError) as refusal:
            self._fail(frame.nonce, str(refusal))
        except Exception:
            log.exception("the page's request failed")
            self._fail(frame.nonce, "The local Discord stumbled over that; its log says more")
        else:
            self.push((answer or {"t": "done"}) | {"nonce": frame.nonce})

    def _fail(self, nonce: int | None, error: str) -> None:
        self.push({"t": "failed", "nonce": nonce, "error": error})

    async def _answer(self, frame: frames.Frame) -> dict[str, Any] | None:
        """Do it; the frame that answers it, or None when `done` says it all."""
        match frame:
            case frames.Open():
                hidden = self.hub.put_away[self.person.id]
                messages = views.history(self.world, self.person, frame.channel, hidden)
                return {"t": "history", "channel": str(frame.channel), "messages": messages}
            case frames.Send():
                await acting.say(self.world, self.person, frame.channel, frame.text)
            case frames.Vote():
                await acting.vote(self.world, self.person, frame.channel, frame.message, frame.answers)
            case frames.Autocomplete():
                return {"t": "choices", "choices": await self._choices(frame)}
            case frames.Cancel():
                self.hub.open_modals.pop(self.person.id, None)
            case frames.Dismiss():
                self._dismiss(frame)
            case frames.AddPerson():
                self._add_person(frame.name)
            case frames.Restart():
                await self.hub.restart()
            case _:
                return self._outcome(await self._interact(frame))
        return None

    async def _interact(self, frame: frames.Frame) -> Reply:
        match frame:
            case frames.Slash():
                options = frames.unpacked(frame.options)
                return await acting.slash(self.world, self.person, frame.channel, frame.name, options)
            case frames.UseOnMessage():
                where = (frame.channel, frame.message)
                return await acting.use_on_message(self.world, self.person, *where, frame.name)
            case frames.Click():
                where = (frame.channel, frame.message)
                return await acting.press(self.world, self.person, *where, frame.custom_id)
            case frames.Select():
                where = (frame.channel, frame.message)
                return await acting.select(self.world, self.person, *where, frame.custom_id, frame.values)
            case frames.Submit():
                return await self._submit(frame)
        raise Impossible("Nothing can be done with that")

    async def _submit(self, frame: frames.Submit) -> Reply:
        shown = self.hub.open_modals.get(self.person.id)
        if shown is None or (shown.modal or {}).get("custom_id") != frame.custom_id:
            raise Impossible("That form is no longer open")
        reply = await shown.submit(self.person, frames.unpacked(frame.values))
        if reply.acknowledged and self.hub.open_modals.get(self.person.id) is shown:
            del self.hub.open_modals[self.person.id]
        return reply

    async def _choices(self, frame: frames.Autocomplete) -> list[dict[str, Any]]:
        filled = frames.unpacked(frame.options)
        filled.pop(frame.option, None)
        return await acting.autocomplete(
            self.world, self.person, frame.channel, frame.name, frame.option, frame.value, filled
        )

    def _outcome(self, reply: Reply) -> dict[str, Any] | None:
        if not reply.acknowledged:
            raise Impossible(SILENCE)
        if reply.modal is None:
            return None
        self.hub.open_modals[self.person.id] = reply
        return {"t": "modal", "modal": reply.modal}

    def _dismiss(self, frame: frames.Dismiss) -> None:
        self.hub.put_away[self.person.id].add(frame.message)
        gone = {"t": "delete", "channel": str(frame.channel), "id": str(frame.message)}
        self.hub.push_to_all(gone, only=self.person.id)

    def _add_person(self, name: str) -> None:
        if any(person.name.casefold() == name.casefold() for person in self.world.people.values()):
            raise Impossible(f"{name} is here already")
        if len(self.world.people) >= PERSON_LIMIT:
            raise Impossible(f"{PERSON_LIMIT} people are enough for one screen")
        self.world.add_person(name)
        self.hub.push_to_all({"t": "people", "people": views.people(self.world)})


def _nonce_of(text: str) -> int | None:
    try:
        nonce = orjson.loads(text)["nonce"]
    except (ValueError, KeyError, TypeError):
        return None
    return nonce if isinstance(nonce, int) else None
