"""A sound pack with one thing spoiled, and the exact lines that a writer gets; the cases stand in spoiled.txt."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable
from pathlib import Path

import pytest

Faults = Callable[[Path], list[str]]
Spoil = Callable[..., Path]

CASES = [block.splitlines() for block in (Path(__file__).parent / "spoiled.txt").read_text("utf-8").split("\n\n")]


@pytest.mark.parametrize("case", CASES, ids=[case[2] for case in CASES])
def test_a_spoiled_pack_gets_every_fault_at_its_place(case: list[str], spoil: Spoil, faults: Faults) -> None:
    file, old, new, *expected = case
    folder = spoil(file.removeprefix("file: "), *(literal_eval(line.partition(": ")[2]) for line in (old, new)))
    assert faults(folder) == expected


def test_faults_of_several_files_come_at_once(spoil: Spoil, faults: Faults) -> None:
    spoil("a", "side: west", "side: up")
    spoil("b", "key: B", "key: E")
    spoil("b", "difficulty: 2", "difficulty: two")
    assert faults(spoil("c", "leaves_out:", "left_out:")) == [
        "sound/a-pack.yaml:12:34: speakers.bert.side: 'up' is not a side of this pack; those are: east, west",
        "sound/b-questions.yaml:7:10: questions.long.key: names option E, but there are 4 options (A to D)",
        "sound/b-questions.yaml:22:17: questions.fish.difficulty: must be a whole number in digits, such as 3;"
        " 'two' stands here",
        "sound/c-more.yaml:16:5: risks.flood.leaves_out: is missing; write this key and its value",
        "sound/c-more.yaml:22:5: risks.flood.left_out: 'left_out' is not a key that belongs here; did you mean"
        " 'leaves_out'? Those are: id, title, line, says, who, against, leaves_out, cite",
    ]


def test_a_key_that_is_no_list_stands_in_one_file_only(spoil: Spoil, faults: Faults) -> None:
    assert faults(spoil("c", "motions:", "title: Another\nmotions:")) == [
        "sound/c-more.yaml:1:1: title: stands already at sound/a-pack.yaml:2:1; only a list may go on in a second file"
    ]


def test_what_an_unreadable_file_may_hold_is_not_called_missing(spoil: Spoil, faults: Faults) -> None:
    spoil("b", "key: B", "key: E")
    assert faults(spoil("a", "id: sound", "id: @sound")) == [
        "sound/a-pack.yaml:1:5: file: is not YAML from here on (found character that cannot start any token);"
        " put a text that starts with @, % or ` in quotation marks; indent with spaces",
        "sound/b-questions.yaml:7:10: questions.long.key: names option E, but there are 4 options (A to D)",
    ]


def test_an_item_without_an_id_is_named_by_its_number(spoil: Spoil, faults: Faults) -> None:
    assert faults(spoil("b", "  - id: fish\n    theme", "  - theme")) == [
        "sound/b-questions.yaml:13:5: questions.2.id: is missing; write this key and its value"
    ]


def test_long_lists_of_names_are_cut_short(spoil: Spoil, faults: Faults) -> None:
    spoil("a", "sentences: 12", "sentences: 60")
    (line,) = faults(spoil("b", "cite: [1.2]", "cite: [1.61]"))
    assert line.endswith("1.24, 1.25 and 38 more")
