"""CSV for spreadsheets: a line a question, for the kinds that have one right answer.

A byte order mark makes Excel read UTF-8. A cell that a spreadsheet would take for a formula has ' before it, which is
taken off when the file is read again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from content.deck import DeckQuestion, Number, Order, Several, Single, TrueFalse, Typed, Who
from content.exporters.common import lost_facts
from content.exporters.writing import digits
from content.questions import LETTERS

BYTE_ORDER_MARK = "\ufeff"
WRONG = 4  # columns for wrong answers, or more where a question has more
MOST_WRONG = 99
AFTER = ("kind", "explanation", "theme", "difficulty", "source", "tags")
# What begins a formula, after any ' that the text has itself. https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")

LEFT_OUT = "Left out, because CSV holds one right answer a question and no order"
ORDER_OF_OPTIONS = "The options come back in the order of the alphabet"
NO_TOLERANCE = "The tolerance is left out, and only the exact number will be right"
NO_ACCEPT = "Further right answers are left out, and only the first will be right"
TOO_MANY_WRONG = f"Wrong answers after the first {MOST_WRONG} are left out"
NO_COMMA = "Tags with a comma in them are left out, because CSV has commas between tags"


def write(questions: Sequence[DeckQuestion]) -> str:
    rows = [row for row in map(_row, questions) if row is not None]
    columns = max([WRONG, *(len(wrong) for _, wrong, _ in rows)])
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["question", "correct", *(f"wrong{n}" for n in range(1, columns + 1)), *AFTER])
    for before, wrong, after in rows:
        writer.writerow(map(guarded, [*before, *wrong, *[""] * (columns - len(wrong)), *after]))
    return BYTE_ORDER_MARK + file.getvalue()


def lost(question: DeckQuestion) -> Iterator[str]:
    """A message for everything that CSV can't hold of the question."""
    if isinstance(question, Several | Order):
        yield LEFT_OUT
        return
    if isinstance(question, Single | Who) and list(question.options) != sorted(question.options):
        yield ORDER_OF_OPTIONS
    if isinstance(question, Number) and question.tolerance:
        yield NO_TOLERANCE
    if isinstance(question, Typed) and question.accept:
        yield NO_ACCEPT
    if isinstance(question, Typed) and len(question.reject) > MOST_WRONG:
        yield TOO_MANY_WRONG
    if any("," in tag for tag in question.tags):
        yield NO_COMMA
    yield from lost_facts(question, "CSV", AFTER)


def guarded(cell: str) -> str:
    """The cell with ' before it, if it begins like a formula or like a formula that is guarded already."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _row(question: DeckQuestion) -> tuple[list[str], list[str], list[str]] | None:
    """The cells up to the right answer, the wrong answers, and the cells after them; None for what CSV can't hold."""
    answers = _answers(question)
    if answers is None:
        return None
    right, wrong = answers
    facts = (question.kind, question.explanation, question.theme, str(question.difficulty), question.source)
    tags = ", ".join(tag for tag in question.tags if "," not in tag)
    return [question.prompt, right], wrong, [*facts, tags]


def _answers(question: DeckQuestion) -> tuple[str, list[str]] | None:
    match question:
        case Single() | Who():
            right = question.options[LETTERS.index(question.key)]
            return right, [option for option in question.options if option != right]
        case TrueFalse():
            return ("true" if question.key else "false"), []
        case Number():
            return digits(question.key), []
        case Typed():
            return question.key, list(question.reject[:MOST_WRONG])
    return None
