"""Moodle's GIFT: blocks between blank lines, each a question with its answers in braces.

What the signs mean follows docs.moodle.org/en/GIFT_format. Reading is linear in the length of the file: signs are
looked for in a cover of each block in which escapes can't be mistaken for signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from content.deck import MOST
from content.faults import MOST_FAULTS, Fault, Place
from content.importers.gift_answers import read_answers
from content.importers.gift_text import MARK, Block, Label, Misread, Notes, Piece, Wording, unescape, whole
from content.importers.parsed import Parsed, deck, group, leaf, several
from content.tree import Node

CATEGORY = "$CATEGORY:"
# Where a category stands in Moodle: the course, and the root of its categories.
CONTEXT = re.compile(r"\$[A-Za-z0-9_]+\$(?:/top)?(?:/|$)")
SEGMENTS = re.compile(r"(?<!/)/(?!/)")  # a slash within a name is written twice
# A label ends before the next one, so that a line of nothing but beginnings takes no time.
LABEL = re.compile(r"\[(id|tag):((?:[^\[\]\\]|\\.|\[(?!id:|tag:)){0,100}+)\]")
MOST_BLOCKS = 4 * MOST  # each question may have its category and remarks
MOST_LABELS = 20  # of one question, which may have half as many tags
GAP = "_____"

NO_ANSWERS = "has no answers in { } (Moodle: a description), so it is no question, and it is left out"
TORN = (
    "these answers are not closed before the next blank line; write } after them, take blank lines out of them,"
    " and write \\{ for a brace in a text"
)


def read(text: str, file: str) -> Parsed:
    """The questions of a GIFT file: those that can be read, every fault, and what a deck does not hold."""
    reading = _Reading(file)
    for block in _blocks(text.replace("\r\n", "\n").replace("\r", "\n"), file):
        if reading.full():
            reading.fault(block.place(0), "file", "is too much for one file from here on; split it")
            break
        reading.take(block)
    return reading.parsed()


def _blocks(text: str, file: str) -> Iterator[Block]:
    """What stands between blank lines; a category is a block of its own. Comments are blank, but for labels."""
    lines, first = StringIO(), 0
    labels: list[Label] = []
    for number, line in enumerate(StringIO(text), start=1):
        bare = line.strip()
        alone = bare.startswith(CATEGORY)
        if first and (not bare or alone):
            yield Block(file, first, lines.getvalue(), tuple(labels))
            lines, labels, first = StringIO(), [], 0
        if alone:
            yield Block(file, number, line)
        elif bare:
            first = first or number
            if bare.startswith("//"):
                labels += [(number, found) for found in islice(LABEL.finditer(line), MOST_LABELS - len(labels))]
                line = "\n"
            lines.write(line)
    if first:
        yield Block(file, first, lines.getvalue(), tuple(labels))


@dataclass(slots=True)
class _Reading:
    """What has been read so far. `torn` says that the block before ended inside its answers."""

    file: str
    theme: Node | None = None
    torn: bool = False
    blocks: int = 0
    questions: list[Node] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    def full(self) -> bool:
        long = len(self.questions) >= MOST or self.blocks >= MOST_BLOCKS
        return long or max(len(self.faults), len(self.notes.single)) >= MOST_FAULTS

    def fault(self, place: Place, where: str, message: str) -> None:
        self.faults.append(place.fault(where, message))

    def parsed(self) -> Parsed:
        if not self.questions and not self.faults:
            self.fault(Place(self.file, 1, 1), "file", "holds no question; write one as 'What is it? {=this ~that}'")
        root = deck(self.file, self.questions) if self.questions else None
        return Parsed(root, tuple(sorted(self.faults)), self.notes.all())

    def take(self, block: Block) -> None:
        self.blocks += 1
        piece = whole(block)
        if piece.text.startswith(CATEGORY):
            self.theme = _theme(block, piece.part(len(CATEGORY)))
        elif piece.text and not self._goes_on(piece):
            title, rest = _title(piece)
            name = unescape(title.text)[:40] if title else ""
            wording = Wording(block, f"questions.{name}" if name else "questions", len(self.questions), self.notes)
            try:
                self._take_question(title, rest, wording)
            except Misread as flaw:
                self.fault(wording.place(flaw.piece), wording.where, flaw.message)

    def _goes_on(self, piece: Piece) -> bool:
        """Whether this is the rest of a question that a blank line tore; it has its fault already."""
        opened, closed = piece.cover.find("{"), piece.cover.find("}")
        rest = self.torn and (opened < 0 or -1 < closed < opened)
        self.torn = opened > closed if not rest else closed < 0
        return rest

    def _take_question(self, title: Piece | None, rest: Piece, wording: Wording) -> None:
        opened, closed = _braces(rest)
        mark = MARK.match(rest.text)
        wording.mark = mark[1] if mark else wording.mark
        if opened < 0:
            wording.note(rest, NO_ANSWERS)
            return
        prompt = _prompt(rest, opened, closed)
        parts = {"prompt": wording.line(prompt)} | read_answers(rest.part(opened + 1, closed), wording)
        parts |= {"theme": self.theme} if self.theme else {}
        self.questions.append(group(wording.place(prompt), **parts, **_labels(title, wording)))


def _theme(block: Block, path: Piece) -> Node | None:
    """The last name on the path of a category, or None for the root."""
    names = CONTEXT.sub("", path.text, count=1)
    last = max((slash.end() for slash in SEGMENTS.finditer(names)), default=0)
    name = names[last:].replace("//", "/").strip()
    return leaf(block.place(path.at), name) if name else None


def _title(piece: Piece) -> tuple[Piece | None, Piece]:
    """The title between :: and ::, and what follows it."""
    if not piece.cover.startswith("::"):
        return None, piece
    title, rest = piece.part(2).cut("::")
    return (title, rest) if rest else (None, piece)


def _braces(rest: Piece) -> tuple[int, int]:
    """Where the answers begin and end, -1 twice where there are none. Misread where braces don't match."""
    opened, closed = rest.cover.find("{"), rest.cover.find("}")
    if closed >= 0 and not -1 < opened < closed:
        raise Misread(rest.part(closed), "a } stands here without a { before it; write \\} for a brace in a text")
    if opened >= 0 and closed < 0:
        raise Misread(rest.part(opened), TORN)
    second = rest.cover.find("{", opened + 1)
    if second >= 0:
        message = "a second { stands in this question; put a blank line between questions, and write \\{ for a brace"
        raise Misread(rest.part(second), message)
    more = rest.cover.find("}", closed + 1)
    if more >= 0:
        raise Misread(rest.part(more), "a second } stands in this question; write \\} for a brace in a text")
    return opened, closed


def _prompt(rest: Piece, opened: int, closed: int) -> Piece:
    """The text around the answers, with a gap in their place where text follows them."""
    after = rest.text[closed + 1 :]
    text = rest.text[:opened].strip() if not after else f"{rest.text[:opened]}{GAP}{after}"
    return Piece(text, "", rest.at)


def _labels(title: Piece | None, wording: Wording) -> dict[str, Node]:
    """The title, or else Moodle's id number, and the tags."""
    named: dict[str, list[Node]] = {"id": [], "tag": []}
    for line, found in wording.block.labels:
        place = Place(wording.block.file, line, found.start() + 1)
        named[found[1]].append(leaf(place, found[2].replace("\\]", "]")))
    ids = [leaf(wording.place(title), unescape(title.text))] if title and title.text else named["id"][:1]
    tags = {"tags": several(named["tag"][0].place, named["tag"])} if named["tag"] else {}
    return ({"id": ids[0]} if ids else {}) | tags
