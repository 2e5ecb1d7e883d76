"""Questions decide: the ids of decks, what a search finds, who may approve, how many are too many."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from bot.errors import Refusal
from bot.text import BLANK
from content.deck import MOST
from storage.settings import Settings

DAY = 24 * 3600_000  # ms
DECKS = 100  # in one server
DECK = "General"  # the deck of what names none
RESERVED = {"all"}  # stands for every deck in the id of a button

FULL = "This server has {most:,} questions, which is as many as I keep. Retire some with /question retire first."
MANY_DECKS = "This server has {most} decks, which is as many as I keep. Please choose one of them."
MANY_NEW_DECKS = "With this file there would be {decks} decks; I keep {most}. Use the option deck to name one for all."
LONG_TITLE = "The title of a deck has at most 100 characters and stands on one line. Please choose a shorter one."
ENOUGH = (
    "You have sent in {most} questions within a day, which is as many as this server takes. Please come back later."
)
NONE_TAKEN = (
    "This server takes no questions from members at the moment. If you have one in mind, tell a moderator of it."
)
NO_DECK = "I don't know that deck. Please pick one from the list that opens as you type."
OWN = "This is your own question, and in this server somebody else has to look at it. Another moderator can approve it."


def make_deck_id(title: str, taken: Collection[str]) -> str:
    """An id for a new deck, as the ids of buttons allow: small letters, digits, hyphens, at most 32 characters."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))[:24].strip("-")
    slug = slug or "deck"
    ids = (slug, *(f"{slug}-{n}" for n in range(2, DECKS + 3)))
    return next(id for id in ids if id not in taken and id not in RESERVED)


def check_deck_title(title: str) -> str:
    """The title of a deck as it is kept, DECK for one in which nothing can be seen; Refusal if it is too long."""
    plain = " ".join(title.split())
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in BLANK for c in plain):
        return DECK
    if len(plain) > 100:
        raise Refusal(LONG_TITLE)
    return plain


def check_room(kept: int, more: int) -> None:
    """Refuse more questions than a server may have."""
    if kept + more > MOST:
        raise Refusal(FULL.format(most=MOST))


def check_decks(decks: int) -> None:
    if decks >= DECKS:
        raise Refusal(MANY_DECKS.format(most=DECKS))


def check_new_decks(decks: int) -> None:
    """Refuse a file with which a server would have more decks than it may."""
    if decks > DECKS:
        raise Refusal(MANY_NEW_DECKS.format(decks=decks, most=DECKS))


def check_suggestions(sent: int, most: int) -> None:
    """Refuse one suggestion more than a person may send in within a day."""
    if not most:
        raise Refusal(NONE_TAKEN)
    if sent >= most:
        raise Refusal(ENOUGH.format(most=most))


def check_approver(writer_id: int, user_id: int, settings: Settings) -> None:
    """Refuse to let somebody approve what they wrote, where the server wants a second opinion."""
    if settings.second_opinion and user_id == writer_id:
        raise Refusal(OWN)
