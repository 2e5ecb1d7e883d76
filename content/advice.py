"""Advice on questions of a deck: what the check of packs would say of them, and what stops nobody here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from content.checks import guessing, wording
from content.deck import Deck, DeckQuestion
from content.faults import Flaw
from content.pack import Speaker


class _Set(Deck):
    """Questions as the checks look at them. Nobody stands behind an id in a deck: people are named."""

    language: str
    speakers: tuple[Speaker, ...] = ()


# Not here: the places of right options, since every round mixes them; and themes, sides and sections, which are a
# pack's. In a deck a short explanation is better than none.
CHECKS: tuple[Callable[[_Set], Iterator[Flaw]], ...] = (
    guessing.telling_lengths,
    guessing.telling_longest,
    guessing.telling_truths,
    wording.loaded_words,
    wording.ownerless_opinions,
    wording.unmarked_quotes,
)


def advise(questions: Sequence[DeckQuestion], language: str = "en") -> list[Flaw]:
    """What these questions could do better, each at its place in `{questions: [...]}`; checks of words know English.

    What speaks of the whole set stands at `questions` itself, and only where there are enough to judge by.
    """
    asked = _Set.model_construct(questions=tuple(questions), language=language, speakers=())
    return [flaw for check in CHECKS for flaw in check(asked)]
