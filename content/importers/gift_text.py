r"""The texts of a GIFT file: pieces that know where they stand, and the words that are meant by them.

A backslash takes a sign its meaning: \~ \= \# \{ \} \: \\ stand for the sign, and \n for a new line. So that signs can
be looked for, every piece carries a cover: the same text with every escape covered up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from content.deck import LONGEST
from content.faults import Fault, Place
from content.importers.markup import plain
from content.importers.parsed import leaf
from content.tree import Node

SIGNS = "\\:#={}~n"  # the backslash first: two of them and an n are a backslash and an n
ESCAPE = re.compile(rf"\\[{re.escape(SIGNS)}]")
MARK = re.compile(r"\[(html|moodle|plain|markdown)\]")

HTML_OFF = "HTML marks are taken off; the words stay, links and layout do not"
LINES_JOINED = "the lines of this text are joined; a prompt, an option or an answer is one line"

Label = tuple[int, re.Match[str]]


@dataclass(frozen=True, slots=True)
class Block:
    """The lines between two blank lines, without comments; `line` counts from 1.

    `labels` are what its comments say in a form that Moodle reads, each with its line.
    """

    file: str
    line: int
    text: str
    labels: tuple[Label, ...] = ()

    def place(self, at: int) -> Place:
        line = self.line + self.text.count("\n", 0, at)
        return Place(self.file, line, at - self.text.rfind("\n", 0, at))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block, without blanks around it, and the offset in its block at which it starts."""

    text: str
    cover: str
    at: int

    def part(self, start: int, end: int | None = None) -> Piece:
        """From one offset in this piece to another."""
        text, cover = self.text[start:end], self.cover[start:end]
        blank = len(text) - len(text.lstrip())
        return Piece(text.strip(), cover.strip(), self.at + start + blank)

    def cut(self, sign: str) -> tuple[Piece, Piece | None]:
        """What stands before the first such sign, and what stands after it, None where there is no such sign."""
        at = self.cover.find(sign)
        return (self, None) if at < 0 else (self.part(0, at), self.part(at + len(sign)))


class Misread(Exception):
    """Why a question can't be read, and the piece of it where that shows."""

    def __init__(self, piece: Piece, message: str) -> None:
        self.piece, self.message = piece, message
        super().__init__(message)


def whole(block: Block) -> Piece:
    """All of a block as a piece."""
    cover = block.text
    for sign in SIGNS:
        cover = cover.replace(f"\\{sign}", "xx")
    return Piece(block.text, cover, 0).part(0)


def unescape(written: str) -> str:
    """The text that is meant: lines joined, since a line of the file is no line of the text, and escapes as signs."""
    if "\n" in written:
        written = " ".join(filter(None, map(str.strip, written.split("\n"))))
    return ESCAPE.sub(lambda escape: "\n" if escape[0] == "\\n" else escape[0][1], written).strip()


@dataclass(slots=True)
class Notes:
    """What a file holds and a deck does not: each at its place, and what is all over the file once, with a count."""

    single: list[Fault] = field(default_factory=list)
    common: dict[str, list[int]] = field(default_factory=dict)
    first: dict[str, Fault] = field(default_factory=dict)

    def add(self, place: Place, where: str, message: str) -> None:
        self.single.append(place.fault(where, message))

    def count(self, place: Place, where: str, message: str, question: int) -> None:
        """Note it once for the whole file, and in how many questions it is so."""
        self.first.setdefault(message, place.fault(where, message))
        questions = self.common.setdefault(message, [])
        if question not in questions[-1:]:
            questions.append(question)

    def all(self) -> tuple[Fault, ...]:
        return tuple(sorted([*self.single, *(self._counted(message) for message in self.first)]))

    def _counted(self, message: str) -> Fault:
        first, more = self.first[message], len(self.common[message]) - 1
        if more == 0:
            return first
        counted = f"{message} (here and in {more} more question{'s' if more > 1 else ''})"
        return Fault(first.file, first.line, first.column, first.where, counted)


@dataclass(slots=True)
class Wording:
    """The words of one question: `mark` is the form that its text names, and that counts where a piece names none."""

    block: Block
    where: str
    number: int
    notes: Notes
    mark: str = "moodle"

    def place(self, piece: Piece) -> Place:
        return self.block.place(piece.at)

    def text(self, piece: Piece) -> str:
        """The words of a piece, on as many lines as are meant; far too long a text is left for the model to refuse."""
        if len(piece.text) > LONGEST:
            return piece.text
        found = MARK.match(piece.text)
        mark = found[1] if found else self.mark
        text = unescape(piece.text[found.end() :] if found else piece.text)
        return (
            text if mark == "plain" else self._without_html(piece, text.replace("\n", " ") if mark == "html" else text)
        )

    def line(self, piece: Piece) -> Node:
        """The words of a piece on one line."""
        lines = self.text(piece).splitlines()
        if len(lines) > 1:
            self.count(piece, LINES_JOINED)
        return leaf(self.place(piece), " ".join(filter(None, map(str.strip, lines))))

    def note(self, piece: Piece, message: str) -> None:
        self.notes.add(self.place(piece), self.where, message)

    def count(self, piece: Piece, message: str) -> None:
        self.notes.count(self.place(piece), self.where, message, self.number)

    def _without_html(self, piece: Piece, text: str) -> str:
        found = plain(text)
        if found.media:
            names = ", ".join(f"<{name}>" for name in found.media)
            self.note(piece, f"{names} can't be kept, a deck holds words; say in words what it shows, or leave it")
        elif found.marked:
            self.count(piece, HTML_OFF)
        return found.text.strip()
