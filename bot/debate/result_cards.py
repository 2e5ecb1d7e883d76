"""The result of a debate shows: as a picture, in words and as a file."""

from __future__ import annotations

from bot.debate import flow_picture
from bot.debate.formats import FORMATS
from bot.debate.recap import Recap, describe_recap, write_markdown
from bot.kit import Card
from bot.text import escape


def draw_result(recap: Recap, png: bytes | None) -> Card:
    """What a debate came to."""
    card = Card().text(f"-# Debate · {FORMATS[recap.format]} · result\n### {escape(recap.motion)}")
    card.text(describe_recap(recap))
    if png is not None:
        card.picture("debate.png", png, flow_picture.alt_text(recap.swing.audience, recap.spent))
    if recap.ending == "held":
        moved = "This is how those who voted here moved. It" if recap.swing.audience.moves else "This"
        card.text(f"-# {moved} does not say who is right.")
    return card.file("debate.md", write_markdown(recap).encode())


def draw_picture(recap: Recap) -> bytes:
    return flow_picture.draw(recap.swing.audience, recap.spent)
