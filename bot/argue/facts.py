"""What the cards of claims show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.argue.actions import find_claim
from bot.argue.outline import Node, Outline, find_place
from bot.argue.ratings import Ratings
from storage import argue, deltas
from storage.argue import Tally

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
class Survey:
    """The claims on a motion, how they were rated by stance, and how many people hold each stance.

    `stance` and `rated` are those of who asks: where they stand, and the numbers of the claims they have rated.
    `impacts` is how much people find that a claim bears on what it answers, `changed` how many views it changed.
    """

    motion_id: str
    outline: Outline
    ratings: Mapping[int, Mapping[str, Ratings]]
    people: Mapping[str, int]
    stance: str | None
    rated: frozenset[int]
    impacts: Mapping[int, Sequence[int]]
    changed: Mapping[int, int]


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
    """Everything about a motion's claims that somebody's map or next card is made from."""
    outline, _ = get_outline(session, guild_id, motion_id)
    return Survey(
        motion_id,
        outline,
        sum_up(argue.tally(session, guild_id, motion_id)),
        argue.count_stances(session, guild_id, motion_id),
        argue.get_stance(session, guild_id, motion_id, user_id),
        frozenset(argue.list_rated(session, guild_id, motion_id, user_id) & outline.keys()),
        argue.list_impacts(session, guild_id, motion_id),
        deltas.count_by_claim(session, guild_id, motion_id),
    )


def survey_around(session: Session, guild_id: int, number: int, user_id: int) -> Survey:
    """The same of the motion that a claim is about; Refusal if the claim is not shown."""
    return survey(session, guild_id, find_claim(session, guild_id, number).motion_id, user_id)


def sum_up(tallies: Iterable[Tally]) -> dict[int, dict[str, Ratings]]:
    """The ratings of each claim by stance."""
    summed: dict[int, dict[str, Ratings]] = defaultdict(dict)
    for number, stance, vote, people in tallies:
        one = Ratings(*(people if vote == kind else 0 for kind in ("agree", "disagree", "pass")))
        summed[number][stance] = summed[number].get(stance, Ratings()) + one
    return dict(summed)


def _make_node(claim: Claim, place: int | None) -> Node:
    link = claim.link if place is not None else None
    return Node(claim.number, claim.side, claim.text, tuple(json.loads(claim.cites)), place, link, claim.replaces)
