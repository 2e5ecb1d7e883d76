"""What can be started is started without a command, and the post that shows it is made in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.startable import Occasion, Startable
from storage import posts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from content.pack import Pack


def open_occasion(
    session: Session, packs: Mapping[str, Pack], kind: str, startable: Startable, occasion: Occasion
) -> None:
    """Start something and have its opening posted; Refusal if it can't start now.

    `kind` is its name in `bot.startables`: delivery draws the post by `name_post(kind)`.
    """
    startable.start(session, packs, occasion)
    subject = json.dumps([occasion.guild_id, occasion.id])
    key = f"{occasion.id}:opening"
    posts.add_post(session, occasion.guild_id, key, occasion.channel_id, name_post(kind), subject, occasion.now)


def name_post(kind: str) -> str:
    """The name under which delivery knows the opening of one kind."""
    return f"opening:{kind}"
