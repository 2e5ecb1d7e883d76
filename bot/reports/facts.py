"""What the cards of reports show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot import judge
from bot.item import SERVER, Item
from bot.reports.actions import find_asked
from bot.reports.rescoring import list_same
from storage import questions, quiz, reports, scores
from storage.reports import Complaint, Reported, Ruled
from storage.scores import Group

SHOWN = 5  # typed answers on a card
OFFERED = 20  # wrong ones to choose from


@dataclass(frozen=True)
class Answered:
    """What was answered to a question in all rounds of a server that asked it in the same words and closed it.

    `picks` counts each option (authored index), `texts` what was typed or put in order, `wrong` what was typed and
    wrong, most often first.
    """

    rounds: int
    people: int
    right: int
    picks: Counter[int]
    texts: tuple[tuple[str, int], ...]
    wrong: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Case:
    """A question as it was asked in a round, with what is said against it. `order` is how its options stood there.

    `newest` is the version of a server's own question that is asked now.
    """

    round_id: int
    position: int
    item: Item
    order: tuple[int, ...]
    answered: Answered
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
    """A closed question of a round, with the open reports on it; Refusal if there is none."""
    asked, round = find_asked(session, guild_id, round_id, position), quiz.get_round(session, guild_id, round_id)
    assert round is not None, "a question belongs to a round"
    item = Item.model_validate_json(asked.item)
    order = judge.shuffled(item, round.seed, position)
    return Case(
        round_id=round_id,
        position=position,
        item=item,
        order=order,
        answered=_count(item, order, _list_given(session, guild_id, item)),
        complaints=tuple(reports.list_open(session, guild_id, asked.question_id)),
        newest=_newest(session, guild_id, item),
    )


def _list_given(session: Session, guild_id: int, item: Item) -> list[Group]:
    """What was answered wherever the question was asked in the same words, and is closed."""
    same = [asking for asking, _ in list_same(session, guild_id, item) if asking.closed]
    return [group for asking in same for group in scores.count_given(session, guild_id, asking)]


def _count(item: Item, order: Sequence[int], groups: Sequence[Group]) -> Answered:
    picks: Counter[int] = Counter()
    texts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for group in groups:
        given = json.loads(group.given)
        if isinstance(given, str):
            texts[given] += group.people
            wrong[given] += group.people - group.right
        elif item.kind == "order":
            texts[judge.describe(item, given, order)] += group.people
        else:
            picks.update(dict.fromkeys(given, group.people))
    return Answered(
        rounds=len({group.round_id for group in groups}),
        people=sum(group.people for group in groups),
        right=sum(group.right for group in groups),
        picks=picks,
        texts=tuple(texts.most_common(SHOWN)),
        wrong=tuple((text, people) for text, people in wrong.most_common(OFFERED) if people),
    )


def get_told(session: Session, guild_id: int, ruling_id: int) -> tuple[Ruled, bool] | None:
    """A ruling, and whether its question is open somewhere: then nobody may be told which answer is right."""
    ruling = reports.get_ruling(session, guild_id, ruling_id)
    return (ruling, quiz.is_open_anywhere(session, guild_id, ruling.question_id)) if ruling else None


def _newest(session: Session, guild_id: int, item: Item) -> int:
    if not item.id.startswith(f"{SERVER}/"):
        return item.version
    kept = questions.get_kept(session, guild_id, int(item.id.partition("/")[2]))
    return kept.version if kept else item.version
