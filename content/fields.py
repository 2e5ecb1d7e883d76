"""The kinds of text, number and day that a pack holds, and what may be written for each.

A loader hands over every value as the text that stands in the file. So the words that count as yes and no,
and the shape of a number or a day, are decided here and nowhere else. Values that have their type already
pass unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,31}$"  # two of them fit in the id of a button
CITE_PATTERN = r"^[0-9]{1,2}(\.[0-9]{1,2}|q[0-9]?|[bt][0-9]{1,2})$"
SECTION_PATTERN = r"^[0-9]{1,2}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"


class Model(BaseModel):
    """Frozen, and an unknown key is a fault rather than something ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)  # texts of members, in logs


def describe(value: object) -> str:
    """What stands in the file, in words: 'nothing', 'a list', or the text itself, shortened and quoted."""
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a group of keys"
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= 60 else text[:57] + '...'}'"


def fold(text: str) -> str:
    """The text with case, compatibility forms and spacing evened out: what folds alike reads alike."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def refuse(value: object, *flaws: tuple[tuple[str | int, ...], str]) -> None:
    """Raise every flaw at once, each at its place below `value`. Without flaws nothing happens."""
    if flaws:
        raise ValidationError.from_exception_data("pack", [_detail(value, loc, message) for loc, message in flaws])


def _detail(value: object, loc: tuple[str | int, ...], message: str) -> InitErrorDetails:
    # The message travels as a value: braces in a person's text must not be read as places to fill in.
    return InitErrorDetails(type=PydanticCustomError("flaw", "{m}", {"m": message}), loc=loc, input=value)


def repeated(texts: Iterable[str]) -> list[tuple[int, int]]:
    """Pairs (first, again) of indexes at which texts fold alike."""
    seen: dict[str, int] = {}
    pairs = []
    for index, text in enumerate(texts):
        first = seen.setdefault(fold(text), index)
        if first != index:
            pairs.append((first, index))
    return pairs


def name_letters(letters: Collection[str]) -> str:
    """'A to D' for the letters of four options."""
    ordered = sorted(letters)
    return f"{ordered[0]} to {ordered[-1]}"


def one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("runs over several lines; write it as one line")
    return text


def _one_of_many(id: str) -> str:
    if id == "all":
        raise ValueError("'all' stands for all of them in the id of a button; choose another")
    if id == "server":
        raise ValueError("'server' stands for the questions that a server wrote itself; choose another")
    return id


def _distinct_cites(cites: tuple[str, ...]) -> tuple[str, ...]:
    refuse(cites, *(((again,), f"names §{cites[again]} twice; once is enough") for _, again in repeated(cites)))
    return cites


def _read_flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise ValueError(f"must be true or false, written just so; {describe(value)} stands here")


def _read_whole(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    raise ValueError(f"must be a whole number in digits, such as 3; {describe(value)} stands here")


def _read_decimal(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", value):
        return float(value)
    right = "must be a plain number such as 1945 or 2.5, without spaces, commas or words"
    raise ValueError(f"{right}; {describe(value)} stands here")


def _read_day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        # The pattern comes first: fromisoformat also takes 20260131 and 2026-W05-6.
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"must be a day of the calendar, written like 2026-01-31; {describe(value)} stands here")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(one_line)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(one_line)]
OptionText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(one_line)
]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
SubjectId = Annotated[Id, AfterValidator(_one_of_many)]
Letter = Literal["A", "B", "C", "D", "E"]
Cite = Annotated[str, StringConstraints(pattern=CITE_PATTERN)]
Cites = Annotated[tuple[Cite, ...], Field(min_length=1, max_length=8), AfterValidator(_distinct_cites)]
Flag = Annotated[bool, BeforeValidator(_read_flag)]
Whole = Annotated[int, BeforeValidator(_read_whole)]
Decimal = Annotated[float, BeforeValidator(_read_decimal), Field(allow_inf_nan=False)]
Day = Annotated[date, BeforeValidator(_read_day)]
Difficulty = Annotated[Literal[1, 2, 3], BeforeValidator(_read_whole)]
