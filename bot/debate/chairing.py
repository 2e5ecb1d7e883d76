"""A debate's chair presses: skip, pause, go on, take out, end; what can't be undone is asked first."""

from __future__ import annotations

from typing import Final

from bot.debate import asking, chair
from bot.debate.cards import button
from bot.debate.formats import VOTING
from bot.debate.place import find_place
from bot.gate import Handler
from bot.kit import Button, Card
from bot.press import Press

CLOSE: Final = "Close this vote? Whoever has not voted yet can't any more."
SKIP: Final = "Skip this turn? The debate goes on with what comes next."
END: Final = "End this debate? It can't be taken up again. What was said stays."
VOID: Final = "Take this out of the debate? Nobody can read it then, and it can't be put back."


async def skip_pressed(press: Press, debate_id: int, position: int) -> None:
    kind = await press.bot.db.read(asking.check_skip, await find_place(press, debate_id), position)
    sure = button("Close it" if kind in VOTING else "Skip it", "skipped", debate_id, position)
    await ask_first(press, CLOSE if kind in VOTING else SKIP, sure)


async def skip_confirmed(press: Press, debate_id: int, position: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.skip, place, position, press.bot.clock.now())
    await press.replace(Card().text("Done. The debate goes on in a moment."))


async def pause_pressed(press: Press, debate_id: int) -> None:
    await press.bot.db.write(chair.pause, await find_place(press, debate_id), press.bot.clock.now())
    await press.say("The debate is paused. What is left of this turn is kept; “Go on” takes it up again.")


async def resume_pressed(press: Press, debate_id: int) -> None:
    await press.bot.db.write(chair.take_up, await find_place(press, debate_id), press.bot.clock.now())
    await press.say("The debate goes on, with the time that was left.")


async def end_pressed(press: Press, debate_id: int) -> None:
    await press.bot.db.read(asking.check_end, await find_place(press, debate_id), press.bot.clock.now())
    await ask_first(press, END, button("End it", "ended", debate_id))


async def end_confirmed(press: Press, debate_id: int) -> None:
    await press.bot.db.write(chair.end, await find_place(press, debate_id), press.bot.clock.now())
    await press.replace(Card().text("The debate is ended. What was said stays."))


async def void_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    reasons = await press.bot.db.read(asking.check_void, await find_place(press, debate_id), speech_id)
    only = [button("Only why it is not quite fair", "unsaid", debate_id, speech_id)] if reasons else []
    await ask_first(press, VOID, button("Take it out", "voided", debate_id, speech_id), *only)


async def void_confirmed(press: Press, debate_id: int, speech_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.void, place, speech_id, press.bot.clock.now())
    await press.replace(Card().text("Taken out. The card says so in a moment."))


async def reasons_confirmed(press: Press, debate_id: int, speech_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.void_reasons, place, speech_id, press.bot.clock.now())
    await press.replace(Card().text("Taken out. The card says so in a moment."))


async def leave_pressed(press: Press, debate_id: int) -> None:
    await press.replace(Card().text("Left as it is."))


async def ask_first(press: Press, question: str, *sure: Button) -> None:
    """Ask whoever pressed, and nobody else, whether they mean it."""
    debate_id = sure[0].id.split(":")[2]
    await press.show(Card().text(question).buttons(*sure, button("Leave it", "leave", debate_id)))


ROUTES: dict[str, Handler] = {
    "debate:skip": skip_pressed,
    "debate:skipped": skip_confirmed,
    "debate:pause": pause_pressed,
    "debate:resume": resume_pressed,
    "debate:end": end_pressed,
    "debate:ended": end_confirmed,
    "debate:void": void_pressed,
    "debate:voided": void_confirmed,
    "debate:unsaid": reasons_confirmed,
    "debate:leave": leave_pressed,
}
