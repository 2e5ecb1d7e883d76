"""Schedules are pressed: what the commands and buttons do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press, read_id
from bot.rights import need_moderator
from bot.schedule import actions, cards
from bot.schedule.actions import Change, Plan
from bot.schedule.course import rule_of
from bot.schedule.place import find_fault
from bot.schedule.recurrence import next_times, read_rule
from bot.text import clip, escape
from bot.zones import find_zone, today
from storage import schedules

if TYPE_CHECKING:
    from storage.tables import Schedule

SHOWN = 5  # next times that are shown
LISTED = 10  # schedules on a page
SILENT = (
    "Discord lets me call only roles that anyone may mention. Please turn on “Allow anyone to @mention this role” in "
    "its settings, or choose another role."
)
ROLE_GONE = "Its role is gone, so it calls nobody now. /schedule edit gives it another one."
UNKNOWN_WHAT = "I can't start “{what}” by myself. Please choose from the list that opens as you type."
FAULTS = {
    "away": "I can't see this server's channels just now. Please try again in a minute.",
    "gone": "I can start something in text channels only. Please use this in one, or name one in channel.",
    "forbidden": "I may not write there. Please give me View Channel and Send Messages in it (and, for threads, Create "
    "Public Threads and Send Messages in Threads), or choose another channel.",
    "role": "The role that it calls is gone. Please choose another, or set announce to 0: then nobody is called.",
}


async def add(
    press: Press, what: str, when: str, zone: str | None, settings: dict[str, Any], how: dict[str, Any]
) -> None:
    """Save a schedule and show it. `how` is the rest of a Plan."""
    chosen = await need_moderator(press)
    named = {title: id for id, one in press.bot.startables.items() for title in (id, one.title.casefold())}
    if what.casefold() not in named:
        raise Refusal(UNKNOWN_WHAT.format(what=escape(clip(what, 40))))
    what = named[what.casefold()]
    startable = press.bot.startables[what]
    place = find_zone(zone) if zone else chosen.zone
    rule = read_rule(when, place, today(press.bot.clock.now(), place))
    plan = Plan(what=what, settings=settings, rule=rule, **how)
    _check_place(press, plan.channel_id, plan.thread, plan.role_id)
    id = await press.bot.db.write(actions.add, press.act, startable, press.bot.packs, plan)
    await press.show(await _draw(press, id))


async def edit(press: Press, schedule_id: int, change: Change) -> None:
    """Change what is given of a schedule and show it."""
    await need_moderator(press)
    zone = find_zone(change.zone) if change.zone else None
    change = replace(change, zone=zone)
    schedule = await press.bot.db.read(actions.find, press.guild_id, schedule_id)
    wanted = {name: getattr(schedule, name) for name in ("channel_id", "thread", "announce", "role_id")}
    wanted |= change.columns
    called = wanted["role_id"] if wanted["announce"] else None
    _check_place(press, wanted["channel_id"], bool(wanted["thread"]), called)
    bot = press.bot
    await bot.db.write(actions.edit, press.act, bot.startables, bot.packs, schedule_id, change)
    await press.show(await _draw(press, schedule_id))


async def list_all(press: Press) -> None:
    await press.show(await _draw_list(press, 0))


async def list_pressed(press: Press, page: int) -> None:
    await press.update(await _draw_list(press, page))


async def show(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await press.show(await _draw(press, schedule_id))


async def pause_pressed(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.pause, press.act, schedule_id)
    await _answer(press, schedule_id)


async def resume_pressed(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await _resume(press, schedule_id, None)


async def move_pressed(press: Press, schedule_id: int) -> None:
    await _move(press, schedule_id, press.channel_id)


async def channel_chosen(press: Press, schedule_id: int) -> None:
    channel_id = read_id(press.values[0] if press.values else "")
    if channel_id is None:
        raise Refusal("Please choose a channel.")
    await _move(press, schedule_id, channel_id)


async def remove_pressed(press: Press, schedule_id: int) -> None:
    """Ask once: what is removed can't be brought back."""
    await need_moderator(press)
    schedule = await press.bot.db.read(actions.find, press.guild_id, schedule_id)
    card = cards.draw_question(schedule, cards.name(schedule, press.bot.startables))
    await (press.update(card) if press.message_id else press.show(card))


async def removal_pressed(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.remove, press.act, schedule_id)
    await press.update(Card().text("The schedule is removed. What it has started goes on."))


async def keep_pressed(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await _answer(press, schedule_id)


async def run_now(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    schedule = await press.bot.db.read(actions.find, press.guild_id, schedule_id)
    await press.bot.db.write(actions.run_now, press.act, schedule_id)
    name = cards.name(schedule, press.bot.startables)
    await press.say(f"“{name}” starts in <#{schedule.channel_id}> in a moment. Its own times stay as they are.")


async def _move(press: Press, schedule_id: int, channel_id: int) -> None:
    await need_moderator(press)
    await _resume(press, schedule_id, channel_id)


async def _resume(press: Press, schedule_id: int, channel_id: int | None) -> None:
    """Take a schedule up, where it was or in another channel; without its role, if that is gone."""
    schedule = await press.bot.db.read(actions.find, press.guild_id, schedule_id)
    where = (channel_id or schedule.channel_id, bool(schedule.thread))
    _check_place(press, *where, None)
    gone = find_fault(press.bot, press.guild_id, *where, schedule.role_id) == "role"
    await press.bot.db.write(actions.resume, press.act, schedule_id, channel_id, gone)
    await _answer(press, schedule_id)
    if gone:
        await press.say(ROLE_GONE)


def _check_place(press: Press, channel_id: int, thread: bool, role_id: int | None) -> None:
    if fault := find_fault(press.bot, press.guild_id, channel_id, thread, role_id):
        raise Refusal(FAULTS[fault])
    guild = press.interaction.guild
    role = guild.get_role(role_id) if guild and role_id is not None else None
    if guild and role and not role.mentionable and not guild.me.guild_permissions.mention_everyone:
        raise Refusal(SILENT)


async def _answer(press: Press, schedule_id: int) -> None:
    card = await _draw(press, schedule_id)
    await (press.update(card) if press.message_id else press.show(card))


async def _draw_list(press: Press, page: int) -> Card:
    await need_moderator(press)
    found = await press.bot.db.read(schedules.list_schedules, press.guild_id)
    last = max(len(found) - 1, 0) // LISTED
    page = min(page, last)
    now = press.bot.clock.now()
    shown = [(one, _next_of(one, now)) for one in found[page * LISTED : (page + 1) * LISTED]]
    return cards.draw_list(shown, press.bot.startables, page, last, len(found))


def _next_of(schedule: Schedule, now: int) -> int | None:
    return next_times(rule_of(schedule), now, 1)[0] if schedule.state == "active" else None


def _find_beside(schedule: Schedule, every: Sequence[Schedule], times: Sequence[int], now: int) -> list[Schedule]:
    """Other rounds that start in the same channel at one of these times."""
    others = [one for one in every if one.id != schedule.id and one.state == "active"]
    near = [
        one for one in others if (one.channel_id, one.what, schedule.what) == (schedule.channel_id, "round", "round")
    ]
    return [one for one in near if set(times) & set(next_times(rule_of(one), now, SHOWN))]


async def _draw(press: Press, schedule_id: int) -> Card:
    bot = press.bot
    schedule = await bot.db.read(actions.find, press.guild_id, schedule_id)
    active = schedule.state == "active"
    times = next_times(rule_of(schedule), bot.clock.now(), SHOWN) if active else []
    settings = await bot.db.read(actions.tell_settings, bot.startables, bot.packs, schedule)
    guild = press.interaction.guild
    makes_events = guild is not None and guild.me.guild_permissions.create_events
    every = await bot.db.read(schedules.list_schedules, press.guild_id)
    meeting = _find_beside(schedule, every, times, bot.clock.now())
    beside = [cards.name(one, bot.startables) for one in meeting]
    name, here = cards.name(schedule, bot.startables), press.channel_id
    return cards.draw_schedule(schedule, name, settings, times, here, beside, makes_events)


ROUTES: dict[str, Handler] = {
    "schedule:pause": pause_pressed,
    "schedule:resume": resume_pressed,
    "schedule:move": move_pressed,
    "schedule:choose": channel_chosen,
    "schedule:remove": remove_pressed,
    "schedule:removal": removal_pressed,
    "schedule:keep": keep_pressed,
    "schedule:list": list_pressed,
}
