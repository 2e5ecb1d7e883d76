"""Reporting: a member or the figures have something against a question, and moderators are told of the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.moderators import tell_moderators
from storage import reports

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
    if first:
        key = f"r{round_id}-{position}-{values['user_id']}:new"  # nobody reports one again once it has been dealt with
        tell_moderators(session, guild_id, key, POST, [round_id, position], values["at"])
    return True
