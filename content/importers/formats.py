"""The formats that questions can be read from, by the names that people choose them by, and which one a file is in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from content.importers import aiken, gift, jsons, offramp, opentdb, red, table
from content.importers.parsed import Parsed

READERS: dict[str, Callable[[str, str], Parsed]] = {
    "offramp": offramp.read,
    "red": red.read,
    "opentdb": opentdb.read,
    "csv": table.read,
    "gift": gift.read,
    "aiken": aiken.read,
    "json": jsons.read,
}
TITLES = {
    "offramp": "Offramp YAML",
    "red": "a trivia list of Red",
    "opentdb": "OpenTDB",
    "csv": "CSV",
    "gift": "GIFT",
    "aiken": "Aiken",
    "json": "Offramp JSON",
}
HEAD = 100_000  # characters that are looked at: what gives a format away stands early
PACK_KEY = re.compile(r"^(?:questions|speakers|themes|motions|risks|glossary|source) *:", re.MULTILINE)
YAML_KEY = re.compile(r"^[^\s#,;{}\[\]].*:(?: |$)", re.MULTILINE)
OPENTDB_KEY = re.compile(r'"(?:response_code|results|correct_answer|incorrect_answers)"\s*:')
# Blanks are spelt out: \s* at the beginning of a line takes quadratic time over a million empty lines.
AIKEN_ANSWER = re.compile(r"^[ \t]*ANSWER[ \t]*:[ \t]*[A-Z]\b", re.MULTILINE | re.IGNORECASE)
GIFT_SIGNS = re.compile(r"^[ \t]*(?:::|\$CATEGORY:)|(?<!\\)\{\s*(?:[=~#}]|(?:TRUE|FALSE|T|F)[ \t]*[}#])", re.MULTILINE)
QUESTION_COLUMN = re.compile(r'^ *"?question"? *[,;\t]|[,;\t] *"?question"? *(?:[,;\t]|$)', re.IGNORECASE)


def detect(text: str, filename: str) -> str | None:
    """The format of a file by its name's ending, and by what stands in it; None where nothing gives it away."""
    head = text[:HEAD]
    match PurePath(filename).suffix.casefold():
        case ".csv" | ".tsv":
            return "csv"
        case ".gift":
            return "gift"
        case ".yaml" | ".yml":
            return _of_yaml(head)
        case ".json":
            return _of_json(head)
    return _by_content(head)


def _by_content(head: str) -> str | None:
    start = head.lstrip()
    if start.startswith(("{", "[")):
        return _of_json(head)
    if QUESTION_COLUMN.search(start.partition("\n")[0]):
        return "csv"
    if AIKEN_ANSWER.search(head):
        return "aiken"
    if GIFT_SIGNS.search(head):
        return "gift"
    return _of_yaml(head) if YAML_KEY.search(head) else None


def _of_json(head: str) -> str:
    return "opentdb" if head.lstrip().startswith("[") or OPENTDB_KEY.search(head) else "json"


def _of_yaml(head: str) -> str:
    return "offramp" if PACK_KEY.search(head) else "red"
