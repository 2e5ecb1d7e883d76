"""What can be started without a press: a schedule starts it when its time has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.delivery import Kind
    from content.pack import Pack


@dataclass(frozen=True)
class Occasion:
    """One time of a schedule, as what it starts needs to know it. Times in ms.

    `id` is the same however often this time is tried, and fits where an interaction's id does. `settings` is what
    was asked for, and came from outside; `next_at` is the schedule's next time after `at`; `schedule_id` is none
    where somebody pressed.
    """

    guild_id: int
    id: int
    channel_id: int
    starter_id: int
    schedule_id: int | None
    thread: bool
    settings: Mapping[str, Any]
    at: int
    next_at: int
    now: int


@dataclass(frozen=True)
class Startable:
    """What a feature says about one thing that it lets be started by a schedule.

    `check(session, guild_id, packs, settings)` returns the settings in words; Refusal if they can't be used.
    `start(session, packs, occasion)` is run in the transaction that marks the time as done; it saves what is started
    and posts nothing. Refusal: not now, and the words are shown to moderators.
    `list_subjects(session, guild_id, packs)` returns the title, by id, of everything that it can be about: its theme.
    `takes` are the options that mean something for it.
    `opening` says how its first card is posted, with (guild_id, occasion id) for its subject.
    """

    title: str
    check: Callable[[Session, int, Mapping[str, Pack], Mapping[str, Any]], str]
    start: Callable[[Session, Mapping[str, Pack], Occasion], None]
    list_subjects: Callable[[Session, int, Mapping[str, Pack]], Mapping[str, str]]
    takes: frozenset[str]
    opening: Kind
