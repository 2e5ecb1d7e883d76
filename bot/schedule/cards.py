"""Schedules are shown: what, when, where, and what happens if a time is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discord import ButtonStyle

from bot.kit import Button, Card, custom_id
from bot.schedule import rules
from bot.schedule.course import rule_of
from bot.schedule.recurrence import describe
from bot.startable import Startable
from bot.text import clip, count, moment

if TYPE_CHECKING:
    from storage.tables import Fire, Schedule


def name(schedule: Schedule, startables: Mapping[str, Startable]) -> str:
    """A schedule in one line: `Quiz round · every weekday at 20:00, UTC`."""
    return f"{say_what(schedule, startables)} · {describe(rule_of(schedule))}"


def say_what(schedule: Schedule, startables: Mapping[str, Startable]) -> str:
    """What a schedule starts: `Quiz round`."""
    startable = startables.get(schedule.what)
    return startable.title if startable else schedule.what


def draw_schedule(
    schedule: Schedule,
    title: str,
    settings: str,
    times: Sequence[int],
    here: int,
    beside: Sequence[str] = (),
    makes_events: bool = True,
) -> Card:
    """A schedule in full; `settings` in words, `times` are its next ones (ms), `beside` the rounds that meet it.

    `here` is the channel in which it is looked at.

    `makes_events` says whether the bot has the permission for that.
    """
    where = f"<#{schedule.channel_id}>" + (", each time in a thread of its own" if schedule.thread else "")
    card = Card().text(f"## {title}\n{settings}\n**Where:** {where}\n**Announcement:** {_announcement(schedule)}")
    card.text(f"**If I miss a time:** {_missed(schedule)}")
    if beside:
        card.text(
            f"**At the same time, in the same channel:** {', '.join(beside)}. The second waits for the first to end."
        )
    if schedule.event:
        need = "" if makes_events else ". I need the permission Create Events for that"
        card.text(f"**Among the server's events:** its next time{need}")
    ids = (schedule.id,)
    if schedule.state == "paused":
        why = "by a moderator" if schedule.why == "moderator" else f"because {rules.say_why(schedule.why)}"
        buttons = [Button("Resume", custom_id("schedule:resume", *ids))]
        if here != schedule.channel_id:
            buttons.append(Button("Move it here", custom_id("schedule:move", *ids)))
        return card.text(f"**Paused** {why}.").buttons(*buttons, Button("Remove", custom_id("schedule:remove", *ids)))
    card.text("**The next times**, by your own clock:\n" + "\n".join(f"- {moment(at, 'F')}" for at in times))
    return card.buttons(
        Button("Pause", custom_id("schedule:pause", *ids)), Button("Remove", custom_id("schedule:remove", *ids))
    )


def draw_list(
    shown: Sequence[tuple[Schedule, int | None]], startables: Mapping[str, Startable], page: int, last: int, total: int
) -> Card:
    """One page of a server's schedules, each with its next time (ms), or none where it is paused."""
    if not shown:
        return Card().text("There are no schedules yet. Make one with /schedule add.")
    lines = []
    for schedule, at in shown:
        when = f"next {moment(at, 'f')}" if at else "paused"
        lines.append(f"**{clip(name(schedule, startables), 120)}**\n-# in <#{schedule.channel_id}> · {when}")
    card = Card().text("### Schedules\n" + "\n".join(lines))
    return card.turning(page, last, count(total, "schedule"), "schedule:list")


def draw_question(schedule: Schedule, title: str) -> Card:
    """Whether a schedule is really to be removed."""
    return (
        Card()
        .text(f"### Remove this schedule?\n**{title}**, in <#{schedule.channel_id}>")
        .text("What it has started goes on. A schedule that is removed can't be brought back; one can be paused.")
        .buttons(
            Button("Remove it", custom_id("schedule:removal", schedule.id), ButtonStyle.primary),
            Button("Keep it", custom_id("schedule:keep", schedule.id)),
        )
    )


def draw_missed(schedule: Schedule, title: str, fire: Fire, here: int | None = None) -> Card:
    """What moderators are told of a missed time, with what they can do.

    `here` is the channel of somebody who reads it privately; a card that all moderators see names no "here".
    """
    times = f"The time {moment(fire.at, 'F')} was missed"
    if fire.times > 1:
        times = (
            f"{fire.times} times between {moment(fire.at, 'F')} and {moment(fire.until or fire.at, 'F')} were missed"
        )
    card = Card().text(f"### {title}\n{times}, because {rules.say_why(fire.why)}.")
    if schedule.state != "paused" or fire.why not in rules.WHAT_PAUSES:
        return card.text("-# It goes on with its next time. /schedule show tells when.")
    card.text(
        "The schedule is **paused**. Move it to a channel where I may write, or put right what is wrong and resume."
    )
    buttons = [Button("Resume", custom_id("schedule:resume", schedule.id))]
    if here is not None:
        buttons.insert(0, Button("Move it here", custom_id("schedule:move", schedule.id)))
    return card.buttons(*buttons).channel_select(
        custom_id("schedule:choose", schedule.id), "Move it to another channel", None
    )


def draw_soon(title: str, at: int, role_id: int) -> Card:
    card = Card().text(f"**{title}** begins here {moment(at)}.")
    return card.ping(role_id) if role_id else card


def _announcement(schedule: Schedule) -> str:
    if not schedule.announce:
        return "none"
    calls = f", calling <@&{schedule.role_id}>" if schedule.role_id else ", calling nobody"
    return f"{count(schedule.announce, 'minute')} before{calls}"


def _missed(schedule: Schedule) -> str:
    if schedule.missed == "skip":
        return "it is left out, and moderators are told"
    return f"it is caught up once within {count(schedule.grace, 'minute')}; else moderators are told"
