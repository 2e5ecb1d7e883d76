"""Privacy does: hide somebody from boards, remind them no more, and delete what is kept about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.flaggable import Flaggable
from bot.text import link
from storage import audit, members, privacy, reminders

SEATED = (
    "You have a seat in a debate that is not over, and others count on it: {where}. Press “Watch” there to give it up, "
    "or wait until it is over. Then please delete your data."
)
NOTHING = "I keep nothing about you in this server, so there is nothing to delete."


@dataclass(frozen=True)
class Choices:
    """What somebody has chosen in a server."""

    hidden: bool
    reminded: bool


def get_choices(session: Session, guild_id: int, user_id: int) -> Choices:
    hidden = members.is_hidden(session, guild_id, user_id)
    return Choices(hidden, reminders.has_reminder(session, guild_id, user_id))


def hide(session: Session, guild_id: int, user_id: int, name: str, hidden: bool) -> Choices:
    members.set_hidden(session, guild_id, user_id, name, hidden)
    return get_choices(session, guild_id, user_id)


def stop_reminders(session: Session, guild_id: int, user_id: int) -> Choices:
    reminders.drop_reminder(session, guild_id, user_id)
    return get_choices(session, guild_id, user_id)


def list_rows(session: Session, guild_id: int, user_id: int) -> dict[str, list[dict[str, object]]]:
    """All rows about somebody, by a name that says what they are in them."""
    named: dict[str, list[dict[str, object]]] = {}
    for column, rows in privacy.list_rows(session, guild_id, user_id):
        role = column.name.removesuffix("_id")
        table = column.of.name
        if rows:
            named[table if role == "user" else f"{table} as {role}"] = rows
    return named


def check_delete(session: Session, act: Act) -> None:
    """Refuse while somebody has a seat in a debate: others wait for them there."""
    debate = privacy.find_seat(session, act.guild_id, act.user_id)
    if debate is not None:
        where = link(act.guild_id, debate.channel_id, debate.message_id) if debate.message_id else "it is announced now"
        raise Refusal(SEATED.format(where=where))


def delete(session: Session, act: Act, flaggables: Mapping[str, Flaggable], other_id: int) -> None:
    """Make all rows about somebody in a server those of nobody: `other_id` takes the place of their id.

    The cards that show their words are changed with it.
    """
    check_delete(session, act)
    shown = privacy.list_shown(session, act.guild_id, act.user_id)
    if not privacy.forget(session, act.guild_id, act.user_id, other_id):
        raise Refusal(NOTHING)
    for subject, ids in shown.items():
        redraw = flaggables[subject].redraw
        assert redraw is not None, f"a {subject} is a member's words"
        for id in ids:
            redraw(session, act, id)
    audit.note(session, act.guild_id, act.id, other_id, privacy.FORGOTTEN, "", act.now)
