"""A draft: what somebody has typed into the form of a question so far, and the question it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.item import Kind
from bot.questions.form import ABOUT, NAMES, PROMPT
from content.deck import Deck, DeckQuestion, Number, Order, Single, Typed, Who
from content.pack import LETTERS
from content.sentences import model_flaws

NUMBER = r"[-+−]?\d{1,15}(?:[.,]\d{1,9})?(?![\d:.,/–-]|[eE]\d)"  # no beginning of 12:30, 2027-01-15, 1e3
MEASURE = re.compile(rf"({NUMBER})\s*([^±]*?)\s*(?:(?:±|\+/-|\+-)\s*({NUMBER})\s*(.*))?")
# 47,500 may be a few or many, and so may 47 500; how much is meant by a unit such as "per 1,000 people" is no matter.
THOUSANDS = re.compile(r"(?:^|±|\+/-|\+-)\s*([-+−]?\d+[,\s]\d{3})(?!\d)")
REJECTED = "not:"  # begins a line with an answer that never counts

Purpose = Literal["add", "edit", "suggest", "approve"]


class Draft(BaseModel):
    """A form as filled in. `texts` are its fields by id, `key` the options chosen as right (indexes as typed).

    `number` and `version` say which question is being changed (0: a new one); `tell` whether its author wants to
    hear what becomes of it; `near` are the prompts of other questions that ask nearly the same; `ruled` that a ruling
    accepts more than the question says. Nothing here needs to be right yet, so nothing that was typed is lost.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    purpose: Purpose
    kind: Kind = "single"
    texts: dict[str, str] = {}
    key: tuple[int, ...] = ()
    status: str = ""
    difficulty: int = 2
    deck: str
    number: int = 0
    version: int = 0
    id: str = ""
    cite: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tell: bool = False
    near: tuple[str, ...] = ()
    ruled: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a draft makes: a question that can be saved, or what is still in its way, in sentences."""

    question: DeckQuestion | None
    problems: tuple[str, ...]


def list_options(draft: Draft) -> list[str]:
    """The options typed, among which the key is chosen."""
    if draft.kind == "truefalse":
        return ["True", "False"]
    return _lines(draft.texts.get("options", ""))


def needs_key(draft: Draft) -> bool:
    """Whether the right option has still to be chosen."""
    return draft.kind in ("single", "several", "truefalse", "who") and not draft.key


def read_draft(draft: Draft, today: date) -> Outcome:
    """The question that a draft makes, or everything that is wrong with it."""
    problems = list(_problems(draft))
    try:
        (question,) = Deck.model_validate({"questions": [_data(draft, today)]}).questions
    except ValidationError as error:
        flaws = [flaw for flaw in model_flaws(error, Deck) if draft.kind != "order" or flaw.loc[2:3] != ("key",)]
        problems += [f"{_name(flaw.loc[2:])}: {flaw.message}." for flaw in flaws]
        return Outcome(None, tuple(dict.fromkeys(problems)))
    return Outcome(None if problems else question, tuple(problems))


def sketch(draft: Draft) -> DeckQuestion | None:
    """The question as it would look, even if its key has still to be chosen; None if it can't be shown yet."""
    chosen = draft.model_copy(update={"key": (0,)}) if needs_key(draft) else draft
    return read_draft(chosen, date.min).question


def draft_of(question: DeckQuestion, purpose: Purpose, number: int = 0, version: int = 0) -> Draft:
    """The form of a question, filled in with what it says."""
    texts = {field.id: getattr(question, field.id, "") for field in (PROMPT, *ABOUT)}
    texts |= _typed_answers(question) | {"who": question.claim.who or ""}
    return Draft(
        purpose=purpose,
        kind=question.kind,
        texts=texts,
        key=_chosen(question),
        status=question.claim.status,
        difficulty=question.difficulty,
        deck=question.theme,
        number=number,
        version=version,
        id=question.id,
        cite=question.cite,
        tags=question.tags,
    )


def _problems(draft: Draft) -> Iterator[str]:
    """What the model can't say, because only the form knows it."""
    if needs_key(draft):
        yield "Choose which option is right."
    if any(index >= len(list_options(draft)) for index in draft.key):
        yield "The options have changed: choose again which is right."
    if draft.kind == "number":
        yield from _unmeasured(draft.texts.get("answer", "").strip())
    if not draft.texts.get("source", "").strip() and not draft.cite:
        yield "Where does it stand?: say where people can look it up."


def _unmeasured(text: str) -> Iterator[str]:
    if unclear := THOUSANDS.search(text):
        yield f"The right number: {unclear[1]} could be read in two ways. Write it without commas and spaces inside."
    elif not MEASURE.fullmatch(text):
        yield "The right number: write it in digits, with its unit and how far off still counts, such as 47 miles ± 2."


def _data(draft: Draft, today: date) -> dict[str, Any]:
    who = draft.texts.get("who", "").strip()
    status = draft.status or ("attributed" if who else "stated")
    data = {
        "kind": draft.kind,
        "theme": draft.deck,
        "id": draft.id,
        "prompt": " ".join(_lines(draft.texts.get("prompt", ""))),
        "explanation": draft.texts.get("explanation", ""),
        "source": " ".join(_lines(draft.texts.get("source", ""))),
        "claim": {"status": status} | ({"who": who} if who else {}),
        "difficulty": draft.difficulty,
        "as_of": today,
        "cite": draft.cite,
        "tags": draft.tags,
    }
    return data | _answer(draft)


def _answer(draft: Draft) -> dict[str, Any]:
    letters = [LETTERS[index] for index in draft.key if index < len(LETTERS)]
    match draft.kind:
        case "truefalse":
            return {"key": draft.key[:1] == (0,)}
        case "single" | "who":
            return {"options": list_options(draft), "key": letters[0] if letters else "A"}
        case "several":
            return {"options": list_options(draft), "key": letters or ["A"]}
        case "order":
            options = list_options(draft)
            return {"options": options, "key": LETTERS[: len(options)]}
        case "number":
            return _measure(draft.texts.get("answer", ""))
        case "typed":
            return _typed(_lines(draft.texts.get("answer", "")))


def _measure(text: str) -> dict[str, Any]:
    """`47 miles ± 2` as key, unit and tolerance; a comma is a decimal comma."""
    found = MEASURE.fullmatch(text.strip())
    if found is None:
        return {"key": 0, "unit": ""}
    number, unit, tolerance, unit_behind = found.groups()
    return {"key": _plain(number), "unit": unit or unit_behind or "", "tolerance": _plain(tolerance or "0")}


def _plain(number: str) -> str:
    return number.replace("−", "-").replace(",", ".").removeprefix("+")


def _typed(lines: list[str]) -> dict[str, Any]:
    rejected = [line[len(REJECTED) :].strip() for line in lines if line.casefold().startswith(REJECTED)]
    right = [line for line in lines if not line.casefold().startswith(REJECTED)]
    return {"key": right[0] if right else "", "accept": right[1:], "reject": rejected}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _name(loc: tuple[str | int, ...]) -> str:
    """The name of a field as its form has it: `options 2` is Option 3."""
    if loc[:1] == ("options",):
        return f"Option {int(loc[1]) + 1}" if len(loc) > 1 else "Options"
    return NAMES.get(str(loc[0]), str(loc[0])) if loc else "Question"


def _typed_answers(question: DeckQuestion) -> dict[str, str]:
    match question:
        case Number():
            spread = f" ± {_digits(question.tolerance)}" if question.tolerance else ""
            return {"answer": f"{_digits(question.key)} {question.unit}".rstrip() + spread}
        case Typed():
            rejected = [f"{REJECTED} {text}" for text in question.reject]
            return {"answer": "\n".join([question.key, *question.accept, *rejected])}
        case Order():
            return {"options": "\n".join(question.options[LETTERS.index(letter)] for letter in question.key)}
    return {"options": "\n".join(getattr(question, "options", ()))}


def _digits(number: float) -> str:
    """A number as people write it: 47 for 47.0, 0.00001 for 1e-05."""
    return f"{Decimal(f'{number:.15g}'):f}"


def _chosen(question: DeckQuestion) -> tuple[int, ...]:
    if isinstance(question.key, bool):
        return (0,) if question.key else (1,)
    if isinstance(question, Single | Who) or question.kind == "several":
        return tuple(LETTERS.index(letter) for letter in question.key)
    return ()
