"""The quiz does: load, decide, save. Functions of a session; each is one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot import judge
from bot.errors import Refusal
from bot.item import Item
from bot.quiz import course, rules
from bot.rulings import apply_rulings
from storage import quiz
from storage.reports import list_rulings

NO_ROUND = "There is no round in this channel. Start one with /quiz play."
OVER = "This round is over. Start another with /quiz play."
CLOSED = "This question is closed. The next one is yours."
BUSY = "A round is already going on here. Join it; whoever started it or a moderator can end it with /quiz stop."
NOT_YOURS = "Only the person who started this round, or someone who may manage messages here, can stop it."
ALL_VOID = "A moderator took every question of this theme out of the count. Please choose another theme."


@dataclass(frozen=True)
class Start:
    """What /quiz play asks for; `items` are all the questions to choose from."""

    guild_id: int
    round_id: int
    channel_id: int
    starter_id: int
    subject: str
    items: Sequence[Item]
    questions: int
    seconds: int
    scoring: str
    thread: bool
    seed: int


@dataclass(frozen=True)
class Place:
    """Which question of which round, and where and by whom it is being answered."""

    guild_id: int
    round_id: int
    position: int
    channel_id: int
    user_id: int


@dataclass(frozen=True)
class Verdict:
    """What became of an answer: the letters (or the text) that count, and whether this press was the one."""

    shown: str
    first: bool


def start_round(session: Session, start: Start, now: int) -> int:
    """Open a round in a channel; return how many questions it has. Refusal if one is open there."""
    last = quiz.last_asked(session, start.guild_id)
    items = apply_rulings(start.items, list_rulings(session, start.guild_id))
    if not items:
        raise Refusal(ALL_VOID)
    chosen = rules.pick(items, start.questions, start.seed, last)
    values = {
        "guild_id": start.guild_id,
        "id": start.round_id,
        "channel_id": start.channel_id,
        "home_id": start.channel_id,
        "starter_id": start.starter_id,
        "subject": start.subject,
        "seconds": start.seconds,
        "scoring": start.scoring,
        "seed": start.seed,
        "length": len(chosen),
        "state": "starting",
        "position": 0,
        "silent": 0,
        "due_at": now + (rules.THREAD if start.thread else rules.START),
        "version": 0,
        "started_at": now,
    }
    if not quiz.add_round(session, values, [_asked_row(start, n, item) for n, item in enumerate(chosen)]):
        raise Refusal(BUSY)
    return len(chosen)


def settle_place(session: Session, guild_id: int, round_id: int, thread_id: int | None, now: int) -> bool:
    """Let a round that waits for its thread begin: there, or in its channel for None. False if it did not wait."""
    round = quiz.get_round(session, guild_id, round_id)
    if round is None or round.state != "starting":
        return False
    place = {} if thread_id is None else {"channel_id": thread_id}
    return quiz.move_round(session, round, due_at=now + rules.START, **place)


def answer(session: Session, place: Place, shown: Sequence[int] | str, name: str, now: int) -> Verdict:
    """Take somebody's answer: indexes of options as shown, or text. The first one counts; a late one is refused."""
    question = _open_question(session, place, now)
    item = Item.model_validate_json(question.item)
    order = judge.shuffled(item, question.seed, place.position)
    if question.given is not None:
        return Verdict(_as_shown(item, question.given, order), first=False)
    given = judge.read_answer(item, shown, order)
    right = judge.is_right(item, given)
    took = now - (question.opened_at or now)
    values = {
        "guild_id": place.guild_id,
        "round_id": place.round_id,
        "position": place.position,
        "user_id": place.user_id,
        "given": json.dumps(given, ensure_ascii=False),
        "right": int(right),
        "points": judge.points(item.difficulty, question.scoring, right, took, question.seconds),
        "took": took,
        "at": now,
    }
    first = quiz.save_answer(session, values, name)
    key = (place.guild_id, place.round_id, place.position, place.user_id)
    counted = values["given"] if first else quiz.get_given(session, *key)
    return Verdict(_as_shown(item, str(counted), order), first)


def look_at(session: Session, place: Place, now: int) -> tuple[Item, tuple[int, ...]]:
    """The open question and its order, for somebody about to fill in a form. Refusal if that would be in vain."""
    question = _open_question(session, place, now)
    item = Item.model_validate_json(question.item)
    order = judge.shuffled(item, question.seed, place.position)
    if question.given is not None:
        raise Refusal(f"Your first answer, {_as_shown(item, question.given, order)}, is the one that counts.")
    judge.check_form(item)
    return item, order


def stop_round(session: Session, guild_id: int, channel_id: int, user_id: int, moderator: bool, now: int) -> int:
    """End the round of a channel, whatever state it is in; return its id. Answers to an open question count."""
    round = quiz.get_open_round(session, guild_id, channel_id)
    if round is None:
        raise Refusal(NO_ROUND)
    if not moderator and round.starter_id != user_id:
        raise Refusal(NOT_YOURS)
    course.stop(session, round, now)
    return round.id


def go_on(session: Session, guild_id: int, round_id: int, channel_id: int, now: int) -> None:
    """Wake a paused round."""
    round = quiz.get_round(session, guild_id, round_id)
    if round is None or round.state == "over" or round.channel_id != channel_id:
        raise Refusal(OVER)
    if round.state != "paused" or not quiz.move_round(session, round, state="showing", silent=0, due_at=now):
        raise Refusal("The round is going on already.")


def _open_question(session: Session, place: Place, now: int) -> quiz.Question:
    """The question that somebody wants to answer; Refusal if it isn't there, or not open any more."""
    question = quiz.get_question(session, place.guild_id, place.round_id, place.position, place.user_id)
    if question is None or question.channel_id != place.channel_id:
        raise Refusal(NO_ROUND)
    at_it = question.state == "asking" and question.position == place.position
    if at_it and question.closes_at is not None and now < question.closes_at:
        return question
    if question.given is not None:
        item = Item.model_validate_json(question.item)
        given = _as_shown(item, question.given, judge.shuffled(item, question.seed, place.position))
        raise Refusal(f"This question is closed; your answer, {given}, was counted.")
    raise Refusal(OVER if question.state == "over" else CLOSED)


def _as_shown(item: Item, given: str, order: Sequence[int]) -> str:
    return judge.describe(item, json.loads(given), order)


def _asked_row(start: Start, position: int, item: Item) -> dict[str, object]:
    return {
        "guild_id": start.guild_id,
        "round_id": start.round_id,
        "position": position,
        "question_id": item.id,
        "theme": item.theme_id,
        "item": item.model_dump_json(),
        "version": item.version,
    }
