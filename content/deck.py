"""A deck: questions that a server keeps for itself. Like a pack's, but open where a pack is strict.

They come from forms and from files of other tools, so a source, an explanation or an owner of the claim may be
missing. What is there keeps to the same limits, since the same cards show it. People are named, not referred to:
`claim.who` and the options of `who` are names, `theme` is the title of a deck.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, ValidationError

from content import questions
from content.faults import Fault
from content.fields import Cite, Difficulty, Model, OptionText, Title, one_line
from content.questions import QuestionBase
from content.sentences import model_flaws
from content.tree import Node

MOST = 5000  # questions that a deck's file, or a server, may hold

Open = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1500)]
OpenLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(one_line)]
OpenTitle = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(one_line)]


class Claim(questions.Claim):
    """What kind of statement a question rests on; `who` is a name, and none where the source just states."""

    who: Title | None = Field(default=None, validate_default=True)


class _Open(QuestionBase):
    """What a deck may leave out. An empty text is nothing; `source` says where it stands, in the writer's words."""

    id: OpenTitle = ""
    theme: OpenTitle = ""
    explanation: Open = ""
    source: OpenLine = ""
    cite: tuple[Cite, ...] = Field(default=(), max_length=8)
    claim: Claim = Claim(status="stated")
    difficulty: Difficulty = 2
    tags: tuple[Title, ...] = Field(default=(), max_length=10)


class Single(_Open, questions.Single):
    pass


class Several(_Open, questions.Several):
    pass


class TrueFalse(_Open, questions.TrueFalse):
    pass


class Who(_Open, questions.Who):
    options: tuple[OptionText, ...] = Field(min_length=2, max_length=5)


class Order(_Open, questions.Order):
    pass


class Number(_Open, questions.Number):
    unit: OpenTitle = ""


class Typed(_Open, questions.Typed):
    pass


DeckQuestion = Annotated[Single | Several | TrueFalse | Who | Order | Number | Typed, Field(discriminator="kind")]
QUESTION: TypeAdapter[DeckQuestion] = TypeAdapter(DeckQuestion)


class Deck(Model):
    """What a file of questions holds."""

    questions: tuple[DeckQuestion, ...] = Field(min_length=1, max_length=MOST)


@dataclass(frozen=True, slots=True)
class DeckReading:
    """What came of reading a file of questions: all of them, or none and every fault."""

    questions: tuple[DeckQuestion, ...]
    faults: tuple[Fault, ...]


def read_deck(root: Node, today: date) -> DeckReading:
    """The questions of a tree `{questions: [...]}`, or every fault with its place. All or nothing.

    A question without `as_of` was last compared with its source today.
    """
    data = root.plain()
    assert isinstance(data, dict)
    for question in data.get("questions") or ():
        if isinstance(question, dict):
            question.setdefault("as_of", today)
    try:
        return DeckReading(Deck.model_validate(data).questions, ())
    except ValidationError as error:
        return DeckReading((), tuple(sorted({root.fault(flaw) for flaw in model_flaws(error, Deck)})))
