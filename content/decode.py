"""Bytes to the text of a YAML file, and what is wrong with it in words a writer of packs can use."""

from __future__ import annotations

import re

import yaml

MAX_BYTES = 2_000_000
# YAML 1.2 section 5.1 names the characters a file may hold; libyaml lets some of the others through.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
UTF16 = (b"\xff\xfe", b"\xfe\xff")

HINTS = {
    "mapping values are not allowed": "put a text that holds ': ' in quotation marks",
    "cannot start any token": "put a text that starts with @, % or ` in quotation marks; indent with spaces",
    "could not find expected ':'": "write 'key: value', and put a longer text in quotation marks",
    "invalid Unicode character": "write the character itself instead of its escape",
    "unknown escape": "double every \\, or use single quotation marks",
    "unexpected end of stream": "close the quotation mark",
    "incompatible YAML": "leave the %YAML line out",
}
GENERAL_HINT = "look here and just above for indentation, a missing quotation mark or an open bracket"


class Undecodable(Exception):
    """Bytes that are no text for a pack, with line and column (from 1) and a sentence."""


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; Undecodable otherwise."""
    if len(data) > MAX_BYTES:
        raise Undecodable(1, 1, f"is larger than {MAX_BYTES // 1_000_000} MB; split it into several files")
    if data.startswith(UTF16):
        raise Undecodable(1, 1, "is written in UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        message = f"the byte 0x{data[error.start]:02X} here is not UTF-8; save the file as UTF-8"
        raise Undecodable(*_position(before), message) from None
    found = FORBIDDEN.search(text)
    if found is not None:
        message = f"the character U+{ord(found[0]):04X} stands here; take it out, a pack is plain text"
        raise Undecodable(*_position(text[: found.start()]), message)
    return text


def describe_error(error: Undecodable | yaml.YAMLError) -> tuple[int, int, str]:
    """Line, column and a sentence for a text that is not YAML."""
    if isinstance(error, Undecodable):
        line, column, message = error.args
        return line, column, message
    problem = getattr(error, "problem", None) or "it can't be read"
    mark = getattr(error, "problem_mark", None)
    hint = next((hint for words, hint in HINTS.items() if words in problem), GENERAL_HINT)
    sentence = f"is not YAML from here on ({problem}); {hint}"
    return (1, 1, sentence) if mark is None else (mark.line + 1, mark.column + 1, sentence)


def _position(before: str) -> tuple[int, int]:
    """Line and column, both from 1, of what follows this text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")
