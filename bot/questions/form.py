"""The form of a question: what is asked for, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass

from bot.item import Kind

KINDS: dict[Kind, str] = {
    "single": "One right option",
    "several": "Several right options",
    "truefalse": "True or false",
    "who": "Who says it",
    "order": "Put in order",
    "number": "A number",
    "typed": "A typed answer",
}
STATUSES = {
    "stated": "The source states it, no one is named",
    "attributed": "The source attributes it to somebody",
    "quoted": "Quoted words of somebody",
    "opinion": "Somebody's opinion",
}


@dataclass(frozen=True)
class Field:
    """A field of the form; `longest` in characters."""

    id: str
    label: str
    hint: str = ""
    longest: int = 300
    required: bool = True
    lines: bool = False


PROMPT = Field("prompt", "Question", "At most 300 characters", lines=True)
ANSWERS: dict[Kind, Field] = {
    "single": Field("options", "Options, one a line", "2 to 5, at most 80 characters each", 1000, lines=True),
    "several": Field("options", "Options, one a line", "3 to 5, at most 80 characters each", 1000, lines=True),
    "who": Field("options", "Names, one a line", "2 to 5; you choose the right one in the next step", 1000, lines=True),
    "order": Field(
        "options", "Options in the right order, one a line", "3 to 5; they are shown mixed", 1000, lines=True
    ),
    "number": Field("answer", "The right number", "With its unit and how far off still counts: 47 miles ± 2", 200),
    "typed": Field(
        "answer", "Right answers, one a line", "The first is shown. A line 'not: ...' never counts.", 4000, lines=True
    ),
}
EXPLANATION = Field("explanation", "Why is that right?", "Shown with the answer", 1500, required=False, lines=True)
ABOUT = (
    EXPLANATION,
    Field("source", "Where does it stand?", "A paragraph, a page, an address: what people can look up"),
    Field("who", "Who says it?", "Leave this empty if the source just states it", 100, required=False),
)
NAMES = {field.id: field.label for field in (PROMPT, *ABOUT)} | {
    "key": "Right answer",
    "unit": "Unit",
    "tolerance": "How far off still counts",
    "accept": "Right answers",
    "reject": "Answers that never count",
    "claim": "Who says it?",
    "cite": "§",
}


def list_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind's form; Discord shows five at most."""
    return (PROMPT, *([ANSWERS[kind]] if kind in ANSWERS else []), *ABOUT)
