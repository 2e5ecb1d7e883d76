"""Privacy is pressed: one private card on what is stored about somebody, and what they can choose."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime

from bot.gate import Handler
from bot.press import Press
from bot.privacy import actions, cards, handing_out


async def open_privacy(press: Press) -> None:
    await press.show(cards.draw_choices(await _get_choices(press)))


async def hide_pressed(press: Press, hidden: int) -> None:
    """Hide whoever pressed, or show them again."""
    who = (press.guild_id, press.user_id, press.user_name)
    await press.update(cards.draw_choices(await press.bot.db.write(actions.hide, *who, bool(hidden))))


async def stop_pressed(press: Press) -> None:
    stopped = await press.bot.db.write(actions.stop_reminders, press.guild_id, press.user_id)
    await press.update(cards.draw_choices(stopped))


async def export_pressed(press: Press) -> None:
    """Hand out what is kept about whoever pressed, to them alone."""
    rows = await press.bot.db.read(actions.list_rows, press.guild_id, press.user_id)
    written = datetime.fromtimestamp(press.bot.clock.now() / 1000, UTC).isoformat(timespec="seconds")
    about = {
        "server": str(press.guild_id),
        "you": str(press.user_id),
        "written": written,
        "note": cards.HANDED_OUT,
    }
    name, data = await asyncio.to_thread(handing_out.write_file, rows, about)
    await press.show(cards.draw_file(sum(map(len, rows.values())), name, data))


async def delete_pressed(press: Press) -> None:
    """Say what deleting means, and ask once."""
    await press.bot.db.read(actions.check_delete, press.act)
    await press.update(cards.draw_question())


async def confirm_pressed(press: Press) -> None:
    # Below zero, where Discord has no ids, and the same wherever this person stood: pairs stay pairs.
    other_id = -1 - secrets.randbits(62)
    await press.bot.db.write(actions.delete, press.act, press.bot.flaggables, other_id)
    await press.update(cards.draw_deleted())


async def cancel_pressed(press: Press) -> None:
    await press.update(cards.draw_choices(await _get_choices(press)))


async def _get_choices(press: Press) -> actions.Choices:
    return await press.bot.db.read(actions.get_choices, press.guild_id, press.user_id)


ROUTES: dict[str, Handler] = {
    "privacy:hide": hide_pressed,
    "privacy:stop": stop_pressed,
    "privacy:export": export_pressed,
    "privacy:delete": delete_pressed,
    "privacy:confirm": confirm_pressed,
    "privacy:cancel": cancel_pressed,
}
