"""Questions of a deck as a file of some format, and what that format can't hold of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from content.deck import DeckQuestion
from content.decode import MAX_BYTES
from content.exporters import gift, jsons, offramp, table
from content.exporters.losses import sentences
from content.exporters.writing import sifted

INVISIBLE = "Characters that nobody can see are left out"
NOTHING_LEFT = "Left out, because a text in it holds nothing that can be seen"
SURELY_READ = 2_000  # questions, however much each of them holds: content.tree stops at 100,000 values
TOO_LARGE = "The file may be too large to be read again at once; export one deck at a time, or split it."


@dataclass(frozen=True, slots=True)
class Exported:
    """The text of a file, to be written as UTF-8, and a sentence for everything that it does not hold."""

    text: str
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """How questions are written, what is lost of one, in words, and the usual ending of a file's name."""

    write: Callable[[Sequence[DeckQuestion]], str]
    lost: Callable[[DeckQuestion], Iterable[str]]
    ending: str


FORMATS = {
    "offramp": Format(offramp.write, offramp.lost, ".yaml"),
    "csv": Format(table.write, table.lost, ".csv"),
    "gift": Format(gift.write, gift.lost, ".gift"),
    "json": Format(jsons.write, jsons.lost, ".json"),
}


def export(questions: Sequence[DeckQuestion], format: str) -> Exported:
    """The questions in one of FORMATS. Reading the text again gives the same questions, but for its losses."""
    chosen = FORMATS[format]
    clean = [sifted(question) for question in questions]
    text = chosen.write([question for question in clean if question is not None])
    losses = sentences(_lost(questions, clean, chosen.lost), questions)
    if len(text.encode()) > MAX_BYTES or len(questions) > SURELY_READ:
        losses += (TOO_LARGE,)
    return Exported(text, losses)


def _lost(
    questions: Sequence[DeckQuestion],
    clean: Sequence[DeckQuestion | None],
    lost: Callable[[DeckQuestion], Iterable[str]],
) -> Iterator[tuple[str, int]]:
    for index, (question, readable) in enumerate(zip(questions, clean, strict=True)):
        if readable is None:
            yield NOTHING_LEFT, index
            continue
        if readable is not question:
            yield INVISIBLE, index
        for message in lost(readable):
            yield message, index
