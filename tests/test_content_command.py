"""`offramp content import` as people run it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result

from bot.content_command import content
from content.deck import QUESTION
from storage import audit, questions
from storage.db import Database

SERVER = 5
SOUND = "question,correct,wrong1,Nr\nWhich is red?,Mars,Venus,1\nwhich  is RED?,Mars,,2\nWho slammed it?,ann,,3\n"
FAULTY = "question,correct,wrong1\nWhich is red?,Mars,mars\n,a,\n"

Write = Callable[[str], Path]
T = TypeVar("T")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write q.csv in the current directory, beside an empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", f"sqlite:///{tmp_path / 'offramp.db'}")

    def put(text: str) -> Path:
        path = tmp_path / "q.csv"
        path.write_text(text, "utf-8")
        return path

    return put


def run(*arguments: str | Path | int) -> Result:
    return CliRunner().invoke(content, ["import", *map(str, arguments)])


def ask(folder: Path, what: Callable[..., T], *arguments: object) -> T:
    """Read from the database in a folder."""

    async def read() -> T:
        return await db.read(what, SERVER, *arguments)

    db = Database(f"sqlite:///{folder / 'offramp.db'}")
    try:
        return asyncio.run(read())
    finally:
        db.close()


def kept(folder: Path) -> list[tuple[str, str]]:
    """(deck, prompt) of everything that the server has by now."""
    found = ask(folder, questions.list_kept, questions.Filter())
    return [(question.deck, QUESTION.validate_json(question.body).prompt) for question in found]


def test_a_dry_run_tells_what_is_in_a_file(write: Write) -> None:
    done = run(write(SOUND), "--dry-run")
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [
            "q.csv: 3 questions, read as CSV.",
            "Left aside:",
            "  q.csv:1:4: nr: is left out; a column of this name has no meaning here",
            "Asked already:",
            "  q.csv:3: asks the same as line 2: which  is RED?",
            "Worth another look:",
            "  q.csv:4:1: question: 'slammed' judges for the reader; use a plain word, or quote whoever says it",
            "No faults. Nothing was saved: this was a dry run.",
        ],
    )


def test_faults_are_lines_and_exit_1(write: Write) -> None:
    done = run(write(FAULTY), "--dry-run")
    assert (done.exit_code, done.output.splitlines()) == (
        1,
        [
            "2 faults; nothing was saved:",
            "q.csv:2:3: wrong1: is option A again; the options must differ",
            "q.csv:3:1: question: is empty; write a text here",
        ],
    )


def test_json_holds_the_format_the_number_of_questions_and_the_faults(write: Write) -> None:
    sound, faulty = run(write(SOUND), "--dry-run", "--json"), run(write(FAULTY), "--dry-run", "--json")
    assert (sound.exit_code, json.loads(sound.output)) == (0, {"format": "csv", "questions": 3, "faults": []})
    first = {"line": 2, "column": 3, "path": "wrong1", "message": "is option A again; the options must differ"}
    second = {"line": 3, "column": 1, "path": "question", "message": "is empty; write a text here"}
    assert (faulty.exit_code, json.loads(faulty.output)) == (
        1,
        {"format": "csv", "questions": 0, "faults": [first, second]},
    )


def test_the_format_may_be_said(write: Write) -> None:
    done = run(write("Which is red?\nA. Venus\nB. Mars\nANSWER: B\n"), "--dry-run", "--format", "aiken")
    assert done.output.splitlines()[0] == "q.csv: 1 question, read as Aiken."


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--server", "5"],
        ["--deck", "Planets"],
        ["--server", "x", "--deck", "Planets"],
        ["--server", "0", "--deck", "Planets"],
        ["--dry-run", "--format", "word"],
        ["--dry-run", "more"],
    ],
)
def test_a_wrong_use_ends_with_2(write: Write, arguments: list[str]) -> None:
    assert run(write(SOUND), *arguments).exit_code == 2


def test_a_file_that_is_not_there_or_none_is_a_wrong_use(write: Write) -> None:
    assert run("nowhere.csv", "--dry-run").exit_code == 2
    assert run(write(SOUND).parent, "--dry-run").exit_code == 2


def test_a_file_that_is_too_large_is_a_fault_and_not_read(write: Write) -> None:
    path = write("")
    with path.open("wb") as stream:
        stream.truncate(10**12)
    done = run(path, "--dry-run")
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        1,
        "q.csv:1:1: file: is larger than 2 MB; split it into several files",
    )


def test_a_sound_file_is_saved_in_the_deck_without_what_is_there_already(write: Write, tmp_path: Path) -> None:
    path = write(SOUND)
    done = run(path, "--server", SERVER, "--deck", "Planets")
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        0,
        "2 questions saved, from #1 on. 1 question left out, being there already.",
    )
    assert kept(tmp_path) == [("Planets", "Which is red?"), ("Planets", "Who slammed it?")]
    again = run(path, "--server", SERVER, "--deck", "Planets")
    assert (again.exit_code, again.output.splitlines()[-1]) == (
        0,
        "Nothing was saved. 3 questions left out, being there already.",
    )
    assert "  q.csv:2: asks the same as the server or a pack does: Which is red?" in again.output.splitlines()
    assert len(kept(tmp_path)) == 2


def test_an_import_is_noted_in_the_log_as_the_hosts(write: Write, tmp_path: Path) -> None:
    run(write(SOUND), "--server", SERVER, "--deck", "Planets")
    entries = ask(tmp_path, audit.list_entries, None, 0, 10)
    assert [(entry.user_id, entry.deed, entry.after) for entry in entries] == [
        (0, "question.import", "2 questions from #1 on")
    ]


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_nothing_of_a_file_with_faults_or_of_a_dry_run_is_saved(
    write: Write, tmp_path: Path, option: list[str]
) -> None:
    text = SOUND if option else FAULTY + "Good?,a,b\n"
    run(write(text), "--server", SERVER, "--deck", "Planets", *option)
    assert kept(tmp_path) == []


def test_what_the_server_refuses_is_said_and_exits_1(write: Write) -> None:
    done = run(write(SOUND), "--server", SERVER, "--deck", "x" * 101)
    assert (done.exit_code, done.output) == (
        1,
        "Error: The title of a deck has at most 100 characters and stands on one line. Please choose a shorter one.\n",
    )


def test_help_gives_an_example(write: Write) -> None:
    shown = run("--help")
    assert "Example: offramp content import" in shown.output
