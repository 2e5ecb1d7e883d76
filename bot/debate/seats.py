"""The seats of a debate: it is announced, seats are taken, and somebody lets it begin. One transaction each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.debate import chair, formats, health, moving, seating
from bot.debate.floor import Place, find_debate, key_of
from bot.debate.formats import GATHERING, OTHER
from bot.debate.outcome_facts import read_motion
from bot.debate.seating import Wish
from bot.debate.showing import post, redraw_panel, show_anew
from bot.debate.standing import list_seated
from bot.errors import Refusal
from bot.text import link
from bot.votes import SIDES
from content.pack import Motion
from storage import debates, members

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.tables import Debate, Seat

BUSY: Final = (
    "There is a debate in this channel already{there}. Let it end first, or start yours in another channel. If you "
    "can't find its card: whoever started it, its chair or a moderator shows it again with /debate start."
)
OPENING: Final = 30_000  # ms that opening the threads of a debate may take
NOT_YOU_BEGIN = "Only the chair or a moderator can begin this debate. If the chair is away, it begins by itself."
NOT_YOU_EITHER = (
    "I chair this debate: who started it, who has a seat in it, or a moderator can begin it. Else it begins by itself."
)
NO_SIDE = "That is not a side I know. Please use the buttons of the newest card."
EMPTY = "Nobody has taken a seat yet. Wait for somebody on each side, then begin."
FULL: Final = (
    "{side} has no seat free now: sides may differ by one at most, and each has its number. You keep your seat {mine}; "
    "“Watch” gives it up."
)
EMPTY_SIDE = "Nobody speaks {side} yet. Wait for somebody, or press “Hold a circle”, which goes on with one side."


@dataclass(frozen=True)
class Start:
    """What /debate start asks for, and whether it is a moderator who asks."""

    guild_id: int
    debate_id: int
    channel_id: int
    starter_id: int
    motion_id: str
    motion: Motion
    format: str
    pace: str
    hours: int
    moderator: bool = False


@dataclass(frozen=True)
class Seated:
    """What came of taking a seat: the side, whether it is a place in the queue, and if the bot has the chair now."""

    side: str
    waits: bool
    left_chair: bool


def start(session: Session, start: Start, now: int) -> int:
    """Announce a debate: its seats can be taken; its id.

    If one is under way in the channel, whoever may let it go on gets that one's id, to show its card again, and it
    shows its open phase again; Refusal to others.
    """
    if found := debates.find_open(session, start.guild_id, start.channel_id):
        return _show_again(session, start, found, now)
    told = debates.list_past(session, start.guild_id, start.motion_id)
    past = [debate.wording for debate in told if debate.state != "over" or debate.ending == "held"]
    wording = "plain"
    if start.motion.mirrored is not None:
        wording = health.choose_wording(past.count("plain"), past.count("mirrored"))
    values = {
        "guild_id": start.guild_id,
        "id": start.debate_id,
        "channel_id": start.channel_id,
        "starter_id": start.starter_id,
        "chair_id": start.starter_id,
        "motion_id": start.motion_id,
        "motion": start.motion.model_dump_json(),
        "wording": wording,
        "format": start.format,
        "pace": start.pace,
        "hours": start.hours,
        "seed": start.debate_id,
        "state": "gathering",
        "position": -1,
        "due_at": now + GATHERING[start.pace],
        "version": 0,
        "started_at": now,
    }
    if not debates.add_debate(session, values):  # somebody else's came first
        raise Refusal(BUSY.format(there=""))
    return start.debate_id


def note_panel(session: Session, guild_id: int, debate_id: int, message_id: int, now: int) -> None:
    """Note the newest card with a debate's seats; the one before says that there is a newer one."""
    debate = debates.get_debate(session, guild_id, debate_id)
    if debate is None:
        return
    if debate.message_id not in (None, message_id):
        post(session, debate, "older", now, -1, f":{now}", debate.message_id, debate.channel_id)
    debate.message_id = message_id


def take_seat(session: Session, place: Place, side: str | None, name: str, now: int) -> Seated:
    """Take a seat on a side, or where one is needed for None; a chair who does so leaves the chair to the bot."""
    debate = _find_gathering(session, place)
    wishes = [wish for wish in _list_wishes(session, debate) if wish.user_id != place.user_id]
    chosen = side or seating.choose_side(wishes, debate.seed)
    if chosen not in OTHER:
        raise Refusal(NO_SIDE)
    mine = next((s for s in debates.list_seats(session, *key_of(debate)) if s.user_id == place.user_id), None)
    if mine is not None and mine.state == "seated" and mine.side != chosen:
        _check_free(debate, wishes, chosen, mine)
    if mine is None or mine.state == "withdrawn" or mine.side != chosen:
        _save_seat(session, debate, place.user_id, chosen, now)
    members.note_name(session, place.guild_id, place.user_id, name)
    left_chair = debate.chair_id == place.user_id
    if left_chair:
        debates.move(session, debate, chair_id=None)
    waits = place.user_id not in _seat_all(session, debate)
    return Seated(chosen, waits, left_chair)


def watch(session: Session, place: Place, now: int) -> str:
    """Give up a seat, or a place in the queue; which it was (seated, queued), empty if there was none.

    Whoever waits for the seat has it then, and with it the turn, if it was this person's.
    """
    debate = find_debate(session, place)
    mine = next((s for s in debates.list_seats(session, *key_of(debate)) if s.user_id == place.user_id), None)
    if mine is None or mine.state == "withdrawn":
        return ""
    was = mine.state
    if debate.state == "gathering" or was == "queued":
        session.delete(mine)  # they never were a speaker: their votes are those of the audience
    else:
        mine.state = "withdrawn"
    session.flush()
    if debate.state == "gathering":
        _seat_all(session, debate)
        return was
    if was == "seated":
        moving.hand_on(session, debate, mine, now)
    redraw_panel(session, debate, now)
    return was


def check_begin(session: Session, place: Place, circle: bool) -> Debate:
    """The debate, if this person may begin it now; `circle`: one empty side is no hindrance. Refusal otherwise."""
    debate = _find_gathering(session, place)
    seated = list_seated(session, debate)
    free = debate.chair_id is None and place.user_id in (debate.starter_id, *seated)
    if not (place.moderator or place.user_id == debate.chair_id or free):
        raise Refusal(NOT_YOU_BEGIN if debate.chair_id is not None else NOT_YOU_EITHER)
    empty = [side for side in OTHER if not list_seated(session, debate, side)]
    if len(empty) == 2:
        raise Refusal(EMPTY)
    if empty and not circle:
        raise Refusal(EMPTY_SIDE.format(side=empty[0].title()))
    return debate


def wait_to_begin(session: Session, place: Place, circle: bool, now: int) -> str:
    """Let a debate not begin by itself while its threads are opened; its motion as it is put.

    Refusal for whoever may not begin it.
    """
    debate = check_begin(session, place, circle)
    if debate.due_at < now + OPENING:
        debates.put_off(session, debate.guild_id, debate.id, now + OPENING)
    return read_motion(debate).text


def begin(session: Session, place: Place, thread_id: int | None, circle: bool, now: int) -> None:
    """Let a debate begin; `circle`: as a circle, which one side can hold with all who wait for a seat there."""
    debate = check_begin(session, place, circle)
    if circle and debate.format != "circle":
        debates.move(session, debate, format="circle")
    seated = list_seated(session, debate)
    if place.user_id not in (debate.chair_id, debate.starter_id, *seated):
        chair.note(session, place, "begin", now)
    if any(not list_seated(session, debate, side) for side in OTHER):
        waiting = [seat for seat in _list_wishing(session, debate) if seat.state == "queued"]
        for seat in waiting[: formats.SEATS["circle"] - len(seated)]:
            seat.state = "seated"
    moving.begin(session, debate, thread_id, now)


def _find_gathering(session: Session, place: Place) -> Debate:
    debate = find_debate(session, place)
    if debate.state != "gathering":
        raise Refusal(_say_begun(session, debate, place))
    return debate


def _say_begun(session: Session, debate: Debate, place: Place) -> str:
    """That a debate has begun, what this person can do in it, and where; the name of a thread may end in a stop."""
    seats = debates.list_seats(session, *key_of(debate))
    side = next((seat.side for seat in seats if seat.user_id == place.user_id and seat.state == "seated"), None)
    told = f"You speak {SIDES[side]} in it" if side else "You can follow it and vote"
    return f"This debate has begun. {told}{f': <#{debate.thread_id}>' if debate.thread_id else '.'}"


def _list_wishes(session: Session, debate: Debate) -> list[Wish]:
    return [Wish(seat.user_id, seat.side) for seat in _list_wishing(session, debate)]


def _list_wishing(session: Session, debate: Debate) -> list[Seat]:
    return [seat for seat in debates.list_seats(session, *key_of(debate)) if seat.state != "withdrawn"]


def _seat_all(session: Session, debate: Debate) -> set[int]:
    """Let everybody sit who may, and wait who may not; who sits."""
    seats = _list_wishing(session, debate)
    seated = seating.choose_seated([Wish(s.user_id, s.side) for s in seats], formats.SEATS[debate.format])
    for seat in seats:
        seat.state = "seated" if seat.user_id in seated else "queued"
    return seated


def _save_seat(session: Session, debate: Debate, user_id: int, side: str, now: int) -> None:
    values = {"guild_id": debate.guild_id, "debate_id": debate.id, "user_id": user_id, "side": side}
    debates.save_seat(session, values | {"state": "queued", "at": now})
    session.expire_all()


def _check_free(debate: Debate, wishes: list[Wish], side: str, mine: Seat) -> None:
    """Refuse to give up somebody's seat for a side on which they would have none."""
    if mine.user_id not in seating.choose_seated([*wishes, Wish(mine.user_id, side)], formats.SEATS[debate.format]):
        raise Refusal(FULL.format(side=SIDES[side], mine=SIDES[mine.side]))


def _show_again(session: Session, start: Start, found: Debate, now: int) -> int:
    known = start.starter_id in (found.starter_id, found.chair_id)
    if not (start.moderator or known) or found.channel_id != start.channel_id:
        there = f": {link(found.guild_id, found.channel_id, found.message_id)}" if found.message_id else ""
        raise Refusal(BUSY.format(there=there))
    if found.state != "gathering":
        show_anew(session, found, now)
    return found.id
