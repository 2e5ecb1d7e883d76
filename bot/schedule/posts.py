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
    """The kinds of posts, with an opening for everything that can be started."""
    return {
        **{course.name_opening(what): _make_opening(one.opening) for what, one in bot.startables.items()},
        "schedule:soon": Kind(draw_soon),
        "schedule:missed": Kind(draw_missed, lost=course.take_unheard),
    }


def _make_opening(own: Kind) -> Kind:
    """The opening as what was started draws it; if it can't be shown, the schedule pauses, too."""

    async def draw(bot: Offramp, guild_id: int, schedule_id: int, at: int) -> Card | None:
        return await own.draw(bot, guild_id, rules.name_occasion(schedule_id, at))

    def sent(session: Session, message_id: int, now: int, guild_id: int, schedule_id: int, at: int) -> None:
        if own.sent:
            own.sent(session, message_id, now, guild_id, rules.name_occasion(schedule_id, at))

    def lost(session: Session, why: str, now: int, guild_id: int, schedule_id: int, at: int) -> None:
        if own.lost:
            own.lost(session, why, now, guild_id, rules.name_occasion(schedule_id, at))
        course.take_loss(session, guild_id, schedule_id, at, why, now)

    return Kind(draw, sent, lost, patient=True)


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
    return cards.draw_soon(cards.say_what(schedule, bot.startables), at, role_id)


async def draw_missed(bot: Offramp, guild_id: int, schedule_id: int, at: int) -> Card | None:
    schedule = await bot.db.read(schedules.get_schedule, guild_id, schedule_id)
    fire = await bot.db.read(schedules.get_fire, guild_id, schedule_id, at)
    if schedule is None or fire is None or fire.state != "missed":
        return None
    return cards.draw_missed(schedule, cards.name(schedule, bot.startables), fire)
