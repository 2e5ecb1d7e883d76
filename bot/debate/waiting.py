"""Words that wait in a debate: a moderator looks at one after the other, and each stands or is left out."""

from __future__ import annotations

from bot.debate import deciding, waiting_cards
from bot.debate.place import find_place
from bot.debate.posting import recount
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from storage import debates

STANDS = "It stands, and the card shows it in a moment."
QUESTION_STANDS = "It stands; the chair can put it now."


async def held_pressed(press: Press, debate_id: int) -> None:
    """Show a moderator what waits, from its beginning."""
    await press.show(await _draw(press, debate_id, 0))


async def look_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    """Show a moderator what waits, from this on."""
    held = await press.bot.db.read(deciding.list_held, await find_place(press, debate_id))
    page = next((n for n, one in enumerate(held) if one.speech_id == speech_id), 0)
    await press.show(await _draw(press, debate_id, page))


async def page_pressed(press: Press, debate_id: int, page: int) -> None:
    await press.replace(await _draw(press, debate_id, page))


async def stand_pressed(press: Press, debate_id: int, page: int, speech_id: int, judge_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(deciding.let_stand, place, speech_id, press.bot.clock.now(), judge_id or None)
    said = await press.bot.db.read(debates.get_speech, press.guild_id, speech_id)
    told = STANDS if said is None or said.kind != "question" else QUESTION_STANDS
    await press.replace(await _draw(press, debate_id, page, told))


async def drop_pressed(press: Press, debate_id: int, page: int, speech_id: int, judge_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(deciding.decline, place, speech_id, press.bot.clock.now(), judge_id or None)
    await press.replace(await _draw(press, debate_id, page, "It is left out."))


async def _draw(press: Press, debate_id: int, page: int, told: str = "") -> Card:
    held = await press.bot.db.read(deciding.list_held, await find_place(press, debate_id))
    if told:
        await recount(press.bot, press.guild_id, debate_id)
    return waiting_cards.draw_held(debate_id, held, page, told)


ROUTES: dict[str, Handler] = {
    "debate:held": held_pressed,
    "debate:look": look_pressed,
    "debate:waiting": page_pressed,
    "debate:stand": stand_pressed,
    "debate:drop": drop_pressed,
}
