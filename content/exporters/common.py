"""What plain formats have no place for, of questions of every kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from content.deck import Claim, DeckQuestion, Number

PLAIN_CLAIM = Claim(status="stated")
USUAL_DIFFICULTY = 2


def lost_facts(question: DeckQuestion, format: str, held: Collection[str]) -> Iterator[str]:
    """A message for each fact of the question that is more than its default and not among the fields that are held."""
    facts = {
        "id": (question.id, "the id"),
        "source": (question.source, "the source"),
        "cite": (question.cite, "the § that are cited"),
        "claim": (question.claim != PLAIN_CLAIM, "whose claim it is"),
        "difficulty": (question.difficulty != USUAL_DIFFICULTY, "the difficulty"),
        "as_of": (True, "the day of the last comparison with the source"),
        "unit": (isinstance(question, Number) and question.unit, "the unit"),
    }
    for name, (there, words) in facts.items():
        if there and name not in held:
            yield f"{format} has no place for {words}"
