"""What the risk feature decides: the pack and the card that are meant, and what fits on a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.risk import rules
from tests.build import OFFRAMP, make_pack, make_risk

SHAPES = make_pack(risks=[make_risk("r1", title="First"), make_risk("r2", title="Second")], offramp=OFFRAMP)
PLAIN = make_pack(id="plain", title="Plain things")
STARRED = make_pack(id="starred", title="*Stars*")
PACKS = {"plain": PLAIN, "shapes": SHAPES}


@pytest.mark.parametrize(
    ("chosen", "with_risks", "found"),
    [
        (None, True, SHAPES),
        (None, False, PLAIN),
        ("shapes", True, SHAPES),
        ("sHAPES", True, SHAPES),
        ("plain things", False, PLAIN),
    ],
)
def test_a_subject_is_found_by_id_or_title(chosen: str | None, with_risks: bool, found: object) -> None:
    assert rules.choose_pack(PACKS, chosen, with_risks) is found


@pytest.mark.parametrize(
    ("packs", "chosen", "told"),
    [
        (PACKS, "plain", rules.NONE_HERE.format(title="Plain things")),
        ({"starred": STARRED}, "*Stars*", rules.NONE_HERE.format(title="\\*Stars\\*")),
        (PACKS, "nothing", rules.UNKNOWN_SUBJECT),
        ({"plain": PLAIN}, None, rules.NO_RISKS),
    ],
)
def test_a_subject_without_risks_is_refused_kindly(packs: dict[str, object], chosen: str | None, told: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.choose_pack(packs, chosen, with_risks=True)  # type: ignore[arg-type]
    assert str(refusal.value) == told


@pytest.mark.parametrize(
    ("chosen", "page"), [(None, 0), ("r1", 0), ("r2", 1), ("second", 1), ("offramp", 2), ("A way down", 2)]
)
def test_a_card_is_found_by_id_or_title(chosen: str | None, page: int) -> None:
    assert rules.find_page(SHAPES, chosen) == page


def test_an_unknown_card_is_refused() -> None:
    with pytest.raises(Refusal):
        rules.find_page(SHAPES, "r3")


@given(st.lists(st.text(min_size=1, max_size=40), max_size=20))
def test_pages_hold_every_paragraph_in_order_and_no_more_than_fits(paragraphs: list[str]) -> None:
    pages = rules.paginate(paragraphs, 50)
    assert [paragraph for page in pages for paragraph in page] == paragraphs
    assert all(sum(map(len, page)) <= 50 for page in pages)
