"""What the quiz's cards show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot import judge
from bot.item import Item
from bot.quiz import modes, rules
from bot.quiz.course import list_players
from bot.quiz.modes import MODES, Mode, TeamScore
from bot.quiz.rules import Ranked, Score
from storage import players, quiz, reminders
from storage.periods import read_clock
from storage.quiz import Given
from storage.settings import get_settings

if TYPE_CHECKING:
    from storage.tables import Asked, Round

DAILIES = 1000  # daily questions that a streak is looked for in


@dataclass(frozen=True)
class Opening:
    """A round as its first card shows it; `people` are the names of a duel's two, the one who asked first.

    `rival_id` is the other one's id.
    """

    round_id: int
    subject: str
    length: int
    seconds: int
    scoring: str
    thread: bool
    mode: Mode
    state: str
    due_at: int
    people: tuple[str, ...]
    rival_id: int | None
    sizes: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """A question as it stands in its round; `order` is the order of its options, as authored indexes.

    `before` is the reveal of the daily question before this one.
    """

    round_id: int
    position: int
    length: int
    item: Item
    order: tuple[int, ...]
    closes_at: int
    answered: int
    mode: Mode
    before: Reveal | None = None


@dataclass(frozen=True)
class Reveal:
    """A closed question: who answered what, and who leads now. `led` is who led before it."""

    round_id: int
    position: int
    length: int
    item: Item
    order: tuple[int, ...]
    answers: tuple[Given, ...]
    leaders: tuple[Score, ...]
    led: tuple[int, ...]
    mode: Mode
    out: tuple[str, ...]  # names of those whom this question put out
    standing: int  # how many are left


@dataclass(frozen=True)
class Standing:
    """How a round stands or ended: its questions, those closed, and of these those that are not void.

    A question that was void before its turn is none of them. `divided` is the question on which the answers were
    spread most.
    """

    round_id: int
    subject: str
    channel_id: int
    ending: str | None
    closed: int
    counted: int
    length: int
    ranked: tuple[Ranked, ...]
    divided: Item | None
    divided_theme: str  # pack/theme of it
    teams: tuple[TeamScore, ...]
    team_of: Mapping[int, int]  # of whoever is in one, from 0
    special: str  # what the mode says besides points


@dataclass(frozen=True)
class OwnPlace:
    """One person's place among the people of a round, after so many closed questions that count."""

    ranked: Ranked
    people: int
    counted: int


def get_opening(session: Session, guild_id: int, round_id: int) -> Opening | None:
    round = quiz.get_round(session, guild_id, round_id)
    if round is None:
        return None
    mode = MODES[round.mode]
    there = list_players(session, guild_id, round_id) if mode.has_players else []
    ordered = sorted((p.user_id for p in there), key=lambda user: user != round.starter_id)
    names = players.get_names(session, guild_id, ordered)
    return Opening(
        round_id=round_id,
        subject=round.subject,
        length=round.length,
        seconds=round.seconds,
        scoring=round.scoring,
        thread=bool(round.thread),
        mode=mode,
        state="declined" if round.ending == "declined" else round.state,
        due_at=round.due_at,
        people=tuple(names[user] for user in ordered) if mode.id == "duel" else (),
        rival_id=ordered[-1] if mode.id == "duel" else None,
        sizes=tuple(sum(p.team == team for p in there) for team in range(mode.teams)),
    )


def get_question(session: Session, guild_id: int, round_id: int, position: int) -> Question | None:
    """An open question, or None if it is not open any more."""
    found = quiz.get_question(session, guild_id, round_id, position)
    if found is None or found.state != "asking" or found.position != position:
        return None
    item = Item.model_validate_json(found.item)
    return Question(
        round_id=round_id,
        position=position,
        length=found.length,
        item=item,
        order=judge.shuffled(item, found.seed, position),
        closes_at=found.closes_at or 0,
        answered=quiz.count_answers(session, guild_id, round_id, position),
        mode=MODES[found.mode],
        before=_get_day_before(session, guild_id, round_id) if found.mode == "daily" else None,
    )


def _get_day_before(session: Session, guild_id: int, round_id: int) -> Reveal | None:
    """The reveal of the daily question that the same schedule asked before, if that has closed."""
    before = quiz.daily_before(session, guild_id, round_id)
    asked = quiz.get_asked(session, guild_id, before, 0) if before else None
    return get_reveal(session, guild_id, before, 0) if before and asked and asked.closed_at else None


def get_reveal(session: Session, guild_id: int, round_id: int, position: int) -> Reveal | None:
    found = _find(session, guild_id, round_id, position)
    if found is None:
        return None
    round, _, item = found
    mode = MODES[round.mode]
    there = list_players(session, guild_id, round_id) if mode.has_players else []
    out = players.get_names(session, guild_id, [p.user_id for p in there if p.out_at == position])
    before = rules.rank(_scores(session, guild_id, round_id, before=position))
    after = rules.rank(_scores(session, guild_id, round_id, before=position + 1))
    return Reveal(
        round_id=round_id,
        position=position,
        length=round.length,
        item=item,
        order=judge.shuffled(item, round.seed, position),
        answers=tuple(quiz.list_answers(session, guild_id, round_id, position)),
        leaders=tuple(r.score for r in after if r.rank == 1 and r.score.points > 0),
        led=tuple(r.score.user_id for r in before if r.rank == 1 and r.score.points > 0),
        mode=mode,
        out=tuple(out.values()),
        standing=sum(p.out_at is None for p in there),
    )


def get_standing(session: Session, guild_id: int, round_id: int) -> Standing | None:
    round = quiz.get_round(session, guild_id, round_id)
    if round is None:
        return None
    every = quiz.list_asked(session, guild_id, round_id)
    asked = [a for a in every if a.closed_at is not None]
    mode = MODES[round.mode]
    there = list_players(session, guild_id, round_id) if mode.has_players else []
    names = players.get_names(session, guild_id, [p.user_id for p in there])
    divided = _most_divided(session, asked)
    scores = _scores(session, guild_id, round_id)
    return Standing(
        round_id=round_id,
        subject=round.subject,
        channel_id=round.channel_id,
        ending=round.ending,
        closed=len(asked),
        counted=sum(not a.void for a in asked),
        length=sum(a.closed_at is not None or not a.void for a in every),
        ranked=tuple(rules.rank(scores)),
        divided=divided[0] if divided else None,
        divided_theme=divided[1] if divided else "",
        teams=tuple(modes.rank_teams(there, {s.user_id: s.points for s in scores}, mode.teams)),
        team_of={p.user_id: p.team for p in there if p.team is not None},
        special=mode.sum_up(there, names),
    )


def get_own_place(session: Session, guild_id: int, round_id: int, user_id: int) -> OwnPlace | None:
    """Somebody's place in a round, or None if they did not answer in it."""
    ranked = rules.rank(_scores(session, guild_id, round_id))
    mine = next((r for r in ranked if r.score.user_id == user_id), None)
    counted = sum(a.closed_at is not None and not a.void for a in quiz.list_asked(session, guild_id, round_id))
    return OwnPlace(mine, len(ranked), counted) if mine else None


def get_unanswered(session: Session, guild_id: int, round_id: int, user_id: int) -> tuple[int, int] | None:
    """(channel, when it closes in ms) of an open daily question, for somebody who has to be reminded of it."""
    question = quiz.get_question(session, guild_id, round_id, 0, user_id)
    if question is None or question.state != "asking" or question.given is not None:
        return None
    if not reminders.has_reminder(session, guild_id, user_id):
        return None
    return question.channel_id, question.closes_at or 0


def get_streak(session: Session, guild_id: int, user_id: int) -> int:
    """How many days in a row somebody has answered a daily question, in the server's zone."""
    zone = get_settings(session, guild_id).zone
    days: dict[date, bool] = {}
    for at, answered in quiz.list_dailies(session, guild_id, user_id, DAILIES):
        day = read_clock(at, zone).date()
        days[day] = days.get(day, False) or answered
    return rules.streak(list(days.items()))


def _find(session: Session, guild_id: int, round_id: int, position: int) -> tuple[Round, Asked, Item] | None:
    round = quiz.get_round(session, guild_id, round_id)
    asked = quiz.get_asked(session, guild_id, round_id, position)
    return (round, asked, Item.model_validate_json(asked.item)) if round and asked else None


def _scores(session: Session, guild_id: int, round_id: int, before: int | None = None) -> list[Score]:
    return [Score(*row) for row in quiz.sum_round(session, guild_id, round_id, before)]


def _most_divided(session: Session, asked: list[Asked]) -> tuple[Item, str] | None:
    """The question with options on which the answers were spread most, and its theme; none if nobody differed."""
    most, found = 0.0, None
    for row in (a for a in asked if not a.void):
        item = Item.model_validate_json(row.item)
        picks = [a.given for a in quiz.list_answers(session, row.guild_id, row.round_id, row.position)]
        if item.options and rules.division(picks) > most:
            most, found = rules.division(picks), (item, row.theme)
    return found


def picks_by_option(reveal: Reveal) -> Counter[int]:
    """How often each option (authored index) was chosen."""
    return Counter(index for answer in reveal.answers for index in json.loads(answer.given))


def is_open(session: Session, guild_id: int, round_id: int) -> bool:
    round = quiz.get_round(session, guild_id, round_id)
    return round is not None and round.state != "over"


def get_pause(session: Session, guild_id: int, round_id: int) -> int | None:
    """When (ms) a paused round ends by itself, or None if it is not paused."""
    round = quiz.get_round(session, guild_id, round_id)
    return round.due_at if round and round.state == "paused" else None
