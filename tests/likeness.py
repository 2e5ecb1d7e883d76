"""Pictures are compared as somebody sees them who sees no colours: a digit that is another one makes them differ."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops

PICTURES = Path(__file__).parent / "pictures"
LIKE = 20  # shades; another digit makes more than twice as many


def grey(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def keep(name: str) -> Image.Image:
    """The picture as it looked when it was last looked at."""
    return Image.open(PICTURES / name).convert("L")


def difference(one: Image.Image, other: Image.Image) -> int:
    """How far apart two pictures of one size are where they differ most, in shades of 255: of spots of 4 x 4 pixels.

    So that one digit counts as much as a new drawing, but not how another machine smooths the edge of a letter.
    """
    spots = ImageChops.difference(one.reduce(4), other.reduce(4))
    return max(shade for shade, often in enumerate(spots.histogram()) if often)
