"""Standings in words and signs: what may be said of each claim on a map, and which claims a page of it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from bot.argue.bridging import Standing, Verdict, judge_claim
from bot.argue.facts import Survey
from bot.argue.outline import Node, count_under, list_under
from bot.argue.rating.dealing import HAND
from bot.argue.ratings import share_agreement
from bot.small import TOLD_FROM
from bot.votes import SIDES, VOTES

# Signs beside the words, never alone and no colour. No arrows: nothing here moves.
SIGNS = {
    Standing.COMMON_GROUND: "★",
    Standing.SHARED_DISAGREEMENT: "✕",
    Standing.DIFFERENT: "≠",
    Standing.UNSETTLED: "○",
    Standing.NEEDS_RATINGS: "?",
}
ROOTS = 3  # claims of a side on a page; with an answer to each they are the twelve that a picture holds
ANSWERS = 1  # to each of these, on the page above their own


@dataclass(frozen=True)
class Row:
    """A claim on a page of the map, with how many rated it and the percentage of each stance that agrees.

    Where too few rated, `total` is none and a share is not there; `answers` is how many there are to the claim,
    `listed` whether it stands under another one; `effects` says how much it bears on what it answers and how many
    views it changed, if enough say so.
    """

    node: Node
    verdict: Verdict
    total: int | None
    shares: Mapping[str, int]
    answers: int
    listed: bool
    effects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of a map: the claims on the motion or on one claim, each side with its own; pages are counted from 0."""

    parent: int | None
    sides: dict[str, tuple[Row, ...]]
    totals: dict[str, int]
    page: int
    last: int


def is_open_to(survey: Survey) -> bool:
    """Whether somebody may see where claims stand: they have said what they think themselves, of a hand of claims."""
    return survey.stance is not None and len(survey.rated) >= min(HAND, len(survey.outline))


def judge(survey: Survey, number: int) -> Verdict:
    said = survey.get_said(number)
    return judge_claim(said.ratings, said.stances)


def share(survey: Survey, number: int) -> dict[str, int]:
    """Percent of each stance that agrees with a claim, of those of which enough rated."""
    shares = share_agreement(survey.get_said(number).ratings)
    return {stance: shares[stance] for stance in VOTES if stance in shares}


def lay_out(survey: Survey, parent: int | None, page: int) -> Page:
    """A page of the claims under one, or on the motion; behind the last page comes the last."""
    under = {side: [n for n in list_under(survey.outline, parent) if n.side == side] for side in SIDES}
    last = max(0, *((len(nodes) - 1) // ROOTS for nodes in under.values()))
    page = min(page, last)
    sides = {side: tuple(_list_rows(survey, nodes[page * ROOTS :][:ROOTS])) for side, nodes in under.items()}
    return Page(parent, sides, {side: len(nodes) for side, nodes in under.items()}, page, last)


def list_compared(page: Page) -> list[Row]:
    """The claims of a page of which two stances or more can be set side by side, those first that most agree on."""
    rows = [row for side in page.sides.values() for row in side]
    compared = [row for row in rows if len(row.shares) > 1]
    return sorted(compared, key=lambda row: (-(row.verdict.score or 0), row.node.number))


def say_shares(row: Row) -> str:
    """`For 80 %, Against 20 %`, of the stances that may be told."""
    return ", ".join(f"{VOTES[stance]} {percent} %" for stance, percent in row.shares.items())


def say_standing(verdict: Verdict) -> str:
    """`★ common ground`, or what is missing until something can be said."""
    sign = SIGNS[verdict.standing]
    if verdict.missing:
        stance, ratings = verdict.missing
        return f"{sign} needs {ratings} more from {VOTES[stance]}"
    return f"{sign} {verdict.standing}"


def _list_rows(survey: Survey, roots: Sequence[Node]) -> list[Row]:
    rows = []
    for root in roots:
        rows.append(_make_row(survey, root, False))
        rows += [_make_row(survey, node, True) for node in list_under(survey.outline, root.number)[:ANSWERS]]
    return rows


def _make_row(survey: Survey, node: Node, listed: bool) -> Row:
    total = survey.get_said(node.number).total
    verdict, shares = judge(survey, node.number), share(survey, node.number)
    answers, effects = count_under(survey.outline, node.number), _say_effects(survey, node)
    return Row(node, verdict, total if total >= TOLD_FROM else None, shares, answers, listed, effects)


def _say_effects(survey: Survey, node: Node) -> tuple[str, ...]:
    impacts, changed = survey.impacts.get(node.number, ()), survey.get_said(node.number).changed
    told = impacts and node.parent is not None and not node.moved
    bears = [f"bears on #{node.parent}: {median_low(impacts)} of 4"] if told else []
    return (*bears, *([f"changed the views of {changed:,} people"] if changed >= TOLD_FROM else []))
