"""Rulings: what moderators decided about a question, and the question as it is asked and judged from then on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import takewhile

from bot.item import SERVER, Item
from storage.reports import Ruled

JUDGED = (
    "key",
    "also",
    "answer",
    "value",
    "tolerance",
    "accept",
    "reject",
    "void",
)  # what says which answers are right


def is_same_question(one: Item, other: Item) -> bool:
    """Whether two items ask the same, so that answers to one mean the same for the other; keys may differ."""
    return all(getattr(one, part) == getattr(other, part) for part in ("kind", "prompt", "options", "unit"))


def is_judged_alike(one: Item, other: Item) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in JUDGED)


def judge_as(item: Item, ruled: Item) -> Item:
    """An item that is judged as another one that asks the same."""
    return item.model_copy(update={part: getattr(ruled, part) for part in JUDGED})


def apply_rulings(items: Iterable[Item], rulings: Iterable[Ruled]) -> list[Item]:
    """Items as they are asked in a server with these rulings (the oldest first); those that are void are left out.

    A ruling is for the question as it stood: if the pack or a new version has changed it since, that stands. A
    server's own question takes from here only what counts besides its key: a corrected key is a version of it, and
    one that is void is retired.
    """
    by_question: dict[str, list[Ruled]] = defaultdict(list)
    for ruling in rulings:
        by_question[ruling.question_id].append(ruling)
    ruled = [_apply(item, by_question[item.id]) if item.id in by_question else item for item in items]
    return [item for item in ruled if not item.void]


def _apply(item: Item, rulings: Sequence[Ruled]) -> Item:
    if item.id.startswith(f"{SERVER}/"):
        rulings = _last_accepts(rulings)
    for ruling in rulings:
        before, after = (Item.model_validate_json(text) for text in (ruling.before, ruling.after))
        if is_same_question(item, before) and is_judged_alike(item, before):
            item = judge_as(item, after)
    return item


def _last_accepts(rulings: Sequence[Ruled]) -> list[Ruled]:
    """The rulings that accept an answer, since the newest one that did something else and took them back."""
    return list(reversed(list(takewhile(lambda ruling: ruling.kind == "accept", reversed(rulings)))))
