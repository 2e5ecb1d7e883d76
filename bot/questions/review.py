"""The review queue: what members have sent in, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import ButtonStyle

from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, Form, custom_id
from bot.press import Press
from bot.questions import actions, cards, facts
from bot.questions.browse import read_number
from bot.questions.facts import Shown
from bot.rights import need_moderator
from bot.text import count, escape, mention, moment
from storage.questions import Filter

if TYPE_CHECKING:
    from bot.app import Offramp

PAGE = 10
WAITING = Filter(states=("waiting",))


async def review(press: Press) -> None:
    """The suggestions that wait, the oldest first."""
    await need_moderator(press)
    await press.show(await _draw_queue(press, 0))


async def page_pressed(press: Press, page: int) -> None:
    await need_moderator(press)
    await press.update(await _draw_queue(press, page))


async def chosen(press: Press) -> None:
    """Open a suggestion that was taken from the queue."""
    await need_moderator(press)
    shown = await press.bot.db.read(facts.get_shown, press.guild_id, read_number(press))
    await press.show(draw_suggestion(shown))


async def approve_pressed(press: Press, number: int, version: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.approve, press.act, number, version)
    await _show_outcome(press, number, "approved")


async def reject_pressed(press: Press, number: int) -> None:
    await need_moderator(press)
    kept = await press.bot.db.read(actions.find_kept, press.guild_id, number)
    if kept.state != "waiting":
        raise Refusal(actions.DECIDED.format(number=number))
    form = Form(custom_id("review:turned", number), f"Turn down #{number}")
    hint = "Its author reads this, if they asked to be told"
    await press.ask(form.field("reason", "Why?", hint, 300, lines=True))


async def reason_given(press: Press, number: int) -> None:
    await need_moderator(press)
    reason = " ".join(press.fields.get("reason", "").split())[:300]
    if not reason:
        raise Refusal("Please say in a few words why, so that its author can do better.")
    await press.bot.db.write(actions.reject, press.act, number, reason)
    await _show_outcome(press, number, "turned down")


def draw_suggestion(shown: Shown) -> Card:
    """A suggestion with its key, and what can be done with it. Who presses is checked at the press."""
    kept = shown.kept
    card = cards.draw_shown(shown, moderator=False)
    if kept.state != "waiting":
        return card
    return card.buttons(
        Button("Approve", custom_id("review:approve", kept.number, kept.version), ButtonStyle.primary),
        Button("Edit and approve", custom_id("question:edit", kept.number)),
        Button("Reject", custom_id("review:reject", kept.number)),
    )


async def draw_review(bot: Offramp, guild_id: int, number: int) -> Card | None:
    shown = await bot.db.read(facts.get_shown, guild_id, number)
    return draw_suggestion(shown) if shown.kept.state == "waiting" else None


async def draw_told(bot: Offramp, guild_id: int, number: int) -> Card | None:
    """What its author is told of a suggestion, once and only because they asked for it."""
    shown = await bot.db.read(facts.get_shown, guild_id, number)
    guild = bot.get_guild(guild_id)
    where = f" in {escape(guild.name)}" if guild else ""
    card = Card().text(f"Your question{where}: **{escape(shown.question.prompt)}**")
    if shown.kept.state == "rejected":
        return card.text(f"A moderator turned it down: {escape(shown.rejected or '')}")
    return card.text("A moderator approved it. From now on it can come up in rounds there. Thank you.")


async def _show_outcome(press: Press, number: int, outcome: str) -> None:
    """Show the suggestion as it now stands in place of its card, which everybody in a review channel sees."""
    shown = await press.bot.db.read(facts.get_shown, press.guild_id, number)
    card = draw_suggestion(shown).line().text(f"Question #{number} is {outcome}.")
    await press.update(card)


async def _draw_queue(press: Press, page: int) -> Card:
    found = await press.bot.db.read(facts.list_page, press.guild_id, WAITING, page, PAGE)
    card = Card().text("### Suggestions that wait for a review")
    if not found.rows:
        return card.text("There are none. Members send them in with /question suggest.")
    cards.add_rows(card, found.rows, lambda kept: f"{mention(kept.author_id)} {moment(kept.made_at)}", "review:chosen")
    last = (found.total - 1) // PAGE
    return card.turning(found.skipped // PAGE, last, count(found.total, "suggestion"), "review:page")


ROUTES: dict[str, Handler] = {
    "review:page": page_pressed,
    "review:chosen": chosen,
    "review:approve": approve_pressed,
    "review:reject": reject_pressed,
    "review:turned": reason_given,
}

POSTS = {"questions:review": Kind(draw_review), "questions:told": Kind(draw_told)}
