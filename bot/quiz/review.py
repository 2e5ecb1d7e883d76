"""Review: alone and privately, what somebody missed in this server's rounds, when it is due and they come by."""

from __future__ import annotations

from discord import ButtonStyle

from bot import item_card, judge
from bot.gate import Handler
from bot.item import Item
from bot.kit import Button, Card, custom_id
from bot.press import Press
from bot.quiz import missed
from bot.quiz.alone import draw_question, draw_verdict, read_choice
from bot.quiz.missed import Due, Outlook
from bot.quiz.ui import read_form
from bot.text import count, moment

TITLE = "Review"
NOTHING_YET = (
    "There is nothing for you to review: no question that you missed in a round here is under review. "
    "Questions you get wrong in a round will wait for you here."
)
NOTHING_DUE = "Nothing is due right now; well kept up. The next question comes back {when}: use /quiz review then."
HELD = "{questions} of yours is being asked in a round right now, and waits until that is closed."
HELD_MANY = "{questions} of yours are being asked in rounds right now, and wait until those are closed."


async def review(press: Press) -> None:
    await press.show(await _draw_due(press))


async def next_pressed(press: Press) -> None:
    await press.update(await _draw_due(press))


async def answer_pressed(press: Press, pack: str, question: str, due_at: int, shown: int) -> None:
    await _answer(press, f"{pack}/{question}", due_at, read_choice(press, shown))


async def form_opened(press: Press, pack: str, question: str, due_at: int) -> None:
    where = (press.guild_id, press.bot.packs, press.user_id, f"{pack}/{question}", due_at)
    item = await press.bot.db.read(missed.look_at, *where, press.bot.clock.now())
    judge.check_form(item)
    id = custom_id("missed:submit", pack, question, due_at)
    await press.ask(item_card.form(item, _order(item, due_at), id))


async def form_submitted(press: Press, pack: str, question: str, due_at: int) -> None:
    await _answer(press, f"{pack}/{question}", due_at, read_form(press))


async def _draw_due(press: Press) -> Card:
    """The question that is due first, after what was missed since the last time has been taken up."""
    db, now = press.bot.db, press.bot.clock.now()
    if new := await db.read(missed.list_new, press.guild_id, press.user_id):
        await db.write(missed.take_up, press.guild_id, press.user_id, new, now)
    outlook = await db.write(missed.look_out, press.guild_id, press.bot.packs, press.user_id, now)
    return _draw_question(outlook.due) if outlook.due else Card().text(_nothing_due(outlook))


def _draw_question(due: Due) -> Card:
    pack, _, question = due.item.id.partition("/")
    ids = (pack, question, due.due_at)
    return draw_question(TITLE, due.item, _order(due.item, due.due_at), "missed:answer", "missed:open", *ids)


async def _answer(press: Press, question_id: str, due_at: int, shown: list[int] | str) -> None:
    where = (press.guild_id, press.bot.packs, press.user_id, question_id, due_at)
    judged = await press.bot.db.write(missed.answer, *where, shown, press.bot.clock.now())
    card = draw_verdict(TITLE, judged.item, _order(judged.item, due_at), judged.right)
    card.text(f"It comes back {moment(judged.back_at)}.")
    if judged.outlook.due:
        card.buttons(Button("Next", "missed:next", ButtonStyle.primary))
    else:
        card.text(f"-# {_nothing_due(judged.outlook)}")
    await press.update(card)


def _nothing_due(outlook: Outlook) -> str:
    lines = []
    if outlook.held:
        held = HELD if outlook.held == 1 else HELD_MANY
        lines.append(held.format(questions=count(outlook.held, "question")))
    if outlook.next_at is not None:
        lines.append(NOTHING_DUE.format(when=moment(outlook.next_at)))
    return " ".join(lines) or NOTHING_YET


def _order(item: Item, due_at: int) -> tuple[int, ...]:
    """The order in which options are shown: another one each time a question comes back."""
    return judge.shuffled(item, due_at, 0)


ROUTES: dict[str, Handler] = {
    "missed:answer": answer_pressed,
    "missed:open": form_opened,
    "missed:submit": form_submitted,
    "missed:next": next_pressed,
}
