"""Claims that wait are shown or turned down by moderators, one after another; others see what became of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.argue import cards, deciding, facts, rules
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, custom_id
from bot.press import Press
from bot.rights import may_moderate, need_moderator
from bot.text import count
from storage import argue

if TYPE_CHECKING:
    from bot.app import Offramp

LISTED = 10  # of one's own claims
NOTHING = "No claim waits for you. /argue map shows those that everybody sees."


async def review(press: Press) -> None:
    """Show moderators what waits, and others what became of claims of theirs that everybody does not see."""
    if await may_moderate(press):
        await press.show(await _draw(press, 0))
    else:
        own = await press.bot.db.read(argue.list_unseen, press.guild_id, press.user_id, LISTED)
        await press.show(cards.draw_unseen(own))


async def page_pressed(press: Press, page: int) -> None:
    await need_moderator(press)
    await press.update(await _draw(press, page))


async def approve_pressed(press: Press, number: int) -> None:
    await _decide(press, number, shown=True)


async def reject_pressed(press: Press, number: int) -> None:
    await _decide(press, number, shown=False)


async def _decide(press: Press, number: int, shown: bool) -> None:
    await need_moderator(press)
    try:
        await press.bot.db.write(deciding.decide, press.act, number, shown)
    except Refusal as refusal:
        if await draw_waiting(press.bot, press.guild_id, number) is not None:
            raise
        await press.update(Card().text(str(refusal)))  # its words and buttons stand there no longer
        return
    waiting = await press.bot.db.read(argue.count_waiting, press.guild_id)
    card = Card().text(f"**#{number}** {'is shown now' if shown else 'is turned down; nobody sees it'}.")
    if waiting:
        still = "still waits" if waiting == 1 else "still wait"
        card.text(f"{count(waiting, 'claim')} {still}.").buttons(Button("Review", custom_id("argue:review", 0)))
    await press.update(card)


async def _draw(press: Press, page: int) -> Card:
    total = await press.bot.db.read(argue.count_waiting, press.guild_id)
    page = min(page, max(total - 1, 0))
    waiting = await press.bot.db.read(argue.list_waiting, press.guild_id, page, 1)
    card = await draw_waiting(press.bot, press.guild_id, waiting[0].number) if waiting else None
    if card is None:
        return Card().text(NOTHING)
    return card.turning(page, total - 1, count(total, "claim"), "argue:review")


async def draw_waiting(bot: Offramp, guild_id: int, number: int) -> Card | None:
    """A claim that waits, or None if somebody has decided meanwhile."""
    shown = await bot.db.read(facts.get_shown, guild_id, number)
    if shown is None or shown.state != "waiting":
        return None
    return cards.draw_waiting(shown, rules.name_motion(bot.packs, shown.motion_id))


ROUTES: dict[str, Handler] = {
    "argue:review": page_pressed,
    "argue:approve": approve_pressed,
    "argue:reject": reject_pressed,
}
POSTS = {"argue:waiting": Kind(draw_waiting)}
