"""What the cards of claims show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.argue.outline import Node, Outline, find_place
from bot.argue.ratings import Ratings, add_up
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
    """What people said of one claim: their ratings by stance, and how much they find it bears on what it answers."""

    ratings: Mapping[str, Ratings]
    impacts: Sequence[int]

    @property
    def total(self) -> int:
        return add_up(self.ratings.values()).total


@dataclass(frozen=True)
class Survey:
    """The claims on a motion, and how many people hold each stance; of each claim what was said and may be shown.

    `stance` and `rated` are those of who asks: where they stand, and the numbers of the claims they have rated.
    `changed` is how many views a claim has changed.
    """

    motion_id: str
    outline: Outline
    people: Mapping[str, int]
    stance: str | None
    rated: frozenset[int]
    changed: Mapping[int, int]
    said: Mapping[int, Said] = field(default_factory=dict)

    def get_ratings(self, number: int) -> Mapping[str, Ratings]:
        """The ratings of a claim by stance."""
        return self.said[number].ratings if number in self.said else {}


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
        argue.count_stances(session, guild_id, motion_id),
        argue.get_stance(session, guild_id, motion_id, user_id),
        frozenset(argue.list_rated(session, guild_id, motion_id, user_id) & outline.keys()),
        deltas.count_by_claim(session, guild_id, motion_id),
    )


def hear(session: Session, guild_id: int, motion_id: str, numbers: Collection[int]) -> dict[int, Said]:
    """What people said of some of a motion's claims."""
    summed: dict[int, dict[str, Ratings]] = {number: {} for number in numbers}
    for number, stance, vote, people in argue.tally(session, guild_id, motion_id, numbers):
        one = Ratings(*(people if vote == kind else 0 for kind in ("agree", "disagree", "pass")))
        summed[number][stance] = summed[number].get(stance, Ratings()) + one
    impacts = argue.list_impacts(session, guild_id, numbers)
    return {number: Said(ratings, impacts.get(number, ())) for number, ratings in summed.items()}


def _make_node(claim: Claim, place: int | None) -> Node:
    link = claim.link if place is not None else None
    return Node(claim.number, claim.side, claim.text, tuple(json.loads(claim.cites)), place, link, claim.replaces)
