"""The judge: in which order options are shown, what was answered, whether it is right, what it is worth.

Values in, values out: a round, practice and a ruling on past answers all judge here.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from bot.errors import Refusal
from bot.item import Item
from bot.text import escape
from content.fields import fold
from content.pack import LETTERS

POINTS = 100  # times difficulty
CERTAIN = {1: (100, 0), 2: (200, -200), 3: (300, -600)}  # points if right and if wrong: low, mid, high
TYPED = ("number", "typed")  # kinds that are answered with text

NOT_ONE = "That is not an answer to this question. Please use the newest card."


def shuffled(item: Item, seed: int, position: int) -> tuple[int, ...]:
    """The order in which the options are shown, as authored indexes. True and False keep theirs."""
    order = list(range(len(item.options)))
    if item.kind != "truefalse":
        random.Random(f"{seed}:{position}").shuffle(order)
    return tuple(order)


def is_right(item: Item, given: Sequence[int] | str) -> bool:
    """Whether an answer is right: authored option indexes, or the text that was typed. Nothing is, once void."""
    if item.void:
        return False
    if isinstance(given, str):
        judge = _is_number_right if item.kind == "number" else _is_text_right
        return judge(item, given) or any(_is_same_text(item, given, str(other)) for other in item.also)
    keys = (item.key, *item.also)
    return any(_is_same_choice(item, given, key) for key in keys if not isinstance(key, str))


def right_options(item: Item) -> frozenset[int]:
    """The options (authored indexes) that are right, those included that a ruling accepts besides the key."""
    accepted = (item.key, *(other for other in item.also if not isinstance(other, str)))
    return frozenset(index for key in accepted for index in key)


def points(difficulty: int, scoring: str, right: bool, took: int, seconds: int, certainty: int | None = None) -> int:
    """What an answer is worth. `took` is ms since the question opened; `certainty` is 1 to 3, or not said.

    accuracy: 100 * difficulty. speed: 100 * difficulty * (1 - t / 2T), so that the slowest right answer still gets
    half; the curve that Kahoot publishes, without its half second of grace. certainty: 100 * 1/0, 2/-2 or 3/-6 for
    low, mid or high, whatever the difficulty; Moodle's certainty-based marking (Gardner-Medwin 1995).
    """
    if scoring == "certainty":
        return CERTAIN[certainty or 1][0 if right else 1]
    full = POINTS * difficulty
    if not right:
        return 0
    if scoring == "accuracy":
        return full
    limit = seconds * 1000
    spent = min(max(took, 0), limit)
    return (full * (2 * limit - spent) + limit) // (2 * limit)  # half a point counts as one


def read_answer(item: Item, shown: Sequence[int] | str, order: Sequence[int]) -> list[int] | str:
    """An answer as it is judged and stored: authored indexes, or the text. `shown` comes from outside.

    Refusal if it is not an answer to this kind of question; nothing is lost then, and the person may try again.
    """
    if isinstance(shown, str) != (item.kind in TYPED):
        raise Refusal(NOT_ONE)
    if isinstance(shown, str):
        _check_text(item, shown)
        return shown
    if not shown or not all(0 <= index < len(order) for index in shown):
        raise Refusal(NOT_ONE)
    given = [order[index] for index in shown]
    if item.kind == "order" and sorted(given) != sorted(order):
        raise Refusal("Each option can stand in one place only. Please press the button and put them in order again.")
    if item.kind not in ("order", "several") and len(given) != 1:
        raise Refusal(NOT_ONE)
    return given if item.kind == "order" else sorted(set(given))


def check_form(item: Item) -> None:
    """Refuse a form for a question that is answered with letters."""
    if item.kind not in (*TYPED, "order"):
        raise Refusal(NOT_ONE)


def describe(item: Item, given: Sequence[int] | str, order: Sequence[int]) -> str:
    """An answer as the person saw it: letters in the order shown, or the text."""
    if isinstance(given, str):
        return f"“{escape(given)}”"
    places = [order.index(index) for index in given]
    return ", ".join(LETTERS[place] for place in (places if item.kind == "order" else sorted(places)))


def read_number(text: str) -> float:
    """The number somebody typed: digits, at most one decimal point or comma; Refusal for anything else."""
    plain = _plain(text)
    if not re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,9})?", plain, re.ASCII):
        raise Refusal("I need a plain number there, such as 12 or 3.5. Please try again.")
    return float(plain.replace(",", "."))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).strip().replace("\u2212", "-").replace(" ", "")


def _check_text(item: Item, text: str) -> None:
    if item.kind == "number":
        read_number(text)
        _check_decimals(item, text)
    elif not _words(text) and all(_words(right) for right in (item.answer, *item.accept)):
        raise Refusal("I need at least one letter or digit there. Please try again.")


def _check_decimals(item: Item, text: str) -> None:
    """Refuse three digits behind the sign, unless the answer itself has so many: they may be thousands.

    Only when it is typed: what was taken once is judged by whatever the answer becomes.
    """
    fine = item.value != round(item.value, 2)
    if not fine and re.search(r"[1-9]\d*[.,]\d{3}$", _plain(text)):
        raise Refusal("I can't tell thousands from decimals there. Please write it without a comma or point.")


def _is_number_right(item: Item, text: str) -> bool:
    return abs(read_number(text) - item.value) <= item.tolerance + 1e-9


def _is_text_right(item: Item, text: str) -> bool:
    typed = normal(text)
    if any(typed == normal(wrong) for wrong in item.reject):
        return False
    return any(_close(typed, normal(right)) for right in (item.answer, *item.accept))


def normal(text: str) -> str:
    """Text as it is compared: no accents, case, punctuation or leading article (NFKD, casefold).

    Where that leaves nothing, as of an emoji, it is the text itself.
    """
    words = _words(text)
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words) or fold(text)


def _words(text: str) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"\w+", bare.casefold())


def _close(typed: str, right: str) -> bool:
    """Equal, or one slip in 5 to 8 letters, two in 9 and more; a text with digits has to be exact."""
    if any(c.isdigit() for c in typed + right):
        return typed == right
    slips = 0 if len(right) < 5 else 1 if len(right) < 9 else 2
    return OSA.distance(typed, right) <= slips


def _is_same_choice(item: Item, given: Sequence[int], key: Sequence[int]) -> bool:
    return tuple(given) == tuple(key) if item.kind == "order" else set(given) == set(key)


def _is_same_text(item: Item, text: str, other: str) -> bool:
    return read_number(text) == read_number(other) if item.kind == "number" else normal(text) == normal(other)
