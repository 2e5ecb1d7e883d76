"""Reports decide: which reasons there are, and what a question becomes by a ruling."""

from __future__ import annotations

from collections.abc import Sequence

from bot import judge
from bot.errors import Refusal
from bot.item import Item

REASONS = {
    "key": "The key is wrong",
    "unclear": "It is unclear",
    "outdated": "It is outdated",
    "biased": "It is biased",
    "typo": "There is a typo",
}
FIGURES = "figures"  # the reason of a report that nobody made: the answers look odd
KINDS = ("accept", "void", "correct", "keep")
NOTE = 300  # characters

Answer = tuple[int, ...] | str

ALREADY = "That answer is right already. Choose another, or keep the question as it is."
IS_KEY = "That is the key already. Choose another, or keep the question as it is."
IS_VOID = "This question does not count already. “Correct the key” lets it count again."


def rule(item: Item, kind: str, answer: Answer | None) -> Item:
    """The question after a ruling; Refusal if the ruling would change nothing.

    accept: `answer` counts besides the key. correct: `answer` is the key, and alone. void: no answer counts.
    """
    if kind == "void":
        if item.void:
            raise Refusal(IS_VOID)
        return item.model_copy(update={"void": True})
    assert answer is not None, "only these two come without an answer"
    if kind == "accept":
        if item.void or judge.is_right(item, answer):
            raise Refusal(IS_VOID if item.void else ALREADY)
        return item.model_copy(update={"also": (*item.also, answer)})
    if not item.void and not item.also and _is_key(item, answer):
        raise Refusal(IS_KEY)
    return item.model_copy(update={"void": False, "also": (), **_correct(item, answer)})


def read_answer(item: Item, given: Sequence[int] | str) -> Answer:
    """An answer that a moderator names: authored indexes, or a text; Refusal if it does not fit the question."""
    read = judge.read_answer(item, given, range(len(item.options)))
    return read.strip() if isinstance(read, str) else tuple(read)


def _is_key(item: Item, answer: Answer) -> bool:
    if item.kind == "number":
        return item.value == judge.read_number(str(answer))
    return answer == (item.key if item.options else item.answer)


def _correct(item: Item, answer: Answer) -> dict[str, object]:
    if not isinstance(answer, str):
        return {"key": answer}
    if item.kind == "number":
        value = judge.read_number(answer)
        return {"value": value, "answer": f"{value:.15g} {item.unit}".rstrip()}
    return {
        "answer": answer,
        "accept": tuple(text for text in item.accept if judge.normal(text) != judge.normal(answer)),
    }


def name_key(item: Item) -> str:
    """The right answer in words, for the log and for the note to everybody."""
    if item.void:
        return "does not count"
    answers = [item.key if item.options else item.answer, *item.also]
    return " or ".join(answer if isinstance(answer, str) else _name_options(item, answer) for answer in answers)


def _name_options(item: Item, answer: Sequence[int]) -> str:
    sign = " → " if item.kind == "order" else " and "
    return sign.join(item.options[index] for index in answer)
