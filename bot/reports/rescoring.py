"""Rescoring: past answers are judged anew, from what was given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot import judge
from bot.item import Item
from bot.rulings import is_judged_alike, is_same_question, judge_as
from storage import scores, tallies
from storage.scores import Asking, Scored
from storage.tallies import Place, Worth

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Change = tuple[Scored, Scored]  # an answer as it counts, and as it will


@dataclass(frozen=True)
class Rejudged:
    """A question in one round under a ruling: as it will be judged there, and every answer for which that matters."""

    asking: Asking
    item: Item
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Effect:
    """What a ruling changes: rounds and answers, and people whose sum of points grows or shrinks."""

    rounds: int
    answers: int
    people: int
    gaining: int
    losing: int


def recompute(
    session: Session, guild_id: int, before: Item, after: Item, known: Iterable[Rejudged] = ()
) -> list[Rejudged]:
    """Judge every answer to a question as `after` says, wherever this server has asked it in the same words
    and judged it alike.

    Nothing is saved. `known` is what came of the same a moment ago: where the question was closed then, and is still
    judged as it was, no answer can have come or changed, so that only the others have to be read again.
    """
    settled = {rejudged.asking: rejudged for rejudged in known if rejudged.asking.closed}
    is_right = cache(lambda given: judge.is_right(after, json.loads(given)))  # most answers are one of a few
    same = list_same(session, guild_id, before)
    for asking, item in same:
        if asking not in settled:
            answers = scores.list_scored(session, guild_id, asking)
            changes = tuple(_rejudge(asking, item, after, answers, is_right))
            settled[asking] = Rejudged(asking, judge_as(item, after), changes)
    return [settled[asking] for asking, _ in same]


def save(session: Session, guild_id: int, rejudged: Sequence[Rejudged], now: int) -> None:
    """Have all this count, in boards too."""
    questions = {r.item.id for r in rejudged}
    places = {place[:2]: place for id in questions for place in tallies.list_places(session, guild_id, id)}
    tallies.change(session, guild_id, _weigh(rejudged, places), now)
    scores.set_judged(session, guild_id, ((r.asking, r.item.model_dump_json(), r.item.void) for r in rejudged))
    scores.set_scores(session, guild_id, [new for r in rejudged for old, new in r.changes if new != old])


def _weigh(rejudged: Iterable[Rejudged], places: Mapping[tuple[int, int], Place]) -> Iterator[Worth]:
    """What closed questions are worth more or less on boards; `places` says how each of them counts so far."""
    for r in rejudged:
        place = places.get((r.asking.round_id, r.asking.position))
        if place is None or place.out:  # it is counted when it is closed, or its round counts for nobody
            continue
        was, will = int(not place.void), int(not r.item.void)
        for old, new in r.changes:
            points, right = will * new.points - was * old.points, will * new.right - was * old.right
            yield Worth(place.theme, place.closed_at, old.user_id, points, right, will - was)


def list_same(session: Session, guild_id: int, item: Item) -> list[tuple[Asking, Item]]:
    """Wherever a server has asked a question in the same words and judges it alike; an edited key is another's."""
    every = [(a, Item.model_validate_json(a.item)) for a in scores.list_askings(session, guild_id, item.id)]
    return [(a, asked) for a, asked in every if is_same_question(asked, item) and is_judged_alike(asked, item)]


def sum_up(rejudged: Iterable[Rejudged]) -> Effect:
    """What changes in all."""
    changes = [change for r in rejudged for change in r.changes]
    people: dict[int, int] = {}
    for old, new in changes:
        people[old.user_id] = people.get(old.user_id, 0) + new.points - old.points
    gaining = sum(points > 0 for points in people.values())
    losing = sum(points < 0 for points in people.values())
    return Effect(len({old.round_id for old, _ in changes}), len(changes), len(people), gaining, losing)


def _rejudge(
    asking: Asking, item: Item, after: Item, answers: Iterable[Scored], is_right: Callable[[str], bool]
) -> Iterator[Change]:
    """Every answer that is right or wrong, worth or counted otherwise than before."""
    turned = item.void != after.void
    for old in answers:
        right = is_right(old.given)
        how = (asking.scoring, right, old.took, asking.seconds, old.certainty)
        points = 0 if after.void else judge.points(item.difficulty, *how)
        if turned or (right, points) != (bool(old.right), old.points):
            yield old, old._replace(right=int(right), points=points)
