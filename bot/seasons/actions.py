"""Seasons do: begin, end and have the podium posted. Functions of a session; each is one transaction."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.text import escape
from storage import audit, posts, seasons

RUNNING = "The season “{name}” is still running. End it with /season end, then begin another."
NONE = "No season is running. Begin one with /season start."
OVER = "This season is over already. /season list shows its board."


def start(session: Session, act: Act, name: str) -> None:
    """Begin a season under a name that can be shown; Refusal while one is running."""
    if not seasons.add_season(session, act.guild_id, act.id, name, act.user_id, act.now):
        running = seasons.get_running(session, act.guild_id)
        raise Refusal(RUNNING.format(name=escape(running.name if running else name)))
    audit.note(session, act.guild_id, act.id, act.user_id, "season.start", name, act.now)


def end(session: Session, act: Act, season_id: int, channel_id: int) -> None:
    """End a season and have its podium posted in a channel; Refusal if it does not run any more."""
    season = seasons.get_season(session, act.guild_id, season_id)
    if season is None or not seasons.end_season(session, act.guild_id, season_id, act.now):
        raise Refusal(OVER)
    audit.note(session, act.guild_id, act.id, act.user_id, "season.end", season.name, act.now)
    _post(session, act.guild_id, season_id, channel_id, "podium", act.now)


def take_loss(session: Session, why: str, now: int, guild_id: int, season_id: int, channel_id: int) -> None:
    """The podium can't be posted with its picture: have it posted in words, if its channel is still there."""
    if why != "gone":
        _post(session, guild_id, season_id, channel_id, "words", now)


def _post(session: Session, guild_id: int, season_id: int, channel_id: int, what: str, now: int) -> None:
    subject = json.dumps([guild_id, season_id, channel_id])
    posts.add_post(session, guild_id, f"s{season_id}:{what}", channel_id, f"season:{what}", subject, now)
