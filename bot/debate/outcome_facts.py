"""What a debate came to, and what earlier ones say of its motion, loaded in one read each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from bot.debate import formats, health, swing, wording
from bot.debate.flows import sum_moves, tabulate
from bot.debate.formats import VOTING
from bot.debate.health import Health, Held
from bot.debate.recap import Pair, Recap, Spent, Words, count_words
from bot.debate.said_facts import read_found
from bot.small import SPLIT_FROM, TWICE_FROM
from bot.text import see
from bot.votes import SIDES, VOTES
from content.pack import Motion
from storage import debates, players
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, DebateBallot, Fairness, Phase, Speech

NAMELESS = "somebody"  # whose name is not known, or can't be seen


def read_motion(debate: Debate) -> Motion:
    """The motion of a debate, in the wording in which it is put."""
    return wording.put(Motion.model_validate_json(debate.motion), debate.wording)


def read_plain(debate: Debate) -> str | None:
    """The plain wording of a debate's motion where the mirrored one is put."""
    return read_motion(debate).mirrored if debate.wording == "mirrored" else None


def counts(speech: Speech) -> bool:
    """Whether it is part of the exchange: said in a turn, and not taken out."""
    return speech.kind == "speech" and speech.state == "shown"


def examine(session: Session, guild_id: int, motion_id: str) -> Health:
    """What earlier debates in a server say of a motion; nothing if too few people voted in them."""
    past = [one for one in debates.list_past(session, guild_id, motion_id) if one.ending == "held"]
    ids = [one.id for one in past]
    ballots = debates.list_all_ballots(session, guild_id, ids)
    speakers = debates.list_speakers(session, guild_id, ids)
    held = [_read_held(one, ballots[one.id], speakers[one.id]) for one in past]
    enough = sum(sum(one.before.values()) for one in held) >= TWICE_FROM
    return health.examine(held) if enough else Health(None, None)


def get_recap(session: Session, guild_id: int, debate_id: int) -> Recap | None:
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return None
    said = [one for one in debates.list_speeches(session, guild_id, debate_id) if one.position is not None]
    phases = debates.list_phases(session, guild_id, debate_id)
    motion = read_motion(debate)
    return Recap(
        motion.text,
        tuple(motion.cite),
        read_plain(debate),
        debate.format,
        debate.pace,
        debate.hours,
        _find_chair(session, debate),
        next((phase.opened_at for phase in phases if phase.opened_at), debate.started_at),
        debate.ended_at or debate.started_at,
        debate.ending or "",
        _read_swing(session, debate),
        get_settings(session, guild_id).winner and debate.format != "circle",
        _read_spent(debate, said),
        _count_fair(session, debate, said),
        _list_words(session, debate, phases, said),
        _list_moved(session, debate, phases, said),
    )


def _find_chair(session: Session, debate: Debate) -> str | None:
    """The name of who chaired, empty for the bot: only who starts a debate chairs it, and gives that up by speaking.

    None if that is not known any more: who started it had their data deleted.
    """
    if debate.chair_id is None:
        return None if debate.starter_id < 0 else ""
    return _name(session, debate.guild_id, {debate.chair_id})(debate.chair_id)


def _read_spent(debate: Debate, said: Sequence[Speech]) -> Spent:
    speeches = [one for one in said if counts(one)]
    words = _sum(speeches, lambda one: count_words(one.text))
    seconds = _sum(speeches, lambda one: round(one.took / 1000)) if debate.pace == "live" else None
    return Spent(words, _sum(speeches, lambda one: len(json.loads(one.cites))), seconds)


def _sum(speeches: Sequence[Speech], measure: Callable[[Speech], int]) -> Pair:
    one, other = (sum(measure(speech) for speech in speeches if speech.side == side) for side in SIDES)
    return one, other


def _read_swing(session: Session, debate: Debate) -> swing.Swing:
    ballots = debates.list_ballots(session, debate.guild_id, debate.id)
    speakers = debates.list_speakers(session, debate.guild_id, [debate.id])[debate.id]
    return swing.read_swing(*_by_stage(ballots), speakers, {b.user_id for b in ballots if b.late})


def _read_held(debate: Debate, ballots: Sequence[DebateBallot], speakers: Collection[int]) -> Held:
    before, after = _by_stage(ballots)
    votes = Counter(before.values())
    apart = _set_apart(ballots, speakers)
    moves = sum_moves(tabulate(swing.pair(before, after, before.keys() - apart)))
    side = swing.judge(moves).side if moves.people >= TWICE_FROM else None
    return Held("mirrored" if debate.wording == "mirrored" else "plain", {vote: votes[vote] for vote in VOTES}, side)


def _set_apart(ballots: Sequence[DebateBallot], speakers: Collection[int]) -> set[int]:
    """Whose votes don't count with the audience's: those of speakers, and of who joined the server after the start."""
    return {b.user_id for b in ballots if b.late or b.user_id in speakers}


def _by_stage(ballots: Sequence[DebateBallot]) -> tuple[dict[int, str], dict[int, str]]:
    """The votes before and after, by voter."""
    before, after = ({b.user_id: b.vote for b in ballots if b.stage == stage} for stage in VOTING)
    return before, after


def _count_fair(session: Session, debate: Debate, said: Sequence[Speech]) -> tuple[int, int, int]:
    """(found fair, judged, not judged) of the sides that restated: of two tries the second counts."""
    last = {one.side: one.id for one in said if one.kind == "restatement" and one.state == "shown"}
    found = debates.list_fairness(session, debate.guild_id, debate.id)
    judged = [votes for id in last.values() if (votes := [f.fair for f in found if f.speech_id == id])]
    return sum(2 * sum(votes) >= len(votes) for votes in judged), len(judged), len(last) - len(judged)


def _list_moved(
    session: Session, debate: Debate, phases: Sequence[Phase], said: Sequence[Speech]
) -> list[tuple[str, int]]:
    """The points that moved most of the audience, up to three; of fewer people than SPLIT_FROM nothing is said."""
    ballots = debates.list_ballots(session, debate.guild_id, debate.id)
    apart = _set_apart(ballots, debates.list_speakers(session, debate.guild_id, [debate.id])[debate.id])
    moved = Counter(b.moved_by for b in ballots if b.moved_by and b.user_id not in apart)
    kinds = {phase.position: phase.kind for phase in phases}
    turns = {one.id: (kinds[one.position or 0], one.side or "for") for one in said if counts(one)}
    told = {id: f"{formats.KINDS[kind][0]} {SIDES[side]}" for id, (kind, side) in turns.items()}
    return [(told[id], n) for id, n in moved.most_common() if n >= SPLIT_FROM and id in told][:3]


def _list_words(session: Session, debate: Debate, phases: Sequence[Phase], said: Sequence[Speech]) -> list[Words]:
    """All that was said, in order, and the turns that came to nothing."""
    people = {one.user_id for one in said} | {phase.speaker_id for phase in phases if phase.speaker_id}
    name = _name(session, debate.guild_id, people)
    kinds = [(phase.kind, phase.side) for phase in phases]
    titles = [formats.name_turn(kinds, n) for n in range(len(kinds))]
    found = debates.list_fairness(session, debate.guild_id, debate.id)
    rows = [
        (one.position or 0, one.kind != "question", _write(one, titles[one.position or 0], found, name)) for one in said
    ]
    spoken = {one.position for one in said if one.kind != "question"}
    for n, phase in enumerate(phases):
        if phase.closed_at and phase.opened_at and phase.kind not in VOTING and n not in spoken:
            came_to = phase.outcome or "skipped"
            rows.append((n, True, Words(titles[n], phase.side, name(phase.speaker_id), "", (), came_to)))
    return [words for _, _, words in sorted(rows, key=lambda row: row[:2])]


def _write(speech: Speech, title: str, found: Sequence[Fairness], name: Callable[[int | None], str]) -> Words:
    asked = speech.kind == "question"
    return Words(
        "Question from the audience" if asked else title,
        speech.side,
        "" if asked else name(speech.user_id),
        speech.text,
        tuple(json.loads(speech.cites)),
        speech.state,
        read_found([one for one in found if one.speech_id == speech.id]),
    )


def _name(session: Session, guild_id: int, people: Collection[int]) -> Callable[[int | None], str]:
    """By what name each of these people is shown; nobody has none."""
    names = players.get_names(session, guild_id, people)
    return lambda id: (see(names.get(id, "")) or NAMELESS) if id else ""
