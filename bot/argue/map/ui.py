"""The map is opened: its pages, its branches, and the one that is shared."""

from __future__ import annotations

import asyncio

from bot.argue import figures, rules
from bot.argue.camps.cards import draw_camps, draw_stances
from bot.argue.facts import Survey
from bot.argue.map import cards, share_picture, tree_picture
from bot.argue.map.cards import Pictures
from bot.argue.map.standings import Page, is_open_to, lay_out, list_compared
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press, read_id

NOT_YET = "First say what you think of some claims yourself, with /argue rate. The map shows more then."
NOT_HERE = "You can't write in this channel, so I post no map of yours in it. Please do this where you may write."


async def show_map(press: Press, motion: str) -> None:
    """Show somebody the map of a motion, privately."""
    motion_id, _ = rules.find_motion(press.bot.packs, motion)
    await press.show(await _draw(press, motion_id, 0, 0))


async def open_pressed(press: Press, pack: str, motion: str) -> None:
    await press.show(await _draw(press, f"{pack}/{motion}", 0, 0))


async def whole_pressed(press: Press, pack: str, motion: str) -> None:
    await press.update(await _draw(press, f"{pack}/{motion}", 0, 0))


async def page_pressed(press: Press, pack: str, motion: str, parent: int, page: int) -> None:
    await press.update(await _draw(press, f"{pack}/{motion}", parent, page))


async def branch_chosen(press: Press, pack: str, motion: str) -> None:
    chosen = read_id(press.values[0] if press.values else "") or 0
    await press.update(await _draw(press, f"{pack}/{motion}", chosen, 0))


async def share_pressed(press: Press, pack: str, motion: str, parent: int, page: int) -> None:
    """Post a page of the map in the channel."""
    survey, text = await _load(press, f"{pack}/{motion}")
    if not is_open_to(survey):
        raise Refusal(NOT_YET)
    if not press.may(press.writing):
        raise Refusal(NOT_HERE)
    press.need("share the map", "view_channel", press.writing)
    root = parent if parent in survey.outline else None
    await press.show(cards.draw_shared(survey, text, root, lay_out(survey, root, page)), private=False)


async def typical_pressed(press: Press, pack: str, motion: str) -> None:
    survey, text = await _load(press, f"{pack}/{motion}")
    if not is_open_to(survey):
        raise Refusal(NOT_YET)
    await press.show(draw_stances(survey, text))


async def camps_pressed(press: Press, pack: str, motion: str) -> None:
    """Look whether those who rated part into camps."""
    survey, text = await _load(press, f"{pack}/{motion}")
    if not is_open_to(survey):
        raise Refusal(NOT_YET)
    found = await figures.look_for_camps(press, survey.motion_id)
    await press.show(draw_camps(found, survey.outline, text))


async def _draw(press: Press, motion_id: str, parent: int, page: int) -> Card:
    """A page of the map; of the whole one where the claim whose answers are asked for is not on it."""
    survey, text = await _load(press, motion_id)
    root = parent if parent in survey.outline else None
    laid = lay_out(survey, root, page)
    return cards.draw_map(survey, text, root, laid, await _picture(survey, laid))


async def _picture(survey: Survey, page: Page) -> Pictures:
    """The pictures of a page, for somebody who may see where claims stand; drawing them takes a tenth of a second."""
    if not is_open_to(survey) or not any(page.sides.values()):
        return []
    pictures = [("map.png", await asyncio.to_thread(tree_picture.draw, page), tree_picture.alt_text(page))]
    if rows := list_compared(page):
        told = share_picture.alt_text(rows)
        pictures.append(("agreement.png", await asyncio.to_thread(share_picture.draw, rows), told))
    return pictures


async def _load(press: Press, motion_id: str) -> tuple[Survey, str]:
    motion_id, motion = rules.find_motion(press.bot.packs, motion_id)
    return await figures.survey(press, motion_id), motion.text


ROUTES: dict[str, Handler] = {
    "argue:open": open_pressed,
    "argue:whole": whole_pressed,
    "argue:map": page_pressed,
    "argue:branch": branch_chosen,
    "argue:share": share_pressed,
    "argue:typical": typical_pressed,
    "argue:camps": camps_pressed,
}
