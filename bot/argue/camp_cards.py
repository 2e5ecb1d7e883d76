"""Hidden camps as a card: that there are none, or what is typical of each, never who is in it."""

from __future__ import annotations

from collections import Counter

from bot.argue.camps import RATED_FROM, NoCamps
from bot.argue.outline import Outline
from bot.argue.parting import Found
from bot.kit import Card
from bot.small import CAMPS_FROM
from bot.text import clip, escape

NONE = {
    NoCamps.NOT_AVAILABLE: (
        "**This view is off.** It needs numpy, which this bot runs without; whoever hosts it can install the extra "
        "`camps`. The map itself needs nothing of it."
    ),
    NoCamps.TOO_FEW: (
        "**Too few people yet.** Among few, camps are found in pure chance. This is looked at once "
        f"{CAMPS_FROM} people have rated {RATED_FROM} claims, or all of them if there are fewer."
    ),
    NoCamps.BROAD_AGREEMENT: "**Broad agreement, no camps.** Most claims are seen alike by most who rated them.",
    NoCamps.NOT_FOUND: "**No camps.** How views go together is no more than chance would bring about.",
}
ABOUT = (
    "-# A camp is a group that rates claims alike, whatever stance its people chose. It is shown only where a "
    "permutation test finds that chance is no explanation, and never who is in it."
)


def draw_camps(found: Found, outline: Outline, motion: str) -> Card:
    card = Card().text(f"### Hidden camps\n{escape(motion)}")
    camps = found.camps
    if isinstance(camps, NoCamps):
        return card.text(NONE[camps]).text(ABOUT)
    sizes = Counter(camp for camp in camps.of if camp is not None)
    card.text(f"**{len(sizes)} camps.** Chance alone would show as much in about {camps.p:.1%} of cases.")
    for camp, size in sorted(sizes.items()):
        lines = [f"**Camp {'ABCDE'[camp]}** · {size} people"]
        for one in found.typical.get(camp, ()):
            verb = "agrees" if one.agrees else "disagrees"
            lines.append(f"- {verb} more than the others: **#{one.claim}** {_text(outline, one.claim)}")
        if len(lines) == 1:
            lines.append("-# No claim is typical of it beyond doubt.")
        card.line().text("\n".join(lines))
    return card.text(ABOUT)


def _text(outline: Outline, number: int) -> str:
    return escape(clip(outline[number].text, 120)) if number in outline else ""
