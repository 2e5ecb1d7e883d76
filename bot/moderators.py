"""Moderators are told of something in the review channel, if the server has chosen one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from storage import posts
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def tell_moderators(session: Session, guild_id: int, key: str, kind: str, about: Sequence[int], now: int) -> bool:
    """Have a post of some kind shown in the review channel; False if there is none.

    `about` are the ids by which the kind draws it, after the server's.
    """
    channel_id = get_settings(session, guild_id).review_channel_id
    if channel_id is None:
        return False
    posts.add_post(session, guild_id, key, channel_id, kind, json.dumps([guild_id, *about]), now)
    return True
