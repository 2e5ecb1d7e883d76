"""The floor of a debate: whose turn it is speaks, passes or asks for a minute. One transaction each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.approval import waits
from bot.debate import formats, moving
from bot.debate.formats import VOTING
from bot.debate.held import tell_held
from bot.debate.showing import post
from bot.debate.standing import current, find_question, list_seated
from bot.errors import Refusal
from storage import debates
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Phase

LONGEST: Final = 1500  # characters of a speech
SHORT: Final = 300  # characters of a restatement or a question
NO_DEBATE = "I don't know this debate any more. Start one with /debate start."
OVER = "This debate is over. Start another with /debate start."
NOT_BEGUN = "This debate has not begun yet. Take a seat on its first card, or wait for the chair to begin."
PAUSED = (
    "The debate is paused. Its chair or a moderator can let it go on with “Go on” on the newest card; where I "
    "chair it, or the chair stays away, whoever speaks in it can, too."
)
NOT_CHAIR = "Only the chair of this debate or a moderator can do that. Please ask one of them."
I_CHAIR = "I chair this debate, so it goes on by itself. Only a moderator can do that; please ask one if need be."
NOT_YOUR_TURN = "It is not your turn. The newest card says who speaks now{ask}."
ASK = "; questions are welcome with “Ask”"
ONCE = "Your side has had its extra minute. Please send what you have, or pass."


@dataclass(frozen=True)
class Place:
    """Which debate, where and by whom its card is pressed; `moderator`: they may do what the chair may.

    `joined_at` (ms) is when they joined the server, None if that is not known. `press_id` is the interaction's, under
    which it is noted what a chair does.
    """

    guild_id: int
    debate_id: int
    channel_id: int
    user_id: int
    moderator: bool = False
    joined_at: int | None = None
    press_id: int = 0


@dataclass(frozen=True)
class Remark:
    """What somebody wants to say, and in which phase; `id` is the interaction's."""

    id: int
    position: int
    text: str
    cites: Sequence[str] = ()


def speak(session: Session, place: Place, remark: Remark, now: int) -> bool:
    """Take what somebody says in their turn; False if that had been taken already. The next turn opens."""
    debate = find_running(session, place)
    phase = check_turn(session, debate, place.user_id, remark.position, now)
    held = must_wait(session, place, now)
    kind = "restatement" if phase.kind == "restatement" else "speech"
    values = {
        "guild_id": debate.guild_id,
        "id": remark.id,
        "debate_id": debate.id,
        "position": remark.position,
        "kind": kind,
        "user_id": place.user_id,
        "side": phase.side,
        "text": remark.text[: SHORT if kind == "restatement" else LONGEST],
        "cites": json.dumps(list(remark.cites)),
        "state": "waiting" if held else "shown",
        "held": int(held),
        "took": _count_taken(debate, phase, now),
        "at": now,
    }
    if not debates.add_speech(session, values):
        return False
    phase.speaker_id = place.user_id  # whoever stood in
    if kind == "restatement":
        moving.wait_for_judges(session, debate, now)
    else:
        moving.close_phase(session, debate, "spoken", now)
    post(session, debate, "speech", now, remark.id)
    if held:
        tell_held(session, debate, now)
    return True


def give_way(session: Session, place: Place, position: int, now: int) -> None:
    """Pass a turn."""
    debate = find_running(session, place)
    check_turn(session, debate, place.user_id, position, now)
    moving.close_phase(session, debate, "passed", now)


def extend(session: Session, place: Place, position: int, now: int) -> None:
    """Give the speaker a minute more, once a side."""
    debate = find_running(session, place)
    phase = check_turn(session, debate, place.user_id, position, now)
    if debate.pace != "live":
        raise Refusal(
            f"An extra minute is for live debates. Here you have until <t:{(phase.closes_at or now) // 1000}:f>."
        )
    ours = [p for p in debates.list_phases(session, *key_of(debate)) if p.side == phase.side]
    if any(p.extended for p in ours):
        raise Refusal(ONCE)
    phase.extended = 1
    moving.give_time(session, debate, phase, formats.MINUTE, now)


def must_wait(session: Session, place: Place, now: int) -> bool:
    """Whether a moderator sees somebody's words before others do, as the server has chosen."""
    joined = None if place.joined_at is None else now - place.joined_at
    return waits(get_settings(session, place.guild_id).approval, joined)


def check_speaker(session: Session, place: Place, position: int, now: int) -> None:
    """Refuse whoever may not speak in this phase now."""
    check_turn(session, find_running(session, place), place.user_id, position, now)


def check_turn(session: Session, debate: Debate, user_id: int, position: int, now: int) -> Phase:
    """The open phase, if it is this person's turn; after the deadline anybody of their side may stand in."""
    phase = current(session, debate)
    if position != phase.position or phase.kind in VOTING or phase.outcome is not None:
        raise Refusal(moving.STALE)
    if phase.kind == "question" and _waits_for_question(session, debate, phase):
        raise Refusal("The chair chooses a question first. Your turn comes when it is put.")
    late = now >= (phase.closes_at or now)
    if user_id not in list_seated(session, debate, phase.side) or not (late or user_id == phase.speaker_id):
        raise Refusal(NOT_YOUR_TURN.format(ask=ASK if _may_ask(session, debate, user_id) else ""))
    return phase


def find_debate(session: Session, place: Place) -> Debate:
    """The debate that a press names; Refusal unless it is held in this very place and not over."""
    debate = debates.get_debate(session, place.guild_id, place.debate_id)
    if debate is None or place.channel_id not in (debate.channel_id, debate.thread_id):
        raise Refusal(NO_DEBATE)
    if debate.state == "over":
        raise Refusal(OVER)
    return debate


def find_running(session: Session, place: Place) -> Debate:
    """The debate, if it is running; Refusal otherwise."""
    debate = find_debate(session, place)
    if debate.state != "running":
        raise Refusal(PAUSED if debate.state == "paused" else NOT_BEGUN)
    return debate


def _count_taken(debate: Debate, phase: Phase, now: int) -> int:
    """How long (ms) a turn has run: no pause, and no waiting for a card or for a question, is time taken."""
    length = formats.length(phase.kind, debate.pace, debate.hours) + phase.extended * formats.MINUTE
    return max(0, now - ((phase.closes_at or now) - length))


def _may_ask(session: Session, debate: Debate, user_id: int) -> bool:
    to_come = debates.list_phases(session, *key_of(debate))[debate.position :]
    return formats.takes_questions(to_come) and user_id not in list_seated(session, debate)


def _waits_for_question(session: Session, debate: Debate, phase: Phase) -> bool:
    phases = debates.list_phases(session, *key_of(debate))
    return find_question(session, debate, phases, phase.position) is None


def key_of(debate: Debate) -> tuple[int, int]:
    return debate.guild_id, debate.id
