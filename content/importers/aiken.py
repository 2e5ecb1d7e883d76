"""Aiken: a question, its options as `A.` or `A)`, one a line, and `ANSWER: B` under them.

As docs.moodle.org/en/Aiken_format has it, but that a question may run over several lines and small letters will do.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from io import StringIO

from content.deck import MOST
from content.faults import MOST_FAULTS, Fault, Place
from content.importers.options import letter, listed
from content.importers.parsed import Parsed, deck, group, leaf
from content.tree import Node

OPTION = re.compile(r"([A-Za-z])[.)]\s*")
ANSWER = re.compile(r"answer\s*:\s*", re.IGNORECASE)
LETTERS = string.ascii_uppercase
MOST_LINES = 300  # of one question, whose prompt may have no more characters than that
TOO_MUCH = "is too much from here on; write an answer under each question, and split the file if it is large"
RIGHT = re.compile(r"([A-Za-z])[.)]?")

NO_QUESTION = (
    "stands under no question; write the question in the line above its options (it can't begin like an option)"
)
NO_ANSWER = "this question ends without an answer; write 'ANSWER: A' under its options"
NO_OPTIONS = "this text has no options; write them under it as 'A. ...' and 'B. ...', or take it out"
CONTINUED = "this line is neither an option nor the answer; write each option in one line, as '{letter}. ...'"
MISPLACED = "this is option {found}, but option {expected} comes next; letter the options A, B, C in this order"
ONE_LETTER = "must name one option by its letter, such as 'ANSWER: A'; Aiken knows one right option a question"


def read(text: str, file: str) -> Parsed:
    """The questions of an Aiken file: those that can be read, and every fault."""
    reading = _Reading(file)
    for number, line in enumerate(StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), start=1):
        bare = line.strip()
        if not bare:
            reading.gap = True
        elif reading.full():
            reading.faults.append(Place(file, number, 1).fault("file", TOO_MUCH))
            break
        else:
            reading.take(bare, Place(file, number, line.index(bare) + 1))
    return reading.parsed()


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and of the question that is open: its prompt and options. `gap` is a blank line."""

    file: str
    questions: list[Node] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    start: Place | None = None
    prompt: list[str] = field(default_factory=list)
    options: list[Node] = field(default_factory=list)
    lines: int = 0
    gap: bool = False
    sound: bool = True

    def flaw(self, place: Place, message: str) -> None:
        """The first flaw of a question; what only follows from it is left out."""
        if self.sound:
            self.faults.append(place.fault("questions", message))
        self.sound = False

    def parsed(self) -> Parsed:
        self._close()
        if not self.questions and not self.faults:
            message = "holds no question; write one, its options as 'A. ...' and 'B. ...', and 'ANSWER: A'"
            self.faults.append(Place(self.file, 1, 1).fault("file", message))
        root = deck(self.file, self.questions) if self.questions else None
        return Parsed(root, tuple(sorted(self.faults)))

    def full(self) -> bool:
        longest = self.lines >= MOST_LINES
        return longest or len(self.questions) >= MOST or len(self.faults) >= MOST_FAULTS

    def take(self, bare: str, place: Place) -> None:
        """Read a line that is not blank."""
        self.lines += 1
        answer, option = ANSWER.match(bare), OPTION.match(bare)
        if answer:
            self._take_answer(bare[answer.end() :], _along(place, answer))
        elif option:
            self._take_option(option[1].upper(), bare[option.end() :], place, _along(place, option))
        else:
            self._take_text(bare, place)
        self.gap = False

    def _take_text(self, bare: str, place: Place) -> None:
        if self.start and self.gap:
            self._close()
        if self.options:
            self.flaw(place, CONTINUED.format(letter=letter(len(self.options))))
            return
        self.start = self.start or place
        self.prompt.append(bare)

    def _take_option(self, found: str, bare: str, place: Place, after: Place) -> None:
        expected = LETTERS[min(len(self.options), len(LETTERS) - 1)]
        if self.start is None:
            self.flaw(place, NO_QUESTION)
        elif found != expected:
            self.flaw(place, MISPLACED.format(found=found, expected=expected))
        self.options.append(leaf(after, bare))

    def _take_answer(self, bare: str, place: Place) -> None:
        right = RIGHT.fullmatch(bare)
        if self.start is None and not self.options:
            self.flaw(place, NO_QUESTION)
        elif not self.options and self.start:
            self.flaw(self.start, NO_OPTIONS)
        elif right is None:
            self.flaw(place, ONE_LETTER)
        elif self.sound and self.start:
            at = ord(right[1].upper()) - ord("A")
            key = letter(at) if at < len(self.options) else right[1].upper()
            self._add(self.start, leaf(place, key))
        self._forget()

    def _add(self, start: Place, key: Node) -> None:
        parts = {"kind": leaf(start, "single"), "prompt": leaf(start, " ".join(self.prompt))}
        self.questions.append(group(start, **parts, options=listed(self.options), key=key))

    def _close(self) -> None:
        """Where a question ends without its answer."""
        if self.start:
            self.flaw(self.start, NO_ANSWER if self.options else NO_OPTIONS)
        self._forget()

    def _forget(self) -> None:
        self.start, self.prompt, self.options, self.lines, self.sound = None, [], [], 0, True


def _along(place: Place, found: re.Match[str]) -> Place:
    """The place after what was found at the beginning of a line."""
    return Place(place.file, place.line, place.column + found.end())
