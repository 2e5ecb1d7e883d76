"""Posting and editing that survives crashes, rate limits and lost permissions.

What has to be said in a channel is first a row (storage.tables.Post), written in the same transaction as the fact
that it tells. A lane per channel sends the rows, those about the same thing in order, each drawn at the moment it
is sent, and deletes them when Discord has taken them. A crash in between repeats the send with the same nonce,
which Discord drops.

Requests go at the pace that Discord sets (bot.pace), in the order in which posts were due, from at most LANES channels
at a time. One rule comes before that order: what begins something (a kind that is `patient`) waits for everything
else, edits and posts of what people are already in. So ten thousand rounds on the hour hold up no running round for
longer than the lanes take for a post each, under two seconds; they begin one by one, as those that run leave room,
and the time of each begins when its card is out.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

from bot.kit import Card
from bot.pace import Pace
from bot.press import FAILURES
from storage import posts
from storage.db import NotSaved
from storage.posts import Waiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import Offramp

log = logging.getLogger("offramp.delivery")

LANES = 50  # channels that are being sent to at a time
LIVE_EDIT = 4.0  # seconds between two edits of one message: half the requests that every two would take
TRIES = 15  # until a post counts as undeliverable: with the pauses between them, ten minutes while we are here
NONCE_KNOWN = 120_000  # ms for which Discord surely remembers a nonce ("the past few minutes")
STORAGE_DOWN = 5.0  # seconds that a lane waits when the database takes nothing
LOOK_BACK = 50  # messages to look through for a post that may have arrived before a crash

# What Discord's error codes mean for a post: the place is gone, we may not write there, or only the message is gone.
GONE = {10003, 10004}
NOT_ALLOWED = 50013  # a permission is missing, and Discord does not say which
ARCHIVED = 50083
FORBIDDEN = {50001, NOT_ALLOWED, ARCHIVED, 160005}
DELETED = 10008
MESSAGE_GONE = {DELETED, 30046}


Draw = Callable[..., Awaitable[Card | None]]
Sent = Callable[..., None]
Lost = Callable[..., None]


@dataclass(frozen=True)
class Kind:
    """What a feature says about one kind of post.

    `draw(bot, *subject)` gives the card, or None when it is no longer wanted. `sent(session, message_id, now,
    *subject)` and `lost(session, why, now, *subject)` are run in the transaction that deletes the row; `why` is
    forbidden, gone or unreachable. A `patient` one begins something: until it is out nobody waits for it. Where the
    message to edit is gone or lies in an archived thread, another is posted `anew`; without that the edit is dropped,
    and nothing is told of it, or the thread is taken out of the archive.
    """

    draw: Draw
    sent: Sent | None = None
    lost: Lost | None = None
    patient: bool = False
    anew: bool = True


class Delivery:
    """Sends what is in the outbox, a lane for each channel, and redraws messages that change."""

    def __init__(self, bot: Offramp) -> None:
        self.bot = bot
        self.kinds: dict[str, Kind] = {}
        self._pace = Pace(bot.clock)
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._live: set[int] = set()
        self._edits: set[asyncio.Task[None]] = set()

    async def send_due(self, now: int) -> None:
        """Start lanes for channels that have something to be sent and no lane yet."""
        if len(self._lanes) >= LANES:
            return
        patient = [name for name, kind in self.kinds.items() if kind.patient]
        for guild_id, channel_id in await self.bot.db.read(posts.due_channels, now, patient, LANES):
            if channel_id not in self._lanes and len(self._lanes) < LANES:
                lane = asyncio.create_task(self._send_lane(guild_id, channel_id), name=f"lane {channel_id}")
                self._lanes[channel_id] = lane
                lane.add_done_callback(partial(self._drop_lane, channel_id))

    def edit_soon(self, channel_id: int, message_id: int, draw: Draw, *subject: int) -> None:
        """Redraw a message in LIVE_EDIT seconds, or when there is room; calls until then are one edit.

        Best effort, nothing is kept.
        """
        if message_id not in self._live:
            self._live.add(message_id)
            edit = asyncio.create_task(self._edit_live(channel_id, message_id, draw, *subject))
            self._edits.add(edit)
            edit.add_done_callback(self._edits.discard)

    async def close(self) -> None:
        """Drop what is under way: the rows are still there, and the next start sends them."""
        tasks = [*self._lanes.values(), *self._edits]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _drop_lane(self, channel_id: int, _: asyncio.Task[None]) -> None:
        self._lanes.pop(channel_id, None)

    def _lock(self, channel_id: int) -> asyncio.Lock:
        return self._locks.setdefault(channel_id, asyncio.Lock())

    async def _edit_live(self, channel_id: int, message_id: int, draw: Draw, *subject: int) -> None:
        await self.bot.clock.wait(LIVE_EDIT)
        while not self._pace.take_if_free():
            await self.bot.clock.wait(LIVE_EDIT)
        # Under the lane's lock and drawn inside it: an old count can't overwrite the reveal.
        async with self._lock(channel_id):
            self._live.discard(message_id)  # what happens from here on is news for the next edit
            try:
                if card := await draw(self.bot, *subject):
                    await self._change(channel_id, message_id, card)
            except FAILURES as error:
                log.info("live edit skipped", extra={"channel": channel_id, "why": type(error).__name__})
            except Exception:
                log.exception("live edit failed", extra={"channel": channel_id})

    async def _send_lane(self, guild_id: int, channel_id: int) -> None:
        try:
            await self._pace.turn()  # before anything else is waited for: lanes begin in the order of due time
            post = await self._find_next(guild_id, channel_id)
            while post:
                async with self._lock(channel_id):
                    await self._deliver(post)
                post = await self._find_next(guild_id, channel_id)
                if post:
                    await self._pace.turn()
        except Exception:
            # The database is in trouble, and so is whoever asks it four times a second.
            log.exception("lane stopped", extra={"channel": channel_id})
            await self.bot.clock.wait(STORAGE_DOWN)

    async def _find_next(self, guild_id: int, channel_id: int) -> Waiting | None:
        return await self.bot.db.read(posts.next_post, guild_id, channel_id, self.bot.clock.now())

    async def _deliver(self, post: Waiting) -> None:
        try:
            kind, subject = self.kinds[post.kind], json.loads(post.subject)
            card = await kind.draw(self.bot, *subject)
            if card is None:
                await self.bot.db.write(posts.drop, post)
                return
            message_id = await self._put_some_way(post, card)
            await self.bot.db.write(_finish, post, kind.sent, message_id, self.bot.clock.now(), subject)
        except NotSaved:
            raise
        except Exception as error:
            await self._take_failure(post, error)

    async def _put_some_way(self, post: Waiting, card: Card) -> int:
        """Send or edit; without its pictures and files where only those may be what is not allowed."""
        try:
            return await self._put(post, card)
        except discord.Forbidden as error:
            if error.code != NOT_ALLOWED or not card.leave_files_out():
                raise
            return await self._put(post, card)

    async def _put(self, post: Waiting, card: Card) -> int:
        """Send or edit; return the id of the message. An edit may be repeated, so only a send is noted before."""
        if post.edits is not None:
            await self._change(post.channel_id, post.edits, card)
            return post.edits
        now = self.bot.clock.now()
        if post.tried_at is None:
            await self.bot.db.write(posts.mark_tried, post, now)
        elif now - post.tried_at > NONCE_KNOWN:
            earlier = await self._find_earlier(post.channel_id, card)
            if earlier is not None:
                return earlier
        channel = self.bot.get_partial_messageable(post.channel_id)
        message = await channel.send(
            view=card.view(), files=card.files(), nonce=_nonce(post), allowed_mentions=card.mentions()
        )
        return message.id

    async def _find_earlier(self, channel_id: int, card: Card) -> int | None:
        """Our message that shows all that `card` does, if it is among the last ones of the channel."""
        wanted = _marks(card.view())
        try:
            async for message in self.bot.get_partial_messageable(channel_id).history(limit=LOOK_BACK):
                ours = self.bot.user is not None and message.author.id == self.bot.user.id
                if ours and wanted <= _marks(discord.ui.LayoutView.from_message(message)):
                    return message.id
        except discord.Forbidden:
            log.info("may not look back", extra={"channel": channel_id})
        return None

    async def _take_failure(self, post: Waiting, error: Exception) -> None:
        """Decide by Discord's error code: post anew, give up, or try again later. A fault of ours is an outage, too."""
        now, code = self.bot.clock.now(), getattr(error, "code", 0)
        facts = {"guild": post.guild_id, "channel": post.channel_id, "kind": post.kind, "code": code}
        if not isinstance(error, FAILURES):
            log.error("post failed", exc_info=error, extra=facts)
        kind = self.kinds.get(post.kind)
        if post.edits is not None and (code in MESSAGE_GONE or code == ARCHIVED):
            if kind is None or kind.anew:
                await self.bot.db.write(posts.post_anew, post)
                return
            if code == DELETED:
                await self.bot.db.write(posts.drop, post)
                return
            if code == ARCHIVED and post.tries + 1 < TRIES and await self._open_again(post.channel_id):
                await self.bot.db.write(posts.try_later, post, now)
                return
        why = _loss(error, code, post.tries + 1)
        if why is None:
            await self.bot.db.write(posts.try_later, post, now)
            return
        # One line a loss: what nothing hangs on is mostly the notice of an earlier one.
        level = logging.WARNING if kind is None or kind.lost else logging.INFO
        log.log(level, "post lost", extra=facts | {"why": why, "error": str(error)})
        await self._give_up(post, why, now)

    async def _open_again(self, channel_id: int) -> bool:
        """Take a thread out of the archive, so that a message in it can be edited; False if that can't be done."""
        try:
            await self.bot.http.edit_channel(channel_id, archived=False)
        except FAILURES as error:
            log.info("thread stays archived", extra={"channel": channel_id, "why": type(error).__name__})
            return False
        return True

    async def _give_up(self, post: Waiting, why: str, now: int) -> None:
        kind = self.kinds.get(post.kind)
        try:
            await self.bot.db.write(_lose, post, kind.lost if kind else None, why, now)
        except NotSaved:
            raise
        except Exception:
            log.exception("loss not taken", extra={"guild": post.guild_id, "kind": post.kind})
            await self.bot.db.write(posts.drop, post)

    async def _change(self, channel_id: int, message_id: int, card: Card) -> None:
        """Edit a message. Its pictures become the card's: those it had before would stay if none were named."""
        message = self.bot.get_partial_messageable(channel_id).get_partial_message(message_id)
        await message.edit(view=card.view(), attachments=card.files())


def _loss(error: Exception, code: int, tries: int) -> str | None:
    """Why a post can't be delivered any more, or None when it is worth another try."""
    if code in GONE:
        return "gone"
    if code in FORBIDDEN:
        return "forbidden"
    if tries >= TRIES:
        return "unreachable"
    if isinstance(error, discord.HTTPException) and 400 <= error.status < 500 and error.status != 429:
        return "forbidden" if error.status == 403 else "unreachable"
    return None


def _marks(view: discord.ui.LayoutView) -> set[str]:
    """What tells a card from others: the ids of its controls, or all its words if it has none."""
    parts = list(view.walk_children())
    controls = {part.custom_id for part in parts if isinstance(part, discord.ui.Button | discord.ui.Select)}
    words = "\n".join(part.content for part in parts if isinstance(part, discord.ui.TextDisplay))
    return {id for id in controls if id} or {words}


def _nonce(post: Waiting) -> str:
    return hashlib.blake2b(f"{post.guild_id}:{post.key}".encode(), digest_size=10).hexdigest()


def _finish(session: Session, post: Waiting, sent: Sent | None, message_id: int, now: int, subject: list[int]) -> None:
    posts.drop(session, post)
    if sent:
        sent(session, message_id, now, *subject)


def _lose(session: Session, post: Waiting, lost: Lost | None, why: str, now: int) -> None:
    posts.drop(session, post)
    if lost:
        lost(session, why, now, *json.loads(post.subject))
