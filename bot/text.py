"""Words on their way out: somebody's text made safe and short, times, counts and shares as people read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, direction marks and joiners, halves of characters
JOINERS = "\u200c\u200d"
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol that show nothing
NOTHING = "(no name)"  # what stands where nothing can be seen


def clip(text: str, most: int) -> str:
    """`text`, or its beginning and an ellipsis, in at most `most` characters."""
    if len(text) <= most:
        return text
    return text[: most - 1].rstrip() + "…" if most > 0 else ""


def escape(text: str) -> str:
    """Somebody's text as one line that can neither format, ping, link nor turn the writing direction."""
    flat = re.sub(r"([\\*_~`|\[\]<@])", r"\\\1", see(text) or NOTHING)
    # At the start of a line these begin a heading, a quote, a list.
    return re.sub(r"^(?=[#>-])|^\d+(?=\.)", r"\g<0>\\", flat).replace("://", ":\\//")


def spoiler(text: str, most: int) -> str:
    """Somebody's text as one line that nobody has to read unprepared, in at most `most` characters.

    It is cut after it was escaped, and never inside an escape: what is left can't open the spoiler.
    """
    cut = clip(escape(text), most - 4)
    if cut.endswith("…"):
        kept = cut[:-1]
        half = (len(kept) - len(kept.rstrip("\\"))) % 2  # a backslash that lost what it stood before
        cut = kept[: len(kept) - half] + "…"
    return f"||{cut}||"


def mention(user_id: int) -> str:
    """Somebody, as Discord shows whose id it is. Below zero it is nobody's: they had their data deleted."""
    return f"<@{user_id}>" if user_id > 0 else "somebody (data deleted)"


def name(text: str) -> str:
    """A member's name for a board: safe, and short enough that ten of them fit."""
    return escape(clip(see(text), 32))


def see(text: str) -> str:
    """A text as one line of what can be seen of it; empty if that is nothing."""
    line = " ".join(text.split())
    seen = "".join(c for at, c in enumerate(line) if _is_shown(c) or _joins(line, at))
    flat = " ".join(seen.split())
    return flat if any(unicodedata.category(c)[0] in "LNPS" for c in flat) else ""


def _is_shown(c: str) -> bool:
    return unicodedata.category(c) not in HIDDEN and c not in BLANK


def _joins(line: str, at: int) -> bool:
    """Whether a joiner or non-joiner stands inside an emoji or a word of a script that needs it."""
    inside = 0 < at < len(line) - 1 and line[at] in JOINERS
    return inside and all(not line[near].isascii() and _is_shown(line[near]) for near in (at - 1, at + 1))


def sections(cite: Iterable[str]) -> str:
    """Where something stands in the source: `§1.1 §2q`."""
    return " ".join(f"§{place}" for place in cite)


def moment(at: int, style: str = "R") -> str:
    """A time (ms) as every reader's own clock shows it: R relative, F in full, t the hour."""
    return f"<t:{at // 1000}:{style}>"


def count(value: int, one: str, many: str | None = None) -> str:
    """`1 question`, `2 questions`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def number(value: int) -> str:
    """`1,200`, and `−600` with a minus sign, which is as wide as a plus."""
    return f"{value:,}".replace("-", "\u2212")


def link(guild_id: int, channel_id: int, message_id: int) -> str:
    """The address of a message."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"


def bar(share: float, width: int = 10) -> str:
    """A share from 0 to 1 as blocks; always shown with its number."""
    filled = round(share * width)
    return "▰" * filled + "▱" * (width - filled)
