"""Moodle's GIFT: every kind of question, the orders as a matching of options with their places.

Texts are marked as plain, so that Moodle takes no < in them for HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from content.deck import DeckQuestion, Number, Order, Several, Single, TrueFalse, Typed, Who
from content.exporters.common import lost_facts
from content.exporters.writing import digits
from content.questions import LETTERS

HEAD = "// Questions from Offramp in Moodle's GIFT format\n"
SIGN = re.compile(r"[\\#=~{}:]")
MARK = re.compile(r"\[(?:html|moodle|plain|markdown)\]")
HELD = ("id", "theme", "explanation", "tags")
WEIGHTS = {1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20"}  # those that Moodle knows

NO_ARROW = "Left out, because GIFT can't hold -> in an answer"
NAMES_ONLY = "A question about who said something becomes one with plain options"
TAG_SIGNS = "Tags with [, ] or \\ in them are left out"


def write(questions: Sequence[DeckQuestion]) -> str:
    held = [question for question in questions if not _has_arrow(question)]
    themes = ["", *(question.theme for question in held)]
    categories = [_category(before, now) for before, now in pairwise(themes)]
    blocks = ["\n".join(_lines(question)) + "\n" for question in held]
    return "\n".join([HEAD, *(category + block for category, block in zip(categories, blocks, strict=True))])


def lost(question: DeckQuestion) -> Iterator[str]:
    """A message for everything that GIFT can't hold of the question."""
    if _has_arrow(question):
        yield NO_ARROW
        return
    if isinstance(question, Who):
        yield NAMES_ONLY
    if not all(map(_fits_label, question.tags)):
        yield TAG_SIGNS
    yield from lost_facts(question, "GIFT", HELD)


def _has_arrow(question: DeckQuestion) -> bool:
    """Whether Moodle would take an answer for one side of a matching and the other."""
    match question:
        case Order():
            return any("->" in option for option in question.options)
        case Typed():
            return any("->" in answer for answer in (question.key, *question.accept, *question.reject))
    return False


def _category(before: str, now: str) -> str:
    """Where the next questions belong; a slash within a name is written twice."""
    if before == now:
        return ""
    name = now.replace("/", "//")
    return f"$CATEGORY: $course$/top{'/' if name else ''}{name}\n\n"


def _lines(question: DeckQuestion) -> Iterator[str]:
    tags = [f"[tag:{tag}]" for tag in question.tags if _fits_label(tag)]
    if tags:
        yield f"// {' '.join(tags)}"
    title = f"::{_escaped(question.id)}::" if question.id else ""
    yield f"{title}[plain]{_escaped(question.prompt)} {{{'#' if isinstance(question, Number) else ''}"
    yield from (f"\t{answer}" for answer in _answers(question))
    if question.explanation:
        yield f"\t####{_text(question.explanation)}"
    yield "}"


def _answers(question: DeckQuestion) -> Iterable[str]:
    match question:
        case TrueFalse():
            return ["TRUE" if question.key else "FALSE"]
        case Number():
            margin = f":{digits(question.tolerance)}" if question.tolerance else ""
            return [f"={digits(question.key)}{margin}"]
        case Typed():
            return _typed(question)
        case Order():
            places = [question.key.index(letter) + 1 for letter in LETTERS if letter in question.key]
            return [f"={_text(option)} -> {place}" for option, place in zip(question.options, places, strict=True)]
    return _options(question)


def _options(question: Single | Who | Several) -> Iterator[str]:
    """= before the one right option; percentages before the options of which several are right."""
    right, wrong = "=", "~"
    if isinstance(question, Several):
        right, wrong = f"~%{WEIGHTS[len(question.key)]}%", "~%-100%"
    for letter, option in zip(LETTERS, question.options, strict=False):
        sign = right if letter in question.key else wrong
        yield f"{sign}{'%0%' if sign == '~' and option.startswith('%') else ''}{_text(option)}"


def _typed(question: Typed) -> Iterator[str]:
    for answer in (question.key, *question.accept):
        yield f"=%100%{_star(answer)}"
    for answer in question.reject:
        yield f"=%0%{_star(answer)}"


def _star(answer: str) -> str:
    r"""In a typed answer Moodle takes * for any letters, and \* for itself."""
    return _text(answer).replace("*", "\\*")


def _text(text: str) -> str:
    """A text within the answers; one that begins like the name of a form is said to be plain once more."""
    return f"{'[plain]' if MARK.match(text) else ''}{_escaped(text)}"


def _escaped(text: str) -> str:
    return SIGN.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _fits_label(tag: str) -> bool:
    return not set(tag) & set("[]\\")
