"""The picture of a debate: that it looks as it did, fits, and says the same numbers as its alternative text."""

from __future__ import annotations

import pytest
from PIL import Image

from bot.debate.flow_picture import alt_text, draw
from bot.debate.flows import ORDER, Shown, show, tabulate
from bot.debate.recap import Spent
from tests.likeness import LIKE, difference, grey, keep

# A change that is meant: look at `draw(show(TABLE), ...)` at 400 pixels, then keep its bytes in tests/pictures.
CELLS = [(before, after) for before in ORDER for after in ORDER]
TABLE = dict(zip(CELLS, (12, 6, 0, 9, 8, 5, 7, 5, 11), strict=True))
PART = dict(zip(CELLS, (9, 2, 0, 7, 5, 1, 6, 0, 8), strict=True))
LIVE, SLOW = Spent((1240, 1105), (7, 5), (754, 700)), Spent((1240, 1105), (7, 5), None)


def seen(shown: Shown) -> Image.Image:
    """The picture as somebody sees it who sees no colours."""
    return grey(draw(shown, LIVE))


def test_the_picture_looks_as_it_did() -> None:
    kept, now = keep("flow.png"), seen(show(TABLE))
    assert now.size == kept.size
    assert difference(now, kept) <= LIKE


@pytest.mark.parametrize("moved", [("for", "for"), ("unsure", "against"), ("against", "unsure")])
def test_one_more_ballot_makes_another_picture(moved: tuple[str, str]) -> None:
    other = TABLE | {moved: TABLE[moved] + 1}
    assert difference(seen(show(other)), keep("flow.png")) > 2 * LIKE


@pytest.mark.parametrize("table", [TABLE, PART, dict.fromkeys(CELLS, 900), dict.fromkeys(CELLS, 2)])
def test_nothing_is_cut_off(table: dict[tuple[str, str], int]) -> None:
    picture = seen(show(table))
    box = picture.point([255 if shade < 180 else 0 for shade in range(256)]).getbbox()
    assert box is not None
    assert picture.width == 2 * 400
    assert min(box[0], box[1], picture.width - box[2], picture.height - box[3]) >= 10


@pytest.mark.parametrize(
    "table", [TABLE, PART, dict.fromkeys(CELLS, 5) | {("for", "for"): 90}, dict.fromkeys(CELLS, 0)]
)
@pytest.mark.parametrize("spent", [LIVE, SLOW])
def test_it_is_wider_than_high_so_that_discord_does_not_make_it_narrow(
    table: dict[tuple[str, str], int], spent: Spent
) -> None:
    width, height = grey(draw(show(table), spent)).size
    assert height <= width


def test_the_alternative_text_gives_the_same_numbers() -> None:
    assert alt_text(show(TABLE), LIVE) == (
        "How votes moved. Leaning towards For. 63 people voted both before and after. "
        "towards For 21; voted the same 31; towards Against 11. From For (of 18): 12 to For, 6 to Unsure. "
        "From Unsure (of 22): 9 to For, 8 to Unsure, 5 to Against. "
        "From Against (of 23): 7 to For, 5 to Unsure, 11 to Against. "
        "Time taken: For 12 min 34 s, Against 11 min 40 s. Words: For 1,240, Against 1,105. "
        "§ cited: For 7, Against 5."
    )


def test_a_direction_with_a_small_part_is_named_and_not_split() -> None:
    told = alt_text(show(PART), LIVE)
    assert "Not split, as a part has fewer than five people: towards Against." in told
    assert "2 to Unsure" not in told


def test_where_turns_last_hours_their_time_is_not_compared() -> None:
    assert "Time taken" not in alt_text(show(TABLE), SLOW)
    assert grey(draw(Shown(0), SLOW)).height < seen(Shown(0)).height


def test_where_nobody_voted_twice_it_is_said_in_words() -> None:
    assert alt_text(Shown(0), SLOW).startswith("Too few to read. Nobody voted twice; 10 people are needed. ")


def test_three_voters_are_drawn_and_told_alike_however_they_voted() -> None:
    moved = show(tabulate([("unsure", "for")] * 3))
    still = show(tabulate([("against", "against"), ("for", "for"), ("unsure", "unsure")]))
    assert draw(moved, LIVE) == draw(still, LIVE)
    told = alt_text(moved, SLOW)
    assert told == (
        "Too few to read. 3 people voted twice; 7 more are needed. "
        "Words: For 1,240, Against 1,105. § cited: For 7, Against 5."
    )


def test_the_longest_alternative_text_fits_discord() -> None:
    assert len(alt_text(show(dict.fromkeys(CELLS, 900)), Spent((99_999, 99_999), (999, 999), (99_999, 99_999)))) <= 1024
