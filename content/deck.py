"""A deck: questions that a server keeps for itself. Like a pack's, but open where a pack is strict.

They come from forms and from files of other tools, so a source, an explanation or an owner of the claim may be
missing. What is there keeps to the same limits, since the same cards show it. People are named, not referred to:
`claim.who` and the options of `who` are names, `theme` is the title of a deck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from content import questions
from content.faults import MOST_FAULTS, Fault, Flaw, Loc
from content.fields import Cite, Difficulty, Model, OptionText, Title, fold, one_line
from content.questions import QuestionBase
from content.sentences import model_flaws
from content.tree import Node

MOST = 5000  # questions that a deck's file, or a server, may hold
WIDEST = 100  # keys of a question, and entries of a list in it, such as accepted answers
LONGEST = 20_000  # characters of a text; the limits of its field, which are said below that, are far shorter

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
QUESTION: TypeAdapter[DeckQuestion] = TypeAdapter(DeckQuestion, config=ConfigDict(hide_input_in_errors=True))


class Deck(Model):
    """What a file of questions holds."""

    questions: tuple[DeckQuestion, ...] = Field(min_length=1, max_length=MOST)


@dataclass(frozen=True, slots=True)
class DeckReading:
    """What came of reading a file of questions: all of them, or none and every fault."""

    questions: tuple[DeckQuestion, ...]
    faults: tuple[Fault, ...]


def read_deck(root: Node, today: date) -> DeckReading:
    """The questions of a tree `{questions: [...]}`, or its faults, each with its place. All or nothing.

    A question without `as_of` was last compared with its source today. Reading ends soon after MOST_FAULTS.
    """
    flaws = list(_misshapen(root.child("questions")))
    found: list[DeckQuestion] = []
    for at, item in enumerate(_items(root)):
        if len(flaws) > MOST_FAULTS:
            break
        found += _read_question(item, at, today, flaws)
    if flaws:
        return DeckReading((), tuple(sorted({root.fault(flaw) for flaw in flaws})))
    return DeckReading(tuple(found), ())


def _items(root: Node) -> list[Node]:
    items = root.child("questions")
    return items.value if items is not None and isinstance(items.value, list) and len(items.value) <= MOST else []


def _misshapen(items: Node | None) -> Iterator[Flaw]:
    """What is wrong with the list as such; what stands in it is looked at one by one."""
    count = len(items.value) if items is not None and isinstance(items.value, list) else 0
    if count > MOST:
        yield Flaw(("questions",), f"has {count:,} entries; at most {MOST:,} may stand here: split the file")
    elif not count:
        try:
            Deck.model_validate({} if items is None else {"questions": items.plain()})
        except ValidationError as error:
            yield from model_flaws(error, Deck)


def _read_question(item: Node, at: int, today: date, flaws: list[Flaw]) -> tuple[DeckQuestion, ...]:
    """The question at an index, or nothing and its flaws added."""
    monstrous = list(_monstrous(item, ("questions", at)))
    if monstrous:
        flaws += monstrous
        return ()
    data = item.plain()
    if isinstance(data, dict):
        data.setdefault("as_of", today)
    try:
        return Deck.model_validate({"questions": [data]}).questions
    except ValidationError as error:
        flaws += [flaw._replace(loc=("questions", at, *flaw.loc[2:])) for flaw in model_flaws(error, Deck)]
        return ()


def _monstrous(item: Node, loc: Loc) -> Iterator[Flaw]:
    """What is larger than anything that people write: a model would copy it, and fault each entry."""
    inside = item.value.items() if isinstance(item.value, dict) and len(item.value) <= WIDEST else ()
    for part, here in (item, loc), *((child, (*loc, key)) for key, child in inside):
        size = len(part.value or ())
        if isinstance(part.value, str) and size > LONGEST:
            yield Flaw(here, f"has {size:,} characters; at most 1,500 may stand anywhere in a question")
        elif size > WIDEST and not isinstance(part.value, str):
            yield Flaw(here, f"has {size:,} entries; at most {WIDEST} may stand here")


def words_of(question: DeckQuestion) -> str:
    """Everything of a question that a search looks through, folded."""
    answers = (*getattr(question, "options", ()), *getattr(question, "accept", ()), str(question.key))
    texts = (question.prompt, *answers, question.explanation, question.source, question.claim.who or "", *question.tags)
    return fold(" ".join(texts))
