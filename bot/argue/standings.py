"""Standings in words and signs: what may be said of each claim on a map, and which claims a page of it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.argue.bridging import Standing, Verdict, judge_claim
from bot.argue.dealing import HAND
from bot.argue.facts import Survey
from bot.argue.outline import Node, count_under, list_under
from bot.argue.ratings import Ratings
from bot.votes import SIDES, VOTES

# Signs beside the words, never alone and no colour. No arrows: nothing here moves.
SIGNS = {
    Standing.COMMON_GROUND: "★",
    Standing.SHARED_DISAGREEMENT: "✕",
    Standing.DISPUTED: "≠",
    Standing.UNSETTLED: "○",
    Standing.NEEDS_RATINGS: "?",
}
ROOTS = 3  # claims of a side on a page; with an answer to each they are the twelve that a picture holds
ANSWERS = 1  # to each of these, on the page above their own


@dataclass(frozen=True)
class Row:
    """A claim on a page of the map; `answers` is how many there are to it, `listed` whether it stands under another."""

    node: Node
    verdict: Verdict
    total: int
    answers: int
    listed: bool


@dataclass(frozen=True)
class Page:
    """A page of a map: the claims on the motion or on one claim, each side with its own; pages are counted from 0."""

    sides: dict[str, tuple[Row, ...]]
    totals: dict[str, int]
    page: int
    last: int


def is_open_to(survey: Survey) -> bool:
    """Whether somebody may see where claims stand: they have said what they think themselves, of a hand of claims."""
    return survey.stance is not None and len(survey.rated) >= min(HAND, len(survey.outline))


def add_up(ratings: Iterable[Ratings]) -> Ratings:
    """The ratings of everybody, from those of each stance."""
    return sum(ratings, Ratings())


def judge(survey: Survey, number: int) -> Verdict:
    return judge_claim(survey.ratings.get(number, {}), survey.people)


def lay_out(survey: Survey, parent: int | None, page: int) -> Page:
    """A page of the claims under one, or on the motion; behind the last page comes the last."""
    under = {side: [n for n in list_under(survey.outline, parent) if n.side == side] for side in SIDES}
    last = max(0, *((len(nodes) - 1) // ROOTS for nodes in under.values()))
    page = min(page, last)
    sides = {side: tuple(_list_rows(survey, nodes[page * ROOTS :][:ROOTS])) for side, nodes in under.items()}
    return Page(sides, {side: len(nodes) for side, nodes in under.items()}, page, last)


def say_standing(verdict: Verdict) -> str:
    """`★ common ground`, or what is missing until something can be said."""
    sign = SIGNS[verdict.standing]
    if verdict.missing:
        return f"{sign} needs {' and '.join(f'{n} more from {VOTES[stance]}' for stance, n in verdict.missing)}"
    return f"{sign} {verdict.standing}"


def _list_rows(survey: Survey, roots: Sequence[Node]) -> list[Row]:
    rows = []
    for root in roots:
        rows.append(_make_row(survey, root, False))
        rows += [_make_row(survey, node, True) for node in list_under(survey.outline, root.number)[:ANSWERS]]
    return rows


def _make_row(survey: Survey, node: Node, listed: bool) -> Row:
    total = add_up(survey.ratings.get(node.number, {}).values()).total
    return Row(node, judge(survey, node.number), total, count_under(survey.outline, node.number), listed)
