"""The quiz does: load, decide, save. Functions of a session; each is one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot import judge
from bot.errors import Refusal
from bot.item import Item
from bot.quiz import course, rules
from bot.quiz.modes import MODES, Teams
from bot.rulings import apply_rulings
from storage import players, quiz
from storage.reports import list_rulings

NO_ROUND = "There is no round in this channel. Start one with /quiz play."
OVER = "This round is over. Start another with /quiz play."
CLOSED = "This question is closed. You can answer the next one."
BUSY = "A round is already going on here. Join it; whoever started it or a moderator can end it with /quiz stop."
NOT_YOURS = "Only the person who started this round, or someone who may manage messages here, can stop it."
NO_TEAMS = "This round has no teams to join any more. Answer the open question, or start another round."
SAID_SURE = "How sure you were is noted for this question already, and what you said first counts."
NOT_ASKED = "This duel does not wait for an answer any more. Ask for another with /quiz duel."
NOT_YOUR_DUEL = "Only the person who was asked can accept this duel. Ask somebody yourself with /quiz duel."
ALL_VOID = "A moderator took every question of this theme out of the count. Please choose another theme."


@dataclass(frozen=True)
class Start:
    """What /quiz play or a schedule asks for; `items` are all the questions to choose from.

    `state` is starting, or opening or invited where it first waits for something, `wait` ms at most.
    """

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
    mode: str = "classic"
    schedule_id: int | None = None
    state: str = "starting"
    wait: int | None = None  # as long as the mode gathers people, where it waits for nothing


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
    """What became of an answer: the letters (or the text) that count, and whether this press was the one.

    `mode` is the round's, by its id; `team` is whose points it counts for, from 0, if anybody's.
    """

    shown: str
    first: bool
    mode: str
    team: int | None = None


def start_round(session: Session, start: Start, now: int) -> int:
    """Open a round in a channel; return how many questions it has. Refusal if one is open there."""
    last = quiz.last_asked(session, start.guild_id)
    items = apply_rulings(start.items, list_rulings(session, start.guild_id))
    if not items:
        raise Refusal(ALL_VOID)
    chosen = rules.pick(items, start.questions, start.seed, last)
    mode = MODES[start.mode]
    values = {
        "guild_id": start.guild_id,
        "id": start.round_id,
        "channel_id": start.channel_id,
        "home_id": start.channel_id,
        "starter_id": start.starter_id,
        "subject": start.subject,
        "seconds": start.seconds,
        "scoring": mode.scoring or start.scoring,
        "seed": start.seed,
        "length": len(chosen),
        "state": start.state,
        "position": 0,
        "silent": 0,
        "due_at": now + (mode.gathering if start.wait is None else start.wait),
        "version": 0,
        "started_at": now,
        "mode": start.mode,
        "thread": int(start.thread),
        "schedule_id": start.schedule_id,
    }
    if not quiz.add_round(session, values, [_asked_row(start, n, item) for n, item in enumerate(chosen)]):
        raise Refusal(BUSY)
    return len(chosen)


def start_duel(session: Session, start: Start, people: Mapping[int, str], now: int) -> None:
    """Open a duel between two people, by their names, that is not accepted yet."""
    start_round(session, start, now)
    for user_id, name in people.items():
        row = {"guild_id": start.guild_id, "round_id": start.round_id, "user_id": user_id, "team": None}
        players.add_player(session, row, name)


def reply_to_duel(session: Session, place: Place, accepts: bool, now: int) -> bool:
    """Accept a duel or not; only the one who was asked may, and who asked may take it back: True if they did."""
    round = quiz.get_round(session, place.guild_id, place.round_id)
    if round is None or round.channel_id != place.channel_id or round.state != "invited" or round.due_at <= now:
        raise Refusal(NOT_ASKED)
    there = {p.user_id for p in course.list_players(session, place.guild_id, place.round_id)}
    if place.user_id not in there or (accepts and place.user_id == round.starter_id):
        raise Refusal(NOT_YOUR_DUEL)
    if accepts:
        course.accept(session, round, now)
    else:
        course.decline(session, round, now)
    return place.user_id == round.starter_id


def note_certainty(session: Session, place: Place, level: int, now: int) -> tuple[int, int]:
    """Note how sure somebody is of their answer to the open question, once; its points if right, and if wrong."""
    question = _open_question(session, place, now)
    if question.given is None or question.scoring != "certainty" or level not in judge.CERTAIN:
        raise Refusal("Please answer the question first, then say how sure you are.")
    item = Item.model_validate_json(question.item)
    right = judge.is_right(item, json.loads(question.given))
    points = judge.points(item.difficulty, question.scoring, right, 0, question.seconds, level)
    key = (place.guild_id, place.round_id, place.position, place.user_id)
    if not quiz.set_certainty(session, *key, level, points):
        raise Refusal(SAID_SURE)
    return judge.CERTAIN[level]


def join_team(session: Session, place: Place, team: int, name: str) -> list[int]:
    """Put somebody in the team they chose; how many people each team has now."""
    round = quiz.get_round(session, place.guild_id, place.round_id)
    mode = MODES[round.mode] if round else None
    here = round is not None and place.channel_id in (round.channel_id, round.home_id)
    if round is None or not here or round.state == "over" or not isinstance(mode, Teams):
        raise Refusal(NO_TEAMS)
    there = course.list_players(session, place.guild_id, place.round_id)
    player = mode.join(there, place.user_id, team)
    players.add_player(session, course.player_row(round, player), name)
    return [sum(p.team == n for p in (*there, player)) for n in range(mode.teams)]


def answer(session: Session, place: Place, shown: Sequence[int] | str, name: str, now: int) -> Verdict:
    """Take somebody's answer: indexes of options as shown, or text. The first one counts; a late one is refused."""
    question = _open_question(session, place, now)
    item = Item.model_validate_json(question.item)
    order = judge.shuffled(item, question.seed, place.position)
    if question.given is not None:
        return Verdict(_as_shown(item, question.given, order), False, question.mode)
    given = judge.read_answer(item, shown, order)
    team = _admit(session, place, question, name)
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
    return Verdict(_as_shown(item, str(counted), order), first, question.mode, team)


def _admit(session: Session, place: Place, question: quiz.Question, name: str) -> int | None:
    """Let somebody take part, if the mode lets them, and return their team, if any; Refusal if not."""
    mode = MODES[question.mode]
    if not mode.has_players:
        return None
    round = quiz.get_round(session, place.guild_id, place.round_id)
    assert round is not None, "its question is open"
    there = course.list_players(session, place.guild_id, place.round_id)
    first = not quiz.was_answered(session, place.guild_id, place.round_id, before=place.position)
    player = mode.admit(there, place.user_id, first)
    if player is not None:
        players.add_player(session, course.player_row(round, player), name)
    return next((p.team for p in (*there, player) if p and p.user_id == place.user_id), None)


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
