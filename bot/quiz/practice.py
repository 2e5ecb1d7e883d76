"""Practice: alone, privately, without a timer. Nothing of it is stored: the buttons carry all there is."""

from __future__ import annotations

import random
import secrets

from discord import ButtonStyle

from bot import item_card, judge
from bot.gate import Handler
from bot.item import Item
from bot.kit import Button, Card, custom_id
from bot.press import Press
from bot.quiz.subjects import Subject, choose_subject, from_ids, to_ids
from bot.quiz.ui import read_form
from bot.text import escape


async def practise(press: Press, theme: str | None) -> None:
    subject = choose_subject(press.bot.packs, theme)
    await press.show(_draw_question(subject, secrets.randbits(31), 0))


async def answer_pressed(press: Press, pack: str, theme: str, seed: int, turn: int, shown: int) -> None:
    chosen = [int(value) for value in press.values if value.isdecimal()] or [shown]
    await _judge(press, _subject(press, pack, theme), seed, turn, chosen)


async def form_opened(press: Press, pack: str, theme: str, seed: int, turn: int) -> None:
    item = pick(_subject(press, pack, theme), seed, turn)
    judge.check_form(item)
    id = custom_id("practice:submit", pack, theme, seed, turn)
    await press.ask(item_card.form(item, judge.shuffled(item, seed, turn), id))


async def form_submitted(press: Press, pack: str, theme: str, seed: int, turn: int) -> None:
    await _judge(press, _subject(press, pack, theme), seed, turn, read_form(press))


async def next_pressed(press: Press, pack: str, theme: str, seed: int, turn: int) -> None:
    await press.update(_draw_question(_subject(press, pack, theme), seed, turn))


def pick(subject: Subject, seed: int, turn: int) -> Item:
    """The question of a turn: all of the subject's once, by chance, before one comes again."""
    lap, place = divmod(turn, len(subject.items))
    return random.Random(f"{seed}:{lap}").sample(subject.items, len(subject.items))[place]


def _subject(press: Press, pack: str, theme: str) -> Subject:
    return choose_subject(press.bot.packs, from_ids(pack, theme))


def _ids(subject: Subject, seed: int, turn: int) -> tuple[int | str, ...]:
    return *to_ids(subject.id), seed, turn


def _draw_question(subject: Subject, seed: int, turn: int) -> Card:
    item = pick(subject, seed, turn)
    order = judge.shuffled(item, seed, turn)
    card = Card().text(f"-# Practice · {escape(item.theme)} · {item_card.DIFFICULTY[item.difficulty]}")
    card.text(item_card.body(item, order))
    item_card.add_answer_controls(card, item, order, "practice:answer", "practice:open", *_ids(subject, seed, turn))
    return card


async def _judge(press: Press, subject: Subject, seed: int, turn: int, shown: list[int] | str) -> None:
    item = pick(subject, seed, turn)
    order = judge.shuffled(item, seed, turn)
    given = judge.read_answer(item, shown, order)
    verdict = "Right." if judge.is_right(item, given) else "Not this time."
    card = (
        Card()
        .text(f"-# Practice · {escape(item.theme)}")
        .text(item_card.body(item, order))
        .text(f"**{verdict}** The answer: {item_card.key_in_words(item, order)}")
        .text(item_card.why(item))
        .buttons(
            Button("Next question", custom_id("practice:next", *_ids(subject, seed, turn + 1)), ButtonStyle.primary)
        )
    )
    await press.update(card)


ROUTES: dict[str, Handler] = {
    "practice:answer": answer_pressed,
    "practice:open": form_opened,
    "practice:submit": form_submitted,
    "practice:next": next_pressed,
}
