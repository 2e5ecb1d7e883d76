"""What was said in a debate shows: as its member's argument and nobody else's."""

from __future__ import annotations

from typing import Final

from bot.debate.cards import button
from bot.debate.formats import OTHER
from bot.debate.recap import escape_lines, list_sources, say_found, say_out
from bot.debate.said_facts import Said
from bot.kit import Button, Card, custom_id
from bot.text import mention
from bot.votes import SIDES

WHO: Final = "-# Member's argument"
WAITS: Final = "A moderator looks at this first; then it is shown here. The debate goes on meanwhile."


def draw_said(said: Said) -> Card:
    """What somebody said, under their name, with the § that they rely on."""
    title = f"{WHO} · {said.turn} · {SIDES.get(said.side, '')}"
    card = Card().text(f"{title} · {mention(said.user_id)}")
    if said.state == "waiting":
        return card.text(WAITS).buttons(button("Look at it", "look", said.debate_id, said.id))
    if said.state != "shown":
        return card.text(say_out(said.state, said.text))
    card.text(escape_lines(said.text))
    if sources := list_sources(said.cites, said.text):
        card.text(f"-# {' · '.join(sources)}")
    for fair, why in said.found:
        card.text(f"-# {say_found(fair, why)}")
    ids = (said.debate_id, said.id)
    if said.judging:
        other = SIDES[OTHER[said.side]]
        card.text(f"-# Does this say what {other} means? Whoever speaks {other} presses:")
        card.buttons(button("Fair", "fair", *ids), button("Not quite", "unfair", *ids))
    report = Button("Report", custom_id("flag:open", "speech", said.id))
    look = [button("Look at it", "look", *ids)] if said.reason_waits else []
    return card.buttons(report, button("Take out", "void", *ids), *look)
