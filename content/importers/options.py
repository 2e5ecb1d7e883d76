"""Lettered options as they stand in a file, where there may be more of them than a deck takes."""

from __future__ import annotations

from collections.abc import Sequence

from content.importers.parsed import several
from content.pack import LETTERS
from content.tree import Node


def listed(options: Sequence[Node]) -> Node:
    """The options as one value; it stands at the first that is too many, if there is one."""
    surplus = options[len(LETTERS) :]
    return several((surplus or options)[0].place, options)


def letter(at: int) -> str:
    """The letter of an option by its index; where there are too many options, that alone is said."""
    return LETTERS[min(at, len(LETTERS) - 1)]
