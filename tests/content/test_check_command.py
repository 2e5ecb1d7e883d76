"""`offramp check` and `offramp schema` as people run them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.check import check, schema
from content.schema import pack_file_schema

Spoil = Callable[..., Path]

SOUND_TEXT = """\
sound: A sound pack
  holds               questions 7, motions 1, risks 1, themes 2, speakers 3, glossary 2
  questions by difficulty   1   2   3  all
    rivers                   1   2   1   4
    hills                    2   0   1   3
  kinds               single 1, several 1, truefalse 1, who 1, order 1, number 1, typed 1
  right options       A 0, B 1, C 1, D 0, E 0 (p = too few to say)
  length right:wrong  too few to say
  share of true       too few to say
  claims by side      east 1, west 1
  motions for:against 0.99 to 0.99 in length
  § no question cites 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.11, 1.12, 1b2, 2.2

No faults.
"""
SIZES = {"questions": 7, "motions": 1, "risks": 1, "themes": 2, "speakers": 3, "glossary": 2}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_a_sound_pack_is_described(sound: Path) -> None:
    result = run(sound)
    assert (result.exit_code, result.output) == (0, SOUND_TEXT)


def test_faults_are_lines_and_exit_1(spoil: Spoil) -> None:
    result = run(spoil("b", "key: B", "key: E"))
    line = "sound/b-questions.yaml:7:10: questions.long.key: names option E, but there are 4 options (A to D)"
    assert (result.exit_code, result.output) == (1, f"1 fault:\n{line}\n")


def test_a_flaw_of_quality_stands_at_its_line(spoil: Spoil) -> None:
    result = run(spoil("b", "Which fish live", "Which brazen fish live"))
    line = (
        "sound/b-questions.yaml:16:13: questions.fish.prompt: 'brazen' judges for the reader;"
        " use a plain word, or quote whoever says it"
    )
    assert (result.exit_code, result.output.splitlines()[-2:]) == (1, ["1 fault:", line])


def test_json_holds_packs_and_faults(sound: Path) -> None:
    result = run(sound, "--json")
    assert (result.exit_code, json.loads(result.output)) == (0, {"packs": [{"id": "sound", **SIZES}], "faults": []})


def test_json_of_a_bad_pack_holds_its_faults(spoil: Spoil) -> None:
    result = run("--json", spoil("b", "key: B", "key: E"))
    fault = {
        "file": "sound/b-questions.yaml",
        "line": 7,
        "column": 10,
        "where": "questions.long.key",
        "message": "names option E, but there are 4 options (A to D)",
    }
    assert (result.exit_code, json.loads(result.output)) == (1, {"packs": [], "faults": [fault]})


def test_the_folder_around_packs_will_do(sound: Path) -> None:
    assert run(sound.parent).output == SOUND_TEXT


def test_a_path_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere").exit_code == 2


def test_a_folder_without_a_pack_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    line = "empty:1:1: pack: no pack stands here; a pack is a folder of *.yaml files"
    result = run("empty")
    assert (result.exit_code, result.output) == (1, f"1 fault:\n{line}\n")


def test_without_a_path_the_packs_of_the_environment_come_too(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFRAMP_PACKS", str(sound))
    assert [pack["id"] for pack in json.loads(run("--json").output)["packs"]][-1] == "sound"


def test_the_schema_is_printed() -> None:
    assert json.loads(CliRunner().invoke(schema, []).output) == pack_file_schema()
