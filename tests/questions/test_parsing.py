"""A file that somebody brings is read in a child process, and whatever is in it, one calm answer comes of it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.questions import parsing
from bot.questions.parsing import TOO_HARD, TOO_LARGE, parse_file, refuse_size
from content.decode import MAX_BYTES
from content.reading import FileReading, read_file
from tests.content.importers.hostile import REFUSED

LIMITED = "import content.importers.__main__ as child; child.limit(); "
FORKS = Path(__file__).parent / "forks.py"
TODAY = date(2026, 11, 22)
TABLE = (
    "question,correct,wrong1,kind,tags,x\nWho slammed whom?,12:30,no,,a,\n"
    "who  slammed whom?,👩‍🚀,,typed,,\nIs it?,TRUE,,truefalse,,1\nHow many?,-2.5,,number,,\n"
)


async def parse(data: bytes, filename: str = "f.csv") -> FileReading:
    return await parse_file(data, filename, None, ["Is it so?"], TODAY)


def be_instead(monkeypatch: pytest.MonkeyPatch, script: str, *arguments: str) -> None:
    """Have another program in the child's place."""
    monkeypatch.setattr(parsing, "CHILD", ("-I", "-c", script, *arguments))


def told(reading: FileReading) -> list[str]:
    return [str(fault) for fault in reading.faults]


@pytest.mark.parametrize("text", [TABLE, "question,correct\n,\nQ?,\n", "?"])
async def test_the_child_answers_what_reading_here_would(text: str) -> None:
    assert await parse(text.encode()) == read_file(text.encode(), "f.csv", None, ["Is it so?"], TODAY)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
def test_every_hostile_file_is_refused_within_the_limits_of_the_child(tmp_path: Path) -> None:
    small = {name: data for name, make in REFUSED.items() if len(data := make()) <= MAX_BYTES}
    for at, (name, data) in enumerate(small.items()):
        request = json.dumps([name, None, [], TODAY.isoformat()]).encode()
        (tmp_path / f"{at:03}").write_bytes(request + b"\n" + data)
    done = subprocess.run([sys.executable, "-I", FORKS, tmp_path], capture_output=True, text=True, check=True)
    answers = dict(zip(small, map(json.loads, done.stdout.splitlines()), strict=True))
    ended = {name: code for name, (code, _) in answers.items() if code != 0}
    assert ended.keys() <= {
        "many results.opentdb.json"
    }  # by the limit on memory, or just not; the others are far from it
    readings = [parsing._understand(written.encode()) for code, written in answers.values() if code == 0]
    assert [reading.questions for reading in readings] == [()] * len(readings)
    assert min(len(reading.faults) for reading in readings) == 1
    assert min(fault.line for reading in readings for fault in reading.faults) == 1


@pytest.mark.parametrize("name", ["alias bomb.yaml", "deep list.json", "million columns.csv", "fifty megabytes.yaml"])
async def test_a_hostile_file_is_refused_in_a_child_of_its_own(name: str) -> None:
    reading = await parse_file(REFUSED[name](), name, None, (), TODAY)
    assert (reading.questions, TOO_HARD in str(reading.faults)) == ((), False)
    assert reading.faults[0].file == name


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
async def test_what_needs_too_much_memory_is_one_calm_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    be_instead(monkeypatch, LIMITED + "child.read_file = lambda *arguments: bytearray(2**26); child.main()")
    assert told(await parse(b"x")) == [f"f.csv:1:1: file: {TOO_HARD}"]


async def test_a_file_that_is_too_large_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "CHILD", ("--no-such-option",))
    assert told(await parse(b"x" * 2_000_001)) == [f"f.csv:1:1: file: {TOO_LARGE}"]


def test_the_size_alone_is_refused_before_there_are_bytes() -> None:
    assert refuse_size(2_000_000, "f") is None
    refused = refuse_size(2_000_001, "f")
    assert refused is not None
    assert told(refused) == ["f:1:1: file: is larger than 2 MB; split it into several files"]


async def test_a_child_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    be_instead(monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(parsing, "SECONDS", 0.2)
    assert told(await parse(b"x")) == [f"f.csv:1:1: file: {TOO_HARD}"]


async def test_a_child_that_crashes_is_one_calm_fault_and_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    be_instead(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    with caplog.at_level(logging.WARNING):
        assert told(await parse(b"x")) == [f"f.csv:1:1: file: {TOO_HARD}"]
    assert [record.getMessage() for record in caplog.records] == ["reading a file failed"]


async def test_a_child_is_handed_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", "secret")
    be_instead(monkeypatch, "import json, os; print(json.dumps({'format': ' '.join(sorted(os.environ))}))")
    there = (await parse(b"x")).format
    assert there is not None
    assert set(there.split()) <= {"LC_CTYPE", *parsing.HANDED_ON}  # Python itself sets LC_CTYPE where no language is


async def test_no_child_outlives_whoever_waited_for_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    at = tmp_path / "child"
    script = "import os, sys, time; open(sys.argv[1] + '.new', 'w').write(str(os.getpid()))"
    be_instead(monkeypatch, f"{script}; os.rename(sys.argv[1] + '.new', sys.argv[1]); time.sleep(600)", str(at))
    waiting = asyncio.create_task(parse(b"x"))
    while not at.exists():  # noqa: ASYNC110 (a process of its own can set no event here)
        await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(ProcessLookupError):
        os.kill(int(at.read_text()), 0)


async def test_only_a_few_children_run_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = """
import os, sys, time
def say(what):
    file = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, what)
say(b"+"); time.sleep(0.05); say(b"-"); print('{"format": null}')
"""
    be_instead(monkeypatch, script, str(log))
    await asyncio.gather(*(parse(b"x") for _ in range(7)))
    said = log.read_text()
    running = [Counter(said[:end])["+"] - Counter(said[:end])["-"] for end in range(len(said))]
    assert (len(said), max(running) <= parsing.CHILDREN) == (14, True)


async def test_a_name_that_is_no_text_does_no_harm() -> None:
    assert [fault.file for fault in (await parse(b"?", "\udcff.csv")).faults] == ["?.csv"]


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("open('/etc/hostname')", "OSError: [Errno 24] Too many open files: '/etc/hostname'"),
        ("__import__('socket').socket()", "OSError: [Errno 24] Too many open files"),
        ("__import__('os').pipe()", "OSError: [Errno 24] Too many open files"),
        ("bytearray(64 * 2**20)", "MemoryError"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
def test_the_child_can_open_nothing_and_fill_no_memory(script: str, error: str) -> None:
    done = run(f"import socket; {LIMITED}{script}")
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (1, error)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
def test_the_child_has_a_few_seconds_of_cpu() -> None:
    done = run(f"{LIMITED}import resource; print(*resource.getrlimit(resource.RLIMIT_CPU), *resource.getrlimit(1))")
    assert done.stdout.split() == ["5", "5", "0", "0"]


def test_a_fault_in_the_reader_names_places_in_the_code_and_nothing_of_the_file() -> None:
    script = """
import content.importers.__main__ as child
def read_file(*arguments):
    raise ValueError(arguments[0])
child.read_file = read_file
child.main()
"""
    request = json.dumps(["f", None, [], "2026-11-22"]) + "\nprivate words"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], input=request, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == "ValueError"
    assert "private" not in done.stderr
