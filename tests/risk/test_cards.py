"""Risk cards of any pack fit, and none is shown without what speaks against it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit import Card
from bot.risk.about import draw_about
from bot.risk.cards import draw_brief, draw_full, draw_table
from bot.text import escape
from content.loader import find_packs, load_packs
from content.pack import Pack
from tests.build import OFFRAMP, TABLE, make_pack, make_risk
from tests.stage import read

SHIPPED = [pack for pack in load_packs(find_packs()).values() if pack.risks]
LIKELIHOOD = re.compile(r"\d ?%|\bprobab(?!ility, and neither)|\blikelihood of\b|\bodds\b", re.IGNORECASE)

line = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=300)
text = st.one_of(st.text("*_a", min_size=1490, max_size=1500), line)


def words(card: Card) -> str:
    return "\n".join(word for part in card.view().children for word in read(dict(part.to_component_dict())))


def test_a_pack_with_risks_is_shipped() -> None:
    assert SHIPPED != []


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda pack: pack.id)
def test_shipped_cards_show_everything_uncut_and_no_likelihood(pack: Pack) -> None:
    pages = [words(card) for draw in (draw_brief, draw_full, draw_table, draw_about) for card in draw(pack)]
    assert [page for page in pages if "…" in page or LIKELIHOOD.search(page)] == []
    brief = pages[0]
    assert [risk.who for risk in pack.risks if escape(risk.who) not in brief] == []


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda pack: pack.id)
def test_no_shipped_risk_stands_alone(pack: Pack) -> None:
    assert pack.offramp is not None
    risks = [words(card) for card in draw_full(pack)]
    assert [page for page in [*risks, words(draw_brief(pack)[0])] if escape(pack.offramp.line) not in page] == []
    assert [r.id for r, page in zip(pack.risks, risks, strict=False) if escape(r.against) not in page] == []


@settings(max_examples=40)
@given(text, line, st.integers(1, 25))
def test_what_is_too_long_is_cut_before_the_line_about_ways_down_or_the_caution(
    long: str, short: str, many: int
) -> None:
    parts = {"says": long, "against": long, "leaves_out": long, "who": short, "line": short}
    risks = [make_risk(f"r{n}", **parts) for n in range(many)]
    table = TABLE | {"caution": long, "rows": [row | {"cells": [short, short]} for row in TABLE["rows"]]}
    pack = make_pack(risks=risks, offramp=OFFRAMP | {"says": long, "doubts": long}, table=table)
    for card in (*draw_brief(pack), *draw_full(pack)):
        assert OFFRAMP["line"] in words(card)
        assert len(words(card)) <= 3750
    (card,) = draw_table(pack)
    assert escape(pack.table.caution if pack.table else "") in words(card)


def test_a_pack_without_a_way_down_says_so_beneath_each_risk() -> None:
    pack = make_pack(risks=[make_risk()])
    told = "**Ways down**: this pack holds nothing that its source says about ways down."
    assert [words(card).splitlines()[-1] for card in draw_full(pack)] == [told]
    assert told in words(draw_brief(pack)[0])
