"""What can be started is started without a command, and the post that shows it is made in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.startable import Occasion, Startable
from storage import posts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from content.pack import Pack


def open_occasion(
    session: Session,
    packs: Mapping[str, Pack],
    startable: Startable,
    occasion: Occasion,
    kind: str,
    subject: Sequence[int] = (),
) -> None:
    """Start something and have its opening posted; Refusal if it can't start now.

    `kind` is that of the post, and `subject` what it is about, the server and the occasion if left out.
    """
    startable.start(session, packs, occasion)
    about = json.dumps(subject or [occasion.guild_id, occasion.id])
    key = f"{occasion.id}:opening"  # a round's own posts begin alike, and come after it
    where = (occasion.channel_id, kind, about, occasion.now)
    posts.add_post(session, occasion.guild_id, key, *where, due_at=occasion.at)


def name_post(kind: str) -> str:
    """The kind of post by which delivery knows the opening of one of `bot.startables`."""
    return f"opening:{kind}"
