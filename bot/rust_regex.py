"""A moderator's regular expression, written for Rust as Discord asks, run by RE2, which no pattern can make hang."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import re2

MOST_MEMORY: Final = 4 << 20  # bytes that one pattern may take
# Rust knows the edges of words in every script, RE2 in English only. So a text is given a mark before and after each
# character, an edge or none, with two code points that Unicode reserves for such use.
EDGE: Final = "\ufdd0"
NO_EDGE: Final = "\ufdd1"
MARKS: Final = {"edge": r"\x{FDD0}", "no_edge": r"\x{FDD1}"}
ANY_MARK: Final = r"\x{FDD0}\x{FDD1}"

# What Rust means by \w, \d and \s: https://docs.rs/regex/latest/regex/#unicode
SETS: Final = {"w": r"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}", "d": r"\p{Nd}", "s": r"\t-\r\x{85}\p{Z}"}
CLASSES: Final = {
    "alphabetic": "L", "letter": "L", "lowercase": "Ll", "uppercase": "Lu", "mark": "M", "number": "N",
    "punctuation": "P", "symbol": "S", "separator": "Z", "other": "C",
}  # fmt: skip

HEX: Final = "[0-9A-Fa-f]"
ESCAPE: Final = (
    rf"\\(?:[pP]\{{[^{{}}]*\}}|b\{{[a-z-]+\}}|[xuU]\{{{HEX}+\}}|x{HEX}{{2}}|u{HEX}{{4}}|U{HEX}{{8}}|[pP][A-Z]|.)"
)
PIECE: Final = re.compile(
    rf"(?P<edge>\\(?:b\{{[a-z-]+\}}|[b<>]))"
    rf"|(?P<no_edge>\\B)"
    rf"|(?P<end>\$|\\z)"
    rf"|(?P<as_is>\\A|[|)^]|[*+?]|\{{\d+(?:,\d*)?\}}|\((?:\?(?:P?<\w+>|[A-Za-z]*(?:-[A-Za-z]+)?:?))?)"
    rf"|(?P<escape>{ESCAPE})"
    rf"|(?P<set>\[\^?\]?(?:{ESCAPE}|\[:\^?[a-z]+:\]|[^\]\[\\])*\])"
    rf"|(?P<sign>[^\\\[{{])",
    re.DOTALL,
)


class Unreadable(ValueError):
    """RE2 cannot run this pattern, or Rust could not have either."""


class Pattern:
    """A regular expression; as Discord does by default, it takes no notice of case and knows Unicode."""

    def __init__(self, source: str) -> None:
        """Raise Unreadable if that is no pattern, needs too much memory, or asks for what RE2 does not have."""
        pieces = [(m.lastgroup or "", m[0]) for m in PIECE.finditer(source)]
        if "".join(text for _, text in pieces) != source:
            raise Unreadable
        self._marked = any(kind in MARKS for kind, _ in pieces)
        self._compiled = _compile(_translate(pieces, self._marked))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in `text` it matches: start and end of each. In time linear in the length of the text for each."""
        text = _encodable(text)
        if not self._marked:
            yield from (match.span() for match in self._compiled.finditer(text))
            return
        # Python's edges are Rust's, but beside a mark that was not composed with its letter.
        marked = re.sub(r"(\b)|\B", lambda found: EDGE if found.lastindex else NO_EDGE, text)
        for match in self._compiled.finditer(marked):
            yield match.start() // 2, match.end() // 2


def _encodable(text: str) -> str:
    """The text, as long as it was, with question marks in place of our marks and of what UTF-8 cannot hold."""
    return text.replace(EDGE, "?").replace(NO_EDGE, "?").encode("utf-8", "replace").decode("utf-8")


def _compile(translated: str) -> re2._Regexp:
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    try:
        return re2.compile(_encodable(translated), options)
    except re2.error as error:
        raise Unreadable from error


def _translate(pieces: list[tuple[str, str]], marked: bool) -> str:
    """The pattern for RE2; if `marked`, for a text with marks in it."""
    dot_is_all = any(kind == "as_is" and re.match(r"\(\?[A-Za-z]*s", text) for kind, text in pieces)
    maybe, besides = (f"[{ANY_MARK}]?", ANY_MARK) if marked else ("", "")
    translated = ""
    for (before, _), (kind, text) in pairwise([("", ""), *pieces]):
        if kind in MARKS:
            translated += MARKS[kind] if kind != before else "(?:)"  # there is one mark in a place
        elif kind == "as_is":
            translated += text
        else:
            one = text if kind == "end" else _translate_one(kind, text, dot_is_all, besides)
            translated += f"(?:{maybe}{one})" if marked else one
    return translated


def _translate_one(kind: str, text: str, dot_is_all: bool, besides: str) -> str:
    """What stands for one character; `besides` are characters that it does not stand for."""
    if kind == "set":
        return _translate_set(text, besides)
    if kind == "escape" and text[1] in "WDS":
        return f"[^{SETS[text[1].lower()]}{besides}]"
    if kind == "escape":
        return f"[{SETS[text[1]]}]" if text[1] in SETS else _translate_escape(text)
    if text == "." and besides:
        return f"[^{besides}]" if dot_is_all else rf"[^\n{besides}]"
    return text


def _translate_set(text: str, besides: str) -> str:
    if re.search(r"&&|--|~~", text):
        raise Unreadable  # Rust's arithmetic of sets
    start, inner = ("[^" + besides, text[2:-1]) if text.startswith("[^") else ("[", text[1:-1])
    inner = re.sub(r"^\]", r"\]", inner)
    return start + re.sub(ESCAPE, lambda found: _translate_escape(found[0]), inner, flags=re.DOTALL) + "]"


def _translate_escape(text: str) -> str:
    """An escaped sign as RE2 writes it, inside a set and out."""
    kind, rest = text[1], text[2:].strip("{}")
    if kind in SETS:
        return SETS[kind]
    if kind in "uU" or (kind == "x" and rest):
        return rf"\x{{{rest}}}"
    if kind in "pP" and rest:
        name = re.sub(r"^(?:sc|scx|script)[=:]", "", rest, flags=re.IGNORECASE)
        return rf"\{kind}{{{CLASSES.get(name.lower(), name)}}}"
    # \W and \S in a set stay RE2's, which take everything for a sign that is not English: no set could say it.
    return {r"\D": r"\P{Nd}", r"\_": "_"}.get(text, text)
