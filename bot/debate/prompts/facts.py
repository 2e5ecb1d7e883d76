"""What the cards of prompts show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.debate.prompts.actions import Place, find_prompt, sum_up
from bot.debate.prompts.rules import Result
from content.pack import Motion
from storage import prompts


@dataclass(frozen=True)
class Open:
    """A motion open for votes. Of the votes there is only their number: more is not to be known before the close."""

    prompt_id: int
    motion_id: str
    motion: Motion
    closes_at: int
    total: int


@dataclass(frozen=True)
class Closed:
    prompt_id: int
    motion_id: str
    motion: Motion
    closed_at: int
    result: Result


@dataclass(frozen=True)
class Talk:
    """What opening a thread needs."""

    motion: Motion
    thread_id: int | None


def get_open(session: Session, guild_id: int, prompt_id: int) -> Open | None:
    """A motion open for votes, or None if it is not open any more."""
    prompt = prompts.get_prompt(session, guild_id, prompt_id)
    if prompt is None or prompt.state == "over":
        return None
    motion = Motion.model_validate_json(prompt.motion)
    total = sum(prompts.count_votes(session, guild_id, prompt_id).values())
    return Open(prompt_id, prompt.motion_id, motion, prompt.closes_at, total)


def get_closed(session: Session, guild_id: int, prompt_id: int) -> Closed | None:
    prompt = prompts.get_prompt(session, guild_id, prompt_id)
    if prompt is None:
        return None
    motion = Motion.model_validate_json(prompt.motion)
    return Closed(prompt_id, prompt.motion_id, motion, prompt.closes_at, sum_up(session, prompt))


def get_talk(session: Session, place: Place) -> Talk:
    """The motion of a card that was pressed, and its thread; Refusal if there is no such motion here."""
    prompt = find_prompt(session, place)
    return Talk(Motion.model_validate_json(prompt.motion), prompt.thread_id)
