"""What questions are worth, as cards: all that were asked in a server, the worst first, and one by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot import item_card
from bot.item import Item
from bot.kit import Card
from bot.questions.analysis import LEAST, describe
from bot.questions.figures import MOST, MOST_IN_ALL, Figures
from bot.questions.share_picture import alt_text
from bot.text import clip, count, escape

PAGE = 10
PROMPT = 100  # characters of a question in the list
FINE = "Nothing in these figures speaks against it."
CUT = "From the newest {most:,} answers; older ones are left out."


def draw_page(found: Sequence[Figures], page: int) -> Card:
    """A page of the questions that were asked; the last one where there are fewer pages."""
    last = (len(found) - 1) // PAGE
    page = min(page, last)
    rows = found[page * PAGE : (page + 1) * PAGE]
    card = Card().text("## What the questions are worth").text("\n".join(map(_row, rows)))
    if any(known.cut for known in found):
        card.text(f"-# {CUT.format(most=MOST_IN_ALL)}")
    card.text("-# The worst come first. /question stats with a question shows more of it.")
    return card.turning(page, last, count(len(found), "question"), "stats:page")


def _row(known: Figures) -> str:
    analysis = known.analysis
    parts = [count(analysis.answers, "person", "people")]
    if analysis.answers < LEAST:
        parts.append("too few to say")
    else:
        parts.append(f"facility {_number(analysis.facility)}")
        parts.append(f"discrimination {_number(analysis.discrimination)}")
    mark = "**suspect** · " if known.suspicions else ""
    return f"**{escape(clip(known.item.prompt, PROMPT))}**\n-# {mark}{' · '.join(parts)}"


def _number(figure: float | None) -> str:
    return "can't be told" if figure is None else f"{figure:z.2f}"


def draw_one(known: Figures, reports: int, still_open: int, picture: bytes | None) -> Card:
    """All that is known of a question; `picture` is what share_picture draws of its thirds."""
    item, analysis = known.item, known.analysis
    card = Card().text(item_card.body(item, range(len(item.options)))).text(_right(item)).line()
    still = f" ({still_open} open)" if reports else ""
    card.text("\n".join([*describe(analysis), f"Reports: {reports}{still}"]))
    if known.suspicions:
        card.text("\n".join(f"**Suspect.** {reason}" for reason in known.suspicions))
    elif analysis.answers >= LEAST:
        card.text(FINE)
    if picture is not None and analysis.thirds is not None:
        card.picture("shares.png", picture, alt_text(analysis.thirds, analysis.key))
    if known.cut:
        card.text(f"-# {CUT.format(most=MOST)}")
    return card


def _right(item: Item) -> str:
    return f"**Right:** {item_card.key_in_words(item, range(len(item.options)))}"
