"""The answers between { and } in a GIFT file, one from the other: sign, percentage, what is said, the comment on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from content.importers.gift_text import Misread, Piece, Wording
from content.tree import Node

MOST_ANSWERS = 30
SIGN = re.compile("[=~]")
WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]{0,9})?)%")
WILD = "*"
PARTLY = "counts for {weight:g}% in Moodle and not at all here; write = alone before it if it is right"

Parts = dict[str, Node]
Comments = list[tuple[str, Piece]]  # whom a comment is for, if it is not for all, and the comment


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the sign before it, the percentage that it earns, what is said, and the comment on it."""

    sign: str
    weight: float
    said: Piece
    comment: Piece | None


def split_answers(inner: Piece, weigh: str) -> Iterator[Answer]:
    """The answers, each begun by = or ~; a percentage counts after the signs in `weigh`."""
    signs = inner.cover.count("=") + inner.cover.count("~")
    if signs > MOST_ANSWERS:
        message = f"has {signs} answers; at most {MOST_ANSWERS} are read (an = inside an answer is written \\=)"
        raise Misread(inner, message)
    starts = [found.start() for found in SIGN.finditer(inner.cover)]
    lone = inner.part(0, starts[0] if starts else None)
    if lone.text and starts:
        raise Misread(lone, "stands before the first answer; begin each answer with = (right) or ~ (wrong)")
    if lone.text:
        yield _answer("", lone, weigh)
    for start, end in zip_longest(starts, starts[1:]):
        yield _answer(inner.cover[start], inner.part(start + 1, end), weigh)


def _answer(sign: str, piece: Piece, weigh: str) -> Answer:
    weight = 0.0 if sign == "~" else 100.0
    found = WEIGHT.match(piece.cover) if sign in weigh else None
    if found:
        weight, piece = float(found[1]), piece.part(found.end())
    return Answer(sign, weight, *piece.cut("#"))


def gather_comments(answers: Sequence[Answer], whose: Callable[[int], str]) -> Comments:
    return [(whose(at), answer.comment) for at, answer in enumerate(answers) if answer.comment]


def note_partly(answers: Iterable[Answer], wording: Wording) -> None:
    for answer in answers:
        if 0 < answer.weight < 100 and answer.said.text != WILD:
            wording.note(answer.said, PARTLY.format(weight=answer.weight))
