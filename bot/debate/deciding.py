"""Words that wait in a debate are decided on by a moderator: they stand, or are left out. One transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving
from bot.debate.chair import check_chair, note
from bot.debate.floor import NO_DEBATE, Place
from bot.debate.held import NOT_MODERATOR, HeldWords, find_held, is_held
from bot.debate.showing import redraw_said
from bot.errors import Refusal
from storage import debates
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Fairness, Speech

WAITS_NO_MORE: Final = "This waits no more: somebody has looked at it already."


def list_held(session: Session, place: Place) -> list[HeldWords]:
    """All that waits for a moderator in a debate; Refusal for whoever may not moderate here."""
    if not place.moderator:
        raise Refusal(NOT_MODERATOR)
    return find_held(session, _find_here(session, place))


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
    note(session, place, "stand", now, speech_id)


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
        moving.leave_words(session, debate, now)
    note(session, place, "decline", now, speech_id)


def _find_here(session: Session, place: Place) -> Debate:
    """The debate, over or not, if it is pressed where something of it is shown or where moderators are told of it."""
    debate = debates.get_debate(session, place.guild_id, place.debate_id)
    if debate is None:
        raise Refusal(NO_DEBATE)
    places = {debate.channel_id, debate.thread_id, get_settings(session, place.guild_id).review_channel_id}
    said = debates.list_speeches(session, debate.guild_id, debate.id)
    if place.channel_id not in places | {one.channel_id for one in said}:  # what was said may be in a thread it left
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
