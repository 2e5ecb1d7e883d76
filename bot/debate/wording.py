"""The wording in which a motion is put: plain, or mirrored, where For and Against change places."""

from __future__ import annotations

from collections.abc import Iterator

from bot.votes import SIDES
from content.pack import Argument, Motion


def put(motion: Motion, wording: str) -> Motion:
    """A motion as it is put. Mirrored, it says the opposite, so what speaks for it is what spoke against it."""
    if wording != "mirrored" or motion.mirrored is None:
        return motion
    turned = {"text": motion.mirrored, "mirrored": motion.text, "pro": motion.con, "con": motion.pro}
    return motion.model_copy(update=turned)


def list_arguments(motion: Motion) -> Iterator[tuple[str, str, Argument]]:
    """(key, side in words, argument) of all that can be relied on, the key being a select's value."""
    for side, arguments in (("for", motion.pro), ("against", motion.con)):
        for n, argument in enumerate(arguments):
            yield f"{side}-{n}", SIDES[side], argument


def find_cites(motion: Motion, keys: list[str]) -> tuple[str, ...]:
    """The § of the arguments with these keys, each once; keys that there are not are left out."""
    found = (place for key, _, argument in list_arguments(motion) if key in keys for place in argument.cite)
    return tuple(dict.fromkeys(found))
