"""What the cards of reports show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot import judge
from bot.errors import Refusal
from bot.item import SERVER, Item
from bot.reports.actions import NOT_THERE
from storage import questions, quiz, reports
from storage.reports import Complaint, Reported, Ruled


@dataclass(frozen=True)
class Case:
    """A question with what is said against it. `order` is how its options stood in that round.

    `picks` counts each option (authored index), `texts` what was typed; `newest` is the version of a server's own
    question that is asked now.
    """

    round_id: int
    position: int
    item: Item
    order: tuple[int, ...]
    answers: int
    right: int
    picks: Counter[int]
    texts: tuple[tuple[str, int], ...]
    complaints: tuple[Complaint, ...]
    newest: int


@dataclass(frozen=True)
class Page:
    rows: tuple[Reported, ...]
    skipped: int
    total: int


def list_page(session: Session, guild_id: int, page: int, size: int) -> Page:
    """A page of the questions with open reports, the last one where there are fewer pages."""
    total = reports.count_reported(session, guild_id)
    skip = min(page, max(total - 1, 0) // size) * size
    return Page(tuple(reports.list_reported(session, guild_id, skip, size)), skip, total)


def get_case(session: Session, guild_id: int, round_id: int, position: int) -> Case:
    """A question as it was asked in a round, with the open reports on it; Refusal if there is none."""
    round, asked = quiz.get_round(session, guild_id, round_id), quiz.get_asked(session, guild_id, round_id, position)
    if round is None or asked is None:
        raise Refusal(NOT_THERE)
    item = Item.model_validate_json(asked.item)
    answers = quiz.list_answers(session, guild_id, round_id, position)
    given = [json.loads(answer.given) for answer in answers]
    texts = Counter(text for text in given if isinstance(text, str))
    return Case(
        round_id=round_id,
        position=position,
        item=item,
        order=judge.shuffled(item, round.seed, position),
        answers=len(answers),
        right=sum(answer.right for answer in answers),
        picks=Counter(index for indexes in given if not isinstance(indexes, str) for index in indexes),
        texts=tuple(texts.most_common(5)),
        complaints=tuple(reports.list_open(session, guild_id, asked.question_id)),
        newest=_newest(session, guild_id, item),
    )


def get_ruling(session: Session, guild_id: int, ruling_id: int) -> Ruled | None:
    return reports.get_ruling(session, guild_id, ruling_id)


def _newest(session: Session, guild_id: int, item: Item) -> int:
    if not item.id.startswith(f"{SERVER}/"):
        return item.version
    kept = questions.get_kept(session, guild_id, int(item.id.partition("/")[2]))
    return kept.version if kept else item.version
