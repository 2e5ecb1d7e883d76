"""What is said beside the turns: questions of the audience, and whether a restatement is fair. One transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.debate import moving
from bot.debate.floor import NO_DEBATE, SHORT, Place, find_debate, find_running, must_wait
from bot.debate.formats import OTHER
from bot.debate.held import tell_held
from bot.debate.showing import redraw_said
from bot.debate.standing import current, list_seated, list_waiting
from bot.errors import Refusal
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Speech

MOST: Final = 3  # questions of one person that wait
ENOUGH = "You have three questions waiting already. Please let them be put first."
SPEAKERS = "Questions are for those who watch. As a speaker you can ask in your own turn."
NOT_THE_OTHER_SIDE = "Only the side that was restated can say whether it is fair."
NO_MORE_JUDGING = "The debate has gone on, so this restatement is not judged any more."


def ask(session: Session, place: Place, question_id: int, text: str, now: int) -> bool:
    """Take a question of the audience for the chair; False if it was taken already."""
    debate = check_asker(session, place)
    held = must_wait(session, place, now)
    values = {
        "guild_id": debate.guild_id,
        "id": question_id,
        "debate_id": debate.id,
        "kind": "question",
        "user_id": place.user_id,
        "text": text[:SHORT],
        "cites": "[]",
        "state": "waiting",
        "held": int(held),
        "took": 0,
        "at": now,
    }
    if not debates.add_speech(session, values):
        return False
    if held:
        tell_held(session, debate, now)
    return True


def check_asker(session: Session, place: Place) -> Debate:
    """The debate, if this person may ask something in it; Refusal otherwise."""
    debate = find_debate(session, place)
    if place.user_id in list_seated(session, debate):
        raise Refusal(SPEAKERS)
    mine = [one for one in list_waiting(session, debate) if one.user_id == place.user_id]
    if len(mine) >= MOST:
        raise Refusal(ENOUGH)
    return debate


def check_judge(session: Session, place: Place, speech_id: int) -> Speech:
    """The restatement, if this person may judge it now; Refusal otherwise."""
    debate = find_running(session, place)
    speech = debates.get_speech(session, place.guild_id, speech_id)
    if speech is None or speech.debate_id != debate.id or speech.kind != "restatement":
        raise Refusal(NO_DEBATE)
    if place.user_id not in list_seated(session, debate, OTHER[speech.side or "for"]):
        raise Refusal(NOT_THE_OTHER_SIDE)
    if speech.position != debate.position or speech.state != "shown":
        raise Refusal(NO_MORE_JUDGING)
    return speech


def judge(session: Session, place: Place, speech_id: int, fair: bool, why: str, now: int) -> None:
    """Note whether somebody finds their side restated fairly; when all of the side have, the debate goes on.

    That it is not is told at once; where words wait for a moderator, the reason does.
    """
    speech = check_judge(session, place, speech_id)
    held = bool(why) and not fair and must_wait(session, place, now)
    before = debates.get_fairness(session, place.guild_id, speech_id, place.user_id)
    told = before is not None and before.state == "waiting"
    values = {"guild_id": place.guild_id, "speech_id": speech_id, "user_id": place.user_id, "fair": int(fair)}
    debates.save_fairness(session, values | {"why": why[:SHORT], "state": "waiting" if held else "shown", "at": now})
    session.expire_all()  # what was read before is older than the row that was saved
    debate = find_running(session, place)
    if held and not told:
        tell_held(session, debate, now)
    redraw_said(session, debate, speech, now)
    judges = set(list_seated(session, debate, OTHER[speech.side or "for"]))
    judged = {f.user_id for f in debates.list_fairness(session, place.guild_id, debate.id) if f.speech_id == speech_id}
    if judges <= judged:
        moving.close_phase(session, debate, current(session, debate).outcome, now)
