"""Deltas do: somebody says that a message changed their view, takes it back, moderators are told once a week."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from bot.argue.actions import find_claim
from bot.argue.deltas import rules
from bot.errors import Refusal
from bot.moderators import tell_moderators
from storage import argue, audit, debates, deltas, drafts
from storage.settings import get_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act
    from storage.tables import Delta, Speech

OWN = "Those are your own words. Choose a message of somebody else that changed your view."
BOT = "That was posted by a bot. Choose a message of the person who changed your view."
AGAIN = "You have said that of this message already. /argue deltas shows it; there you can take it back."
REMOVED = "Moderators took away what you said of this message. Please ask them if you think that is a mistake."
REPLACED = "Claim #{number} was replaced by its author. Choose the claim that took its place: /argue map shows it."
NOT_SHOWN = "Claim #{number} is not shown any more, so it can't be named here. /argue map shows the claims that are."
TAKEN_OUT = "What stood there was taken out of the debate, so it can't be named here. Choose another message."
NO_POINT = "I don't find those words any more. If a message changed your view, choose “This changed my view” under it."
NO_FORM = "I have no such form of yours any more. Choose “This changed my view” under the message again."
NO_DIRECTION = "Please choose how your view changed, then send the form again."
TOO_SHORT = "Please say why in at least {least} characters; this has {length}. What did the message make you see?"
ENDED = "That was taken back or away already. /argue deltas shows what stands."
UNKNOWN = "I don't find that any more. /argue deltas shows what stands."


@dataclass(frozen=True)
class Message:
    """A message that somebody says changed their view; `number` is the claim that it shows, 0 for none.

    `refused` is a reason that the server's rules hold back: it is never saved, but the form opens with it.
    """

    channel_id: int
    id: int
    writer_id: int
    number: int = 0
    refused: str = ""


def begin(session: Session, act: Act, message: Message, bot: bool) -> Message:
    """Note which message it is about, under the id of the interaction. Refusal, with the reason that decides."""
    if bot:
        message = _read_card(session, act.guild_id, message)
    return _note(session, act, message)


def begin_point(session: Session, act: Act, speech_id: int) -> Message:
    """The same of what somebody said in a debate of this server."""
    speech = debates.get_speech(session, act.guild_id, speech_id)
    debate = debates.get_debate(session, act.guild_id, speech.debate_id) if speech else None
    if speech is None or debate is None or speech.message_id is None or not _is_shown(speech):
        raise Refusal(NO_POINT)
    place = speech.channel_id or debate.thread_id or debate.channel_id
    return _note(session, act, Message(place, speech.message_id, speech.user_id))


def find_form(session: Session, act: Act, draft_id: int) -> Message:
    """The message that somebody's form is about; Refusal if there is no such form any more."""
    body = drafts.get_draft(session, act.guild_id, draft_id, act.user_id, "delta")
    if body is None:
        raise Refusal(NO_FORM)
    return Message(**json.loads(body))


def keep_refused(session: Session, act: Act, draft_id: int, why: str) -> None:
    """Keep a reason that may not be passed on for who wrote it."""
    body = json.dumps(asdict(replace(find_form(session, act, draft_id), refused=why)))
    drafts.change_draft(session, act.guild_id, draft_id, act.user_id, "delta", body, act.now)


def give(session: Session, act: Act, draft_id: int, number: int, direction: str, why: str) -> Message:
    """Save that a message changed somebody's view; `number` is the claim that it is about, 0 for none."""
    message = find_form(session, act, draft_id)
    _check(session, act, message)
    if direction not in rules.DIRECTIONS:
        raise Refusal(NO_DIRECTION)
    if len(why) < rules.WHY:
        raise Refusal(TOO_SHORT.format(least=rules.WHY, length=len(why)))
    values = {
        "guild_id": act.guild_id,
        "message_id": message.id,
        "giver_id": act.user_id,
        "channel_id": message.channel_id,
        "writer_id": message.writer_id,
        "number": find_claim(session, act.guild_id, number).number if number else None,
        "direction": direction,
        "reason": why,
        "state": "standing",
        "at": act.now,
    }
    if not deltas.add_delta(session, values):
        raise Refusal(AGAIN)
    drafts.drop_draft(session, act.guild_id, draft_id, act.user_id, "delta")
    return message


def find_standing(session: Session, guild_id: int, message_id: int, giver_id: int) -> Delta:
    """A delta that stands; Refusal if there is none such."""
    delta = deltas.get_delta(session, (guild_id, message_id, giver_id))
    if delta is None:
        raise Refusal(UNKNOWN)
    if delta.state != "standing":
        raise Refusal(ENDED)
    return delta


def take_back(session: Session, act: Act, message_id: int) -> None:
    """Its giver takes a delta back, whether or not the message is still there."""
    _end(session, (act.guild_id, message_id, act.user_id), "revoked")


def remove(session: Session, act: Act, message_id: int, giver_id: int) -> None:
    """A moderator takes a delta away."""
    _end(session, (act.guild_id, message_id, giver_id), "removed")
    audit.note(session, act.guild_id, act.id, act.user_id, "delta.removed", f"delta/{message_id}", act.now)


def tell_week(session: Session, guild_id: int, until: int, now: int) -> None:
    """Post what moderators have not been told of, up to the week that runs, where there is a review channel."""
    if get_settings(session, guild_id).review_channel_id is None:
        return
    since = deltas.mark_told(session, guild_id, until)
    if since is not None:
        tell_moderators(session, guild_id, f"d{until}:digest", "delta:digest", [since, until], now)


def _note(session: Session, act: Act, message: Message) -> Message:
    _check(session, act, message)
    drafts.add_draft(session, act.guild_id, act.id, act.user_id, "delta", json.dumps(asdict(message)), act.now)
    return message


def _read_card(session: Session, guild_id: int, message: Message) -> Message:
    """A bot's message as one of whoever wrote the claim or the speech that it shows; Refusal if it shows neither."""
    claim = argue.find_by_message(session, guild_id, message.id)
    if claim is not None:
        if claim.state != "shown":
            raise Refusal((REPLACED if claim.state == "replaced" else NOT_SHOWN).format(number=claim.number))
        return replace(message, writer_id=claim.author_id, number=claim.number)
    speech = debates.find_speech_by_message(session, guild_id, message.id)
    if speech is None:
        raise Refusal(BOT)
    if not _is_shown(speech):
        raise Refusal(TAKEN_OUT)
    return replace(message, writer_id=speech.user_id)


def _is_shown(speech: Speech) -> bool:
    return speech.state == "shown" and not speech.held


def _check(session: Session, act: Act, message: Message) -> None:
    if message.writer_id == act.user_id:
        raise Refusal(OWN)
    given = deltas.get_delta(session, (act.guild_id, message.id, act.user_id))
    if given is not None and given.state != "revoked":
        raise Refusal(AGAIN if given.state == "standing" else REMOVED)


def _end(session: Session, key: deltas.Key, state: str) -> None:
    if deltas.get_delta(session, key) is None:
        raise Refusal(UNKNOWN)
    if not deltas.end_delta(session, key, state):
        raise Refusal(ENDED)
