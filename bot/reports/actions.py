"""Reports do: save a report, judge past answers anew. Functions of a session; each is one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from bot import judge, reporting
from bot.errors import Refusal
from bot.item import SERVER, Item
from bot.reports import rules
from bot.reports.own import correct_own
from bot.rulings import is_same_question, judge_as
from storage import audit, drafts, posts, quiz, reports, scores
from storage.scores import Asking, Scored

if TYPE_CHECKING:
    from storage.tables import Asked

NOT_THERE = "I don't know that question any more. Please use “Report” under a newer one."
STILL_OPEN = "This question is still open. You can report it as soon as its answer is shown."
DEALT_WITH = "A moderator has dealt with this already. If something is wrong still, report it when it is asked again."
DONE = "That has been decided or cancelled already. /reports shows what is still open."


@dataclass(frozen=True)
class Act:
    """Who does something in a server, by which interaction, and when (ms)."""

    guild_id: int
    id: int
    user_id: int
    now: int


class Proposal(BaseModel):
    """A ruling that waits for its confirmation: on the question at this place, as it stood when it was previewed."""

    model_config = ConfigDict(frozen=True)

    round_id: int
    position: int
    kind: str
    after: Item


@dataclass(frozen=True)
class Effect:
    """What a ruling changes: rounds and answers, and people whose sum of points grows or shrinks."""

    rounds: int
    answers: int
    people: int
    gaining: int
    losing: int


def report(session: Session, act: Act, where: tuple[int, int, int], reason: str, note: str) -> None:
    """Save what somebody has against a question; `where` is its round and position, and the channel."""
    asked = find_asked(session, act.guild_id, *where)
    values = {
        "guild_id": act.guild_id,
        "round_id": asked.round_id,
        "position": asked.position,
        "user_id": act.user_id,
        "question_id": asked.question_id,
        "reason": reason,
        "note": note,
        "at": act.now,
    }
    if not reporting.report(session, values):
        raise Refusal(DEALT_WITH)


def find_asked(session: Session, guild_id: int, round_id: int, position: int, channel_id: int) -> Asked:
    """A closed question of a round that is or was played in this channel."""
    round, asked = quiz.get_round(session, guild_id, round_id), quiz.get_asked(session, guild_id, round_id, position)
    if round is None or asked is None or channel_id not in (round.channel_id, round.home_id):
        raise Refusal(NOT_THERE)
    if asked.closed_at is None:
        raise Refusal(STILL_OPEN)
    return asked


def propose(session: Session, act: Act, proposal: Proposal) -> None:
    """Keep a ruling until it is confirmed."""
    drafts.add_draft(session, act.guild_id, act.id, act.user_id, "ruling", proposal.model_dump_json(), act.now)


def cancel(session: Session, act: Act, draft_id: int) -> None:
    if not drafts.drop_draft(session, act.guild_id, draft_id, act.user_id, "ruling"):
        raise Refusal(DONE)


def confirm(session: Session, act: Act, draft_id: int) -> Effect:
    """Rule as proposed: judge every past answer anew, close the reports, tell everybody. Once."""
    body = drafts.get_draft(session, act.guild_id, draft_id, act.user_id, "ruling")
    if body is None:
        raise Refusal(DONE)
    cancel(session, act, draft_id)
    proposal = Proposal.model_validate_json(body)
    asked = quiz.get_asked(session, act.guild_id, proposal.round_id, proposal.position)
    if asked is None:
        raise Refusal(NOT_THERE)
    before = Item.model_validate_json(asked.item)
    effect = rejudge(session, act.guild_id, before, proposal.after)
    _note(session, act, proposal.kind, before, proposal.after, effect)
    if before.id.startswith(f"{SERVER}/"):
        correct_own(session, act.guild_id, act.user_id, before, proposal.after, act.now)
    channel_id = reports.place_of_latest(session, act.guild_id, before.id)
    if channel_id is not None:
        subject = json.dumps([act.guild_id, act.id])
        posts.add_post(session, act.guild_id, f"n{act.id}:note", channel_id, "reports:note", subject, act.now)
    return effect


def keep(session: Session, act: Act, round_id: int, position: int) -> None:
    """Leave a question as it is, and close its reports."""
    asked = quiz.get_asked(session, act.guild_id, round_id, position)
    if asked is None:
        raise Refusal(NOT_THERE)
    if not reports.count_open(session, act.guild_id, asked.question_id):
        raise Refusal(DONE)
    item = Item.model_validate_json(asked.item)
    _note(session, act, "keep", item, item, Effect(0, 0, 0, 0, 0))


def rejudge(session: Session, guild_id: int, before: Item, after: Item) -> Effect:
    """Judge every answer to a question as `after` says, wherever this server has asked it in the same words."""
    askings = _same_askings(session, guild_id, before)
    changed = list(_recompute(session, guild_id, before.id, askings, after))
    rejudged = [replace(asking, item=judge_as(item, after).model_dump_json()) for asking, item in askings]
    scores.set_judged(session, guild_id, rejudged, after.void)
    scores.set_scores(session, guild_id, [new for _, new in changed])
    return _sum_up(changed)


def foresee(session: Session, guild_id: int, before: Item, after: Item) -> Effect:
    """What a ruling would change; nothing is changed."""
    askings = _same_askings(session, guild_id, before)
    return _sum_up(list(_recompute(session, guild_id, before.id, askings, after)))


def _same_askings(session: Session, guild_id: int, item: Item) -> list[tuple[Asking, Item]]:
    every = [(a, Item.model_validate_json(a.item)) for a in scores.list_askings(session, guild_id, item.id)]
    return [(asking, asked) for asking, asked in every if is_same_question(asked, item)]


def _recompute(
    session: Session, guild_id: int, question_id: str, askings: Sequence[tuple[Asking, Item]], after: Item
) -> Iterator[tuple[Scored, Scored]]:
    """(as it was, as it is now) of every answer that counts something else under `after`."""
    judged = {(a.round_id, a.position): (a, judge_as(item, after)) for a, item in askings}

    @cache  # most answers are one of a few
    def is_right(given: str) -> bool:
        return judge.is_right(after, json.loads(given))

    for old in scores.list_scored(session, guild_id, question_id):
        if (old.round_id, old.position) not in judged:
            continue
        asking, item = judged[old.round_id, old.position]
        right = is_right(old.given)
        points = judge.points(item.difficulty, asking.scoring, right, old.took, asking.seconds)
        if (right, points) != (bool(old.right), old.points):
            yield old, replace(old, right=int(right), points=points)


def _sum_up(changed: Sequence[tuple[Scored, Scored]]) -> Effect:
    people: dict[int, int] = {}
    for old, new in changed:
        people[old.user_id] = people.get(old.user_id, 0) + new.points - old.points
    gaining = sum(points > 0 for points in people.values())
    losing = sum(points < 0 for points in people.values())
    return Effect(len({old.round_id for old, _ in changed}), len(changed), len(people), gaining, losing)


def _note(session: Session, act: Act, kind: str, before: Item, after: Item, effect: Effect) -> None:
    """Save a ruling, close the reports that it deals with, and write both into the log."""
    values: dict[str, Any] = {
        "guild_id": act.guild_id,
        "id": act.id,
        "question_id": before.id,
        "kind": kind,
        "before": before.model_dump_json(),
        "after": after.model_dump_json(),
        "moderator_id": act.user_id,
        "at": act.now,
        "rounds": effect.rounds,
        "answers": effect.answers,
        "people": effect.people,
    }
    reports.add_ruling(session, values)
    reports.close_reports(session, act.guild_id, before.id, act.id)
    sides = (rules.name_key(before), rules.name_key(after))
    audit.note(session, act.guild_id, act.id, act.user_id, f"ruling.{kind}", before.id, act.now, *sides)
