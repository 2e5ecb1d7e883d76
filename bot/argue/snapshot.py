"""Figures stay as they were first shown until enough people have spoken: nobody's rating is told by looking twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.small import TOLD_FROM

V = TypeVar("V")
Load = Callable[[Collection[int]], Awaitable[Mapping[int, V]]]
ALL = 0  # the key of what there is only one of


@dataclass
class _Taken(Generic[V]):
    value: V
    tells: bool
    since: set[int] = field(default_factory=set)

    def is_due(self) -> bool:
        return len(self.since) >= TOLD_FROM if self.tells else bool(self.since)


class Snapshot(Generic[V]):
    """Values by key, each as it was when somebody first looked, or when six people had spoken since.

    Otherwise looking before and after somebody rates would tell what they said, however many have rated. Whoever of the
    six looks, too, learns no more than what five others say together. A value that
    `tells` nothing yet is loaded anew as soon as anybody has spoken. It is kept in memory: a restart renews all.
    """

    def __init__(self, tells: Callable[[V], bool]) -> None:
        self._tells = tells
        self._taken: dict[int, _Taken[V]] = {}
        self._turn = asyncio.Lock()  # two who look at once are shown the same

    async def look(self, load: Load[V], keys: Collection[int] = (ALL,)) -> dict[int, V]:
        """The values of these keys; `load` makes anew those that are due."""
        async with self._turn:
            # Who speaks while it is loaded does not count towards the next time: rather too late than too early.
            if due := [key for key in keys if key not in self._taken or self._taken[key].is_due()]:
                loaded = await load(due)
                self._taken |= {key: _Taken(value, self._tells(value)) for key, value in loaded.items()}
            return {key: self._taken[key].value for key in keys}

    def note(self, user_id: int, key: int = ALL) -> None:
        """Somebody has just said something that the value of a key is made of."""
        if key in self._taken:
            self._taken[key].since.add(user_id)
