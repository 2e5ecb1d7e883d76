"""What a line of the log is about: by its name, and by the message that shows it where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.text import link
from storage import argue, audit, debates, deltas, prompts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.audit import Entry

NAMES = {
    "claim": "claim #{id}",
    "speech": "words in a debate",
    "debate": "a debate",
    "prompt": "a motion",
    "delta": "a message",
}
SHOWN = {"claim", "flag", "delta", "debate", "prompt"}  # what deeds begin with whose subject has a kind and a number


@dataclass(frozen=True)
class Line:
    """A line of the log. `kind` and `name` say what it is about where that has a message; else they are empty."""

    entry: Entry
    kind: str = ""
    name: str = ""


def list_lines(session: Session, guild_id: int, subject: str | None, skip: int, most: int) -> list[Line]:
    """The newest lines first, of everything or of one subject (such as server/17)."""
    return [_name(session, guild_id, entry) for entry in audit.list_entries(session, guild_id, subject, skip, most)]


def _name(session: Session, guild_id: int, entry: Entry) -> Line:
    kind, _, id = entry.subject.partition("/")
    if entry.deed.partition(".")[0] not in SHOWN or kind not in NAMES or not id.isdecimal():
        return Line(entry)
    channel_id, message_id = _find_place(session, guild_id, kind, int(id))
    where = f" {link(guild_id, channel_id, message_id)}" if channel_id and message_id else ""
    return Line(entry, kind, NAMES[kind].format(id=id) + where)


def _find_place(session: Session, guild_id: int, kind: str, id: int) -> tuple[int | None, int | None]:
    """The channel and the message that show something, as far as they are known."""
    if kind == "delta":
        return deltas.find_channel(session, guild_id, id), id
    if kind == "speech":
        speech = debates.get_speech(session, guild_id, id)
        debate = debates.get_debate(session, guild_id, speech.debate_id) if speech else None
        if speech is None or debate is None:
            return None, None
        return speech.channel_id or debate.thread_id or debate.channel_id, speech.message_id
    get = {"claim": argue.get_claim, "debate": debates.get_debate, "prompt": prompts.get_prompt}[kind]
    row = get(session, guild_id, id)
    return (row.channel_id, row.message_id) if row is not None else (None, None)
