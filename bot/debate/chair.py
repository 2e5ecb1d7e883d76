"""The chair of a debate: skips, pauses, takes words out, ends, and relays questions. One transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving
from bot.debate.floor import NO_DEBATE, NOT_CHAIR, Place, find_debate, find_running
from bot.debate.formats import VOTING
from bot.debate.showing import post
from bot.debate.standing import current, find_question, list_waiting
from bot.errors import Refusal
from bot.flaggable import MEMBERS_WORDS, Flaggable, Found
from storage import debates
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act
    from storage.tables import Debate, Speech

NO_QUESTION_NOW: Final = "No question is to be chosen now. You can relay one when the card says that questions are put."
NONE_WAITING: Final = "No question waits any more. Anybody who watches can press “Ask”."
NOT_MODERATOR: Final = "Only people who may moderate here can see this before others do. It waits for one of them."
WAITS_NO_MORE: Final = "This waits no more: somebody has looked at it already."
NOT_PAUSED: Final = "This debate is not paused, so there is nothing to do."


def skip(session: Session, place: Place, position: int, now: int) -> None:
    """Go on to the next phase. What was said in this one stays."""
    debate = find_running(session, place)
    check_chair(debate, place)
    phase = current(session, debate)
    if phase.position != position:
        raise Refusal(moving.STALE)
    moving.close_phase(session, debate, None if phase.kind in VOTING else phase.outcome or "skipped", now)


def pause(session: Session, place: Place, now: int) -> None:
    debate = find_running(session, place)
    check_chair(debate, place)
    moving.pause(session, debate, now)


def take_up(session: Session, place: Place, now: int) -> None:
    """Let a paused debate go on, with the time that was left."""
    debate = find_debate(session, place)
    check_chair(debate, place)
    if debate.state != "paused":
        raise Refusal(NOT_PAUSED)
    moving.take_up(session, debate, now)


def end(session: Session, place: Place, now: int) -> None:
    """End a debate before its time."""
    debate = find_debate(session, place)
    check_chair(debate, place)
    moving.end(session, debate, "ended", now)


def void(session: Session, place: Place, speech_id: int, now: int) -> None:
    """Take somebody's words out of a debate; doing it twice is harmless."""
    debate = debates.get_debate(session, place.guild_id, place.debate_id)
    speech = debates.get_speech(session, place.guild_id, speech_id)
    if debate is None or speech is None or speech.debate_id != debate.id:
        raise Refusal(NO_DEBATE)
    check_chair(debate, place)
    take_out(session, debate, speech, now)


def take_out(session: Session, debate: Debate, speech: Speech, now: int) -> None:
    """Show no more what somebody said."""
    speech.state = "void"
    if speech.message_id is not None:
        post(session, debate, "speech", now, speech.id, again=f":void:{now}", edits=speech.message_id)


def read_waiting(session: Session, place: Place, speech_id: int) -> str:
    """What waits to be shown; Refusal for whoever may not moderate here, or if it waits no more."""
    return _find_waiting(session, place, speech_id).text


def let_stand(session: Session, place: Place, speech_id: int, stands: bool, now: int) -> None:
    """Show what somebody said, or leave it out for good."""
    speech = _find_waiting(session, place, speech_id)
    debate = debates.get_debate(session, place.guild_id, speech.debate_id)
    assert debate is not None, "it was found by its debate"
    speech.state = "shown" if stands else "declined"
    if speech.message_id is not None:
        post(session, debate, "speech", now, speech.id, again=f":seen:{now}", edits=speech.message_id)


def find_flagged(session: Session, guild_id: int, speech_id: int) -> Found | None:
    """What somebody said, as moderators are shown it when it is flagged."""
    speech = debates.get_speech(session, guild_id, speech_id)
    debate = debates.get_debate(session, guild_id, speech.debate_id) if speech else None
    if speech is None or debate is None or speech.state != "shown":
        return None
    return Found(speech.text, debate.thread_id or debate.channel_id, speech.message_id, speech.user_id)


def take_out_flagged(session: Session, act: Act, speech_id: int) -> None:
    """Take out what moderators find should not stand."""
    speech = debates.get_speech(session, act.guild_id, speech_id)
    debate = debates.get_debate(session, act.guild_id, speech.debate_id) if speech else None
    if speech is not None and debate is not None:
        take_out(session, debate, speech, act.now)


FLAGGABLE = Flaggable(
    "Speech", MEMBERS_WORDS, 2, find_flagged, take_out_flagged, "Take it out", "Moderators took it out."
)


def list_questions(session: Session, place: Place, position: int) -> list[tuple[int, str]]:
    """(id, text) of the questions that the chair can relay now; Refusal if it is not the moment."""
    debate = _find_choosing(session, place, position)
    found = [(question.id, " ".join(question.text.split())) for question in list_waiting(session, debate)]
    if not found:
        raise Refusal(NONE_WAITING)
    return found


def relay(session: Session, place: Place, position: int, question_id: int, now: int) -> None:
    """Put one of the waiting questions to both sides."""
    debate = _find_choosing(session, place, position)
    if not place.moderator and get_settings(session, place.guild_id).approval != "off":
        raise Refusal(NOT_MODERATOR)
    question = next((one for one in list_waiting(session, debate) if one.id == question_id), None)
    if question is None:
        raise Refusal(NONE_WAITING)
    moving.relay(session, debate, question, now)


def check_chair(debate: Debate, place: Place) -> None:
    """Refuse whoever neither chairs this debate nor may moderate here, as of this press."""
    if not place.moderator and place.user_id != debate.chair_id:
        raise Refusal(NOT_CHAIR)


def _find_waiting(session: Session, place: Place, speech_id: int) -> Speech:
    if not place.moderator:
        raise Refusal(NOT_MODERATOR)
    speech = debates.get_speech(session, place.guild_id, speech_id)
    if speech is None or speech.debate_id != place.debate_id or speech.state != "waiting" or speech.kind == "question":
        raise Refusal(WAITS_NO_MORE)
    return speech


def _find_choosing(session: Session, place: Place, position: int) -> Debate:
    """The debate, if its chair may choose a question in this phase now."""
    debate = find_running(session, place)
    check_chair(debate, place)
    phases = debates.list_phases(session, debate.guild_id, debate.id)
    phase = phases[debate.position]
    chosen = find_question(session, debate, phases, phase.position) is not None
    if phase.position != position or phase.kind != "question" or chosen:
        raise Refusal(NO_QUESTION_NOW)
    return debate
