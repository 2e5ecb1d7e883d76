"""Reading a file of questions, whatever tool wrote it: all of its questions, or none and every fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from content.advice import advise
from content.checks.likeness import find_alike
from content.deck import DeckQuestion, read_deck
from content.decode import Undecodable, decode
from content.faults import MOST_FAULTS, Fault
from content.fields import repeated
from content.importers.formats import READERS, detect
from content.importers.parsed import Parsed
from content.tree import Node

UNKNOWN = "is in no format that is read here; name the file *.csv, *.yaml, *.json or *.gift, or choose its format"
PACKED = "is a packed file, such as a spreadsheet has; save the spreadsheet as CSV"
MORE = "there are more after this one; mend these first, then read the file again"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A question that asks the same as an earlier one, or nearly.

    `index` counts the file's questions from 0. `of` is an index too: of a question of the file where `of_line` says
    the line in which that one stands, else of the prompts that were passed in.
    """

    index: int
    line: int
    of: int
    of_line: int | None
    exact: bool


@dataclass(frozen=True, slots=True)
class FileReading:
    """What came of a file: all of its questions, or none and its faults. `format` is None where none was found.

    Notes name what was left out; advice is what the check of packs would say. Neither stops anything.
    """

    format: str | None
    questions: tuple[DeckQuestion, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    advice: tuple[Fault, ...] = ()


READING = TypeAdapter(FileReading)


def read_file(data: bytes, filename: str, format: str | None, prompts: Sequence[str], today: date) -> FileReading:
    """Read a file in a format of READERS, or in the one it seems to be in.

    `prompts` are those of the questions that are there already; `today` is when the file's questions were last
    compared with their source, where it doesn't say.
    """
    try:
        text = decode(data)
    except Undecodable as error:
        line, column, message = (1, 1, PACKED) if data.startswith(b"PK\x03\x04") else error.args
        return FileReading(format, faults=(Fault(filename, line, column, "file", message),))
    del data  # memory is short here, and a file is a good part of it
    chosen = format or detect(text, filename)
    if chosen is None:
        return FileReading(None, faults=(Fault(filename, 1, 1, "file", UNKNOWN),))
    parsed = READERS[chosen](text, filename)
    del text
    return _read(parsed, chosen, prompts, today)


def _read(parsed: Parsed, format: str, prompts: Sequence[str], today: date) -> FileReading:
    reading = read_deck(parsed.root, today) if parsed.root else None
    notes = _first(parsed.notes)
    faults = (*parsed.faults, *(_by_column(parsed, reading.faults) if reading else ()))
    if faults or reading is None or parsed.root is None:
        return FileReading(format, faults=_first(faults), notes=notes)
    advice = map(parsed.root.fault, advise(reading.questions))
    duplicates = tuple(_duplicates(reading.questions, parsed.root, prompts))
    return FileReading(format, reading.questions, (), notes, duplicates, _first(_by_column(parsed, advice)))


def _first(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults in the order of the file, each once, and no more than anybody reads."""
    ordered = sorted(set(faults))
    if len(ordered) <= MOST_FAULTS:
        return tuple(ordered)
    last = ordered[MOST_FAULTS - 1]
    return (*ordered[:MOST_FAULTS], Fault(last.file, last.line, last.column, "file", MORE))


def _by_column(parsed: Parsed, faults: Iterable[Fault]) -> Iterable[Fault]:
    """In a table, what a fault speaks of is the header of its column."""
    for fault in faults:
        if fault.where.startswith("questions.") and fault.column <= len(parsed.columns):
            fault = Fault(fault.file, fault.line, fault.column, parsed.columns[fault.column - 1], fault.message)
        yield fault


def _duplicates(questions: Sequence[DeckQuestion], root: Node, prompts: Sequence[str]) -> Iterator[Duplicate]:
    """Of each question, its earliest exact twin, or else the earlier one that is most like it."""
    every = [*prompts, *(question.prompt for question in questions)]
    there = len(prompts)
    twins = {again: first for first, again in repeated(every) if again >= there}
    for at, of in sorted((dict(find_alike(every, there)) | twins).items()):
        index = at - there
        line = root.find(("questions", index))[0].line
        if of < there:
            yield Duplicate(index, line, of, None, at in twins)
        else:
            yield Duplicate(index, line, of - there, root.find(("questions", of - there))[0].line, at in twins)
