"""The pictures of a map: that they look as they did, fit, and say the same numbers as their alternative texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.argue.facts import Said, Survey
from bot.argue.map import share_picture, tree_picture
from bot.argue.map.standings import Page, lay_out, list_compared
from bot.argue.outline import Node
from bot.argue.ratings import Ratings, add_up
from bot.votes import VOTES
from tests.likeness import LIKE, difference, grey, keep

# A change that is meant: look at `draw(...)` of each at 400 pixels, then keep its bytes in tests/pictures.
R = Ratings
OUTLINE = {
    1: ("for", None, None),
    2: ("against", 1, "rebuts"),
    3: ("for", None, None),
    4: ("for", 3, "supports"),
    5: ("for", None, None),
    6: ("against", 5, "beside"),
    7: ("against", None, None),
    8: ("for", 7, "rebuts"),
    112: ("against", None, None),
    113: ("against", 112, "supports"),
    114: ("against", None, None),
    115: ("for", 114, "rebuts"),
    116: ("for", None, None),
}
RATINGS = {
    1: {"for": R(9, 1, 1), "against": R(8, 1, 0), "unsure": R(5, 0, 1)},
    2: {"for": R(1, 9, 1), "against": R(7, 1, 0), "unsure": R(2, 2, 1)},
    3: {"for": R(1, 6, 0), "against": R(0, 7, 0), "unsure": R(0, 5, 0)},
    4: {"for": R(2, 0, 0)},
    7: {"for": R(0, 8, 0), "against": R(8, 0, 0), "unsure": R(3, 2, 0)},
    112: {"for": R(3, 2, 1), "against": R(5, 0, 0)},
    115: {"for": R(3, 3, 3), "against": R(3, 3, 3), "unsure": R(1, 1, 4)},
}

ratings = st.tuples(st.sampled_from(list(VOTES)), st.sampled_from([R(1, 0, 0), R(0, 1, 0), R(0, 0, 1)]))


def page(ratings: dict[int, dict[str, Ratings]] = RATINGS, lift: int = 0) -> Page:
    """The first page of a map; `lift` is added to every number of a claim."""
    outline = {
        n + lift: Node(n + lift, side, "A claim.", (), parent and parent + lift, link)
        for n, (side, parent, link) in OUTLINE.items()
    }
    lifted = {number + lift: by_stance for number, by_stance in ratings.items()}
    stances = {"for": 11, "against": 9, "unsure": 6}
    said = {number: Said(by_stance, stances) for number, by_stance in lifted.items()}
    return lay_out(Survey("shapes/m1", outline, "for", frozenset(), said), None, 0)


def draw_both(page: Page) -> dict[str, bytes]:
    return {"claims.png": tree_picture.draw(page), "agreement.png": share_picture.draw(list_compared(page))}


@pytest.mark.parametrize("name", ["claims.png", "agreement.png"])
def test_the_picture_looks_as_it_did(name: str) -> None:
    kept, now = keep(name), grey(draw_both(page())[name])
    assert (now.size, now.width) == (kept.size, 2 * 400)
    assert difference(now, kept) <= LIKE


@pytest.mark.parametrize("name", ["claims.png", "agreement.png"])
@pytest.mark.parametrize("number", [1, 2, 3, 7, 115])
def test_one_more_rating_makes_another_picture(name: str, number: int) -> None:
    other = RATINGS | {number: RATINGS[number] | {"for": RATINGS[number]["for"] + R(1, 0, 0)}}
    assert difference(grey(draw_both(page(other))[name]), keep(name)) > 2 * LIKE


@pytest.mark.parametrize("claim", [0, 1])
def test_a_bar_that_is_missing_makes_another_picture(claim: int) -> None:
    row = page().sides["for"][0]
    top = tree_picture.TOP + tree_picture.HEAD + claim * tree_picture.measure(row)
    bar = (tree_picture.LEFT["for"] + tree_picture.BAR, top, tree_picture.LEFT["for"] + tree_picture.BAR + 75, top + 46)
    without = keep("claims.png")
    without.paste(255, bar)
    assert difference(without, keep("claims.png")) > 2 * LIKE


@pytest.mark.parametrize("name", ["claims.png", "agreement.png"])
@pytest.mark.parametrize("most", [False, True])
def test_nothing_is_cut_off(name: str, most: bool) -> None:
    many = dict.fromkeys(OUTLINE, dict.fromkeys(("for", "against", "unsure"), R(3_333, 0, 0)))
    picture = grey(draw_both(page(many, lift=99_000) if most else page())[name])
    box = picture.point([255 if shade < 180 else 0 for shade in range(256)]).getbbox()
    assert box is not None
    assert min(box[0], box[1], picture.width - box[2], picture.height - box[3]) >= 10


def test_the_alternative_texts_give_the_same_numbers() -> None:
    assert tree_picture.alt_text(page()) == (
        "Where claims stand. For: #1 common ground, 26 ratings; #2 (Against, rebuts #1) stances differ, 24 ratings; "
        "#3 shared disagreement, 19 ratings; #4 (For, supports #3) needs more ratings; "
        "#5 needs more ratings; #6 (Against, calls #5 true but not relevant here) needs more ratings. "
        "Against: #7 stances differ, 21 ratings; #8 (For, rebuts #7) needs more ratings; "
        "#112 needs more ratings, 11 ratings; #113 (Against, supports #112) needs more ratings; "
        "#114 needs more ratings; #115 (For, rebuts #114) no clear view yet, 24 ratings."
    )
    assert share_picture.alt_text(list_compared(page())) == (
        "Who agrees, by stance. #1 For 82 %, Against 89 %, Unsure 83 %; #115 For 33 %, Against 33 %, Unsure 17 %; "
        "#2 For 9 %, Against 88 %; #7 For 0 %, Against 100 %; #3 For 14 %, Against 0 %."
    )


def test_the_longest_alternative_texts_fit_discord() -> None:
    many = dict.fromkeys(OUTLINE, dict.fromkeys(("for", "against", "unsure"), R(0, 99_999, 0)))
    full = page(many, lift=999_000)
    assert len(tree_picture.alt_text(full)) <= 1024
    assert len(share_picture.alt_text(list_compared(full))) <= 1024


@given(st.lists(ratings, max_size=5))
def test_up_to_five_ratings_are_shown_like_none(said: list[tuple[str, Ratings]]) -> None:
    by_stance = {stance: add_up(one for whose, one in said if whose == stance) for stance in VOTES}
    assert page({1: by_stance}) == page({})


def test_three_voters_are_drawn_and_told_alike_however_they_rated() -> None:
    none, apart = page({}), page({1: {"for": R(0, 2, 0), "against": R(1, 0, 0)}})
    assert tree_picture.draw(none) == tree_picture.draw(apart)
    assert tree_picture.alt_text(none) == tree_picture.alt_text(apart)
    assert list_compared(none) == list_compared(apart) == []
