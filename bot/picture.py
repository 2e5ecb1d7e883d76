"""A picture: a sheet on which words and bars are drawn, as the bytes of a PNG."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"  # Pillow's own lacks ą č ę ė į š ų ū ž
WIDTH = 800  # pixels; a phone shows half as many
TEXT = 28  # pixels high, so that half of it can still be read
HATCH = 12  # pixels from one line of a hatching to the next
PAPER, INK, TINT, RULE = "#ffffff", "#1b2733", "#4f6d8f", "#c3ccd6"

Fill = Literal["open", "hatched", "solid"]
Shape = Literal["square", "diamond", "circle"]
Side = Literal["left", "middle", "right"]


class Picture:
    """A white sheet, drawn on from values. Places and sizes are pixels, from the top left.

    It shares nothing, so it can be made in any thread. Write the bot's own words only: the font has no emoji and
    no Chinese, so names and titles belong in the text beside the picture.
    """

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDTH, height), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, x: int, y: int, words: str, side: Side = "left", size: int = TEXT) -> None:
        """Write a line of words whose left, middle or right is at x, and half of whose height is at y."""
        # The basic layout draws the same pixels whether or not a machine has the library for the other one.
        font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
        self._draw.text((x, y), words, INK, font, anchor=f"{side[0]}m")

    def bar(self, x: int, y: int, width: int, height: int, fill: Fill) -> None:
        """Draw a bar down and right from (x, y). Fills differ in pattern, not in colour alone."""
        bar = _pattern(width, height, fill)
        draw = ImageDraw.Draw(bar)
        draw.rectangle((0, 0, width - 1, height - 1), outline=TINT, width=3)
        self._image.paste(bar, (x, y))

    def ribbon(self, x: int, y: int, width: int, height: int, rise: int, fill: Fill) -> None:
        """Draw a band right from (x, y) that swings down by `rise`, up if it is negative; fills are those of bars."""
        swing = [(x + n, y + round(rise * (3 - 2 * n / width) * (n / width) ** 2)) for n in range(width + 1)]
        outline = [*swing, *((right, low + height) for right, low in reversed(swing))]
        mask = Image.new("L", self._image.size)
        ImageDraw.Draw(mask).polygon(outline, 255)
        self._image.paste(_pattern(*self._image.size, fill), mask=mask)
        self._draw.line([*outline, outline[0]], TINT, 3)

    def mark(self, x: int, y: int, size: int, shape: Shape, fill: Fill) -> None:
        """Draw a shape of this size around (x, y); fills are those of bars."""
        half = size // 2
        left, top, end = x - half, y - half, 2 * half
        flat, tipped = [(0, 0), (end, 0), (end, end), (0, end)], [(half, 0), (end, half), (half, end), (0, half)]
        corners = flat if shape == "square" else tipped
        mask = Image.new("L", (end + 1, end + 1))
        if shape == "circle":
            ImageDraw.Draw(mask).ellipse((0, 0, end, end), 255)
        else:
            ImageDraw.Draw(mask).polygon(corners, 255)
        self._image.paste(_pattern(*mask.size, fill, left + top), (left, top), mask)
        if shape == "circle":
            self._draw.ellipse((left, top, left + end, top + end), outline=TINT, width=3)
        else:
            self._draw.line([(left + right, top + down) for right, down in (*corners, corners[0])], TINT, 3)

    def line(self, x: int, y: int, width: int, height: int) -> None:
        """Draw a faint rule down and right from (x, y)."""
        self._draw.rectangle((x, y, x + width - 1, y + height - 1), RULE)

    def png(self) -> bytes:
        """The picture as a file, in 64 colours: a third of the size and half of the time."""
        file = io.BytesIO()
        few = self._image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(file, "PNG")
        return file.getvalue()


def _pattern(width: int, height: int, fill: Fill, shift: int = 0) -> Image.Image:
    """A piece of a fill; pieces whose `shift` is that of their places, right plus down, go on in each other."""
    sheet = Image.new("RGB", (width, height), TINT if fill == "solid" else PAPER)
    if fill == "hatched":
        draw = ImageDraw.Draw(sheet)
        for start in range(-height - shift % HATCH, width, HATCH):
            draw.line((start, height, start + height, 0), TINT, 4)
    return sheet
