"""The picture of option shares: what is on it, that it fits, and that the same words come with it."""

from __future__ import annotations

import io
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageChops, ImageFont

from bot.picture import FONT, WIDTH, Fill, Picture
from bot.questions.analysis import Third, Thirds
from bot.questions.share_picture import BAR, BARS, GAP, ROW, TOP, alt_text, draw

THREE: Thirds = (Third(14, (3, 5, 6)), Third(12, (1, 8, 3)), Third(14, (0, 14, 0)))
MOST: Thirds = (Third(99_999, (99_999,) * 5),) * 3


def grey(png: bytes) -> Image.Image:
    """The picture as somebody sees it who sees no colours."""
    return Image.open(io.BytesIO(png), formats=["PNG"]).convert("L")


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is drawn."""
    box = picture.point([255 if shade < 200 else 0 for shade in range(256)]).getbbox()
    assert box is not None
    return box


def change(before: bytes, after: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what differs."""
    box = ImageChops.difference(grey(before), grey(after)).getbbox()
    assert box is not None
    return box


def test_the_picture_has_a_phones_width_twice() -> None:
    assert grey(draw(THREE, [1])).width == 2 * 400


def test_each_option_takes_the_same_height() -> None:
    heights = [grey(draw((Third(9, (3,) * n),) * 3, [0])).height for n in (2, 3, 4, 5)]
    steps = {taller - lower for lower, taller in itertools.pairwise(heights)}
    assert len(steps) == 1


def test_nothing_is_cut_off_where_everybody_chose_everything() -> None:
    picture = grey(draw(MOST, range(5)))
    left, top, right, bottom = ink(picture)
    assert min(left, top, picture.width - right, picture.height - bottom) >= 10


@pytest.mark.parametrize("share", [1, 2, 9])
def test_a_bar_is_as_long_as_its_share(share: int) -> None:
    def end(picks: int) -> int:
        thirds: Thirds = (Third(10, (picks, 0)), Third(10, (0, 0)), Third(10, (0, 0)))
        top = TOP + GAP // 2 + (ROW - BAR) // 2
        upper_edge = (BARS, top, WIDTH, top + 3)  # of the first bar; its number is lower down
        return ink(grey(draw(thirds, [])).crop(upper_edge))[2]

    assert end(share) == pytest.approx(end(10) * share / 10, abs=1)


def test_a_share_changes_its_own_line_only() -> None:
    other: Thirds = (THREE[0], Third(12, (1, 9, 3)), THREE[2])
    _, top, _, bottom = change(draw(THREE, [1]), draw(other, [1]))
    assert bottom - top <= 40


def test_the_key_is_marked_beside_its_letter() -> None:
    plain = draw(THREE, [])
    marks = [change(plain, draw(THREE, [option])) for option in range(3)]
    assert [(left, right) for left, _, right, _ in marks] == [marks[0][::2]] * 3
    assert marks[0][3] < marks[1][1] < marks[1][3] < marks[2][1]  # one below the other


def test_thirds_can_be_told_apart_without_colours() -> None:
    def bar(fill: Fill) -> bytes:
        picture = Picture(60)
        picture.bar(10, 10, 200, 30, fill)
        return grey(picture.png()).point([255 if shade > 150 else 0 for shade in range(256)]).tobytes()

    assert len({bar("open"), bar("hatched"), bar("solid")}) == 3


def test_a_third_without_people_is_drawn_and_told() -> None:
    thirds: Thirds = (Third(0, (0, 0)), Third(20, (5, 15)), Third(0, (0, 0)))
    assert grey(draw(thirds, [1])).size == grey(draw((Third(20, (5, 15)),) * 3, [1])).size
    assert alt_text(thirds, [1]) == (
        "Share of each option, by score third. People: low 0, middle 20, high 0. "
        "A: low no one, middle 25%, high no one. B (right): low no one, middle 75%, high no one."
    )


def test_the_alternative_text_gives_the_same_numbers() -> None:
    assert alt_text(THREE, [1]) == (
        "Share of each option, by score third. People: low 14, middle 12, high 14. "
        "A: low 21%, middle 8%, high 0%. "  # 3/14, 1/12
        "B (right): low 36%, middle 67%, high 100%. "  # 5/14, 8/12
        "C: low 43%, middle 25%, high 0%."  # 6/14, 3/12
    )


def test_the_longest_alternative_text_fits_discord() -> None:
    assert len(alt_text(MOST, range(5))) <= 1024


def test_the_same_figures_give_the_same_pixels_in_any_thread() -> None:
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda _: draw(THREE, [1]), range(12)))
    assert {grey(png).tobytes() for png in drawn} == {grey(draw(THREE, [1])).tobytes()}


@pytest.mark.parametrize("letter", "ąčęėįšųūžĄČĘĖĮŠŲŪŽęłńśźż✓%’")
def test_the_font_has_the_letters_of_the_region(letter: str) -> None:
    font = ImageFont.truetype(FONT, 28)
    missing = font.getmask("\U0010ffff")
    assert bytes(font.getmask(letter)) != bytes(missing)
