"""Which format a file is in, by its name and by what stands in it."""

from __future__ import annotations

import pytest

from content.importers.formats import READERS, TITLES, detect

FOUND: dict[str, tuple[str, str, str | None]] = {
    "a deck": ("a.yaml", "questions:\n- kind: typed\n", "offramp"),
    "a deck by another ending": ("a.YML", "# ours\nquestions: []\n", "offramp"),
    "a pack's file": ("a.yaml", "id: x\nglossary:\n- {}\n", "offramp"),
    "a trivia list": ("a.yaml", "AUTHOR: me\nWhich is red?:\n- Mars\n", "red"),
    "a trivia list as text": ("a.txt", "Which is red?:\n- Mars\n", "red"),
    "a deck as text": ("a.txt", "questions:\n- kind: typed\n", "offramp"),
    "OpenTDB": ("a.json", '{"response_code": 0, "results": [{"type": "multiple"}]}', "opentdb"),
    "OpenTDB's list": ("a", ' [{"type": "multiple"}]', "opentdb"),
    "our JSON": ("a.json", '{"format": "offramp-questions", "questions": []}', "json"),
    "another JSON": ("a.json", '{"a": 1}', "json"),
    "a table": ("a.csv", "anything", "csv"),
    "a table of tabs": ("a.tsv", "anything", "csv"),
    "a table as text": ("a.txt", '"Question";"Correct"\nQ?;a\n', "csv"),
    "a table that begins elsewhere": ("a.txt", "correct\tquestion\na\tQ?\n", "csv"),
    "GIFT": ("a.gift", "anything", "gift"),
    "GIFT as text": ("a.txt", "// remark\n::title:: Which is red?{~Venus =Mars}", "gift"),
    "GIFT without a title": ("a.txt", "Is it red: yes or no?{T}\n", "gift"),
    "Aiken": ("a.txt", "Which is red: quick?\nA. Venus\nB. Mars\nANSWER: B\n", "aiken"),
    "Aiken with small letters": ("a", "question\nA) Venus\nB) Mars\n answer: b\n", "aiken"),
    "prose": ("a.txt", "Hello world", None),
    "nothing": ("", "", None),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_format_is_found(name: str) -> None:
    filename, text, expected = FOUND[name]
    assert detect(text, filename) == expected


def test_every_format_has_a_title_for_people() -> None:
    assert list(TITLES) == list(READERS)
