"""The chair of a debate: skips, pauses, ends, takes words out, relays questions. One transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving, pausing
from bot.debate.floor import I_CHAIR, NO_DEBATE, NOT_CHAIR, Place, find_debate, find_running
from bot.debate.formats import VOTING
from bot.debate.held import NOT_MODERATOR
from bot.debate.showing import redraw_said
from bot.debate.standing import current, find_question, list_seated, list_waiting
from bot.errors import Refusal
from storage import audit, debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Fairness, Speech

NO_QUESTION_NOW: Final = "No question is to be chosen now. You can relay one when the card says that questions are put."
NONE_WAITING: Final = "No question waits any more. Anybody who watches can press “Ask”."
NOT_LOOKED_AT: Final = "The questions that wait are to be looked at by a moderator first. Then you can relay them."
NOBODY_CHAIRS: Final = (
    "Nobody chairs this debate, so only who started it, who speaks in it, or a moderator can do that."
)
LATER: Final = (
    "Only the chair of this debate or a moderator can do that now. If neither does within {patience} of the pause, who "
    "started it and who speaks in it can."
)
NOT_TO_END: Final = "I chair this debate, so it goes on by itself. Only who started it or a moderator can end it."
NOT_YOURS: Final = "Only {who} can take words out of this debate. “Report” tells moderators of what should not stand."
YOURS: Final = "Only {who} can take words out of this debate. Please ask for yours to be taken out."
NOT_PAUSED: Final = "This debate is not paused, so there is nothing to do."


def skip(session: Session, place: Place, position: int, now: int) -> None:
    """Go on to the next phase. What was said in this one stays."""
    debate = find_running(session, place)
    check_chair(debate, place)
    phase = current(session, debate)
    if phase.position != position:
        raise Refusal(moving.STALE)
    moving.close_phase(session, debate, None if phase.kind in VOTING else phase.outcome or "skipped", now)
    note(session, place, "skip", now)


def pause(session: Session, place: Place, now: int) -> None:
    debate = find_running(session, place)
    check_chair(debate, place)
    pausing.pause(session, debate, now)
    note(session, place, "pause", now)


def take_up(session: Session, place: Place, now: int) -> None:
    """Let a paused debate go on, with the time that was left."""
    debate = find_debate(session, place)
    _check_leading(session, debate, place, now)
    if debate.state != "paused":
        raise Refusal(NOT_PAUSED)
    pausing.take_up(session, debate, now)
    note(session, place, "resume", now)


def end(session: Session, place: Place, now: int) -> None:
    """End a debate before its time."""
    debate = find_to_end(session, place, now)
    moving.end(session, debate, "ended", now)
    note(session, place, "end", now)


def void(session: Session, place: Place, speech_id: int, now: int) -> None:
    """Take a speech or a question out of a debate; doing it twice is harmless."""
    debate, speech = find_said(session, place, speech_id)
    take_out(session, debate, speech, now)
    note(session, place, "void", now, speech_id)


def void_reasons(session: Session, place: Place, speech_id: int, now: int) -> None:
    """Take out why a restatement was found not quite fair; that it was stays."""
    debate, speech = find_said(session, place, speech_id)
    for reason in list_reasons(session, speech):
        reason.state = "void"
    redraw_said(session, debate, speech, now)
    note(session, place, "void", now, speech_id)


def list_reasons(session: Session, speech: Speech) -> list[Fairness]:
    """Why a restatement was found not quite fair, as far as it is shown."""
    found = debates.list_fairness(session, speech.guild_id, speech.debate_id)
    return [one for one in found if one.speech_id == speech.id and one.why and one.state == "shown"]


def take_out(session: Session, debate: Debate, speech: Speech, now: int) -> None:
    """Show no more what somebody said, wherever it is shown."""
    speech.state = "void"
    redraw_said(session, debate, speech, now)
    moving.leave_words(session, debate, now)


def list_questions(session: Session, place: Place, position: int) -> list[tuple[int, str]]:
    """(id, text) of the questions that this person can relay now; Refusal if it is not the moment."""
    debate = _find_choosing(session, place, position)
    waiting = list_waiting(session, debate)
    found = [(one.id, " ".join(one.text.split())) for one in waiting if place.moderator or not one.held]
    if not found:
        raise Refusal(NOT_LOOKED_AT if waiting else NONE_WAITING)
    return found


def relay(session: Session, place: Place, position: int, question_id: int, now: int) -> None:
    """Put one of the waiting questions to both sides."""
    debate = _find_choosing(session, place, position)
    question = next((one for one in list_waiting(session, debate) if one.id == question_id), None)
    if question is None:
        raise Refusal(NONE_WAITING)
    if question.held and not place.moderator:
        raise Refusal(NOT_MODERATOR)
    moving.relay(session, debate, question, now)
    note(session, place, "relay", now, question_id)


def check_chair(debate: Debate, place: Place) -> None:
    """Refuse whoever neither chairs this debate nor may moderate here, as of this press."""
    if not _is_chair(debate, place):
        raise Refusal(NOT_CHAIR if debate.chair_id is not None else I_CHAIR)


def find_to_end(session: Session, place: Place, now: int) -> Debate:
    """The debate, if this person may end it now; Refusal otherwise."""
    debate = find_debate(session, place)
    if debate.state == "paused" or place.user_id == debate.starter_id:
        _check_leading(session, debate, place, now)
    elif debate.chair_id is None and not place.moderator:
        raise Refusal(NOT_TO_END)
    else:
        check_chair(debate, place)
    return debate


def find_said(session: Session, place: Place, speech_id: int) -> tuple[Debate, Speech]:
    """Something that was said, with its debate, if this person may take it out; also after the debate is over."""
    debate = debates.get_debate(session, place.guild_id, place.debate_id)
    speech = debates.get_speech(session, place.guild_id, speech_id)
    if debate is None or speech is None or speech.debate_id != debate.id:
        raise Refusal(NO_DEBATE)
    if place.channel_id not in (debate.channel_id, debate.thread_id, speech.channel_id):
        raise Refusal(NO_DEBATE)
    if not _is_chair(debate, place):
        why = YOURS if speech.user_id == place.user_id else NOT_YOURS
        raise Refusal(why.format(who="a moderator" if debate.chair_id is None else "the chair or a moderator"))
    return debate, speech


def _is_chair(debate: Debate, place: Place) -> bool:
    """Whether somebody chairs a debate or may moderate here, as of this press."""
    return place.moderator or place.user_id == debate.chair_id


def note(session: Session, place: Place, deed: str, now: int, speech_id: int | None = None) -> None:
    """Note in the audit log what a chair or a moderator did, and with what that was said."""
    about, said = f"debate/{place.debate_id}", None if speech_id is None else str(speech_id)
    audit.note(session, place.guild_id, place.press_id, place.user_id, f"debate.{deed}", about, now, said)


def _check_leading(session: Session, debate: Debate, place: Place, now: int) -> None:
    """As check_chair; but where nobody chairs, or the chair stays away, who started or speaks may do it, too."""
    theirs = place.user_id in (debate.starter_id, *list_seated(session, debate))
    if _is_chair(debate, place) or (theirs and (debate.chair_id is None or pausing.is_left_alone(debate, now))):
        return
    if debate.chair_id is None:
        raise Refusal(NOBODY_CHAIRS)
    if not theirs or debate.state != "paused":
        raise Refusal(NOT_CHAIR)
    raise Refusal(LATER.format(patience="an hour" if debate.pace == "live" else "a day"))


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
