"""Reports are pressed: what members report, and how moderators rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import reporting
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.item import Item
from bot.kit import Card
from bot.press import Press
from bot.reports import actions, cards, facts, rules
from bot.reports.actions import Act, Proposal
from bot.reports.rules import Answer
from bot.rights import need_moderator

if TYPE_CHECKING:
    from bot.app import Offramp

PAGE = 10
THANKS = "Thank you. Moderators see it, and if they put it right, everybody's points follow."
UNKNOWN = "I don't know that choice any more. Please use /reports again."


async def report_opened(press: Press, round_id: int, position: int) -> None:
    """Open the form, if there is something to report here."""
    await press.bot.db.read(actions.find_asked, press.guild_id, round_id, position, press.channel_id)
    await press.ask(cards.report_form(round_id, position))


async def report_sent(press: Press, round_id: int, position: int) -> None:
    reason = press.fields.get("reason", "")
    if reason not in rules.REASONS:
        raise Refusal("Please choose what is wrong with the question, then send the form again.")
    note = " ".join(press.fields.get("note", "").split())[: rules.NOTE]
    where = (round_id, position, press.channel_id)
    await press.bot.db.write(actions.report, _act(press), where, reason, note)
    await press.say(THANKS)


async def list_reported(press: Press) -> None:
    await need_moderator(press)
    await press.show(await _draw_list(press, 0))


async def page_pressed(press: Press, page: int) -> None:
    await need_moderator(press)
    await press.update(await _draw_list(press, page))


async def case_chosen(press: Press) -> None:
    """Open a question that was taken from the list."""
    taken = (press.values or [""])[0].split("-")
    if len(taken) != 2 or not all(part.isdecimal() and len(part) < 20 for part in taken):
        raise Refusal(UNKNOWN)
    await case_opened(press, int(taken[0]), int(taken[1]))


async def case_opened(press: Press, round_id: int, position: int) -> None:
    await need_moderator(press)
    case = await press.bot.db.read(facts.get_case, press.guild_id, round_id, position)
    await press.show(cards.draw_case(case))


async def accept_pressed(press: Press, round_id: int, position: int) -> None:
    await _ask_for_answer(press, "accept", round_id, position)


async def correct_pressed(press: Press, round_id: int, position: int) -> None:
    await _ask_for_answer(press, "correct", round_id, position)


async def void_pressed(press: Press, round_id: int, position: int) -> None:
    await _preview(press, "void", round_id, position, None)


async def keep_pressed(press: Press, round_id: int, position: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.keep, _act(press), round_id, position)
    await press.update(Card().text("The question stays as it is, and its reports are closed."))


async def answer_picked(press: Press, kind: str, round_id: int, position: int) -> None:
    picked = [int(value) for value in press.values if value.isdecimal() and len(value) == 1]
    await _preview(press, _known(kind), round_id, position, picked)


async def answer_typed(press: Press, kind: str, round_id: int, position: int) -> None:
    """A text, or the options put in order (as shown in that round)."""
    fields = press.fields
    if "text" in fields:
        await _preview(press, _known(kind), round_id, position, fields["text"].strip()[:80])
        return
    case = await press.bot.db.read(facts.get_case, press.guild_id, round_id, position)
    shown = [int(value) for key, value in sorted(fields.items()) if key.startswith("place") and value.isdecimal()]
    placed = [case.order[place] for place in shown if place < len(case.order)]
    await _preview(press, _known(kind), round_id, position, placed)


async def confirmed(press: Press, draft_id: int) -> None:
    await need_moderator(press)
    effect = await press.bot.db.write(actions.confirm, _act(press), draft_id)
    await press.update(Card().text("### Done").text(cards.describe_effect(effect, done=True)))


async def cancelled(press: Press, draft_id: int) -> None:
    await press.bot.db.write(actions.cancel, _act(press), draft_id)
    await press.update(Card().text("Cancelled. Nothing was changed, and the reports are still open."))


async def _ask_for_answer(press: Press, kind: str, round_id: int, position: int) -> None:
    await need_moderator(press)
    case = await press.bot.db.read(facts.get_case, press.guild_id, round_id, position)
    if case.item.options and case.item.kind != "order":
        await press.update(cards.draw_choice(case, kind))
    else:
        await press.ask(cards.answer_form(case, kind))


async def _preview(press: Press, kind: str, round_id: int, position: int, given: list[int] | str | None) -> None:
    """Show what a ruling would change, and keep it until it is confirmed."""
    await need_moderator(press)
    case = await press.bot.db.read(facts.get_case, press.guild_id, round_id, position)
    answer: Answer | None = None if given is None else rules.read_answer(case.item, given)
    after: Item = rules.rule(case.item, kind, answer)
    effect = await press.bot.db.read(actions.foresee, press.guild_id, case.item, after)
    proposal = Proposal(round_id=round_id, position=position, kind=kind, after=after)
    await press.bot.db.write(actions.propose, _act(press), proposal)
    await press.update(cards.draw_preview(case, press.id, kind, after, effect))


def _known(kind: str) -> str:
    if kind not in ("accept", "correct"):
        raise Refusal(UNKNOWN)
    return kind


def _act(press: Press) -> Act:
    return Act(press.guild_id, press.id, press.user_id, press.bot.clock.now())


async def _draw_list(press: Press, page: int) -> Card:
    return cards.draw_list(await press.bot.db.read(facts.list_page, press.guild_id, page, PAGE), PAGE)


async def draw_new(bot: Offramp, guild_id: int, round_id: int, position: int) -> Card | None:
    case = await bot.db.read(facts.get_case, guild_id, round_id, position)
    return cards.draw_new(case) if case.complaints else None


async def draw_note(bot: Offramp, guild_id: int, ruling_id: int) -> Card | None:
    ruling = await bot.db.read(facts.get_ruling, guild_id, ruling_id)
    return cards.draw_note(ruling) if ruling else None


ROUTES: dict[str, Handler] = {
    "report:open": report_opened,
    "report:send": report_sent,
    "reports:page": page_pressed,
    "reports:chosen": case_chosen,
    "reports:open": case_opened,
    "ruling:accept": accept_pressed,
    "ruling:correct": correct_pressed,
    "ruling:void": void_pressed,
    "ruling:keep": keep_pressed,
    "ruling:picked": answer_picked,
    "ruling:typed": answer_typed,
    "ruling:confirm": confirmed,
    "ruling:cancel": cancelled,
}

POSTS = {reporting.POST: Kind(draw_new), "reports:note": Kind(draw_note)}
