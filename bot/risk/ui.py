"""The risk feature is pressed: commands open a private card, buttons turn its pages and share it."""

from __future__ import annotations

from discord import ButtonStyle

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, custom_id
from bot.press import Press
from bot.risk import about, cards, rules
from bot.text import name
from content.pack import Pack

PAGES: dict[str, cards.Pages] = {
    "brief": cards.draw_brief,
    "full": cards.draw_full,
    "table": cards.draw_table,
    "about": about.draw_about,
}
COMMANDS = {"brief": "/risk brief", "full": "/risk full", "table": "/risk table", "about": "/about"}
MAY_NOT_SHARE = "You may not write in this channel, so the card stays with you. You can share it where you may write."


async def open_card(press: Press, what: str, subject: str | None, chosen: str | None = None) -> None:
    """Show a card to one person; `chosen` is the risk card to begin with."""
    pack = rules.choose_pack(press.bot.packs, subject, with_risks=what != "about")
    page = rules.find_page(pack, chosen)
    await press.show(_draw_private(pack, what, page))


async def page_pressed(press: Press, what: str, pack_id: str, page: int) -> None:
    await press.update(_draw_private(_find_pack(press, pack_id), what, page))


async def share_pressed(press: Press, what: str, pack_id: str, page: int) -> None:
    """Answer with the same card for everyone, if this person may write here."""
    if not press.may(press.writing):
        raise Refusal(MAY_NOT_SHARE)
    card = draw_public(_find_pack(press, pack_id), what, page, f"Shared by {name(press.user_name)}.")
    await press.show(card, private=False)


def draw_public(pack: Pack, what: str, page: int, why: str) -> Card:
    """A page for everyone: without buttons, and beneath it why it is here and who can open it."""
    card, _ = _draw(pack, what, page)
    return card.text(f"-# {why} Everyone can open it: {COMMANDS[what]}")


def _draw_private(pack: Pack, what: str, page: int) -> Card:
    card, pages = _draw(pack, what, page)
    share = Button("Share", custom_id("risk:share", what, pack.id, page), ButtonStyle.primary)
    if pages == 1:
        return card.buttons(share)
    return card.text(f"-# Page {page + 1} of {pages}").buttons(
        Button("Previous", custom_id("risk:page", what, pack.id, max(page - 1, 0)), disabled=page == 0),
        Button("Next", custom_id("risk:page", what, pack.id, page + 1), disabled=page + 1 == pages),
        share,
    )


def _draw(pack: Pack, what: str, page: int) -> tuple[Card, int]:
    """A page and how many there are; the numbers may come from an old card."""
    if what not in PAGES:
        raise Refusal(rules.NO_SUCH_PAGE)
    pages = PAGES[what](pack)
    if page >= len(pages):
        raise Refusal(rules.NO_SUCH_PAGE)
    return pages[page], len(pages)


def _find_pack(press: Press, pack_id: str) -> Pack:
    pack = press.bot.packs.get(pack_id)
    if pack is None:
        raise Refusal(rules.NO_SUCH_PAGE)
    return pack


ROUTES: dict[str, Handler] = {"risk:page": page_pressed, "risk:share": share_pressed}
