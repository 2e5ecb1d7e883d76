"""A structured debate is pressed: its seats, its votes and its chair."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from bot.debate import chair, debate_cards, debate_facts, outcome_facts, posted, seats, voting
from bot.debate.floor import Place
from bot.debate.seats import Start
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card, Choice, custom_id
from bot.press import FAILURES, Press, read_id
from bot.rights import may_moderate
from bot.text import clip, moment
from bot.threads import EXISTS, open_thread
from bot.votes import SIDES, VOTES
from content.subjects import list_motions
from storage import debates

if TYPE_CHECKING:
    from bot.app import Offramp

log = logging.getLogger("offramp.debate")

UNKNOWN_MOTION = "I have no such motion. Please pick one from the list that opens as you type."


async def start(press: Press, motion_id: str, format: str, pace: str, hours: int) -> None:
    """Announce a debate. Its row is written first, so that every button on the card works."""
    motion = list_motions(press.bot.packs).get(motion_id)
    if motion is None:
        raise Refusal(UNKNOWN_MOTION)
    press.need("hold a debate", "view_channel", press.writing)
    asked = Start(press.guild_id, press.id, press.channel_id, press.user_id, motion_id, motion, format, pace, hours)
    await press.bot.db.write(seats.start, asked, press.bot.clock.now())
    card = await draw_panel(press.bot, press.guild_id, press.id)
    assert card is not None
    message_id = await press.show(card, private=False)
    if message_id is not None:  # else the first press will tell which message it is
        await press.bot.db.write(debates.note_message, press.guild_id, press.id, message_id)


async def seat_pressed(press: Press, debate_id: int, side: str) -> None:
    await _seat(press, debate_id, side)


async def needed_pressed(press: Press, debate_id: int) -> None:
    await _seat(press, debate_id, None)


async def watch_pressed(press: Press, debate_id: int) -> None:
    """Give up a seat, or say what those who watch can do."""
    place = await find_place(press, debate_id)
    left = await press.bot.db.write(seats.watch, place, press.bot.clock.now())
    told = "Your seat is free again." if left else "You watch."
    await press.say(f"{told} You can vote before and after the debate, and ask questions where it has some.")
    _redraw(press, debate_id)


async def begin_pressed(press: Press, debate_id: int) -> None:
    await _begin(press, debate_id, False)


async def circle_pressed(press: Press, debate_id: int) -> None:
    await _begin(press, debate_id, True)


async def ballot_pressed(press: Press, debate_id: int, position: int, vote: str) -> None:
    """Take a vote; after the debate ask which point moved this person."""
    now, place = press.bot.clock.now(), await find_place(press, debate_id)
    recorded = await press.bot.db.write(voting.vote, place, position, vote, now)
    points = await press.bot.db.read(debate_facts.list_points, press.guild_id, debate_id)
    told = f"Your vote is recorded: **{VOTES[recorded.vote]}**."
    if recorded.before not in (None, recorded.vote):
        told = f"Your vote is changed from {VOTES[recorded.before or '']} to **{VOTES[recorded.vote]}**."
    card = Card().text(
        f"{told} Only you see this, and you can change it until the vote closes {moment(recorded.closes_at)}."
    )
    if recorded.stage == "after" and points:
        choices = [Choice(clip(text, 100), str(id)) for id, text in points]
        none = Choice("None of them", "0")
        card.select(custom_id("debate:moved", debate_id), "Which point moved you? (private)", [none, *choices])
    await press.show(card)
    if recorded.before is None and press.message_id is not None:
        where = (press.channel_id, press.message_id)
        press.bot.delivery.edit_soon(*where, draw_turn, press.guild_id, debate_id, position)


async def moved_chosen(press: Press, debate_id: int) -> None:
    speech_id = read_id(press.values[0] if press.values else "") or 0
    await press.bot.db.write(voting.note_moved, await find_place(press, debate_id), speech_id)
    await press.update(Card().text("Noted, thank you. Only sums over all who voted are shown."))


async def skip_pressed(press: Press, debate_id: int, position: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.skip, place, position, press.bot.clock.now())
    await press.say("Skipped. The debate goes on in a moment.")


async def pause_pressed(press: Press, debate_id: int) -> None:
    await press.bot.db.write(chair.pause, await find_place(press, debate_id), press.bot.clock.now())
    await press.say("The debate is paused. What is left of this turn is kept; “Go on” takes it up again.")


async def resume_pressed(press: Press, debate_id: int) -> None:
    await press.bot.db.write(chair.take_up, await find_place(press, debate_id), press.bot.clock.now())
    await press.say("The debate goes on, with the time that was left.")


async def end_pressed(press: Press, debate_id: int) -> None:
    await press.bot.db.write(chair.end, await find_place(press, debate_id), press.bot.clock.now())
    await press.say("The debate is ended. What was said stays.")


async def void_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.void, place, speech_id, press.bot.clock.now())
    await press.say("Taken out. The card says so in a moment.")


async def look_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    """Show a moderator what waits."""
    text = await press.bot.db.read(chair.read_waiting, await find_place(press, debate_id), speech_id)
    await press.show(debate_cards.draw_waiting(debate_id, speech_id, text))


async def stand_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.let_stand, place, speech_id, True, press.bot.clock.now())
    await press.update(Card().text("It stands, and everybody sees it in a moment."))


async def drop_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.let_stand, place, speech_id, False, press.bot.clock.now())
    await press.update(Card().text("It is left out."))


async def find_place(press: Press, debate_id: int) -> Place:
    """Where and by whom a debate is pressed, with the rights that this very press comes with."""
    rights = await may_moderate(press)
    return Place(press.guild_id, debate_id, press.channel_id, press.user_id, rights, press.joined_at)


async def draw_panel(bot: Offramp, guild_id: int, debate_id: int, *_: int) -> Card | None:
    panel = await bot.db.read(debate_facts.get_panel, guild_id, debate_id)
    return debate_cards.draw_panel(panel) if panel else None


async def draw_turn(bot: Offramp, guild_id: int, debate_id: int, position: int, *_: int) -> Card | None:
    turn = await bot.db.read(debate_facts.get_turn, guild_id, debate_id, position)
    return debate_cards.draw_turn(turn) if turn else None


async def draw_said(bot: Offramp, guild_id: int, debate_id: int, speech_id: int, *_: int) -> Card | None:
    said = await bot.db.read(debate_facts.get_said, guild_id, speech_id)
    return debate_cards.draw_said(said) if said else None


async def draw_paused(bot: Offramp, guild_id: int, debate_id: int, *_: int) -> Card | None:
    panel = await bot.db.read(debate_facts.get_panel, guild_id, debate_id)
    return debate_cards.draw_paused(debate_id) if panel and panel.state == "paused" else None


async def draw_moved(bot: Offramp, *_: int) -> Card:
    return debate_cards.draw_moved()


async def draw_recap(bot: Offramp, guild_id: int, debate_id: int, *_: int) -> Card | None:
    """The result; its picture is drawn beside the loop."""
    recap = await bot.db.read(outcome_facts.get_recap, guild_id, debate_id)
    if recap is None:
        return None
    png = await asyncio.to_thread(debate_cards.draw_picture, recap) if recap.ending == "held" else None
    return debate_cards.draw_recap(recap, png)


async def _seat(press: Press, debate_id: int, side: str | None) -> None:
    place = await find_place(press, debate_id)
    now = press.bot.clock.now()
    seated = await press.bot.db.write(seats.take_seat, place, side, press.user_name, now)
    if press.message_id is not None and press.channel_id == place.channel_id:
        await press.bot.db.write(debates.note_message, press.guild_id, debate_id, press.message_id)
    if seated.waits:
        told = f"You wait for a seat {SIDES[seated.side]}: sides may differ by one at most, and each has its number."
    else:
        told = f"You speak {SIDES[seated.side]}. “Watch” gives the seat up again."
    await press.say(told)
    _redraw(press, debate_id)


async def _begin(press: Press, debate_id: int, circle: bool) -> None:
    """Let a debate begin, in a thread on its card where one can be opened."""
    place = await find_place(press, debate_id)
    await press.bot.db.write(seats.check_begin, place, circle)
    thread_id = await _open_thread(press)
    await press.bot.db.write(seats.begin, place, thread_id, circle, press.bot.clock.now())
    await press.say(f"The debate begins{f' in <#{thread_id}>' if thread_id else ' here'}.")


async def _open_thread(press: Press) -> int | None:
    """The thread on the card that was pressed; None where it can't be had: then the channel does."""
    rights = press.interaction.app_permissions
    allowed = rights.create_public_threads and rights.send_messages_in_threads and rights.read_message_history
    if press.message_id is None or press.in_thread or not allowed:
        return None
    try:
        return await open_thread(press.bot, press.guild_id, press.channel_id, press.message_id, "Debate")
    except FAILURES as error:
        code = getattr(error, "code", 0)
        if code == EXISTS:  # somebody pressed at the same moment, or a crash came after it was opened
            return press.message_id
        log.warning("no thread", extra={"interaction": press.id, "code": code})
        return None


def _redraw(press: Press, debate_id: int) -> None:
    if press.message_id is not None:
        press.bot.delivery.edit_soon(press.channel_id, press.message_id, draw_panel, press.guild_id, debate_id)


ROUTES: dict[str, Handler] = {
    "debate:seat": seat_pressed,
    "debate:needed": needed_pressed,
    "debate:watch": watch_pressed,
    "debate:begin": begin_pressed,
    "debate:circle": circle_pressed,
    "debate:ballot": ballot_pressed,
    "debate:moved": moved_chosen,
    "debate:skip": skip_pressed,
    "debate:pause": pause_pressed,
    "debate:resume": resume_pressed,
    "debate:end": end_pressed,
    "debate:void": void_pressed,
    "debate:look": look_pressed,
    "debate:stand": stand_pressed,
    "debate:drop": drop_pressed,
}

POSTS = {
    "debate:panel": Kind(draw_panel, None, partial(posted.take_loss, "panel")),
    "debate:phase": Kind(draw_turn, posted.take_phase, partial(posted.take_loss, "phase")),
    "debate:speech": Kind(draw_said, posted.take_speech, partial(posted.take_loss, "speech")),
    "debate:paused": Kind(draw_paused, None, partial(posted.take_loss, "paused")),
    "debate:moved": Kind(draw_moved, None, partial(posted.take_loss, "moved")),
    "debate:result": Kind(draw_recap, None, partial(posted.take_loss, "result")),
}
