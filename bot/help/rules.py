"""Help decides: which commands somebody may use, and which of them a short card names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

# What only those who look after questions may use: a whole group, or one command of a group. Discord doesn't know of
# the role chosen in /setup, so the commands themselves can't say it. A test uses each to see whether this is right.
MODERATORS = frozenset({"question", "reports", "schedule", "season", "quiz void", "audit", "flags", "argue export"})
ANYBODY = frozenset({"question suggest", "season list"})  # in a group of moderators, but not theirs alone

TOGETHER = ("quiz play", "quiz duel", "debate prompt", "argue rate")
ALONE = ("quiz practice", "quiz review", "quiz certainty")
LOOK_UP = ("quiz leaderboard", "risk brief", "privacy")
MODERATION = (
    "question add",
    "question review",
    "reports",
    "flags",
    "schedule list",
    "season start",
    "quiz void",
    "audit",
)
SETUP = ("setup start", "setup check")


@dataclass(frozen=True)
class Command:
    """A command as people see it. `name` is what is typed, without the slash; `id` is Discord's, where it is known.

    `needs` are the permissions without which Discord doesn't show it; `menu` says that it is in a message's menu.
    """

    name: str
    description: str
    needs: frozenset[str] = frozenset()
    id: int | None = None
    menu: bool = False


def is_for_moderators(name: str) -> bool:
    return name not in ANYBODY and (name in MODERATORS or name.split()[0] in MODERATORS)


def list_usable(commands: Sequence[Command], held: Collection[str], moderates: bool) -> list[Command]:
    """The commands that somebody with these permissions may use; `moderates` is whether they look after questions."""
    return [c for c in commands if c.needs <= set(held) and (moderates or c.menu or not is_for_moderators(c.name))]


def pick(usable: Sequence[Command], names: Sequence[str]) -> list[Command]:
    """Those of `names` that somebody may use, in that order; what the bot doesn't have is left out."""
    known = {command.name: command for command in usable if not command.menu}
    return [known[name] for name in names if name in known]
