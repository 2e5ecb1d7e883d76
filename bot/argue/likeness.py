"""Which claims say nearly the same: in the same words, or relying on the same § and sharing the rarest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz

from content.fields import fold

ALIKE = 85  # of 100, from which two claims say nearly the same
MOST = 3  # that are pointed out
DENIAL = re.compile(r"\b(?:no|not|none|never|nobody|nothing|nowhere|neither|nor|without|cannot)\b|n['’]t\b")
WORD = re.compile(r"\w{4,}")  # shorter ones say little of what a claim is about


@dataclass(frozen=True)
class Written:
    """A claim, as others are compared with it."""

    number: int
    text: str
    cites: Collection[str] = ()


def find_alike(text: str, cites: Collection[str], claims: Sequence[Written]) -> list[Written]:
    """Up to three claims that say nearly the same, the closest first.

    These are claims whose words are the same but for a few (token_set_ratio of RapidFuzz), and the one that is nearest
    by BM25, if it relies on the same §. Claims of which one has more words of denial than the other (`not`, `never`,
    `isn't`) don't say the same, however alike they look.
    """
    same = [claim for claim in claims if _count_denials(claim.text) == _count_denials(text)]
    ratios = {claim.number: fuzz.token_set_ratio(fold(text), fold(claim.text)) for claim in same}
    close = sorted((c for c in same if ratios[c.number] >= ALIKE), key=lambda c: (-ratios[c.number], c.number))
    nearest = _find_nearest(text, claims)
    if nearest in same and nearest not in close and cites and set(nearest.cites) == set(cites):
        close.insert(MOST - 1, nearest)
    return close[:MOST]


def _find_nearest(text: str, claims: Sequence[Written]) -> Written | None:
    """The claim that shares the most and the rarest words; None if none shares any.

    BM25 with k1 = 1.2, b = .75 and Lucene's idf, ln(1 + (N - n + .5) / (n + .5)), which is above 0 for every word.
    """
    texts = [Counter(WORD.findall(fold(claim.text))) for claim in claims]
    holders = Counter(word for words in texts for word in words)
    average = sum(words.total() for words in texts) / len(texts) if texts else 0
    asked, best, found = set(WORD.findall(fold(text))), 0.0, None
    for claim, words in zip(claims, texts, strict=True):
        score = 0.0
        for word in asked & words.keys():
            idf = log(1 + (len(texts) - holders[word] + 0.5) / (holders[word] + 0.5))
            score += idf * words[word] * 2.2 / (words[word] + 1.2 * (0.25 + 0.75 * words.total() / average))
        if score > best:
            best, found = score, claim
    return found


def _count_denials(text: str) -> int:
    return len(DENIAL.findall(fold(text)))
