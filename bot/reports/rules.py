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
NOTE = 300  # characters
TEXT = 80  # characters of an answer that is typed

Answer = tuple[int, ...] | str

ALREADY = "That answer is right already. Choose another, or keep the question as it is."
IS_KEY = "That is the key already. Choose another, or keep the question as it is."
IS_VOID = "This question does not count already. “Correct the key” lets it count again."


def rule(item: Item, kind: str, answer: Answer) -> Item:
    """The question after a ruling; Refusal if the ruling would change nothing.

    accept: `answer` counts besides the key. correct: `answer` is the key. What was accepted besides an old key goes;
    whoever names the key itself takes back all that counts besides it.
    """
    if kind == "accept":
        if item.void or judge.is_right(item, answer):
            raise Refusal(IS_VOID if item.void else ALREADY)
        if item.kind == "typed":  # a question can say this itself, so a server's own keeps it through every edit
            more = {"accept": (*item.accept, str(answer)), "reject": _without(item.reject, str(answer))}
            return item.model_copy(update=more)
        return item.model_copy(update={"also": (*item.also, answer)})
    same = not item.void and _is_key(item, answer)
    if same and not (item.also or item.accept):
        raise Refusal(IS_KEY)
    changed = {"accept": ()} if same else _correct(item, answer)
    return item.model_copy(update={"void": False, "also": (), **changed})


def void(item: Item) -> Item:
    """The question when no answer to it counts; Refusal if that is so already."""
    if item.void:
        raise Refusal(IS_VOID)
    return item.model_copy(update={"void": True})


def read_answer(item: Item, given: Sequence[int] | str) -> Answer:
    """An answer that a moderator names: authored indexes, or a text; Refusal if it does not fit the question."""
    if isinstance(given, str):
        given = " ".join(given.split())[:TEXT].rstrip()
    read = judge.read_answer(item, given, range(len(item.options)))
    return read if isinstance(read, str) else tuple(read)


def _is_key(item: Item, answer: Answer) -> bool:
    if item.kind == "number":
        return item.value == judge.read_number(str(answer))
    return answer == (item.key if item.options else item.answer)


def _correct(item: Item, answer: Answer) -> dict[str, object]:
    """The parts of an item that say what is right, when `answer` is."""
    if not isinstance(answer, str):
        return {"key": answer}
    if item.kind == "number":
        value = judge.read_number(answer)
        return {"value": value, "answer": f"{value:.15g} {item.unit}".rstrip()}
    # Other words for the old answer are other words for the new one only if that was right before.
    same = judge.is_right(item.model_copy(update={"void": False}), answer)
    return {
        "answer": answer,
        "accept": _without(item.accept, answer) if same else (),
        "reject": _without(item.reject, answer),
    }


def _without(texts: Sequence[str], answer: str) -> tuple[str, ...]:
    return tuple(text for text in texts if judge.normal(text) != judge.normal(answer))


def name_key(item: Item) -> str:
    """The right answer in words, for the log and for the note to everybody."""
    if item.void:
        return "does not count"
    answers = [item.key if item.options else item.answer, *item.accept, *item.also]
    return " or ".join(answer if isinstance(answer, str) else _name_options(item, answer) for answer in answers)


def _name_options(item: Item, answer: Sequence[int]) -> str:
    sign = " → " if item.kind == "order" else " and "
    return sign.join(item.options[index] for index in answer)
