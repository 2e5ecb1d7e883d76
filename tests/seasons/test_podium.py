"""The picture of a podium, pixel by pixel where it matters."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.seasons.podium import BARS, FULL, ROW, TOP, alt_text, draw
from storage.boards import Row

INK = 140  # darker than this is drawn, lighter is paper


def people(*points: int) -> list[Row]:
    return [Row(place, place, f"person {place}", many, 1, 1) for place, many in enumerate(points, start=1)]


def bar_end(picture: Image.Image, place: int) -> int:
    """How long a bar is, by its lower edge."""
    y = TOP + (place - 1) * ROW + ROW // 2 + 22
    drawn = [x for x in range(BARS, picture.width) if picture.getpixel((x, y)) < INK]  # type: ignore[operator]
    return max(drawn, default=BARS) - BARS + bool(drawn)


def shown(*points: int) -> Image.Image:
    return Image.open(io.BytesIO(draw(people(*points)))).convert("L")


def test_bars_are_as_long_as_points_are_many() -> None:
    picture = shown(400, 200, 100)
    assert [bar_end(picture, place) for place in (1, 2, 3)] == [FULL, FULL // 2, FULL // 4]


@pytest.mark.parametrize("points", [(0, -3), (-1,)])
def test_who_has_no_points_has_no_bar(points: tuple[int, ...]) -> None:
    picture = shown(*points)
    assert [bar_end(picture, place) for place in range(1, len(points) + 1)] == [0] * len(points)


def test_the_first_three_differ_in_pattern() -> None:
    picture = shown(100, 100, 100)
    inside = [TOP + place * ROW + ROW // 2 for place in range(3)]
    dark = [
        sum(picture.getpixel((x, y)) < INK for x in range(BARS + 10, BARS + 210))  # type: ignore[operator]
        for y in inside
    ]
    assert dark[0] == 200
    assert 40 < dark[1] < 160
    assert dark[2] == 0


def test_the_largest_numbers_fit_the_picture() -> None:
    picture = shown(9_999_999, 9_999_998)
    edge = [picture.getpixel((x, y)) for x in range(picture.width - 20, picture.width) for y in range(TOP, 200)]
    assert min(edge) > 240  # type: ignore[type-var, operator]


def test_ten_names_of_any_length_fit_the_alt_text() -> None:
    rows = [Row(n, n, "x" * 80, 1_000_000, 1, 1) for n in range(1, 11)]
    assert alt_text(rows).endswith("10. " + "x" * 31 + "…: 1,000,000.")
    assert len(alt_text(rows)) <= 1024


def test_the_alt_text_holds_the_numbers_of_the_picture() -> None:
    assert alt_text(people(1200, -40)) == "Final points, by place. 1. person 1: 1,200; 2. person 2: −40."
