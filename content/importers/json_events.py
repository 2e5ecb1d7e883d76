"""JSON as the parser events that content.tree grows from, so that each value has its line and column.

Python's own decoder reads the texts, escapes included. Numbers, true and false stay as they are written, like
everything in YAML: no library keeps both that and the places, and YAML's parser does not know surrogate pairs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

import yaml

from content.decode import Undecodable
from content.importers.parsed import one_line_end

SPACE = re.compile(r"[ \t\r\n]*")
WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])|(?:true|false|null)(?!\w)")
NO_NUMBERS = re.compile(r"-?(?:NaN|Infinity)")
DECODER = json.JSONDecoder()
HINTS = {
    "Unterminated string": "close the quotation mark",
    "Invalid control character": "write a line break or a tab within a text as \\n or \\t",
    "Invalid \\escape": "double every \\",
    "Invalid \\uXXXX escape": "write four digits from 0 to f after \\u",
}


def json_events(text: str) -> Iterator[yaml.Event]:
    """The events of a text; Undecodable, with line, column and a sentence, where it is no JSON."""
    yield from _Text(text).read()


class _Text:
    """A text being read: `at` is where reading stands, counted in characters."""

    def __init__(self, text: str) -> None:
        self.text = one_line_end(text)
        self.at = 0
        self.counted = 0  # up to here, line breaks have been counted: `line` of them, the last before `line_start`
        self.line = 0
        self.line_start = 0

    def read(self) -> Iterator[yaml.Event]:
        """One value and what stands in it; without recursion, since depth is for the tree to judge."""
        closers: list[str] = []
        wants_value = self._next() != ""
        while wants_value or closers:
            if wants_value:
                event = self._value(closers)
                yield event
                wants_value = isinstance(event, yaml.CollectionStartEvent) and self._next() not in "}]"
            else:
                wants_value = self._goes_on(closers)
                if not wants_value:
                    yield yaml.SequenceEndEvent() if closers.pop() == "]" else yaml.MappingEndEvent()
            if wants_value and closers[-1] == "}":
                yield self._key()
        if self._next():
            self._stop("the end of the file")

    def _goes_on(self, closers: list[str]) -> bool:
        """Step over a comma, which promises another value, or over the end of the innermost list or group."""
        sign = self._next()
        if sign not in (",", closers[-1]):
            self._stop(f"',' or '{closers[-1]}'")
        self.at += 1
        return sign == ","

    def _key(self) -> yaml.ScalarEvent:
        if self._next() != '"':
            self._stop("a key in quotation marks")
        event = self._string()
        if self._next() != ":":
            self._stop("':'")
        self.at += 1
        return event

    def _value(self, closers: list[str]) -> yaml.NodeEvent:
        sign = self._next()
        if sign == '"':
            return self._string()
        if sign and sign in "[{":
            mark = self._mark()
            self.at += 1
            closers.append("]" if sign == "[" else "}")
            start = yaml.SequenceStartEvent if sign == "[" else yaml.MappingStartEvent
            return start(None, None, True, mark)
        return self._word()

    def _string(self) -> yaml.ScalarEvent:
        mark = self._mark()
        try:
            text, self.at = DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            self.at = error.pos
            hint = next((hint for words, hint in HINTS.items() if error.msg.startswith(words)), "mend this text")
            self._stop(hint=hint)
        return yaml.ScalarEvent(None, None, (False, True), text, mark, style='"')

    def _word(self) -> yaml.ScalarEvent:
        mark = self._mark()
        found = WORD.match(self.text, self.at)
        if found is None:
            odd = NO_NUMBERS.match(self.text, self.at)
            self._stop("a value", hint=f"JSON has no {odd[0]}; put it in quotation marks" if odd else None)
        self.at = found.end()
        word = found[0]
        return yaml.ScalarEvent(None, None, (True, False), "" if word == "null" else word, mark)

    def _next(self) -> str:
        """The next sign after blanks, empty at the end."""
        found = SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def _mark(self) -> yaml.Mark:
        return yaml.Mark("", self.at, *self._position(), None, 0)

    def _position(self) -> tuple[int, int]:
        """Line and column, both from 0."""
        more = self.text.count("\n", self.counted, self.at)
        if more:
            self.line += more
            self.line_start = self.text.rfind("\n", self.counted, self.at) + 1
        self.counted = self.at
        return self.line, self.at - self.line_start

    def _stop(self, expected: str = "", hint: str | None = None) -> NoReturn:
        line, column = self._position()
        message = f"is not JSON from here on; {hint or f'{expected} should stand here'}"
        raise Undecodable(line + 1, column + 1, message)
