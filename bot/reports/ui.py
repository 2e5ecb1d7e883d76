"""Reports are pressed: what members report, and how moderators rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot import reporting
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.item import Item
from bot.kit import Card
from bot.press import LARGEST, Press
from bot.reports import actions, cards, facts, rules
from bot.reports.actions import Proposal
from bot.reports.facts import Case
from bot.reports.rescoring import sum_up
from bot.rights import need_moderator

if TYPE_CHECKING:
    from bot.app import Offramp

PAGE = 10
PLACE = re.compile(r"(\d{1,19})-(\d{1,9})", re.ASCII)  # a round and a position, as a choice of the list
DIGITS = set("01234")  # of up to five options
THANKS = "Thank you. Moderators see it, and if they put it right, everybody's points follow."
UNKNOWN = "I don't know that choice any more. Please use /reports again."


async def report_opened(press: Press, round_id: int, position: int) -> None:
    """Open the form, if there is something to report here."""
    await press.bot.db.read(actions.check_reporting, press.act, round_id, position, press.channel_id)
    await press.ask(cards.report_form(round_id, position))


async def report_sent(press: Press, round_id: int, position: int) -> None:
    reason = press.fields.get("reason", "")
    if reason not in rules.REASONS:
        raise Refusal("Please choose what is wrong with the question, then send the form again.")
    note = " ".join(press.fields.get("note", "").split())[: rules.NOTE]
    where = (round_id, position, press.channel_id)
    await press.bot.db.write(actions.report, press.act, where, reason, note)
    await press.say(THANKS)


async def list_reported(press: Press) -> None:
    await need_moderator(press)
    await press.show(await _draw_list(press, 0))


async def page_pressed(press: Press, page: int) -> None:
    await need_moderator(press)
    await press.update(await _draw_list(press, page))


async def case_chosen(press: Press) -> None:
    """Open a question that was taken from the list."""
    taken = PLACE.fullmatch((press.values or [""])[0])
    if taken is None or int(taken[1]) > LARGEST:
        raise Refusal(UNKNOWN)
    await case_opened(press, int(taken[1]), int(taken[2]))


async def case_opened(press: Press, round_id: int, position: int) -> None:
    await press.show(cards.draw_case(await _open(press, round_id, position)))


async def accept_pressed(press: Press, round_id: int, position: int) -> None:
    await _ask_for_answer(press, "accept", round_id, position)


async def correct_pressed(press: Press, round_id: int, position: int) -> None:
    await _ask_for_answer(press, "correct", round_id, position)


async def void_pressed(press: Press, round_id: int, position: int) -> None:
    case = await _open(press, round_id, position)
    await _propose(press, case, "void", rules.void(case.item))


async def keep_pressed(press: Press, round_id: int, position: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.keep, press.act, round_id, position)
    await press.update(Card().text("The question stays as it is, and its reports are closed."))


async def answer_picked(press: Press, kind: str, round_id: int, position: int) -> None:
    """Options (as authored), or one of the answers that were typed."""
    case = await _open(press, round_id, position)
    if case.item.options:
        await _preview(press, case, kind, [int(value) for value in press.values if value in DIGITS])
    else:
        await _preview(press, case, kind, (press.values or [""])[0])


async def answer_asked(press: Press, kind: str, round_id: int, position: int) -> None:
    """Open the form for an answer that nobody has given."""
    await press.ask(cards.answer_form(await _open(press, round_id, position), _known(kind)))


async def answer_typed(press: Press, kind: str, round_id: int, position: int) -> None:
    """A text, or the options put in order (as shown in that round)."""
    case, fields = await _open(press, round_id, position), press.fields
    if "text" in fields:
        await _preview(press, case, kind, fields["text"])
        return
    shown = [int(value) for key, value in sorted(fields.items()) if key.startswith("place") and value in DIGITS]
    await _preview(press, case, kind, [case.order[place] for place in shown if place < len(case.order)])


async def confirmed(press: Press, draft_id: int) -> None:
    await need_moderator(press)
    act = press.act
    foreseen = await press.bot.db.read(actions.foresee, act, draft_id)
    effect = await press.bot.db.write(actions.confirm, act, draft_id, foreseen)
    await press.update(Card().text("### Done").text(cards.describe_effect(effect, done=True)))


async def cancelled(press: Press, draft_id: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.cancel, press.act, draft_id)
    await press.update(Card().text("Cancelled. Nothing was changed, and the reports are still open."))


async def _open(press: Press, round_id: int, position: int) -> Case:
    """A question with its reports, for somebody who may rule on it."""
    await need_moderator(press)
    return await press.bot.db.read(facts.get_case, press.guild_id, round_id, position)


async def _ask_for_answer(press: Press, kind: str, round_id: int, position: int) -> None:
    case = await _open(press, round_id, position)
    if case.item.kind != "order" and (case.item.options or case.answered.wrong):
        await press.update(cards.draw_choice(case, kind))
    else:
        await press.ask(cards.answer_form(case, kind))


async def _preview(press: Press, case: Case, kind: str, given: list[int] | str) -> None:
    """Show what a ruling that names an answer would change."""
    after = rules.rule(case.item, _known(kind), rules.read_answer(case.item, given))
    await _propose(press, case, kind, after)


async def _propose(press: Press, case: Case, kind: str, after: Item) -> None:
    """Keep a ruling until it is confirmed, and show what it would change."""
    act = press.act
    proposal = Proposal(round_id=case.round_id, position=case.position, kind=kind, before=case.item, after=after)
    await press.bot.db.write(actions.propose, act, proposal)
    effect = sum_up(await press.bot.db.read(actions.foresee, act, act.id))
    await press.update(cards.draw_preview(case, act.id, kind, after, effect))


def _known(kind: str) -> str:
    if kind not in ("accept", "correct"):
        raise Refusal(UNKNOWN)
    return kind


async def _draw_list(press: Press, page: int) -> Card:
    return cards.draw_list(await press.bot.db.read(facts.list_page, press.guild_id, page, PAGE), PAGE)


async def draw_new(bot: Offramp, guild_id: int, round_id: int, position: int) -> Card | None:
    case = await bot.db.read(facts.get_case, guild_id, round_id, position)
    return cards.draw_new(case) if case.complaints else None


async def draw_note(bot: Offramp, guild_id: int, ruling_id: int) -> Card | None:
    told = await bot.db.read(facts.get_told, guild_id, ruling_id)
    return cards.draw_note(*told) if told else None


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
    "ruling:ask": answer_asked,
    "ruling:typed": answer_typed,
    "ruling:confirm": confirmed,
    "ruling:cancel": cancelled,
}

POSTS = {reporting.POST: Kind(draw_new), "reports:note": Kind(draw_note)}
