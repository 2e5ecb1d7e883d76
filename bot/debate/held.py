"""What waits in a debate until a moderator has looked at it: speeches, questions, and reasons why one is not fair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.moderators import tell_moderators
from storage import debates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Speech

NOT_MODERATOR: Final = "Only people who may moderate here can see this before others do. It waits for one of them."


@dataclass(frozen=True)
class HeldWords:
    """Something that waits. `kind` is speech, restatement, question or reason.

    A reason is why `judge_id` finds the restatement `speech_id` not quite fair; else `judge_id` is none.
    """

    kind: str
    speech_id: int
    judge_id: int | None
    user_id: int
    text: str


def find_held(session: Session, debate: Debate) -> list[HeldWords]:
    """All that waits for a moderator, as it came: first what was said, then the reasons."""
    said = [one for one in debates.list_speeches(session, debate.guild_id, debate.id) if is_held(one)]
    found = debates.list_fairness(session, debate.guild_id, debate.id)
    speeches = [HeldWords(one.kind, one.id, None, one.user_id, one.text) for one in said]
    reasons = [HeldWords("reason", f.speech_id, f.user_id, f.user_id, f.why) for f in found if f.state == "waiting"]
    return speeches + reasons


def is_held(speech: Speech) -> bool:
    """Whether a moderator is to look first; any other question that waits is the chair's."""
    return speech.state == "waiting" and (speech.kind != "question" or speech.held == 1)


def tell_held(session: Session, debate: Debate, now: int) -> None:
    """Tell moderators that something waits, unless they have been told of what waits already."""
    if len(find_held(session, debate)) == 1:
        tell_moderators(session, debate.guild_id, f"{debate.id}h:{now}", "debate:held", [debate.id], now)
