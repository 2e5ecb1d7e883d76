"""The risk feature decides: which pack is meant, which card, and what fits on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.errors import Refusal
from bot.text import escape
from content.pack import Pack

NO_RISKS = "None of my subjects has risk cards yet. /about says what I do have."
NONE_HERE = "“{title}” has no risk cards. Please pick another subject from the list that opens as you type."
UNKNOWN_SUBJECT = "I don't know that subject. Please pick one from the list that opens as you type."
UNKNOWN_CARD = "I don't know that card. Please pick one from the list that opens as you type."
NO_TABLE = "The source of “{title}” has no table. /risk brief shows its risks."
NO_SUCH_PAGE = "That page is not there any more. Please use the command again."


def list_packs(packs: Mapping[str, Pack], with_risks: bool) -> Iterator[tuple[str, str]]:
    """(id, title) of the packs, or of those that have risk cards."""
    return ((pack.id, pack.title) for pack in packs.values() if pack.risks or not with_risks)


def choose_pack(packs: Mapping[str, Pack], chosen: str | None, with_risks: bool) -> Pack:
    """The pack with an id or a title, for None the first; Refusal if there is none or it lacks risk cards."""
    if chosen is None:
        first = next(list_packs(packs, with_risks), None)
        if first is None:
            raise Refusal(NO_RISKS)
        return packs[first[0]]
    for pack in packs.values():
        if chosen.casefold() in (pack.id, pack.title.casefold()):
            if with_risks and not pack.risks:
                raise Refusal(NONE_HERE.format(title=escape(pack.title)))
            return pack
    raise Refusal(UNKNOWN_SUBJECT)


def list_cards(pack: Pack) -> list[tuple[str, str]]:
    """(id, title) of a pack's risk cards in the source's order, then of its way down."""
    cards = [(risk.id, risk.title) for risk in pack.risks]
    return [*cards, ("offramp", pack.offramp.title)] if pack.offramp else cards


def find_page(pack: Pack, chosen: str | None) -> int:
    """The page of the card with an id or a title; the first for None."""
    if chosen is None:
        return 0
    for page, (id, title) in enumerate(list_cards(pack)):
        if chosen.casefold() in (id, title.casefold()):
            return page
    raise Refusal(UNKNOWN_CARD)


def paginate(paragraphs: Sequence[str], room: int) -> list[list[str]]:
    """The paragraphs in order, on as few pages as hold at most `room` characters each, empty lines included."""
    pages: list[list[str]] = []
    left = 0
    for paragraph in paragraphs:
        if not pages or len(paragraph) > left:
            pages.append([])
            left = room
        pages[-1].append(paragraph)
        left -= len(paragraph) + 2  # the empty line after it
    return pages
