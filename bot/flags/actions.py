"""Flags do: save a flag, tell moderators, settle what they decide. Functions of a session."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.flaggable import Flaggable, Found
from bot.flags import rules
from bot.moderators import tell_moderators
from storage import audit, flags, posts

if TYPE_CHECKING:
    from storage.tables import Flag

GONE = "I don't find that any more, so there is nothing to flag."
OWN = "These are your own words, so flagging them changes nothing. {way_on}"
AGAIN = "You have flagged this already, and that counts once. Moderators decide."
DECIDED = "Moderators have looked at this already. If something new is said, please flag that."
SETTLED = "Another moderator has decided on this meanwhile. /flags shows what is still open."
TOO_LATE = "There is nothing left to take away here, so nothing was changed."
UNKNOWN = "I don't know that case any more. /flags shows what is open."
NO_REASON = "Please choose what is wrong with it, then send the form again."

Flaggables = Mapping[str, Flaggable]


@dataclass(frozen=True)
class Case:
    """Something that was flagged, with its flags, the oldest first; `found` is none where it is gone."""

    id: int
    flaggable: Flaggable
    found: Found | None
    flags: Sequence[Flag]

    @property
    def removable(self) -> bool:
        """Whether there is still something that can be taken away."""
        return self.found is not None and not self.found.over


@dataclass(frozen=True)
class Noted:
    """What came of a flag: whether moderators know of it, and the channel that became heated with it, if one did."""

    told: bool
    heated: int | None


def check(
    session: Session, act: Act, flaggables: Flaggables, what: tuple[str, int, int], moderator: bool
) -> tuple[Flaggable, Found]:
    """What somebody is about to flag, if it is there and in this channel: `what` is its kind, its id, the channel.

    Refusal if not, if it is their own, was decided on, if they have flagged it, or if they have flagged too much.
    """
    subject, id, channel_id = what
    flaggable = flaggables.get(subject)
    found = flaggable.find(session, act.guild_id, id) if flaggable else None
    if flaggable is None or found is None or not (flaggable.anywhere or found.channel_id == channel_id):
        raise Refusal(GONE)
    if found.author_id == act.user_id and not moderator:  # a moderator's flag is how these take things away
        raise Refusal(OWN.format(way_on=flaggable.own))
    every = flags.list_flags(session, act.guild_id, subject, id)
    if any(flag.settled for flag in every):
        raise Refusal(DECIDED)
    if any(flag.user_id == act.user_id for flag in every):
        raise Refusal(AGAIN)
    since = act.now - rules.DAY
    rules.check_flagged(flags.count_flagged(session, act.guild_id, act.user_id, since), moderator)
    return flaggable, found


def flag(
    session: Session,
    act: Act,
    flaggables: Flaggables,
    what: tuple[str, int, int],
    said: tuple[str, str],
    moderator: bool,
) -> Noted:
    """Save what somebody has against something, `said` being a reason and a note. It counts where that thing is."""
    subject, id, _ = what
    flaggable, found = check(session, act, flaggables, what, moderator)
    if said[0] not in flaggable.reasons:
        raise Refusal(NO_REASON)
    before = flags.list_flaggers(session, act.guild_id, found.channel_id, act.now - rules.WITHIN)
    values = {
        "guild_id": act.guild_id,
        "subject": subject,
        "subject_id": id,
        "user_id": act.user_id,
        "id": act.id,
        "channel_id": found.channel_id,
        "reason": said[0],
        "note": said[1],
        "at": act.now,
    }
    if not flags.add_flag(session, values):
        raise Refusal(AGAIN)
    heated = rules.becomes_heated(len(before), len({*before, act.user_id}))
    _cool_down(session, act, found.channel_id, heated)
    told = _tell(session, act, flags.list_flags(session, act.guild_id, subject, id), flaggable.needs, moderator)
    return Noted(told, found.channel_id if heated else None)


def _cool_down(session: Session, act: Act, channel_id: int, heated: bool) -> None:
    """Say a calm word in a channel that became heated; one that is slowed down stays so for a while longer."""
    flags.keep_slowed(session, act.guild_id, channel_id, act.now + rules.WITHIN)
    if heated:
        subject = json.dumps([act.guild_id, channel_id])
        posts.add_post(session, act.guild_id, f"f{act.id}:calm", channel_id, "flags:calm", subject, act.now)


def _tell(session: Session, act: Act, every: Sequence[Flag], needs: int, moderator: bool) -> bool:
    """Tell moderators of what has these flags, if it is time and they don't know; whether they know."""
    if any(one.raised for one in every):
        return True
    people = sum(one.user_id > 0 for one in every)  # below zero one person can be several
    if not rules.is_raised(people, needs, moderator):
        return False
    flags.raise_case(session, act.guild_id, act.id)
    tell_moderators(session, act.guild_id, f"f{act.id}:case", "flags:case", [act.id], act.now)
    return True


def get_case(session: Session, flaggables: Flaggables, guild_id: int, case_id: int) -> Case:
    """Something that was flagged, by the flag with which moderators were told; Refusal if there is none such."""
    flag = flags.get_flag(session, guild_id, case_id)
    if flag is None or flag.subject not in flaggables:
        raise Refusal(UNKNOWN)
    flaggable = flaggables[flag.subject]
    every = flags.list_flags(session, guild_id, flag.subject, flag.subject_id)
    return Case(case_id, flaggable, flaggable.find(session, guild_id, flag.subject_id), every)


def list_cases(session: Session, flaggables: Flaggables, guild_id: int, skip: int, most: int) -> list[Case]:
    """What moderators were told of and have not decided on, the newest first."""
    raised = flags.list_raised(session, guild_id, skip, most)
    return [get_case(session, flaggables, guild_id, flag.id) for flag in raised]


def settle(session: Session, act: Act, flaggables: Flaggables, case_id: int, removed: bool) -> None:
    """Decide on what was flagged: it stays, or it is taken away.

    Refusal if somebody has decided before, or if what is to be taken away is gone or over.
    """
    case = get_case(session, flaggables, act.guild_id, case_id)
    if removed and not case.removable and not case.flags[0].settled:
        raise Refusal(TOO_LATE)
    flag = case.flags[0]
    settled = "removed" if removed else "kept"
    if not flags.settle(session, act.guild_id, flag.subject, flag.subject_id, settled):
        raise Refusal(SETTLED)
    if removed:
        case.flaggable.remove(session, act, flag.subject_id)
    about = f"{flag.subject}/{flag.subject_id}"
    audit.note(session, act.guild_id, act.id, act.user_id, f"flag.{settled}", about, act.now)
