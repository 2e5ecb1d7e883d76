"""A structured debate is pressed: it is announced, seats are taken, it begins, and people vote."""

from __future__ import annotations

from bot.debate import asking, cards, facts, opening, seats, voting
from bot.debate.chairing import ask_first
from bot.debate.place import find_place
from bot.debate.posting import draw_counted, draw_panel
from bot.debate.seats import Start
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, Choice, custom_id
from bot.press import Press, read_id
from bot.rights import may_moderate
from bot.text import clip, moment
from bot.votes import SIDES, VOTES
from content.subjects import list_motions
from storage import debates, members

AGAIN = "There is a debate in this channel already, so I show its card again. Let it end before you start another."
GIVE_UP = (
    "You have a seat in this debate. Give it up? Whoever waits longest for one on your side takes it. You can't "
    "take it back."
)
LEFT = {"seated": "You gave your seat up.", "queued": "You don't wait for a seat any more."}
UNKNOWN_MOTION = "I have no such motion. Please pick one from the list that opens as you type."


async def start(press: Press, motion_id: str, format: str, pace: str, hours: int) -> None:
    """Announce a debate. Its row is written first, so that every button on the card works."""
    motion = list_motions(press.bot.packs).get(motion_id)
    if motion is None:
        raise Refusal(UNKNOWN_MOTION)
    press.need("hold a debate", "view_channel", press.writing)
    which = (motion_id, motion, format, pace, hours, await may_moderate(press))
    asked = Start(press.guild_id, press.id, press.channel_id, press.user_id, *which)
    debate_id = await press.bot.db.write(seats.start, asked, press.bot.clock.now())
    await press.bot.db.write(members.note_name, press.guild_id, press.user_id, press.user_name)  # of who chairs it
    panel = await press.bot.db.read(facts.get_panel, press.guild_id, debate_id)
    assert panel is not None
    message_id = await press.show(cards.draw_panel(panel), private=False)
    if message_id is not None:  # else the first press will tell which message it is
        now = press.bot.clock.now()
        await press.bot.db.write(seats.note_panel, press.guild_id, debate_id, message_id, now)
    if debate_id != press.id:
        await press.say(AGAIN)
    elif panel.plain:
        await press.say(cards.say_turned(panel.plain))


async def seat_pressed(press: Press, debate_id: int, side: str) -> None:
    await _seat(press, debate_id, side)


async def needed_pressed(press: Press, debate_id: int) -> None:
    await _seat(press, debate_id, None)


async def watch_pressed(press: Press, debate_id: int) -> None:
    """Give up a seat, or say what those who watch can do; once a debate has begun a seat is asked about first."""
    place = await find_place(press, debate_id)
    if await press.bot.db.read(asking.speaks, place):
        await ask_first(press, GIVE_UP, cards.button("Give it up", "unseat", debate_id))
        return
    left = await press.bot.db.write(seats.watch, place, press.bot.clock.now())
    await press.say(_say_watching(left))
    _redraw(press, debate_id)


async def unseat_confirmed(press: Press, debate_id: int) -> None:
    left = await press.bot.db.write(seats.watch, await find_place(press, debate_id), press.bot.clock.now())
    await press.replace(Card().text(_say_watching(left)))


async def begin_pressed(press: Press, debate_id: int) -> None:
    await _begin(press, debate_id, False)


async def circle_pressed(press: Press, debate_id: int) -> None:
    await _begin(press, debate_id, True)


async def ballot_pressed(press: Press, debate_id: int, position: int, vote: str) -> None:
    """Take a vote; after the debate ask which point moved this person."""
    now, place = press.bot.clock.now(), await find_place(press, debate_id)
    recorded = await press.bot.db.write(voting.vote, place, position, vote, now)
    told = f"Your vote is recorded: **{VOTES[recorded.vote]}**."
    if recorded.before not in (None, recorded.vote):
        told = f"Your vote is changed from {VOTES[recorded.before or '']} to **{VOTES[recorded.vote]}**."
    card = Card().text(
        f"{told} Only you see this, and you can change it until the vote closes {moment(recorded.closes_at)}."
    )
    if recorded.stage == "after" and (points := await _list_points(press, debate_id)):
        choices = [Choice(clip(text, 100), str(id)) for id, text in points]
        none = Choice("None of them", "0")
        card.text(
            "Did a point move you? Then choose it: only sums over many people are shown. After that you can say why."
        )
        card.select(custom_id("debate:moved", debate_id), "Which point moved you? (private)", [none, *choices])
    await press.show(card)
    if recorded.before is None and press.message_id is not None:
        where = (press.channel_id, press.message_id)
        press.bot.delivery.edit_soon(*where, draw_counted, press.guild_id, debate_id, position, press.message_id)


async def moved_chosen(press: Press, debate_id: int) -> None:
    speech_id = read_id(press.values[0] if press.values else "") or 0
    await press.bot.db.write(voting.note_moved, await find_place(press, debate_id), speech_id)
    card = Card().text("Noted, thank you. Only sums over many people are shown.")
    if speech_id:
        card.text("You can also say why it changed your view. Moderators can read your reason; nobody else is told.")
        card.buttons(Button("Say why", custom_id("delta:point", speech_id)))
    await press.replace(card)


async def _list_points(press: Press, debate_id: int) -> list[tuple[int, str]]:
    return await press.bot.db.read(facts.list_points, press.guild_id, debate_id, press.user_id)


async def _seat(press: Press, debate_id: int, side: str | None) -> None:
    place = await find_place(press, debate_id)
    now = press.bot.clock.now()
    seated = await press.bot.db.write(seats.take_seat, place, side, press.user_name, now)
    if press.message_id is not None:
        await press.bot.db.write(debates.note_message, press.guild_id, debate_id, press.message_id)
    if seated.waits:
        told = f"You wait for a seat {SIDES[seated.side]}. You move up when one is free and the sides stay even."
    else:
        told = f"You speak {SIDES[seated.side]}. “Watch” gives the seat up again."
    await press.say(f"{told} I chair the debate now." if seated.left_chair else told)
    _redraw(press, debate_id)


async def _begin(press: Press, debate_id: int, circle: bool) -> None:
    """Let a debate begin, in a thread on its card where one can be opened."""
    place = await find_place(press, debate_id)
    motion = await press.bot.db.write(seats.wait_to_begin, place, circle, press.bot.clock.now())
    thread_id = await opening.open_threads(press, debate_id, motion)
    await press.bot.db.write(seats.begin, place, thread_id, circle, press.bot.clock.now())
    await press.say(f"The debate begins in <#{thread_id}>" if thread_id else "The debate begins here.")


def _say_watching(left: str) -> str:
    """`left`: whether they had a seat or waited for one."""
    return (
        f"{LEFT.get(left, 'You watch.')} You can vote before and after the debate, and ask questions where it has some."
    )


def _redraw(press: Press, debate_id: int) -> None:
    if press.message_id is not None:
        press.bot.delivery.edit_soon(press.channel_id, press.message_id, draw_panel, press.guild_id, debate_id)


ROUTES: dict[str, Handler] = {
    "debate:seat": seat_pressed,
    "debate:needed": needed_pressed,
    "debate:watch": watch_pressed,
    "debate:unseat": unseat_confirmed,
    "debate:begin": begin_pressed,
    "debate:circle": circle_pressed,
    "debate:ballot": ballot_pressed,
    "debate:moved": moved_chosen,
}
