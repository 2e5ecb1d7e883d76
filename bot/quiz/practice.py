"""Practice: alone, privately, without a timer. Nothing of it is stored: the buttons carry all there is."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from discord import ButtonStyle

from bot import item_card, judge
from bot.gate import Handler
from bot.item import Item
from bot.kit import Button, Card, custom_id
from bot.press import Press
from bot.quiz.alone import draw_question, draw_verdict, read_choice
from bot.quiz.ui import read_form
from bot.subjects import check_closed, find_subject, from_ids, get_item, pick_number, to_ids

TITLE = "Practice"


class Turn(NamedTuple):
    """One turn of somebody's practice; the ids of a subject, chance, and how many questions came before."""

    pack: str
    theme: str
    seed: int
    turn: int


async def practise(press: Press, theme: str | None) -> None:
    subject, _ = await press.bot.db.read(find_subject, press.guild_id, press.bot.packs, theme)
    await press.show(await _draw_question(press, Turn(*to_ids(subject), secrets.randbits(16), 0)))


async def answer_pressed(press: Press, pack: str, theme: str, seed: int, turn: int, number: int, shown: int) -> None:
    await _judge(press, Turn(pack, theme, seed, turn), number, read_choice(press, shown))


async def form_opened(press: Press, pack: str, theme: str, seed: int, turn: int, number: int) -> None:
    item = await _get_item(press, pack, number)
    judge.check_form(item)
    id = custom_id("practice:submit", pack, theme, seed, turn, number)
    await press.ask(item_card.form(item, judge.shuffled(item, seed, turn), id))


async def form_submitted(press: Press, pack: str, theme: str, seed: int, turn: int, number: int) -> None:
    await _judge(press, Turn(pack, theme, seed, turn), number, read_form(press))


async def next_pressed(press: Press, pack: str, theme: str, seed: int, turn: int) -> None:
    await press.update(await _draw_question(press, Turn(pack, theme, seed, turn)))


async def _get_item(press: Press, pack: str, number: int) -> Item:
    return await press.bot.db.read(get_item, press.guild_id, press.bot.packs, pack, number)


async def _draw_question(press: Press, turn: Turn) -> Card:
    subject = from_ids(turn.pack, turn.theme)
    where = (press.guild_id, press.bot.packs, subject, turn.seed, turn.turn)
    later, number = await press.bot.db.read(pick_number, *where)
    turn = turn._replace(turn=later)
    item = await _get_item(press, turn.pack, number)
    order = judge.shuffled(item, turn.seed, turn.turn)
    return draw_question(TITLE, item, order, "practice:answer", "practice:open", *turn, number)


async def _judge(press: Press, turn: Turn, number: int, shown: list[int] | str) -> None:
    item = await _get_item(press, turn.pack, number)
    await press.bot.db.read(check_closed, press.guild_id, item.id)
    order = judge.shuffled(item, turn.seed, turn.turn)
    given = judge.read_answer(item, shown, order)
    again = custom_id("practice:next", *turn._replace(turn=turn.turn + 1))
    card = draw_verdict(TITLE, item, order, judge.is_right(item, given))
    card.buttons(Button("Next question", again, ButtonStyle.primary))
    await press.update(card)


ROUTES: dict[str, Handler] = {
    "practice:answer": answer_pressed,
    "practice:open": form_opened,
    "practice:submit": form_submitted,
    "practice:next": next_pressed,
}
