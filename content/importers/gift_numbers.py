"""Numbers as GIFT writes them after {#: 47, 47:2 (two more or less) or 45..49."""

from __future__ import annotations

import re
from decimal import Decimal

from content.importers.gift_split import WILD, Comments, Parts, gather_comments, note_partly, split_answers
from content.importers.gift_text import Misread, Piece, Wording, unescape
from content.importers.parsed import leaf
from content.tree import Node

NUMERAL = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(?:[eE][+-]?[0-9]{1,2})?")


def read_number(inner: Piece, wording: Wording) -> tuple[Parts, Comments]:
    body, wrong = inner.part(1).cut("~")
    answers = [answer for answer in split_answers(body, "=") if answer.weight >= 100 or answer.said.text != WILD]
    full = [answer for answer in answers if answer.weight >= 100]
    if not full:
        raise Misread(inner, "has no number that counts in full; write it as {#47}, {#47:2} or {#45..49}")
    if len(full) > 1:
        message = "is a second right number, and a deck holds one; keep one, or write a range such as {#45..49}"
        raise Misread(full[1].said, message)
    note_partly(answers, wording)
    comments = gather_comments(answers, lambda at: "" if answers[at] is full[0] else unescape(answers[at].said.text))
    after = wrong.cut("#")[1] if wrong else None
    return _key_and_tolerance(full[0].said, wording), comments + ([("", after)] if after else [])


def _key_and_tolerance(said: Piece, wording: Wording) -> Parts:
    """47, 47:2 (two more or less) or 45..49; what is no number is left as it is, and the model says so."""
    place = wording.place(said)
    if ".." in said.text:
        pieces = (said.part(0, said.text.index("..")), said.part(said.text.index("..") + 2))
        least, most = (_decimal(piece.text) for piece in pieces)
        key, tolerance = leaf(place, said.text), None
        if least is not None and most is not None:
            key, tolerance = leaf(place, _written((least + most) / 2)), leaf(place, _written((most - least) / 2))
    else:
        number, margin = said.cut(":")
        key = _numeral(number, wording)
        tolerance = _numeral(margin, wording) if margin else None
    parts = {"kind": leaf(place, "number"), "key": key}
    return parts | ({"tolerance": tolerance} if tolerance else {})


def _numeral(piece: Piece, wording: Wording) -> Node:
    value = _decimal(piece.text)
    return leaf(wording.place(piece), unescape(piece.text) if value is None else _written(value))


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if NUMERAL.fullmatch(text) else None


def _written(value: Decimal) -> str:
    """In digits, without an exponent."""
    return format(value, "f")
