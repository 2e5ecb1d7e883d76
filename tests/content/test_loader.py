"""Folders to packs: what is found, how files are joined, and that every text stays as it was written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content.faults import PackFaults
from content.loader import find_packs, load_pack, load_packs
from content.pack import Number, Order, Question, TrueFalse

Spoil = Callable[..., Path]


def by_id(folder: Path) -> dict[str, Question]:
    return {question.id: question for question in load_pack(folder).questions}


def refusal(*folders: Path) -> list[str]:
    with pytest.raises(PackFaults) as caught:
        load_packs(find_packs(folders))
    return [str(fault) for fault in caught.value.faults]


def test_the_files_of_a_folder_are_one_pack(sound: Path) -> None:
    pack = load_pack(sound)
    counts = (pack.id, len(pack.questions), len(pack.motions), len(pack.risks), len(pack.glossary))
    assert counts == ("sound", 7, 1, 1, 2)


def test_lists_go_on_from_file_to_file(sound: Path) -> None:
    (sound / "d-more.yaml").write_text("glossary:\n  - {term: mouth, meaning: Where a river ends.}\n", "utf-8")
    assert [term.term for term in load_pack(sound).glossary] == ["spring", "bed", "mouth"]


def test_values_take_the_type_of_their_field(sound: Path) -> None:
    asked = by_id(sound)
    depth, steep, order = asked["depth"], asked["steep"], asked["order"]
    assert isinstance(depth, Number)
    assert isinstance(steep, TrueFalse)
    assert isinstance(order, Order)
    assert (depth.key, depth.tolerance, depth.difficulty, depth.as_of) == (2.5, 0.5, 3, date(2026, 1, 31))
    assert (steep.key, order.key) == (False, ("B", "C", "A"))


WRITTEN = [
    "12:30",
    "no",
    "Yes",
    "null",
    "~",
    "010",
    "0x1F",
    "1e3",
    "1_000",
    ".inf",
    "2026-03-29",
    "-0",
    "1.10",
    "true",
    "=",
    "<<",
    "ﬁsh",
    "e\u0301",
    "İ",
    "👩‍🚒",
    "שלום",
    "{x.__class__}",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_an_answer_stays_the_text_that_was_written(text: str, spoil: Spoil) -> None:
    folder = spoil("b", "12:30]", f"{text if '{' not in text else repr(text)}]")
    assert getattr(by_id(folder)["long"], "options")[3] == text  # noqa: B009


@pytest.mark.parametrize("flag", ["yes", "True", "1", "on", "'false '"])
def test_only_true_and_false_are_flags(flag: str, spoil: Spoil) -> None:
    with pytest.raises(PackFaults, match="must be true or false, written just so"):
        load_pack(spoil("b", "key: false", f"key: {flag}"))


@pytest.mark.parametrize("number", ["+1", "1_000", "0x1", "1.", ".5", "inf", "NaN", "1 000", "9" * 5000, "½", "٣"])
def test_only_plain_decimals_are_numbers(number: str, spoil: Spoil) -> None:
    with pytest.raises(PackFaults, match="must be a plain number"):
        load_pack(spoil("b", "key: 2.5", f"key: {number}"))


@pytest.mark.parametrize("day", ["20260131", "2026-W05-6", "2026-1-31", "2026-01-31T00:00:00", "today"])
def test_only_a_plain_day_is_a_day(day: str, spoil: Spoil) -> None:
    with pytest.raises(PackFaults, match="must be a day of the calendar"):
        load_pack(spoil("b", "as_of: 2026-01-31", f"as_of: {day}"))


def test_a_byte_order_mark_is_no_part_of_the_text(sound: Path) -> None:
    path = sound / "a-pack.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_pack(sound).id == "sound"


def test_a_yml_file_is_not_passed_over_in_silence(sound: Path) -> None:
    (sound / "c-more.yaml").rename(sound / "c-more.yml")
    assert refusal(sound) == ["sound/c-more.yml:1:1: file: is not read; name it *.yaml"]


def test_a_folder_named_like_a_file_is_a_fault(sound: Path) -> None:
    (sound / "d.yaml").mkdir()
    assert refusal(sound) == ["sound/d.yaml:1:1: file: is not a regular file; put a text file here"]


def test_extra_packs_come_after_the_shipped_ones(sound: Path) -> None:
    shipped = find_packs()
    assert find_packs([sound, sound.parent]) == [*shipped, sound]


def test_packs_keep_the_order_of_their_folders(sound: Path, tmp_path: Path) -> None:
    other = shutil.copytree(sound, tmp_path / "another")
    path = other / "a-pack.yaml"
    path.write_text(path.read_text("utf-8").replace("id: sound", "id: another"), "utf-8")
    assert list(load_packs([sound, other])) == ["sound", "another"]


def test_a_place_without_packs_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    expected = [
        f"{tmp_path / name}:1:1: pack: no pack stands here; a pack is a folder of *.yaml files"
        for name in ("empty", "nowhere")
    ]
    assert refusal(tmp_path / "nowhere", tmp_path / "empty") == expected


def test_two_packs_with_one_id_are_a_fault(sound: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sound, tmp_path / "copy")
    assert refusal(sound, copy) == [
        "copy/a-pack.yaml:1:5: id: 'sound' is already the id of the pack at sound/a-pack.yaml:1:5; choose another"
    ]
