"""Risk cards, made from a pack: never a risk without what is set against it, no likelihoods and no ranking.

Each function returns all pages of one command, without the buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.errors import Refusal
from bot.kit import TEXT_LIMIT, Card
from bot.risk import rules
from bot.text import clip, escape, sections
from content.pack import Offramp, Pack, RiskCard, Row, Table

Pages = Callable[[Pack], list[Card]]

BODY = TEXT_LIMIT - 200  # the rest is for the footer
NO_WAY_DOWN = "this pack holds nothing that its source says about ways down."


def draw_brief(pack: Pack) -> list[Card]:
    """Every risk in a line, who says it as far as that fits, and the line about ways down."""
    head = _heading(pack, "Risks the source names")
    order = "-# In the order of the source, which says nothing about weight. What stands against each: /risk full"
    down = _way_down(pack) + (f"\n-# {escape(pack.offramp.who)}" if pack.offramp else "")
    room = BODY - len(head) - len(order) - len(down)
    return [Card().text(head).text(_lines(pack, room)).line().text(down).text(order)]


def draw_full(pack: Pack) -> list[Card]:
    """A page a risk, and one for the ways down; the line about ways down stands beneath each."""
    pages = [_draw_risk(pack, risk) for risk in pack.risks]
    return [*pages, _draw_offramp(pack, pack.offramp)] if pack.offramp else pages


def draw_table(pack: Pack) -> list[Card]:
    """The table row by row, as it can be read on a phone, with its caution."""
    if pack.table is None:
        raise Refusal(rules.NO_TABLE.format(title=escape(pack.title)))
    head = _heading(pack, pack.table.title)
    caution = f"**Read with caution.** {escape(pack.table.caution)}"
    rows = "\n\n".join(_row(pack.table, row) for row in pack.table.rows)
    return [Card().text(head).text(clip(rows, BODY - len(head) - len(caution))).line().text(caution)]


def _lines(pack: Pack, room: int) -> str:
    """The risks in lines that fit: with who says it, else without, else shortened."""
    short = [f"**{escape(risk.title)}**: {escape(risk.line)}" for risk in pack.risks]
    said = [f"{line}\n-# {escape(risk.who)}" for line, risk in zip(short, pack.risks, strict=True)]
    most = room // len(short) - 1
    return next((text for text in map("\n".join, (said, short)) if len(text) <= room), _joined(short, most))


def _joined(lines: Sequence[str], most: int) -> str:
    return "\n".join(clip(line, most) for line in lines)


def _draw_risk(pack: Pack, risk: RiskCard) -> Card:
    card = Card().text(_heading(pack, risk.title))
    card.text(_part("What the source says", risk.says, 1000)).text(_part("Who says it", risk.who, 320))
    card.text(_part("What it sets against this", risk.against, 1000))
    card.text(_part("What it leaves out", risk.leaves_out, 600)).text(f"-# {sections(risk.cite)}")
    return card.line().text(_way_down(pack))


def _draw_offramp(pack: Pack, offramp: Offramp) -> Card:
    card = Card().text(_heading(pack, offramp.title))
    card.text(_part("What the source says", offramp.says, 1200)).text(_part("Who says it", offramp.who, 320))
    card.text(_part("What speaks against it in the same source", offramp.doubts, 1200))
    return card.text(f"-# {sections(offramp.cite)}").line().text(_way_down(pack))


def _heading(pack: Pack, title: str) -> str:
    return f"## {clip(escape(title), 120)}\n-# {clip(escape(pack.title), 120)}"


def _way_down(pack: Pack) -> str:
    if pack.offramp is None:
        return f"**Ways down**: {NO_WAY_DOWN}"
    return clip(f"**{escape(pack.offramp.title)}**: {escape(pack.offramp.line)}", 450)


def _part(label: str, text: str, most: int) -> str:
    return f"**{label}**\n{clip(escape(text), most)}"


def _row(table: Table, row: Row) -> str:
    cells = zip(table.columns[1:], row.cells, strict=True)
    lines = (f"{escape(column)}: {escape(cell)}" for column, cell in cells)
    return "\n".join((f"**{escape(row.label)}** · {sections(row.cite)}", *lines))
