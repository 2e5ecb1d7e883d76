"""Schedules are pressed: what the commands and buttons do."""

from __future__ import annotations

from typing import Any

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from bot.rights import need_moderator
from bot.schedule import actions, cards
from bot.schedule.actions import Plan
from bot.schedule.course import rule_of
from bot.schedule.place import find_fault
from bot.schedule.recurrence import next_times, read_rule
from bot.zones import find_zone, today
from storage import schedules

SHOWN = 5  # next times that are shown
UNKNOWN_WHAT = "I can't start “{what}” by myself. Please choose from the list that opens as you type."
FAULTS = {
    "away": "I can't see this server's channels just now. Please try again in a minute.",
    "gone": "I can start something in text channels only. Please use this in one, or name one in channel.",
    "forbidden": "I may not write there. Please give me View Channel and Send Messages in it (and, for threads, Create "
    "Public Threads and Send Messages in Threads), or choose another channel.",
    "role": "That role is gone. Please choose another, or none.",
}


async def add(
    press: Press, what: str, when: str, zone: str | None, settings: dict[str, Any], how: dict[str, Any]
) -> None:
    """Save a schedule and show it. `how` is the rest of a Plan."""
    chosen = await need_moderator(press)
    startable = press.bot.startables.get(what)
    if startable is None:
        raise Refusal(UNKNOWN_WHAT.format(what=what))
    place = find_zone(zone) if zone else chosen.zone
    rule = read_rule(when, place, today(press.bot.clock.now(), place))
    plan = Plan(what=what, settings=settings, rule=rule, **how)
    _check_place(press, plan.channel_id, plan.thread, plan.role_id)
    id = await press.bot.db.write(actions.add, press.act, startable, press.bot.packs, plan)
    await press.show(await _draw(press, id))


async def list_all(press: Press) -> None:
    await need_moderator(press)
    lines = []
    for schedule in await press.bot.db.read(schedules.list_schedules, press.guild_id):
        paused = " (paused)" if schedule.state == "paused" else ""
        lines.append(f"- {cards.name(schedule, press.bot.startables)} · <#{schedule.channel_id}>{paused}")
    await press.show(cards.draw_list(lines))


async def show(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await press.show(await _draw(press, schedule_id))


async def pause_pressed(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.pause, press.act, schedule_id)
    await _answer(press, schedule_id)


async def resume_pressed(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    schedule = await press.bot.db.read(actions.find, press.guild_id, schedule_id)
    _check_place(press, schedule.channel_id, bool(schedule.thread), None)
    await press.bot.db.write(actions.resume, press.act, schedule_id)
    await _answer(press, schedule_id)


async def move_pressed(press: Press, schedule_id: int) -> None:
    await _move(press, schedule_id, press.channel_id)


async def channel_chosen(press: Press, schedule_id: int) -> None:
    taken = press.values[0] if press.values else ""
    if not (taken.isdecimal() and len(taken) <= 19):
        raise Refusal("Please choose a channel.")
    await _move(press, schedule_id, int(taken))


async def remove_pressed(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.remove, press.act, schedule_id)
    card = Card().text("The schedule is removed. What it has started goes on.")
    await (press.update(card) if press.message_id else press.show(card))


async def run_now(press: Press, schedule_id: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.run_now, press.act, schedule_id)
    await press.say("It starts in a moment. Its own times stay as they are.")


async def _move(press: Press, schedule_id: int, channel_id: int) -> None:
    await need_moderator(press)
    schedule = await press.bot.db.read(actions.find, press.guild_id, schedule_id)
    _check_place(press, channel_id, bool(schedule.thread), None)
    await press.bot.db.write(actions.resume, press.act, schedule_id, channel_id)
    await _answer(press, schedule_id)


def _check_place(press: Press, channel_id: int, thread: bool, role_id: int | None) -> None:
    if fault := find_fault(press.bot, press.guild_id, channel_id, thread, role_id):
        raise Refusal(FAULTS[fault])


async def _answer(press: Press, schedule_id: int) -> None:
    card = await _draw(press, schedule_id)
    await (press.update(card) if press.message_id else press.show(card))


async def _draw(press: Press, schedule_id: int) -> Card:
    bot = press.bot
    schedule = await bot.db.read(actions.find, press.guild_id, schedule_id)
    times = next_times(rule_of(schedule), bot.clock.now(), SHOWN)
    settings = await bot.db.read(actions.tell_settings, bot.startables, bot.packs, schedule)
    guild = press.interaction.guild
    makes_events = guild is not None and guild.me.guild_permissions.create_events
    return cards.draw_schedule(schedule, cards.name(schedule, bot.startables), settings, times, makes_events)


ROUTES: dict[str, Handler] = {
    "schedule:pause": pause_pressed,
    "schedule:resume": resume_pressed,
    "schedule:move": move_pressed,
    "schedule:choose": channel_chosen,
    "schedule:remove": remove_pressed,
}
