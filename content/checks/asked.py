"""What the checks look at: a pack, or any other set of questions that has the same parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from content.pack import QuestionBase, Speaker


class Asked(Protocol):
    @property
    def questions(self) -> Sequence[QuestionBase]: ...


class Worded(Asked, Protocol):
    @property
    def language(self) -> str: ...
    @property
    def speakers(self) -> Sequence[Speaker]: ...
