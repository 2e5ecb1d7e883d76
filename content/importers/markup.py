"""HTML in a text of another tool, taken off: the words stay, and what was more than words is named.

The patterns are linear in the length of the text. The standard library's html.parser is not: up to CPython 3.11.13 it
takes quadratic time over unclosed marks, and it stops with an AssertionError at `<![x`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from content.tree import CONTROL

BLOCK = "blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|table|tr|ul"
MEDIA = "audio|canvas|embed|iframe|img|input|math|object|svg|video"  # what a text can't stand for
INLINE = (
    "a|abbr|b|bdi|bdo|big|caption|center|cite|code|col|colgroup|del|em|figcaption|figure|font|i|ins|kbd|label|mark|nobr"
    "|nolink|o:p|param|q|rp|rt|ruby|s|samp|small|source|span|strike|strong|sub|sup|tbody|tfoot|thead|track|tt|u|var|wbr"
)
# Only a known name with well-formed attributes is a mark: `a<b and c>d` is none.
ATTRIBUTE = (
    r"""\s++(?:[a-z_][\w:.-]*+\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=]++)|allowfullscreen|checked|controls|loop)"""
)
TAG = re.compile(
    rf"</?(?:(?P<block>{BLOCK})|(?P<cell>t[dh])|(?P<media>{MEDIA})|(?:{INLINE}))(?:{ATTRIBUTE})*+\s*+/?>", re.IGNORECASE
)
RAISED = re.compile(r"<(su[pb])>([^<>]{1,40})</\1>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SMALL = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


@dataclass(frozen=True, slots=True)
class Plain:
    """The words of a text; whether marks were taken off, and the names of media that words can't replace."""

    text: str
    marked: bool = False
    media: tuple[str, ...] = ()


def plain(text: str) -> Plain:
    """The text without HTML: blocks on lines of their own, small digits as such, entities as characters."""
    bare = _without_comments(text)
    if "<" not in bare:
        return Plain(_characters(bare), bare != text)
    found = list(TAG.finditer(bare))
    if not found:
        return Plain(_characters(bare), bare != text)
    words = _characters(TAG.sub(_apart, RAISED.sub(_small, bare)))
    media = tuple(dict.fromkeys(mark["media"].lower() for mark in found if mark["media"]))
    lines = (" ".join(filter(None, line.split(" "))).strip() for line in words.split("\n"))
    return Plain("\n".join(filter(None, lines)), True, media)


def _without_comments(text: str) -> str:
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join(kept) + text[at:]


def _apart(mark: re.Match[str]) -> str:
    if mark["block"]:
        return "\n"
    return " " if mark["cell"] else ""


def _small(mark: re.Match[str]) -> str:
    """10<sup>3</sup> as 10³, and as 10^(x) where there are no such small characters."""
    name, inner = mark[1].lower(), mark[2]
    if all(ord(sign) in SMALL[name] for sign in inner):
        return inner.translate(SMALL[name])
    return ("^" if name == "sup" else "_") + (inner if len(inner) == 1 else f"({inner})")


def _characters(text: str) -> str:
    return ENTITY.sub(lambda entity: CONTROL.sub(" ", html.unescape(entity[0])), text)
