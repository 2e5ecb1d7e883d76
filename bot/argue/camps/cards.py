"""Groups as cards: what is typical of each stance and of each hidden camp, if there are any; never who is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.argue.camps.finding import RATED_FROM, NoCamps
from bot.argue.camps.parting import Found
from bot.argue.camps.typical import Typical, find_typical
from bot.argue.facts import Survey
from bot.argue.outline import Outline
from bot.kit import Card
from bot.small import CAMPS_FROM, TOLD_FROM
from bot.text import clip, escape
from bot.votes import VOTES

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
TYPICAL = (
    f"-# Named are claims that most of a stance agree or disagree with, and more of it than of the others, where "
    f"{TOLD_FROM} people or more have rated on both sides."
)
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
        card.line().text("\n".join([*lines, *_list_typical(found.typical.get(camp, ()), outline)]))
    return card.text(ABOUT)


def draw_stances(survey: Survey, motion: str) -> Card:
    """What those of each stance say more often than the others do."""
    card = Card().text(f"### What is typical of each stance\n{escape(motion)}")
    ratings = {number: said.ratings for number, said in survey.said.items()}
    for stance, name in VOTES.items():
        typical = _list_typical(find_typical(ratings, stance), survey.outline)
        card.line().text("\n".join([f"**{name}**", *typical]))
    return card.text(TYPICAL)


def _list_typical(typical: Sequence[Typical], outline: Outline) -> list[str]:
    verbs = {True: "agrees", False: "disagrees"}
    lines = [
        f"- {verbs[one.agrees]} more than the others: **#{one.claim}** {escape(clip(outline[one.claim].text, 120))}"
        for one in typical
        if one.claim in outline  # it may have been taken away meanwhile
    ]
    return lines or ["-# No claim is typical of it beyond doubt."]
