"""The packs that come with the bot, and the schema that goes with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from content import sentences
from content.check import check_packs
from content.loader import find_packs
from content.schema import keys_at, pack_file_schema

CONTENT = Path(__file__).parents[2] / "content"


def test_the_shipped_packs_pass_their_check() -> None:
    assert [str(fault) for fault in check_packs(find_packs()).faults] == []


def test_at_least_two_packs_are_shipped() -> None:
    assert len(check_packs(find_packs()).packs) >= 2


def test_the_committed_schema_is_current() -> None:
    assert json.loads((CONTENT / "pack.schema.json").read_text("utf-8")) == pack_file_schema()


def test_every_shipped_file_names_the_schema() -> None:
    first = {path.read_text("utf-8").splitlines()[0] for path in CONTENT.glob("packs/*/*.yaml")}
    assert first == {"# yaml-language-server: $schema=../../pack.schema.json"}


def patterns(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        for value in part.values():
            yield from patterns(value)
    elif isinstance(part, list):
        for value in part:
            yield from patterns(value)


def test_every_pattern_of_the_models_has_its_sentence() -> None:
    assert set(patterns(pack_file_schema())) == set(sentences.PATTERNS)


def test_the_keys_of_every_part_are_known() -> None:
    assert (keys_at(("questions", 0, "claim"), "who"), keys_at(("table", "rows", 1)), keys_at(("offramp",))[0]) == (
        ["status", "who"],
        ["label", "cells", "cite"],
        "title",
    )
