"""The quiz is pressed: what commands, buttons and forms of a round do."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import item_card
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from bot.quiz import actions, cards, course, facts, rules
from bot.quiz.actions import Place, Start
from bot.quiz.modes import choose_mode
from bot.subjects import Subject, choose_subject
from bot.text import count, number
from content.subjects import list_subjects

if TYPE_CHECKING:
    from bot.app import Offramp


async def play(
    press: Press,
    theme: str | None,
    also: str | None,
    questions: int,
    seconds: int,
    scoring: str,
    mode: str,
    teams: int,
    thread: bool,
) -> None:
    """Open a round and say so; the loop asks the first question a few seconds later, or opens its thread."""
    subject = await press.bot.db.read(choose_subject, press.guild_id, press.bot.packs, theme, also)
    check_place(press, thread)
    chosen = choose_mode(mode, teams).id
    start = make_start(press, subject, questions, seconds, chosen)
    start = replace(start, scoring=scoring, thread=thread)
    if thread:
        start = replace(start, state="opening", wait=rules.THREAD)
    await press.bot.db.write(actions.start_round, start, press.bot.clock.now())
    await show_opening(press)


def make_start(press: Press, subject: Subject, questions: int, seconds: int, mode: str) -> Start:
    """A round in this channel, by whoever pressed."""
    return Start(
        guild_id=press.guild_id,
        round_id=press.id,
        channel_id=press.channel_id,
        starter_id=press.user_id,
        subject=subject.title,
        items=subject.items,
        questions=questions,
        seconds=seconds,
        scoring="accuracy",
        thread=False,
        seed=secrets.randbits(32),
        mode=mode,
    )


async def show_opening(press: Press, calls: int | None = None) -> None:
    """Answer with the card of the round that was just opened, and note where it is; whom it `calls` is rung."""
    opening = await press.bot.db.read(facts.get_opening, press.guild_id, press.id)
    assert opening is not None
    message_id = await press.show(cards.draw_opening(opening), private=False, calls=calls)
    if message_id is not None and (opening.state in ("opening", "invited") or opening.mode.teams):
        where = (message_id, press.bot.clock.now(), press.guild_id, press.id)
        await press.bot.db.write(course.take_opened, *where)


def check_place(press: Press, thread: bool) -> None:
    """Refuse to start where the round could not be shown."""
    if thread and press.in_thread:
        raise Refusal("This is a thread already. Please start the round without a thread of its own.")
    for_thread = ("create_public_threads", "send_messages_in_threads") if thread else ()
    press.need("hold a round", "view_channel", press.writing, *for_thread)


async def stop(press: Press) -> None:
    """End the round here. The standing goes to the channel, and to whoever stopped it at once."""
    moderator = press.may("manage_messages")
    now = press.bot.clock.now()
    where = (press.guild_id, press.channel_id, press.user_id)
    round_id = await press.bot.db.write(actions.stop_round, *where, moderator, now)
    card = await draw_end(press.bot, press.guild_id, round_id)
    assert card is not None
    await press.show(card)


async def join_pressed(press: Press, round_id: int, team: int) -> None:
    sizes = await press.bot.db.write(actions.join_team, _place(press, round_id, 0), team, press.user_name)
    await press.say(
        f"You are in Team {team + 1} ({count(sizes[team], 'member')}). Your points count toward its average."
    )
    if press.message_id is not None:
        subject = (press.guild_id, round_id)
        press.bot.delivery.edit_soon(press.channel_id, press.message_id, draw_opening, *subject)


async def sure_pressed(press: Press, round_id: int, position: int, level: int) -> None:
    """How sure somebody is of their answer. What is said doesn't depend on whether that was right."""
    place = _place(press, round_id, position)
    right, wrong = await press.bot.db.write(actions.note_certainty, place, level, press.bot.clock.now())
    said = f"{('low', 'mid', 'high')[level - 1]}, {right} points if it is right, {number(wrong)} if it is wrong"
    await press.update(Card().text(f"Noted: {said}."))


async def answer_pressed(press: Press, round_id: int, position: int, shown: int) -> None:
    """A letter, or the options taken in a select, in which case `shown` says nothing."""
    chosen = [int(value) for value in press.values if value.isdecimal()] or [shown]
    await _answer(press, round_id, position, chosen)


async def form_opened(press: Press, round_id: int, position: int) -> None:
    place = _place(press, round_id, position)
    item, order = await press.bot.db.read(actions.look_at, place, press.bot.clock.now())
    await press.ask(item_card.form(item, order, f"quiz:submit:{round_id}:{position}"))


async def form_submitted(press: Press, round_id: int, position: int) -> None:
    await _answer(press, round_id, position, read_form(press))


def read_form(press: Press) -> list[int] | str:
    """What was typed, or the options put in order (as shown)."""
    fields = press.fields
    if "text" in fields:
        return fields["text"].strip()[:80]
    return [int(value) for key, value in sorted(fields.items()) if key.startswith("place") and value.isdecimal()]


async def go_on_pressed(press: Press, round_id: int) -> None:
    where = (press.guild_id, round_id, press.channel_id)
    await press.bot.db.write(actions.go_on, *where, press.bot.clock.now())
    await press.update(Card().text("The round goes on."))


async def place_pressed(press: Press, round_id: int) -> None:
    """Somebody's own place in a round, for them alone."""
    mine = await press.bot.db.read(facts.get_own_place, press.guild_id, round_id, press.user_id)
    if mine is None:
        raise Refusal("You did not answer in this round. Join the next one with any letter.")
    own = replace(mine.ranked, score=replace(mine.ranked.score, name=press.user_name))  # they may be hidden to others
    await press.say(f"{cards.row(own, mine.counted)}\n-# Place {mine.ranked.rank} of {mine.people}.")


async def _answer(press: Press, round_id: int, position: int, shown: list[int] | str) -> None:
    place = _place(press, round_id, position)
    now = press.bot.clock.now()
    verdict = await press.bot.db.write(actions.answer, place, shown, press.user_name, now)
    if not verdict.first:
        await press.say(f"Your first answer, {verdict.shown}, is the one that counts.")
        return
    await _confirm(press, place, verdict)
    if press.message_id is not None:
        subject = (press.guild_id, round_id, position)
        press.bot.delivery.edit_soon(press.channel_id, press.message_id, draw_question, *subject)


async def _confirm(press: Press, place: Place, verdict: actions.Verdict) -> None:
    if verdict.mode == "certainty":
        await press.show(cards.draw_sure(place.round_id, place.position, verdict.shown))
    elif verdict.mode == "daily":
        streak = await press.bot.db.read(facts.get_streak, press.guild_id, press.user_id)
        await press.show(cards.draw_daily_answer(verdict.shown, streak))
    else:
        team = "" if verdict.team is None else f", for Team {verdict.team + 1}"
        await press.say(f"**{verdict.shown}**, locked in{team}.")


def _place(press: Press, round_id: int, position: int) -> Place:
    return Place(press.guild_id, round_id, position, press.channel_id, press.user_id)


async def draw_opening(bot: Offramp, guild_id: int, round_id: int) -> Card | None:
    opening = await bot.db.read(facts.get_opening, guild_id, round_id)
    return cards.draw_opening(opening) if opening else None


async def draw_here(bot: Offramp, guild_id: int, round_id: int) -> Card | None:
    return cards.draw_here()


async def draw_question(bot: Offramp, guild_id: int, round_id: int, position: int) -> Card | None:
    question = await bot.db.read(facts.get_question, guild_id, round_id, position)
    return cards.draw_question(question) if question else None


async def draw_reveal(bot: Offramp, guild_id: int, round_id: int, position: int) -> Card | None:
    reveal = await bot.db.read(facts.get_reveal, guild_id, round_id, position)
    return cards.draw_reveal(reveal) if reveal else None


async def draw_paused(bot: Offramp, guild_id: int, round_id: int, position: int) -> Card | None:
    until = await bot.db.read(facts.get_pause, guild_id, round_id)
    return cards.draw_paused(round_id, until) if until else None


async def draw_back(bot: Offramp, guild_id: int, round_id: int, position: int) -> Card | None:
    question = await bot.db.read(facts.get_question, guild_id, round_id, position)
    if question is None and not await bot.db.read(facts.is_open, guild_id, round_id):
        return None
    return cards.draw_back(position, question.closes_at if question else None)


async def draw_end(bot: Offramp, guild_id: int, round_id: int) -> Card | None:
    standing = await bot.db.read(facts.get_standing, guild_id, round_id)
    motions = dict(list_subjects(bot.packs, "motions"))
    return cards.draw_end(standing, standing.divided_theme in motions) if standing else None


ROUTES: dict[str, Handler] = {
    "quiz:join": join_pressed,
    "quiz:answer": answer_pressed,
    "quiz:sure": sure_pressed,
    "quiz:open": form_opened,
    "quiz:submit": form_submitted,
    "quiz:goon": go_on_pressed,
    "quiz:place": place_pressed,
}

POSTS = {
    "quiz:opening": Kind(draw_opening),
    "quiz:here": Kind(draw_here, lost=course.take_loss),
    "quiz:question": Kind(draw_question, course.take_posted, course.take_loss),
    "quiz:reveal": Kind(draw_reveal, lost=course.take_loss),
    "quiz:paused": Kind(draw_paused, lost=course.take_loss),
    "quiz:back": Kind(draw_back, lost=course.take_loss),
    "quiz:end": Kind(draw_end),
}
