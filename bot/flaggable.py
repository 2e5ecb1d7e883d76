"""What members can flag: each feature says of its own things how they are found, shown and taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act

MEMBERS_WORDS = {
    "rude": "It attacks a person or a group",
    "unsafe": "It threatens, or tells something private",
    "biased": "It passes an opinion off as what the source says",
    "spam": "It has nothing to do with this",
}
FRAMING = {
    "biased": "Its framing takes a side",
    "misstated": "It does not say what the source says",
    "loaded": "Its words are loaded",
}


@dataclass(frozen=True)
class Found:
    """Something that can be flagged, as moderators are shown it; `author_id` is none where it is the pack's.

    `over` says why nothing can be done about it any more, if that is so.
    """

    text: str
    channel_id: int
    message_id: int | None
    author_id: int | None
    over: str = ""


@dataclass(frozen=True)
class Flaggable:
    """One kind of thing that members can flag.

    `needs` is how many of them it takes until moderators are told; one moderator is enough. It is flagged in its own
    channel, or `anywhere` in its server if that is where people come across it. `find(session, guild_id, id)` gives
    it, or None if there is no such thing any more. `remove(session, act, id)` does what `removes` says, and `removed`
    that it was done. Of a member's words, `own` says what else their author can do, and `redraw(session, act, id)` has
    their cards changed after they were deleted.
    """

    title: str
    reasons: Mapping[str, str]
    needs: int
    find: Callable[[Session, int, int], Found | None]
    remove: Callable[[Session, Act, int], None]
    removes: str
    removed: str
    anywhere: bool = False
    own: str = ""
    redraw: Callable[[Session, Act, int], None] | None = None
