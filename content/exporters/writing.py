"""Numbers and texts as every format can write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from content.deck import QUESTION, DeckQuestion
from content.tree import sift

LINE_END = re.compile(r"\r\n?|\x85")


def digits(value: float) -> str:
    """A number as it is typed: 47, -0.5, 0.0000001; never an exponent."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def sifted(question: DeckQuestion) -> DeckQuestion | None:
    """The question without characters that no file may hold; None where nothing is left of one of its texts."""
    data = question.model_dump()
    clean = _sifted(data)
    if clean == data:
        return question
    try:
        return QUESTION.validate_python(clean)
    except ValidationError:
        return None


def _sifted(part: Any) -> Any:
    if isinstance(part, str):
        return sift(LINE_END.sub("\n", part))[0]
    if isinstance(part, dict):
        return {key: _sifted(value) for key, value in part.items()}
    return tuple(map(_sifted, part)) if isinstance(part, tuple) else part
