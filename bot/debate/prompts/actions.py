"""Prompts do: load, decide, save. Functions of a session; each is one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.debate.prompts import rules
from bot.debate.prompts.rules import Result
from bot.errors import Refusal
from bot.flaggable import FRAMING, Flaggable, Found
from bot.small import SPLIT_FROM
from bot.text import link
from bot.votes import check_vote
from content.pack import Motion
from storage import audit, posts, prompts

if TYPE_CHECKING:
    from bot.act import Act
    from storage.tables import Prompt

NO_PROMPT = "I don't know this motion any more. Put one with /debate prompt."
CLOSED = "The vote on this motion is closed. “Both sides” still works, and /debate prompt puts another motion."
OPEN = "A motion on that is open in this channel already. You can vote and open a thread there."
NOT_YOURS = "Only the person who put this motion, a moderator, or someone who may manage messages here, can close it."


@dataclass(frozen=True)
class Put:
    """What /debate prompt asks for; `motions` are all (id, motion) to choose from.

    With `once` nothing is put while one of them is open in the channel.
    """

    guild_id: int
    prompt_id: int
    channel_id: int
    starter_id: int
    motions: Sequence[tuple[str, Motion]]
    once: bool = False


@dataclass(frozen=True)
class Place:
    """Which motion, where and by whom its card is pressed; `press_id` is the interaction's."""

    guild_id: int
    prompt_id: int
    channel_id: int
    message_id: int | None
    user_id: int
    press_id: int = 0


@dataclass(frozen=True)
class Recorded:
    """A vote that is saved, the one it replaced, and what its voter may see of all votes."""

    vote: str
    before: str | None
    closes_at: int
    result: Result


def put_motion(session: Session, put: Put, now: int) -> None:
    """Open a vote on the motion that was not put in this server for longest. Refusal if one is open that should not."""
    if put.once:
        _check_none_open(session, put)
    motion_id, motion = rules.choose(put.motions, put.prompt_id, prompts.last_put(session, put.guild_id))
    values = {
        "guild_id": put.guild_id,
        "id": put.prompt_id,
        "channel_id": put.channel_id,
        "starter_id": put.starter_id,
        "motion_id": motion_id,
        "motion": motion.model_dump_json(),
        "state": "open",
        "opened_at": now,
        "closes_at": now + rules.OPEN_FOR,
    }
    prompts.add_prompt(session, values)


def vote(session: Session, place: Place, vote: str, now: int) -> Recorded:
    """Take somebody's vote; it replaces the one before. Refusal once the vote is closed."""
    check_vote(vote)
    prompt = find_prompt(session, place)
    if prompt.state == "over" or now >= prompt.closes_at:
        raise Refusal(CLOSED)
    key = (place.guild_id, place.prompt_id, place.user_id)
    before = prompts.get_vote(session, *key)
    columns = ("guild_id", "prompt_id", "user_id", "vote", "at")
    prompts.save_ballot(session, dict(zip(columns, (*key, vote, now), strict=True)))
    _note_message(session, place)
    _renew_split(session, prompt, place.user_id, now)
    return Recorded(vote, before, prompt.closes_at, sum_up(session, prompt))


def close_early(session: Session, place: Place, moderator: bool, now: int) -> None:
    """Close a vote before its time, if this person may."""
    prompt = find_prompt(session, place)
    if not moderator and prompt.starter_id != place.user_id:
        raise Refusal(NOT_YOURS)
    if prompt.state == "over":
        raise Refusal(CLOSED)
    _note_message(session, place)
    _close(session, prompt, place.message_id, now)
    if prompt.starter_id != place.user_id:
        about = f"prompt/{prompt.id}"
        audit.note(session, place.guild_id, place.press_id, place.user_id, "prompt.close", about, now)


def close_due(session: Session, guild_id: int, prompt_id: int, now: int) -> None:
    """Close a vote whose time is up. Doing it twice is harmless."""
    prompt = prompts.get_prompt(session, guild_id, prompt_id)
    if prompt is not None and prompt.closes_at <= now:
        _close(session, prompt, prompt.message_id, now)


def find_flagged(session: Session, guild_id: int, prompt_id: int) -> Found | None:
    """A motion as moderators are shown it when its framing is flagged."""
    prompt = prompts.get_prompt(session, guild_id, prompt_id)
    if prompt is None:
        return None
    motion = Motion.model_validate_json(prompt.motion)
    over = "The vote is over already." if prompt.state == "over" else ""
    return Found(motion.text, prompt.channel_id, prompt.message_id, None, over)


def close_flagged(session: Session, act: Act, prompt_id: int) -> None:
    """Close the vote on a motion whose framing moderators find biased."""
    prompt = prompts.get_prompt(session, act.guild_id, prompt_id)
    if prompt is not None:
        _close(session, prompt, prompt.message_id, act.now)


FLAGGABLE = Flaggable(
    "Motion", FRAMING, 1, find_flagged, close_flagged, "Close the vote", "Moderators closed the vote."
)


def find_prompt(session: Session, place: Place) -> Prompt:
    """The motion that a press names; Refusal unless it was put in this very channel."""
    prompt = prompts.get_prompt(session, place.guild_id, place.prompt_id)
    if prompt is None or prompt.channel_id != place.channel_id:
        raise Refusal(NO_PROMPT)
    return prompt


def note_thread(session: Session, place: Place, seen: int | None, thread_id: int) -> int:
    """Note the thread of a motion, `seen` being the one known before; return the thread that stands."""
    if prompts.set_thread(session, place.guild_id, place.prompt_id, seen, thread_id):
        return thread_id
    return find_prompt(session, place).thread_id or thread_id


def _check_none_open(session: Session, put: Put) -> None:
    ids = [id for id, _ in put.motions]
    open = prompts.find_open(session, put.guild_id, put.channel_id, ids)
    if open is not None:
        there = f" {link(put.guild_id, open.channel_id, open.message_id)}" if open.message_id else ""
        raise Refusal(OPEN + there)


def sum_up(session: Session, prompt: Prompt) -> Result:
    """What may be seen of a vote: how many have voted, and the split as it was when it was last made."""
    total = sum(prompts.count_votes(session, prompt.guild_id, prompt.id).values())
    return Result(total, rules.split_up(json.loads(prompt.told) if prompt.told else {}))


def _renew_split(session: Session, prompt: Prompt, voter_id: int | None, now: int) -> None:
    """Make the split that people see anew: at first, and when enough have voted since, besides the one who looks.

    If each vote renewed it, looking before and after one would tell it; so would the end, which has no other rule.
    """
    first = prompt.told_at is None
    people = prompts.count_voters_since(session, prompt, prompt.told_at or 0, None if first else voter_id)
    if people >= SPLIT_FROM:
        votes = prompts.count_votes(session, prompt.guild_id, prompt.id)
        prompts.note_split(session, prompt, json.dumps(votes), now)


def _note_message(session: Session, place: Place) -> None:
    """A press tells which message the card is, in case a crash came between showing and noting it."""
    if place.message_id is not None:
        prompts.set_message(session, place.guild_id, place.prompt_id, place.message_id)


def _close(session: Session, prompt: Prompt, message_id: int | None, now: int) -> None:
    """Close a vote and have its card changed. A card that was never shown needs no result."""
    if not prompts.close_prompt(session, prompt, now):
        return
    _renew_split(session, prompt, None, now)
    if message_id is not None:
        subject = json.dumps([prompt.guild_id, prompt.id])
        key = f"{prompt.id}:closed"
        posts.add_post(session, prompt.guild_id, key, prompt.channel_id, "debate:closed", subject, now, message_id)
