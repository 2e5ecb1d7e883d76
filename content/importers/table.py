"""CSV and its kin: a line a question, whose header names the columns in any order.

`question` and `correct` must be there; `wrong1`, `wrong2`, ... hold wrong answers, and `kind`, `explanation`, `theme`,
`difficulty`, `source` and `tags` (with commas between) what their names say. Without a kind, a question with wrong
answers has one right option, and one without them is answered by typing. In a `typed` question a wrong answer is one
that never counts; `truefalse` and `number` need none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from content.deck import MOST
from content.decode import Undecodable
from content.faults import Fault, Place
from content.importers.mixing import mix
from content.importers.parsed import Parsed, deck, group, leaf, one_line_end, several
from content.sentences import listing, unknown
from content.tree import Node

NEEDED = ("question", "correct")
PLAIN = ("explanation", "theme", "difficulty", "source")
OPTIONAL = ("kind", *PLAIN, "tags")
WRONG = re.compile(r"wrong[1-9][0-9]?")
SEPARATORS = (",", ";", "\t")
MOST_COLUMNS = 200
MOST_LINES = 100_000
LONGEST_LINE = 100_000  # characters
ONE_RIGHT = ("single", "who")
MORE_RIGHT = ("several", "order")
KINDS = (*ONE_RIGHT, "truefalse", "number", "typed")
# A spreadsheet takes a cell for a formula that begins so. Our export puts ' before it, and before what would read the
# same after that; here one ' is taken off again.
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
HINTS = {
    "field larger": "a text begins here that is far too long; close its quotation mark",
    "unexpected end": "a quotation mark that opens here is never closed; close it",
    "expected after": "a quotation mark within a text must be written twice",
}


def read(text: str, file: str) -> Parsed:
    """The questions of a CSV or TSV file; comma, semicolon or tab, whichever its header is written with."""
    text = one_line_end(text)
    rows = _rows(text, max(SEPARATORS, key=lambda separator: _known(_header(text, separator))))
    table = _Table(file)
    try:
        if table.take_header(*next(rows, (1, []))):
            for count, (line, cells) in enumerate(rows):
                if count == MOST:
                    raise Undecodable(line, 1, f"has more than {MOST:,} questions; split it into several files")
                table.take(line, cells)
    except Undecodable as error:
        line, column, message = error.args
        table.faults.append(Place(file, line, column).fault("file", message))
    root = deck(file, table.questions) if table.questions or not table.faults else None
    return Parsed(root, tuple(table.faults), tuple(table.notes), table.header)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, with the line in which it begins; Undecodable where there is no way on."""
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        hint = next((hint for words, hint in HINTS.items() if words in str(error)), str(error))
        raise Undecodable(line, 1, f"is no table from here on; {hint}") from None


def _lines(text: str) -> Iterator[str]:
    for count, found in enumerate(re.finditer(r"[^\n]*\n|[^\n]+", text), start=1):
        if count > MOST_LINES:
            raise Undecodable(count, 1, f"has more than {MOST_LINES:,} lines; take empty ones out, or split it")
        if len(found[0]) > LONGEST_LINE:
            raise Undecodable(count, 1, f"this line has more than {LONGEST_LINE:,} characters; write shorter texts")
        yield found[0]


def _header(text: str, separator: str) -> list[str]:
    try:
        return next(_rows(text, separator), (1, []))[1]
    except Undecodable:
        return []


def _known(header: Sequence[str]) -> int:
    """How many of these headers have a meaning here."""
    return sum(_has_meaning(name.strip().casefold()) for name in header)


def _has_meaning(name: str) -> bool:
    return name in NEEDED or name in OPTIONAL or WRONG.fullmatch(name) is not None


@dataclass(slots=True)
class _Table:
    """A table being read, a row at a time."""

    file: str
    header: tuple[str, ...] = ()
    columns: dict[str, int] = field(default_factory=dict)
    questions: list[Node] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def take_header(self, line: int, cells: list[str]) -> bool:
        """Learn which column is what; without question and correct, the rows mean nothing."""
        self.header = tuple(" ".join(name.split()).casefold()[:40] for name in cells[: MOST_COLUMNS + 1])
        for at, name in enumerate(self.header):
            place = self._place(line, at)
            if at == MOST_COLUMNS:
                self.faults.append(place.fault("file", f"has more than {MOST_COLUMNS} columns; leave the others out"))
            elif name and not _has_meaning(name):
                self.notes.append(place.fault(name, "is left out; a column of this name has no meaning here"))
            elif self.columns.setdefault(name, at) != at and name:
                self.faults.append(place.fault(name, f"names column {self.columns[name] + 1} again; keep one of them"))
        missing = [repr(name) for name in NEEDED if name not in self.columns]
        if missing:
            found = listing([name for name in self.header if name]) or "none"
            message = f"has no column {' and no '.join(missing)} in its first row; columns found: {found}"
            self.faults.append(self._place(line, 0).fault("file", message))
        return not missing

    def take(self, line: int, cells: list[str]) -> None:
        """A row as a question, or the faults that keep it from being one."""
        if any(map(str.strip, islice(cells, len(self.header), None))):
            message = f"has {len(cells)} cells, but the first row has {len(self.header)}"
            hint = "put a text with the separator in it in quotation marks"
            self.faults.append(self._place(line, len(self.header)).fault("row", f"{message}; {hint}"))
        texts = {name: self._cell(line, at, cells) for name, at in self.columns.items() if _has_meaning(name)}
        there = {name: text for name, text in texts.items() if text.value or name in NEEDED}
        wrong = [there[name] for name in sorted(there, key=lambda name: (len(name), name)) if WRONG.fullmatch(name)]
        answers = self._answers(there.get("kind"), there["correct"], wrong)
        if answers is not None:
            plain = {name: there[name] for name in PLAIN if name in there}
            tags = {"tags": _tags(there["tags"])} if "tags" in there else {}
            self.questions.append(group(self._place(line, 0), prompt=there["question"], **plain, **tags, **answers))

    def _answers(self, written: Node | None, right: Node, wrong: list[Node]) -> dict[str, Node] | None:
        """Kind, key and what else the kind has; None, and a fault, where a row can't hold it."""
        kind = written or leaf(right.place, "single" if wrong else "typed")
        kind.value = str(kind.value).strip().casefold()
        if kind.value not in KINDS:
            several_right = (
                f"'{kind.value}' has more than one right answer, and a row has room for one; use Offramp YAML"
            )
            message = (
                several_right if kind.value in MORE_RIGHT else unknown(kind.value, "a kind of question here", KINDS)
            )
            self.faults.append(kind.place.fault("kind", message))
            return None
        if kind.value in ONE_RIGHT and not wrong:
            message = "has no wrong answer beside it; write one in the column 'wrong1', or the kind 'typed'"
            self.faults.append(right.place.fault("correct", message))
            return None
        if kind.value in ONE_RIGHT:
            return {"kind": kind, **mix(right, wrong)}
        if kind.value == "truefalse":
            return {"kind": kind, "key": leaf(right.place, str(right.value).strip().casefold())}  # Excel writes TRUE
        refused = {"reject": several(wrong[0].place, wrong)} if wrong and kind.value == "typed" else {}
        return {"kind": kind, "key": right, **refused}

    def _cell(self, line: int, at: int, cells: list[str]) -> Node:
        """The text of a cell, empty where it is blank or missing."""
        text = cells[at] if at < len(cells) else ""
        if text.startswith("'") and FORMULA.match(text):
            text = text[1:]
        return leaf(self._place(line, at), text if text.strip() else "")

    def _place(self, line: int, at: int) -> Place:
        """The place of a cell: its column is its number in the row, from 1."""
        return Place(self.file, line, at + 1)


def _tags(cell: Node) -> Node:
    return several(cell.place, (leaf(cell.place, tag) for tag in str(cell.value).split(",")))
