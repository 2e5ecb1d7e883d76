"""The daily question: what a schedule starts, and reminders for those who ask for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord

from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from bot.quiz import course, facts, rules, ui
from bot.quiz.scheduled import describe_round, read_settings, start_from
from bot.startable import Occasion, Startable
from bot.subjects import list_titles
from bot.text import moment
from storage import posts, quiz, reminders

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import Offramp
    from content.pack import Pack

A_DAY = 24 * 60 * 60_000
LATEST = 26 * 60 * 60_000  # ms: until the next one, if it comes by then; a day of the clock change has 25 hours
NO_DM = "Discord doesn't let me write to you. Allow direct messages from this server's members, then press again."


def start(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    """Ask one question, open until the next one, or for a day; the one before it closes."""
    for round in quiz.list_open_dailies(session, occasion.guild_id):
        if round.schedule_id == occasion.schedule_id:
            course.close_daily(session, round, occasion.now)
    length = occasion.next_at - occasion.now
    seconds = (length if length <= LATEST else A_DAY) // 1000
    settings = read_settings(occasion.settings).model_copy(update={"questions": 1, "seconds": seconds})
    start_from(session, packs, occasion, settings, "daily")
    course.step(session, occasion.guild_id, occasion.id, occasion.now)
    for user_id, channel_id in reminders.list_reminders(session, occasion.guild_id):
        remind(session, occasion.guild_id, occasion.id, user_id, channel_id, occasion.now)


def remind(session: Session, guild_id: int, round_id: int, user_id: int, channel_id: int, now: int) -> None:
    """Have somebody reminded of an open daily question, some hours before it closes."""
    round = quiz.get_round(session, guild_id, round_id)
    if round is None or round.state == "over":
        return
    due_at = max(round.due_at - rules.REMIND, now)
    subject = json.dumps([guild_id, round_id, user_id])
    posts.add_post(
        session, guild_id, f"m{round_id}-{user_id}:remind", channel_id, "quiz:remind", subject, now, due_at=due_at
    )


def start_reminding(session: Session, guild_id: int, user_id: int, channel_id: int, now: int) -> None:
    """Remind somebody from now on, of what is open as well."""
    reminders.add_reminder(session, guild_id, user_id, channel_id)
    for round in quiz.list_open_dailies(session, guild_id):
        remind(session, guild_id, round.id, user_id, channel_id, now)


async def remind_pressed(press: Press) -> None:
    """Begin to remind somebody, or stop."""
    if await press.bot.db.write(reminders.drop_reminder, press.guild_id, press.user_id):
        await press.say("I no longer remind you of daily questions here.")
        return
    try:
        channel_id = (await press.interaction.user.create_dm()).id
    except discord.HTTPException as error:
        raise Refusal(NO_DM) from error
    await press.bot.db.write(start_reminding, press.guild_id, press.user_id, channel_id, press.bot.clock.now())
    await press.say(
        "I send you a direct message four hours before a daily question closes that you have not answered. "
        "Press the button again, or use /privacy, and I stop."
    )


async def draw_question(bot: Offramp, guild_id: int, round_id: int) -> Card | None:
    return await ui.draw_question(bot, guild_id, round_id, 0)


async def draw_reminder(bot: Offramp, guild_id: int, round_id: int, user_id: int) -> Card | None:
    """None for those who have answered, or do not want it any more."""
    open = await bot.db.read(facts.get_unanswered, guild_id, round_id, user_id)
    if open is None:
        return None
    channel_id, closes_at = open
    return Card().text(
        f"The daily question in <#{channel_id}> closes {moment(closes_at)}, and you have not answered "
        "it. You asked me to remind you; /privacy in that server ends it."
    )


def take_posted(session: Session, message_id: int, now: int, guild_id: int, round_id: int) -> None:
    course.take_posted(session, message_id, now, guild_id, round_id, 0)


def stop_reminding(session: Session, why: str, now: int, guild_id: int, round_id: int, user_id: int) -> None:
    """Who doesn't take direct messages any more is reminded no more."""
    if why != "unreachable":
        reminders.drop_reminder(session, guild_id, user_id)


def check(session: Session, guild_id: int, packs: Mapping[str, Pack], settings: Mapping[str, Any]) -> str:
    """What a daily question would ask about, in words."""
    return describe_round(session, guild_id, packs, read_settings(settings))


OPENING = Kind(draw_question, take_posted, course.take_loss, patient=True)
STARTABLE = Startable("Daily question", check, start, list_titles, frozenset({"theme", "also"}), OPENING)
ROUTES: dict[str, Handler] = {"quiz:remind": remind_pressed}
POSTS = {"quiz:remind": Kind(draw_reminder, lost=stop_reminding)}
