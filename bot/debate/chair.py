"""The chair of a debate: skips, pauses, ends, takes words out, lets them stand, relays. One transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving
from bot.debate.floor import I_CHAIR, NO_DEBATE, NOT_CHAIR, Place, find_debate, find_running
from bot.debate.formats import VOTING
from bot.debate.held import Held, find_held, is_held
from bot.debate.showing import redraw_said
from bot.debate.standing import current, find_question, list_seated, list_waiting
from bot.errors import Refusal
from storage import audit, debates
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Fairness, Speech

NO_QUESTION_NOW: Final = "No question is to be chosen now. You can relay one when the card says that questions are put."
NONE_WAITING: Final = "No question waits any more. Anybody who watches can press “Ask”."
NOT_MODERATOR: Final = "Only people who may moderate here can see this before others do. It waits for one of them."
WAITS_NO_MORE: Final = "This waits no more: somebody has looked at it already."
NOT_LOOKED_AT: Final = "The questions that wait are to be looked at by a moderator first. Then you can relay them."
NOBODY_CHAIRS: Final = (
    "Nobody chairs this debate, so only who started it, who speaks in it, or a moderator can do that."
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
    _note(session, place, "skip", now)


def pause(session: Session, place: Place, now: int) -> None:
    debate = find_running(session, place)
    check_chair(debate, place)
    moving.pause(session, debate, now)
    _note(session, place, "pause", now)


def take_up(session: Session, place: Place, now: int) -> None:
    """Let a paused debate go on, with the time that was left."""
    debate = find_debate(session, place)
    _check_leading(session, debate, place)
    if debate.state != "paused":
        raise Refusal(NOT_PAUSED)
    moving.take_up(session, debate, now)
    _note(session, place, "resume", now)


def end(session: Session, place: Place, now: int) -> None:
    """End a debate before its time."""
    debate = find_to_end(session, place)
    moving.end(session, debate, "ended", now)
    _note(session, place, "end", now)


def void(session: Session, place: Place, speech_id: int, now: int) -> None:
    """Take a speech or a question out of a debate; doing it twice is harmless."""
    debate, speech = find_said(session, place, speech_id)
    take_out(session, debate, speech, now)
    _note(session, place, "void", now)


def void_reasons(session: Session, place: Place, speech_id: int, now: int) -> None:
    """Take out why a restatement was found not quite fair; that it was stays."""
    debate, speech = find_said(session, place, speech_id)
    for reason in list_reasons(session, speech):
        reason.state = "void"
    redraw_said(session, debate, speech, now)
    _note(session, place, "void", now)


def list_reasons(session: Session, speech: Speech) -> list[Fairness]:
    """Why a restatement was found not quite fair, as far as it is shown."""
    found = debates.list_fairness(session, speech.guild_id, speech.debate_id)
    return [one for one in found if one.speech_id == speech.id and one.why and one.state == "shown"]


def take_out(session: Session, debate: Debate, speech: Speech, now: int) -> None:
    """Show no more what somebody said, wherever it is shown."""
    speech.state = "void"
    redraw_said(session, debate, speech, now)
    moving.leave_question(session, debate, now)


def list_held(session: Session, place: Place) -> list[Held]:
    """All that waits for a moderator in a debate; Refusal for whoever may not moderate here."""
    if not place.moderator:
        raise Refusal(NOT_MODERATOR)
    return find_held(session, _find_here(session, place))


def read_waiting(session: Session, place: Place, speech_id: int, judge_id: int | None = None) -> str:
    """What waits to be shown; Refusal for whoever may not moderate here, or if it waits no more."""
    _, speech, reason = _find_waiting(session, place, speech_id, judge_id)
    return reason.why if reason else speech.text


def let_stand(session: Session, place: Place, speech_id: int, now: int, judge_id: int | None = None) -> None:
    """Show what waited for a moderator: a speech, or the reason that `judge_id` gave; a question goes to the chair."""
    debate, speech, reason = _find_waiting(session, place, speech_id, judge_id)
    if reason is not None:
        reason.state = "shown"
    elif speech.kind != "question":
        speech.state = "shown"
    if reason is None:
        speech.held = 0
    redraw_said(session, debate, speech, now)
    _note(session, place, "stand", now)


def decline(session: Session, place: Place, speech_id: int, now: int, judge_id: int | None = None) -> None:
    """Leave out for good what waited for a moderator; a question that only waits to be put, the chair may, too."""
    debate = _find_here(session, place)
    speech = debates.get_speech(session, place.guild_id, speech_id)
    if judge_id is None and speech is not None and speech.debate_id == debate.id and not is_held(speech):
        check_chair(debate, place)
        if speech.state != "waiting":
            raise Refusal(WAITS_NO_MORE)
        speech.state = "declined"
    else:
        debate, speech, reason = _find_waiting(session, place, speech_id, judge_id)
        (reason or speech).state = "declined"
        redraw_said(session, debate, speech, now)
    _note(session, place, "decline", now)


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
    _note(session, place, "relay", now)


def check_chair(debate: Debate, place: Place) -> None:
    """Refuse whoever neither chairs this debate nor may moderate here, as of this press."""
    if not _is_chair(debate, place):
        raise Refusal(NOT_CHAIR if debate.chair_id is not None else I_CHAIR)


def find_to_end(session: Session, place: Place) -> Debate:
    """The debate, if this person may end it now; Refusal otherwise."""
    debate = find_debate(session, place)
    if debate.state == "paused" or place.user_id == debate.starter_id:
        _check_leading(session, debate, place)
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


def _check_leading(session: Session, debate: Debate, place: Place) -> None:
    """As check_chair; but where nobody chairs, who started the debate and who speaks in it may do it, too."""
    if debate.chair_id is not None:
        check_chair(debate, place)
    elif not (place.moderator or place.user_id in (debate.starter_id, *list_seated(session, debate))):
        raise Refusal(NOBODY_CHAIRS)


def _find_here(session: Session, place: Place) -> Debate:
    """The debate, over or not, if it is pressed where it is held or where moderators are told of it."""
    debate = debates.get_debate(session, place.guild_id, place.debate_id)
    review = get_settings(session, place.guild_id).review_channel_id
    if debate is None or place.channel_id not in (debate.channel_id, debate.thread_id, review):
        raise Refusal(NO_DEBATE)
    return debate


def _find_waiting(
    session: Session, place: Place, speech_id: int, judge_id: int | None
) -> tuple[Debate, Speech, Fairness | None]:
    """Something that waits for a moderator, with its debate; and the reason that `judge_id` gave, if it is that."""
    if not place.moderator:
        raise Refusal(NOT_MODERATOR)
    debate = _find_here(session, place)
    speech = debates.get_speech(session, place.guild_id, speech_id)
    if speech is None or speech.debate_id != debate.id:
        raise Refusal(WAITS_NO_MORE)
    if judge_id is None:
        if not is_held(speech):
            raise Refusal(WAITS_NO_MORE)
        return debate, speech, None
    reason = debates.get_fairness(session, place.guild_id, speech_id, judge_id)
    if reason is None or reason.state != "waiting":
        raise Refusal(WAITS_NO_MORE)
    return debate, speech, reason


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


def _note(session: Session, place: Place, deed: str, now: int) -> None:
    """Note in the audit log what a chair or a moderator did."""
    about = f"debate/{place.debate_id}"
    audit.note(session, place.guild_id, place.press_id, place.user_id, f"debate.{deed}", about, now)
