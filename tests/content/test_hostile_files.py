"""Files that mean harm, or look like it: each is refused in words, and nothing else ever happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.faults import Fault
from content.loader import read_pack
from content.tree import read_tree

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\n"

REFUSED: dict[str, tuple[bytes, list[str]]] = {
    "alias bomb": (
        BOMB.encode(),
        [
            "1:4: file: '&a' names a value; leave the name out",
            "2:4: file: '&b' names a value; leave the name out",
            "2:8: file: '*a' repeats another value; write the value out",
            "2:12: file: '*a' repeats another value; write the value out",
        ],
    ),
    "deep list": (
        b"[" * 200_000,
        ["1:21: file: values are nested more than 20 deep; a pack needs no more than 6"],
    ),
    "deep map": (
        b"{a: " * 200_000,
        ["1:81: file: values are nested more than 20 deep; a pack needs no more than 6"],
    ),
    "deep block": (
        b"- " * 200_000,
        ["1:41: file: values are nested more than 20 deep; a pack needs no more than 6"],
    ),
    "many values": (
        b"a: [" + b"x," * 100_000 + b"]",
        ["1:199999: file: more than 100,000 values stand in this file; split it"],
    ),
    "fifty megabytes": (
        b"x" * 50_000_000,
        ["1:1: file: is larger than 2 MB; split it into several files"],
    ),
    "python tag": (
        b"id: !!python/object/apply:os.system ['true']",
        [
            "1:5: file: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed;"
            " leave it out, every value is read as text"
        ],
    ),
    "duplicate key": (
        b"id: a\ntitle: b\nid: c",
        ["3:1: file: the key 'id' stands here a second time (first in line 1); keep one of them"],
    ),
    "key that is a list": (
        b"[a]: b",
        ["1:1: file: a key must be a word; put a text that starts with { or [ in quotation marks"],
    ),
    "NUL": (b"id: a\nb: \x00", ["2:4: file: the character U+0000 stands here; take it out, a pack is plain text"]),
    "escaped NUL": (
        b'id: "a\\0b"',
        ["1:5: file: the control character U+0000 stands in this text; take it out"],
    ),
    "terminal escape": (
        b"id: \x1b[2J",
        ["1:5: file: the character U+001B stands here; take it out, a pack is plain text"],
    ),
    "UTF-16": ("id: a".encode("utf-16"), ["1:1: file: is written in UTF-16; save it as UTF-8"]),
    "Latin-1": (
        "id: a\ntitle: Glück".encode("latin-1"),
        ["2:10: file: the byte 0xFC here is not UTF-8; save the file as UTF-8"],
    ),
    "lone surrogate": (
        b'id: "\\ud800"',
        [
            "1:8: file: is not YAML from here on (found invalid Unicode character escape code);"
            " write the character itself instead of its escape"
        ],
    ),
    "surrogate in bytes": (
        b"id: \xed\xa0\x80",
        ["1:5: file: the byte 0xED here is not UTF-8; save the file as UTF-8"],
    ),
    "two documents": (
        b"id: a\n---\nid: b",
        ["2:1: file: a second document starts here; write one document a file, without '---'"],
    ),
    "nothing": (b"# only a remark\n", ["1:1: file: holds nothing; write keys into it, or remove the file"]),
    "list at the top": (
        b"- id: a",
        ["1:1: file: must hold keys such as 'questions:'; put the list or text under its key"],
    ),
    "colon in a text": (
        b"title: War: and peace",
        [
            "1:11: file: is not YAML from here on (mapping values are not allowed in this context);"
            " put a text that holds ': ' in quotation marks"
        ],
    ),
    "open bracket": (
        b"a: [b, c\nd: e",
        [
            "2:2: file: is not YAML from here on (did not find expected ',' or ']');"
            " look here and just above for indentation, a missing quotation mark or an open bracket"
        ],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    data, expected = REFUSED[name]
    _, faults = read_tree(data, "f")
    assert [str(fault) for fault in faults] == [f"f:{line}" for line in expected]


def refused_or_read(folder: Path, data: bytes) -> None:
    (folder / "a.yaml").write_bytes(data)
    reading = read_pack(folder)
    assert (reading.pack is None) == bool(reading.faults)
    assert all(isinstance(fault, Fault) and fault.line >= 1 and fault.column >= 1 for fault in reading.faults)
    assert "Input should" not in str(reading.faults)


FREELY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
SOUND = b"\n".join(path.read_bytes() for path in sorted((Path(__file__).parent / "sound").glob("*.yaml")))


@FREELY
@given(data=st.binary() | st.text().map(str.encode))
def test_no_bytes_do_more_than_be_refused(tmp_path: Path, data: bytes) -> None:
    refused_or_read(tmp_path, data)


@FREELY
@given(
    at=st.integers(0, len(SOUND)), gone=st.integers(0, 40), new=st.sampled_from([*"[]{}:-&*!|>'\"\\,#?%@0", "\n", ""])
)
def test_no_change_to_a_pack_does_more_than_be_refused(tmp_path: Path, at: int, gone: int, new: str) -> None:
    refused_or_read(tmp_path, SOUND[:at] + new.encode() + SOUND[at + gone :])


JSONLIKE = st.recursive(
    st.none() | st.sampled_from(["", "a", "A", "single", "who", "true", "3", "1.1", "x y"]),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "questions", "themes", "source", "sections", "cite", "kind", "options", "key", "claim"]
            ),
            parts,
            max_size=5,
        )
    ),
    max_leaves=25,
)


def written(part: object) -> str:
    if isinstance(part, dict):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in part.items()) + "}"
    if isinstance(part, list):
        return "[" + ", ".join(map(written, part)) + "]"
    return "" if part is None else f'"{part}"'


@FREELY
@given(part=st.dictionaries(st.sampled_from(["questions", "themes", "source", "about", "speakers"]), JSONLIKE))
def test_no_shape_does_more_than_be_refused(tmp_path: Path, part: object) -> None:
    refused_or_read(tmp_path, written(part).encode())
