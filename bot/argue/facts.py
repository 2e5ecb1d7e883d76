"""What the cards of claims show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.argue.outline import Node, Outline, find_place
from bot.argue.ratings import Ratings, add_up, count_ratings, list_told
from bot.small import TOLD_FROM
from storage import argue, deltas

if TYPE_CHECKING:
    from storage.tables import Claim


@dataclass(frozen=True)
class Shown:
    """A claim as its card shows it; `answers` is the text of what it answers, if that is still there."""

    node: Node
    motion_id: str
    state: str
    answers: str | None
    replaced_by: int | None


@dataclass(frozen=True)
class Said:
    """What people said of one claim at some time: their ratings by stance, and how many views it had changed.

    `stances` is how many people held each stance and had rated a claim on the motion; `votes` are (person, vote) of
    those of a stance that may be told, in any order.
    """

    ratings: Mapping[str, Ratings] = field(default_factory=dict)
    stances: Mapping[str, int] = field(default_factory=dict)
    votes: Sequence[tuple[int, str]] = ()
    changed: int = 0

    @property
    def total(self) -> int:
        return add_up(self.ratings.values()).total


UNSAID = Said()


@dataclass(frozen=True)
class Survey:
    """The claims on a motion, and of each what was said and may be shown.

    `stance` and `rated` are those of who asks: where they stand, and the numbers of the claims they have rated.
    `impacts` is how much people find that each claim bears on what it answers, none where too few say so.
    """

    motion_id: str
    outline: Outline
    stance: str | None
    rated: frozenset[int]
    said: Mapping[int, Said] = field(default_factory=dict)
    impacts: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def get_said(self, number: int) -> Said:
        return self.said.get(number, UNSAID)


def get_shown(session: Session, guild_id: int, number: int) -> Shown | None:
    claim = argue.get_claim(session, guild_id, number)
    if claim is None:
        return None
    outline, successors = get_outline(session, guild_id, claim.motion_id)
    node = _make_node(claim, find_place(claim.parent, outline, successors))
    answers = outline[node.parent].text if node.parent is not None else None
    return Shown(node, claim.motion_id, claim.state, answers, successors.get(number))


def get_outline(session: Session, guild_id: int, motion_id: str) -> tuple[dict[int, Node], dict[int, int]]:
    """The claims that are shown, by number, and what has replaced others."""
    rows = argue.list_claims(session, guild_id, motion_id, "shown", "replaced", "removed")
    shown = {row.number: row for row in rows if row.state == "shown"}
    successors = {row.replaces: row.number for row in rows if row.replaces is not None}
    return {n: _make_node(row, find_place(row.parent, shown, successors)) for n, row in shown.items()}, successors


def survey(session: Session, guild_id: int, motion_id: str, user_id: int) -> Survey:
    """What there is of a motion's claims for somebody, but for what people said of them."""
    outline, _ = get_outline(session, guild_id, motion_id)
    return Survey(
        motion_id,
        outline,
        argue.get_stance(session, guild_id, motion_id, user_id),
        frozenset(argue.list_rated(session, guild_id, motion_id, user_id) & outline.keys()),
    )


def hear(session: Session, guild_id: int, motion_id: str, numbers: Collection[int]) -> dict[int, Said]:
    """What people said of some of a motion's claims."""
    stances = argue.count_stances(session, guild_id, motion_id)
    changed = deltas.count_by_claim(session, guild_id, motion_id)
    by_stance: dict[int, dict[str, list[tuple[int, str]]]] = {number: {} for number in numbers}
    for number, person, stance, vote in argue.list_said(session, guild_id, motion_id, numbers):
        by_stance[number].setdefault(stance, []).append((person, vote))
    return {number: _sum_up(of, stances, changed.get(number, 0)) for number, of in by_stance.items()}


def weigh(session: Session, guild_id: int, numbers: Collection[int]) -> dict[int, Sequence[int]]:
    """How much people find that each of some claims bears on what it answers; none where too few say so."""
    impacts = argue.list_impacts(session, guild_id, numbers)
    told = {number: said for number, said in impacts.items() if len(said) >= TOLD_FROM}
    return {number: told.get(number, []) for number in numbers}


def _sum_up(by_stance: Mapping[str, Sequence[tuple[int, str]]], stances: Mapping[str, int], changed: int) -> Said:
    ratings = {stance: count_ratings(votes) for stance, votes in by_stance.items()}
    votes = [vote for stance in list_told(ratings) for vote in by_stance[stance]]
    return Said(ratings, stances, votes, changed)


def _make_node(claim: Claim, place: int | None) -> Node:
    link = claim.link if place is not None else None
    cites, moved = tuple(json.loads(claim.cites)), place != claim.parent
    return Node(claim.number, claim.side, claim.text, cites, place, link, claim.replaces, moved)
