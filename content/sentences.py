"""Sentences for what is wrong: a model's errors and unknown names, in a pack writer's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from content.faults import Flaw, Loc
from content.fields import CITE_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, SECTION_PATTERN, Model, describe
from content.pack import Pack
from content.schema import keys_at

PATTERNS = {
    ID_PATTERN: "an id is made of small letters, digits and hyphens, at most 32, such as 't1-width'",
    CITE_PATTERN: "a § is written 2.1 (sentence), 2q (quote), 2b1 (bullet) or 2t1 (row)",
    SECTION_PATTERN: "the id of a section is its number, such as 2",
    LANGUAGE_PATTERN: "a language is written as its code, such as en",
}
SHOWN_NAMES = 25
NEAR = 60  # of 100: rapidfuzz's ratio from which a name is worth suggesting; 'promt' to 'prompt' has 91


def model_flaws(error: ValidationError, model: type[Model] = Pack) -> Iterator[Flaw]:
    """Every error of a pack's or a deck's model as a flaw; what only follows from another error is left out."""
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        if loc[0] == "questions" and len(loc) > 2:
            loc = loc[:2] + loc[3:]  # the model puts the question's kind between index and key
        message = _sentence(detail, model)
        if message is not None:
            yield Flaw(loc, message, at_key=detail["type"] == "extra_forbidden")


def unknown(name: str, what: str, names: Sequence[str]) -> str:
    """The sentence for a name that is not among `names`; `what` is such as 'a theme of this pack'."""
    if not names:
        return f"{describe(name)} is not {what}; there is none yet"
    guess = process.extractOne(name, names[:SHOWN_NAMES], scorer=fuzz.ratio, score_cutoff=NEAR)
    near = f"did you mean '{guess[0]}'? Those are" if guess else "those are"
    return f"{describe(name)} is not {what}; {near}: {listing(names)}"


def listing(names: Sequence[str]) -> str:
    """The names, at most 25 of them, and how many more there are."""
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return f"{', '.join(names[:SHOWN_NAMES])}{more}"


def _sentence(detail: ErrorDetails, model: type[Model]) -> str | None:
    if detail["type"] == "extra_forbidden":
        return _unknown_key(detail["loc"], model)
    write = SENTENCES.get(detail["type"])
    if write is None:
        return f"{describe(detail['input'])} can't stand here"
    return write(detail["input"], detail.get("ctx", {}))


def _unknown_key(loc: Loc, model: type[Model]) -> str:
    *group, key = loc
    kind = None
    if loc[0] == "questions" and len(group) > 1:
        kind = group.pop(2)
    return unknown(str(key), "a key that belongs here", keys_at(tuple(group), kind, model))


def _tag(found: Any, context: Mapping[str, Any]) -> str:
    kinds = context["expected_tags"].replace("'", "").split(", ")
    return unknown(context["tag"], "a kind of question", kinds)


def _too_short(found: Any, context: Mapping[str, Any]) -> str | None:
    # The model also says so when entries are left out for their own faults; those faults are enough.
    if len(found) >= context["min_length"]:
        return None
    return f"has {_count(len(found), 'entry')}; at least {context['min_length']} must stand here"


def _count(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def _expected(what: str) -> Callable[[Any, Mapping[str, Any]], str]:
    return lambda found, context: f"must be {what}; {describe(found)} stands here"


def _choice(found: Any, context: Mapping[str, Any]) -> str:
    return f"must be {context['expected'].replace(chr(39), '')}; {describe(found)} stands here"


SENTENCES: dict[str, Callable[[Any, Mapping[str, Any]], str | None]] = {
    "missing": lambda found, context: "is missing; write this key and its value",
    "union_tag_not_found": lambda found, context: (
        "has no 'kind'; write one of single, several, truefalse, who, order, number, typed"
    ),
    "union_tag_invalid": _tag,
    "string_type": _expected("a text"),
    "tuple_type": _expected("a list"),
    "model_type": _expected("a group of keys"),
    "model_attributes_type": _expected("a group of keys"),
    "literal_error": _choice,
    "string_too_short": lambda found, context: "is empty; write a text here",
    "string_too_long": lambda found, context: (
        f"has {len(found.strip())} characters; at most {context['max_length']} are allowed"
    ),
    "string_pattern_mismatch": lambda found, context: (
        f"{describe(found)} can't stand here: {PATTERNS[context['pattern']]}"
    ),
    "too_short": _too_short,
    "too_long": lambda found, context: (
        f"has {_count(len(found), 'entry')}; at most {context['max_length']} may stand here"
    ),
    "greater_than_equal": lambda found, context: f"is {found}; it must be at least {context['ge']:g}",
    "less_than_equal": lambda found, context: f"is {found}; it must be at most {context['le']:g}",
    "value_error": lambda found, context: str(context["error"]),
    "flaw": lambda found, context: str(context["m"]),
}
