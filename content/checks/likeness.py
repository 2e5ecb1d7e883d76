"""Likeness: prompts that ask nearly the same as an earlier one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from content.fields import fold

COMMON_SHARE = 0.2  # a word in more than a fifth of the prompts tells them apart no better than 'the'
LEAST_PROMPTS = 10  # in fewer, one in five is hardly a habit
SAME_WORDS = 90  # of 100, rapidfuzz's token_set_ratio: one prompt's words are nearly all in the other
SAME_TEXT = 80  # of 100, token_sort_ratio: and they are nearly as long, so that a short prompt is not 'in' a long one
SHORTEST = 2 / 3  # of the longer one's length: rapidfuzz's ratio is at most 2 * shorter / (shorter + longer)


def find_alike(prompts: Sequence[str], first: int = 0) -> Iterator[tuple[int, int]]:
    """Pairs (index, index of the earlier prompt that is most like it), for prompts from index `first` on.

    Alike are two that share their words but for those that many prompts share, and all their numbers.
    """
    words = _telling_words(prompts)
    earlier: dict[tuple[str, ...], _Shelf] = {}
    for at, own in enumerate(words):
        # 'the treaty of 1921' is not the treaty of 1923, however alike they read
        shelf = earlier.setdefault(tuple(re.findall(r"\d+", own)), _Shelf())
        if at >= first:
            found = shelf.most_like(own)
            if found is not None:
                yield at, found
        shelf.add(at, own)


class _Shelf:
    """Texts in the order of their lengths, so that only those are compared that can be alike."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.texts: list[str] = []
        self.indexes: list[int] = []

    def add(self, index: int, text: str) -> None:
        at = bisect_right(self.lengths, len(text))
        self.lengths.insert(at, len(text))
        self.texts.insert(at, text)
        self.indexes.insert(at, index)

    def most_like(self, text: str) -> int | None:
        start = bisect_left(self.lengths, len(text) * SHORTEST)
        choices = self.texts[start : bisect_right(self.lengths, len(text) / SHORTEST)]
        near = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=SAME_TEXT, limit=None)
        alike = [
            (-score, self.indexes[start + at])
            for other, score, at in near
            if fuzz.token_set_ratio(text, other) >= SAME_WORDS
        ]
        return min(alike)[1] if alike else None


def _telling_words(prompts: Sequence[str]) -> list[str]:
    """Each prompt as its sorted words, without the most common; a prompt of common words only keeps them."""
    uses = Counter(word for prompt in prompts for word in set(_words(prompt)))
    many = COMMON_SHARE * len(prompts) if len(prompts) >= LEAST_PROMPTS else len(prompts)
    split = map(_words, prompts)  # once more: the words of all at once are many megabytes
    return [" ".join([word for word in words if uses[word] <= many] or words) for words in split]


def _words(prompt: str) -> list[str]:
    return sorted(re.findall(r"\w+", fold(prompt)))
