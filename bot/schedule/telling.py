"""The next moderator who uses a command hears of missed times, where no review channel could take the news."""

from __future__ import annotations

from bot.press import Press
from bot.rights import may_moderate
from bot.schedule import cards
from storage import schedules

AT_ONCE = 3  # cards a command; the next one brings more


async def tell_moderator(press: Press) -> None:
    """Show what nobody has heard yet, privately, to somebody who may look after it. Told is noted after it is shown."""
    bot = press.bot
    if not await bot.db.read(schedules.has_untold, press.guild_id) or not await may_moderate(press):
        return
    for fire in await bot.db.read(schedules.list_untold, press.guild_id, AT_ONCE):
        schedule = await bot.db.read(schedules.get_schedule, fire.guild_id, fire.schedule_id)
        if schedule is not None:
            name = cards.name(schedule, bot.startables)
            if await press.show(cards.draw_missed(schedule, name, fire, press.channel_id)) is None:
                return  # it did not get through; the next command tries again
            await bot.db.write(schedules.set_told, fire.guild_id, fire.schedule_id, fire.at, True)
