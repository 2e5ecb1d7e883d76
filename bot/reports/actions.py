"""Reports do: save a report, propose a ruling, rule. Functions of a session; each is one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from bot import reporting
from bot.act import Act
from bot.errors import Refusal
from bot.item import SERVER, Item
from bot.reports import rescoring, rules
from bot.reports.own import correct_own
from bot.reports.rescoring import Effect, Rejudged
from bot.rulings import is_judged_alike
from storage import audit, drafts, posts, quiz, reports

if TYPE_CHECKING:
    from storage.tables import Asked

NOT_THERE = "I don't know that question any more. Please use “Report” under a newer one."
STILL_OPEN = "This question is still open. You can report it as soon as its answer is shown."
DEALT_WITH = "A moderator has dealt with this already. If something is wrong still, report it when it is asked again."
DONE = "Its reports have been dealt with already. /reports shows what is still open."
NOT_WAITING = (
    "No ruling of yours waits there any more: it was confirmed or cancelled, a day has passed, or another moderator "
    "began it. /reports shows what is still open."
)
MEANWHILE = (
    "Another moderator has ruled on this question meanwhile, so nothing was changed. /audit shows what was decided."
)


class Proposal(BaseModel):
    """A ruling that waits for its confirmation: on the question at this place, as it stood when it was previewed."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    round_id: int
    position: int
    kind: str
    before: Item
    after: Item


def report(session: Session, act: Act, where: tuple[int, int, int], reason: str, note: str) -> None:
    """Save what somebody has against a question; `where` is its round and position, and the channel."""
    asked = find_asked_here(session, act.guild_id, *where)
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


def check_reporting(session: Session, act: Act, round_id: int, position: int, channel_id: int) -> None:
    """Refuse somebody who is about to report what can't be reported from here, or has been dealt with."""
    find_asked_here(session, act.guild_id, round_id, position, channel_id)
    if reports.is_dealt_with(session, act.guild_id, round_id, position, act.user_id):
        raise Refusal(DEALT_WITH)


def find_asked_here(session: Session, guild_id: int, round_id: int, position: int, channel_id: int) -> Asked:
    """A closed question of a round that is or was played in this channel."""
    round = quiz.get_round(session, guild_id, round_id)
    if round is None or channel_id not in (round.channel_id, round.home_id):
        raise Refusal(NOT_THERE)
    return find_asked(session, guild_id, round_id, position)


def find_asked(session: Session, guild_id: int, round_id: int, position: int) -> Asked:
    """A closed question of a server's round: nobody, moderators included, is shown the key of an open one."""
    asked = quiz.get_asked(session, guild_id, round_id, position)
    if asked is None:
        raise Refusal(NOT_THERE)
    if asked.closed_at is None:
        raise Refusal(STILL_OPEN)
    return asked


def propose(session: Session, act: Act, proposal: Proposal) -> None:
    """Keep a ruling until it is confirmed."""
    drafts.add_draft(session, act.guild_id, act.id, act.user_id, "ruling", proposal.model_dump_json(), act.now)


def find_proposal(session: Session, act: Act, draft_id: int) -> Proposal:
    """Somebody's own ruling that waits; Refusal if it does not wait any more."""
    body = drafts.get_draft(session, act.guild_id, draft_id, act.user_id, "ruling")
    if body is None:
        raise Refusal(NOT_WAITING)
    return Proposal.model_validate_json(body)


def cancel(session: Session, act: Act, draft_id: int) -> None:
    if not drafts.drop_draft(session, act.guild_id, draft_id, act.user_id, "ruling"):
        raise Refusal(NOT_WAITING)


def foresee(session: Session, act: Act, draft_id: int) -> list[Rejudged]:
    """What a ruling that waits will change; nothing is changed."""
    proposal = find_proposal(session, act, draft_id)
    return rescoring.recompute(session, act.guild_id, proposal.before, proposal.after)


def confirm(session: Session, act: Act, draft_id: int, foreseen: Sequence[Rejudged]) -> Effect:
    """Rule as proposed: have every past answer judged anew, close the reports, tell everybody. Once.

    `foreseen` is what `foresee` gave before, so that judging a hundred thousand answers does not keep others waiting.
    """
    proposal = find_proposal(session, act, draft_id)
    cancel(session, act, draft_id)
    asked = find_asked(session, act.guild_id, proposal.round_id, proposal.position)
    before, after = Item.model_validate_json(asked.item), proposal.after
    if not is_judged_alike(before, proposal.before):
        raise Refusal(MEANWHILE)
    rejudged = rescoring.recompute(session, act.guild_id, before, after, foreseen)
    rescoring.save(session, act.guild_id, rejudged, act.now)
    effect = rescoring.sum_up(rejudged)
    _note(session, act, proposal.kind, before, after, effect)
    if before.id.startswith(f"{SERVER}/"):
        correct_own(session, act, before, after)
    _tell(session, act, before.id)
    return effect


def keep(session: Session, act: Act, round_id: int, position: int) -> None:
    """Leave a question as it is, and close its reports."""
    asked = find_asked(session, act.guild_id, round_id, position)
    if not reports.count_open(session, act.guild_id, asked.question_id):
        raise Refusal(DONE)
    item = Item.model_validate_json(asked.item)
    _note(session, act, "keep", item, item, Effect(0, 0, 0, 0, 0))


def _tell(session: Session, act: Act, question_id: str) -> None:
    """Have everybody told of a ruling, where its question was asked last."""
    channel_id = reports.place_of_latest(session, act.guild_id, question_id)
    assert channel_id is not None, "it was asked, or nobody could have ruled on it"
    subject = json.dumps([act.guild_id, act.id])
    posts.add_post(session, act.guild_id, f"n{act.id}:note", channel_id, "reports:note", subject, act.now)


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
