"""A pack's questions as a deck has them: with names where a pack has ids."""

from __future__ import annotations

from content.deck import QUESTION, DeckQuestion
from content.pack import Pack, Who


def deck_questions(pack: Pack) -> tuple[DeckQuestion, ...]:
    """All questions of the pack, in its order; what they cite stays, though a deck has no § list of its own."""
    names = {speaker.id: speaker.name for speaker in pack.speakers}
    titles = {theme.id: theme.title for theme in pack.themes}
    questions = []
    for question in pack.questions:
        data = question.model_dump()
        data["theme"] = titles[question.theme]
        data["claim"]["who"] = names.get(question.claim.who or "")
        if isinstance(question, Who):
            data["options"] = tuple(names[option] for option in question.options)
        questions.append(QUESTION.validate_python(data))
    return tuple(questions)
