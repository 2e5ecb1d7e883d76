"""What schedules post: the opening of what they started, announcements, and word to moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery import Kind
from bot.kit import Card
from bot.schedule import cards, course, rules
from storage import schedules

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import Offramp


def make_kinds(bot: Offramp) -> dict[str, Kind]:
    """The kinds of posts; an opening is what the thing that was started says it is."""

    def sent(session: Session, message_id: int, now: int, guild_id: int, schedule_id: int, at: int) -> None:
        kind = _opening(bot, session, guild_id, schedule_id)
        if kind and kind.sent:
            kind.sent(session, message_id, now, guild_id, rules.name_occasion(schedule_id, at))

    def lost(session: Session, why: str, now: int, guild_id: int, schedule_id: int, at: int) -> None:
        kind = _opening(bot, session, guild_id, schedule_id)
        if kind and kind.lost:
            kind.lost(session, why, now, guild_id, rules.name_occasion(schedule_id, at))
        course.take_loss(session, guild_id, schedule_id, at, why, now)

    return {
        "schedule:opening": Kind(draw_opening, sent, lost, patient=True),
        "schedule:soon": Kind(draw_soon),
        "schedule:missed": Kind(draw_missed, lost=course.take_unheard),
    }


async def draw_opening(bot: Offramp, guild_id: int, schedule_id: int, at: int) -> Card | None:
    kind = await bot.db.read(lambda session: _opening(bot, session, guild_id, schedule_id))
    return await kind.draw(bot, guild_id, rules.name_occasion(schedule_id, at)) if kind else None


async def draw_soon(
    bot: Offramp, guild_id: int, schedule_id: int, at: int, channel_id: int, announce: int, role_id: int
) -> Card | None:
    """An announcement, as long as what it announces is still to come, there, and with that role."""
    schedule = await bot.db.read(schedules.get_schedule, guild_id, schedule_id)
    fire = await bot.db.read(schedules.get_fire, guild_id, schedule_id, at)
    if schedule is None or fire is None or fire.state != "due" or at <= bot.clock.now():
        return None
    if (schedule.channel_id, schedule.announce, schedule.role_id or 0) != (channel_id, announce, role_id):
        return None
    return cards.draw_soon(cards.name(schedule, bot.startables).partition(" · ")[0], at, role_id)


async def draw_missed(bot: Offramp, guild_id: int, schedule_id: int, at: int) -> Card | None:
    schedule = await bot.db.read(schedules.get_schedule, guild_id, schedule_id)
    fire = await bot.db.read(schedules.get_fire, guild_id, schedule_id, at)
    if schedule is None or fire is None or fire.state != "missed":
        return None
    return cards.draw_missed(schedule, cards.name(schedule, bot.startables), fire)


def _opening(bot: Offramp, session: Session, guild_id: int, schedule_id: int) -> Kind | None:
    schedule = schedules.get_schedule(session, guild_id, schedule_id)
    startable = bot.startables.get(schedule.what) if schedule else None
    return startable.opening if startable else None
