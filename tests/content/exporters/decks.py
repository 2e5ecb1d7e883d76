"""Questions of every kind with texts that formats trip over, and what is lost when one is written and read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from content.deck import QUESTION, DeckQuestion, read_deck
from content.exporters.write import export
from content.fields import fold
from content.importers.formats import READERS
from content.questions import LETTERS

LATER = date(2026, 11, 22)  # the day on which the files are read again, and no question's own

# Signs of some format, texts that some reader takes for a number, a date or nothing, and other scripts.
TOKENS = [
    *"aB1 ,;:'\"\\{}[]~=#*/%<>&!|@+-?.",
    *("12:30", "no", "010", "1e3", "null", "~", "2026-01-01", "TRUE", "%50%", "\\n", "\\*", "->", "::", "####", "//"),
    *("$CATEGORY:", "[html]", "[plain]", "<b>", "&lt;", "# x", ": ", "- ", "=1+1", "＝1", "@x", "'=", "a, b", "\t"),
    *("é", "\u00a0", "\u200b", "\u200f", "שלום", "مرحبا", "👩‍🚀", "日本", "\ufffd"),
]


def texts(most: int, *more: str) -> st.SearchStrategy[str]:
    """A text that a deck takes as it is: trimmed, not empty, at most so long."""
    parts = st.lists(st.sampled_from([*TOKENS, *more]), min_size=1, max_size=6)
    return parts.map(lambda tokens: "".join(tokens)[:most].strip()).filter(bool)


LINE, NAME, ANSWER = texts(300), texts(100), texts(80)
EXPLANATION = st.just("") | texts(1500, "\n", "\n\n", "\u2028", "a\nb")
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "id": st.just("") | NAME,
    "theme": st.just("") | NAME,
    "prompt": LINE,
    "explanation": EXPLANATION,
    "source": st.just("") | LINE,
    "cite": st.lists(st.sampled_from(["1.1", "2q", "3b12"]), max_size=2, unique=True),
    "claim": st.just({"status": "stated"}) | st.fixed_dictionaries({"status": st.just("quoted"), "who": NAME}),
    "difficulty": st.sampled_from([1, 2, 3]),
    "tags": st.lists(NAME, max_size=3),
    "as_of": st.dates(date(1990, 1, 1), date(2025, 1, 1)),
}
DIGITS = st.integers(-(10**15) + 1, 10**15 - 1) | st.decimals(-1000, 1000, places=9) | st.just(1e-9)


@st.composite
def questions(draw: st.DrawFn) -> DeckQuestion:
    kind = draw(st.sampled_from(["single", "several", "truefalse", "who", "order", "number", "typed"]))
    common = {name: draw(strategy) for name, strategy in COMMON.items()}
    return QUESTION.validate_python({"kind": kind, **common, **draw(ANSWERS[kind])})


def _options(least: int, key: Callable[[Sequence[str]], st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Options, and a key that is drawn from their letters."""
    options = st.lists(ANSWER, min_size=least, max_size=5, unique_by=fold)
    return options.flatmap(
        lambda texts: st.fixed_dictionaries({"options": st.just(texts), "key": key(LETTERS[: len(texts)])})
    )


def _typed(answers: Sequence[str], cut: int, more: int) -> dict[str, Any]:
    return {"key": answers[0], "accept": answers[1 : 1 + cut], "reject": answers[1 + cut : 1 + cut + more]}


ANSWERS: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "single": _options(2, st.sampled_from),
    "who": _options(2, st.sampled_from),
    "several": _options(3, lambda letters: st.lists(st.sampled_from(letters), min_size=1, unique=True).map(sorted)),
    "order": _options(3, st.permutations),
    "truefalse": st.fixed_dictionaries({"key": st.booleans()}),
    "number": st.fixed_dictionaries(
        {"key": DIGITS.map(float), "tolerance": DIGITS.map(float).map(abs) | st.just(0.0), "unit": st.just("") | NAME}
    ),
    "typed": st.builds(
        _typed,
        st.lists(ANSWER, min_size=1, max_size=7, unique_by=fold),
        st.integers(0, 2),
        st.integers(0, 5),
    ),
}


def read_again(text: str, format: str) -> tuple[DeckQuestion, ...]:
    """The questions of a sound file; it begins without the mark that decoding takes off."""
    parsed = READERS[format](text.removeprefix("\ufeff"), "f")
    assert parsed.faults == ()
    assert parsed.root is not None
    reading = read_deck(parsed.root, LATER)
    assert reading.faults == ()
    return reading.questions


def there_and_back(question: DeckQuestion, format: str) -> tuple[set[str], tuple[str, ...]]:
    """The fields in which the question differs after it was written and read, and the losses that were told."""
    exported = export([question], format)
    (again,) = read_again(exported.text, format)
    before, after = question.model_dump(), again.model_dump()
    return {name for name in before if before[name] != after.get(name)}, exported.losses
