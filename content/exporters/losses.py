"""What a format can't hold of some questions, in plain sentences: nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby

from content.deck import DeckQuestion
from content.tree import sift

NAMED = 10  # questions that are named with their prompt; more than that are numbers
SHORT = 40  # characters of a prompt


def sentences(lost: Iterable[tuple[str, int]], questions: Sequence[DeckQuestion]) -> tuple[str, ...]:
    """One sentence for everything that is lost, with the questions it is lost of; pairs of a message and an index."""
    at: dict[str, list[int]] = {}
    for message, index in lost:
        at.setdefault(message, []).append(index)
    return tuple(f"{message}: {_listed(indexes, questions)}." for message, indexes in at.items())


def _listed(indexes: Sequence[int], questions: Sequence[DeckQuestion]) -> str:
    if len(indexes) <= NAMED:
        return ", ".join(f"{index + 1} ({_shortened(questions[index].prompt)})" for index in indexes)
    if len(indexes) == len(questions):
        return f"all {len(indexes):,} questions"
    return f"{len(indexes):,} questions ({', '.join(_ranges(indexes))})"


def _shortened(prompt: str) -> str:
    prompt = sift(prompt)[0]
    return prompt if len(prompt) <= SHORT else prompt[: SHORT - 1].rstrip() + "…"


def _ranges(indexes: Sequence[int]) -> Iterator[str]:
    """Numbers from 1, those that follow each other as 3–7."""
    for _, run in groupby(zip(indexes, count(), strict=False), key=lambda pair: pair[0] - pair[1]):
        first, *rest = [index + 1 for index, _ in run]
        yield f"{first}–{rest[-1]}" if rest else str(first)
