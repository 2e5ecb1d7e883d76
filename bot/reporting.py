"""Reporting: a member or the figures have something against a question, and moderators are told of the first time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from storage import posts, reports
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIGURES = "figures"  # the reason of a report that nobody made: the answers look odd
POST = "reports:new"  # the kind of post that shows a reported question


def report(session: Session, values: dict[str, Any]) -> bool:
    """Save a report, as a row of its table; False if a ruling has dealt with it.

    The first open report on a question is posted in the review channel, if the server has one.
    """
    guild_id, round_id, position = values["guild_id"], values["round_id"], values["position"]
    first = reports.count_open(session, guild_id, values["question_id"]) == 0
    if not reports.add_report(session, values):
        return False
    channel_id = get_settings(session, guild_id).review_channel_id
    if first and channel_id is not None:
        subject = json.dumps([guild_id, round_id, position])
        key = f"r{round_id}-{position}-{values['user_id']}:new"  # nobody reports one again once it has been dealt with
        posts.add_post(session, guild_id, key, channel_id, POST, subject, values["at"])
    return True
