"""The audience's questions are pressed: the chair reads those that wait, puts one to both sides, or turns one down."""

from __future__ import annotations

from bot.debate import chair, deciding, waiting_cards
from bot.debate.place import find_place
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press

DOWN = "It is turned down and will not be put."


async def relay_pressed(press: Press, debate_id: int, position: int) -> None:
    """Show the chair which questions wait."""
    await press.show(await _draw(press, debate_id, position, 0))


async def page_pressed(press: Press, debate_id: int, position: int, page: int) -> None:
    await press.replace(await _draw(press, debate_id, position, page))


async def question_chosen(press: Press, debate_id: int, position: int, question_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(chair.relay, place, position, question_id, press.bot.clock.now())
    await press.replace(Card().text("The question is put."))


async def question_declined(press: Press, debate_id: int, position: int, page: int, question_id: int) -> None:
    """Turn a question down, and show what is left."""
    place = await find_place(press, debate_id)
    await press.bot.db.write(deciding.decline, place, question_id, press.bot.clock.now())
    try:
        card = await _draw(press, debate_id, position, page, DOWN)
    except Refusal as refusal:  # none is left, or the debate has gone on
        card = Card().text(f"{DOWN} {refusal}")
    await press.replace(card)


async def _draw(press: Press, debate_id: int, position: int, page: int, told: str = "") -> Card:
    place = await find_place(press, debate_id)
    questions = await press.bot.db.read(chair.list_questions, place, position)
    return waiting_cards.draw_questions((debate_id, position), questions, page, told)


ROUTES: dict[str, Handler] = {
    "debate:relay": relay_pressed,
    "debate:questions": page_pressed,
    "debate:relayed": question_chosen,
    "debate:declined": question_declined,
}
