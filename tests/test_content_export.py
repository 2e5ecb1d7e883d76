"""`offramp content export` as people run it."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.act import Act
from bot.content_command import content
from bot.questions.actions import bring_in
from content.deck import QUESTION
from content.exporters.pack import deck_questions
from content.loader import find_packs, load_packs
from content.reading import read_file
from storage.db import Database

SERVER = 1234567890
TODAY = date(2026, 11, 24)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(content, ["export", *map(str, arguments)])


@pytest.fixture
def server(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The id of a server with a question in each of two decks."""
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", f"sqlite:///{tmp_path / 'test.db'}")
    questions = [
        QUESTION.validate_python(
            {"kind": "typed", "prompt": prompt, "key": "no", "theme": deck, "as_of": "2026-11-22", "difficulty": 2}
        )
        for deck, prompt in (("Sun", "Is it 12:30?"), ("Moon", "=1+1"))
    ]
    for act_id, question in enumerate(questions, start=1):
        asyncio.run(db.write(bring_in, Act(SERVER, act_id, 0, 1_700_000_000_000), [question]))
    return SERVER


def test_a_pack_goes_to_a_file_and_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "maps.yaml"
    done = run("--pack", "maps", "--format", "offramp", "--output", path)
    maps = deck_questions(load_packs(find_packs())["maps"])
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{len(maps)} questions in {path}.\n", "")
    reading = read_file(path.read_bytes(), "maps.yaml", None, [], TODAY)
    assert (reading.faults, reading.questions) == ((), maps)


def test_without_a_file_it_goes_to_standard_output_and_losses_to_standard_error() -> None:
    done = run("--pack", "maps", "--format", "csv")
    assert done.exit_code == 0
    assert done.stdout_bytes.startswith(b"\xef\xbb\xbfquestion,correct,wrong1,")
    assert "Left out, because CSV holds one right answer a question and no order: " in done.stderr
    assert "Left out" not in done.stdout


def test_a_server_hands_out_all_its_decks_or_one(server: int) -> None:
    every = run("--server", str(server), "--format", "gift")
    assert [line for line in every.stdout.splitlines() if line.startswith("[plain]")] == [
        "[plain]Is it 12\\:30? {",
        "[plain]\\=1+1 {",
    ]
    moon = run("--server", str(server), "--deck", "moon", "--format", "csv")
    assert (moon.exit_code, moon.stdout.splitlines()[1:]) == (0, ["'=1+1,no,,,,,typed,,Moon,2,,"])


def test_nothing_there_ends_with_1_and_says_what_there_is(server: int) -> None:
    told = [
        run("--pack", "map", "--format", "csv"),
        run("--server", str(server), "--deck", "Star", "--format", "csv"),
        run("--server", "7", "--format", "csv"),
    ]
    assert [(done.exit_code, done.stdout, done.stderr) for done in told] == [
        (1, "", "Error: 'map' is not a pack that I know; did you mean 'maps'? Those are: kaliningrad, maps.\n"),
        (1, "", "Error: 'Star' is not a deck of this server; those are: Moon, Sun.\n"),
        (1, "", "Error: There are no questions to hand out yet.\n"),
    ]


def test_a_broken_pack_ends_with_1_and_its_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.yaml").write_text("id: broken\nid: again\n", "utf-8")
    monkeypatch.setenv("OFFRAMP_PACKS", str(tmp_path / "broken"))
    done = run("--pack", "maps", "--format", "csv")
    assert done.exit_code == 1
    assert "pack.yaml:2:1: file: the key 'id' stands here a second time" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "csv"],
        ["--pack", "maps"],
        ["--pack", "maps", "--format", "aiken"],
        ["--pack", "maps", "--server", "1", "--format", "csv"],
        ["--pack", "maps", "--deck", "Sun", "--format", "csv"],
        ["--pack", "maps", "--format", "csv", "--output", "/nowhere/at/all/maps.csv"],
        ["--server", "0", "--format", "csv"],
    ],
)
def test_a_wrong_command_line_ends_with_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error: " in done.stderr


def test_help_gives_an_example() -> None:
    assert "Example: offramp content export --pack maps" in run("--help").stdout
