"""What was asked for when a schedule started something."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from storage.tables import Fire, Schedule


def get_settings_of(session: Session, guild_id: int, started_id: int) -> dict[str, Any]:
    """The settings of the schedule that started something, as they are by now; {} if none did."""
    of = and_(Schedule.guild_id == Fire.guild_id, Schedule.id == Fire.schedule_id)
    started = and_(Fire.guild_id == guild_id, Fire.started_id == started_id)
    settings = session.scalars(select(Schedule.settings).join(Fire, of).where(started)).first()
    return {} if settings is None else json.loads(settings)
