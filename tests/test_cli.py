"""The command line: what it says about itself, and how it ends."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli

COMMANDS = sorted(cli.commands)


def test_help_names_every_command() -> None:
    shown = CliRunner().invoke(cli, ["--help"])
    listed = re.findall(r"^  ([a-z]+)  ", shown.output.partition("Commands:")[2], re.MULTILINE)
    assert (shown.exit_code, sorted(listed)) == (0, COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_and_gives_an_example(command: str) -> None:
    shown = CliRunner().invoke(cli, [command, "--help"])
    assert shown.exit_code == 0
    lines = shown.output.splitlines()
    assert lines[0].startswith(f"Usage: cli {command}")
    assert [f"offramp {command}" in line for line in lines if "Example: " in line] == [True]


@pytest.mark.parametrize("arguments", [["fly"], ["run", "--fast"], ["check", "/nowhere/at/all"], ["run", "extra"]])
def test_a_wrong_command_line_ends_with_2(arguments: list[str]) -> None:
    shown = CliRunner().invoke(cli, arguments)
    assert shown.exit_code == 2
    assert "Error: " in shown.output


def test_the_version_is_told() -> None:
    shown = CliRunner().invoke(cli, ["--version"])
    assert re.fullmatch(r"cli, version \d+\.\d+\.\d+\n", shown.output)


def offramp(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run the program in a process of its own: exit code, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=environment,
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_migrate_makes_a_database_and_may_be_run_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'down' / 'offramp.db'}"
    assert offramp("migrate", OFFRAMP_DATABASE_URL=url) == (0, "The database is up to date.\n", "")
    assert offramp("migrate", OFFRAMP_DATABASE_URL=url) == (0, "The database is up to date.\n", "")


def test_a_database_that_cannot_be_opened_is_one_line_and_exit_78(tmp_path: Path) -> None:
    expected = "OFFRAMP_DATABASE_URL: expected a database I can write to, found unable to open database file\n"
    assert offramp("migrate", OFFRAMP_DATABASE_URL=f"sqlite:///{tmp_path}") == (78, "", expected)


def test_a_command_fails_over_no_variable_that_it_does_not_use(tmp_path: Path) -> None:
    others = {"DISCORD_TOKEN": "abc", "OFFRAMP_LOG_LEVEL": "loud", "OFFRAMP_LOOPBACK_PORT": "0"}
    assert offramp("check", OFFRAMP_DATABASE_URL="no address", **others)[0] == 0
    url = f"sqlite:///{tmp_path / 'offramp.db'}"
    assert offramp("migrate", OFFRAMP_DATABASE_URL=url, OFFRAMP_PACKS="/nowhere/at/all", **others)[0] == 0


def test_a_missing_token_is_one_line_and_exit_78_in_a_process_too() -> None:
    code, out, err = offramp("run")
    assert (code, out) == (78, "")
    assert re.fullmatch(r"DISCORD_TOKEN: expected .*, found nothing\n", err)
