"""What a debate came to, and what earlier ones say of its motion, loaded in one read each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.debate import formats, health, swing, wording
from bot.debate.formats import VOTING
from bot.debate.health import Health, Held
from bot.debate.recap import Recap, Words, count_words
from bot.small import SPLIT_FROM, TWICE_FROM
from bot.votes import SIDES, VOTES
from content.pack import Motion
from storage import debates, players
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase, Speech


def read_motion(debate: Debate) -> Motion:
    """The motion of a debate, in the wording in which it is put."""
    return wording.put(Motion.model_validate_json(debate.motion), debate.wording)


def counts(speech: Speech) -> bool:
    """Whether it is part of the exchange: said in a turn, and not taken out."""
    return speech.kind == "speech" and speech.state == "shown"


def examine(session: Session, guild_id: int, motion_id: str) -> Health:
    """What earlier debates in a server say of a motion; nothing if too few people voted in them."""
    past = [_read_held(session, one) for one in debates.list_past(session, guild_id, motion_id) if one.ending == "held"]
    enough = sum(sum(held.before.values()) for held in past) >= TWICE_FROM
    return health.examine(past) if enough else Health(None, None)


def get_recap(session: Session, guild_id: int, debate_id: int) -> Recap | None:
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return None
    said = [one for one in debates.list_speeches(session, guild_id, debate_id) if one.position is not None]
    phases = debates.list_phases(session, guild_id, debate_id)
    names = players.get_names(session, guild_id, {one.user_id for one in said})
    speeches = [one for one in said if counts(one)]
    return Recap(
        read_motion(debate).text,
        debate.format,
        debate.pace,
        debate.ending or "",
        _read_swing(session, debate),
        get_settings(session, guild_id).winner and debate.format != "circle",
        _sum(speeches, lambda one: count_words(one.text)),
        _sum(speeches, lambda one: len(json.loads(one.cites))),
        _count_fair(session, debate, said),
        [
            _write(one, phases, names)
            for one in sorted(said, key=lambda one: (one.position or 0, one.kind != "question"))
        ],
        _list_moved(session, debate, speeches),
    )


def _sum(speeches: Sequence[Speech], measure: Callable[[Speech], int]) -> tuple[int, int]:
    """(For, Against)"""
    one, other = (sum(measure(speech) for speech in speeches if speech.side == side) for side in SIDES)
    return one, other


def _read_swing(session: Session, debate: Debate) -> swing.Swing:
    ballots = debates.list_ballots(session, debate.guild_id, debate.id)
    before, after = ({b.user_id: b.vote for b in ballots if b.stage == stage} for stage in VOTING)
    spoke = {seat.user_id for seat in debates.list_seats(session, debate.guild_id, debate.id) if seat.state != "queued"}
    return swing.read_swing(before, after, spoke, {b.user_id for b in ballots if b.late})


def _read_held(session: Session, debate: Debate) -> Held:
    ballots = debates.list_ballots(session, debate.guild_id, debate.id)
    votes = Counter(b.vote for b in ballots if b.stage == "before")
    moves = _read_swing(session, debate).audience.moves
    side = swing.judge(moves).side if moves else None
    return Held("mirrored" if debate.wording == "mirrored" else "plain", {vote: votes[vote] for vote in VOTES}, side)


def _count_fair(session: Session, debate: Debate, said: Sequence[Speech]) -> tuple[int, int]:
    """(sides found fair, sides that restated): of two tries the second counts."""
    last = {one.side: one.id for one in said if one.kind == "restatement" and one.state == "shown"}
    found = debates.list_fairness(session, debate.guild_id, debate.id)
    fair = [[f.fair for f in found if f.speech_id == id] for id in last.values()]
    return sum(bool(votes) and 2 * sum(votes) >= len(votes) for votes in fair), len(last)


def _list_moved(session: Session, debate: Debate, speeches: Sequence[Speech]) -> list[tuple[str, int]]:
    """The points that moved most people, up to three; of fewer people than SPLIT_FROM nothing is said."""
    moved = Counter(b.moved_by for b in debates.list_ballots(session, debate.guild_id, debate.id) if b.moved_by)
    phases = {p.position: p.kind for p in debates.list_phases(session, debate.guild_id, debate.id)}
    told = {one.id: f"{formats.KINDS[phases[one.position or 0]][0]} {SIDES[one.side or 'for']}" for one in speeches}
    return [(told[id], n) for id, n in moved.most_common(3) if n >= SPLIT_FROM and id in told]


def _write(speech: Speech, phases: Sequence[Phase], names: dict[int, str]) -> Words:
    kind = "asked" if speech.kind == "question" else phases[speech.position or 0].kind
    name = names.get(speech.user_id, "somebody")
    return Words(kind, speech.side, name, speech.text, tuple(json.loads(speech.cites)), speech.state)
