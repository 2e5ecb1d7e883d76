"""The environment: each variable that can't be used is one line that says so, and nothing connects before."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.__main__ import EXIT_CONFIG, main
from bot.config import ConfigFault, Settings, load

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz-_0123456789"
TOKEN_EXPECTED = "the bot token from Discord's developer portal (three parts with dots between)"
URL_EXPECTED = "a database address such as sqlite:////var/lib/offramp/offramp.db"
PACKS_EXPECTED = f"folders of packs that exist, with '{os.pathsep}' between them"
LEVEL_EXPECTED = "one of debug, info, warning or error"
PORT_EXPECTED = "the port on 127.0.0.1 where a local Discord listens, 1 to 65535 (the demo sets it)"
VARIABLES = (
    "DISCORD_TOKEN",
    "OFFRAMP_DATABASE_URL",
    "OFFRAMP_PACKS",
    "OFFRAMP_LOG_LEVEL",
    "OFFRAMP_LOOPBACK_PORT",
)


def hidden(length: int) -> str:
    return f"{length} characters that are not one (not shown here, it may be secret)"


CASES = [
    ("DISCORD_TOKEN", "hunter2", TOKEN_EXPECTED, hidden(7)),
    ("DISCORD_TOKEN", TOKEN + "\n", TOKEN_EXPECTED, hidden(len(TOKEN) + 1)),
    ("DISCORD_TOKEN", "Bot " + TOKEN, TOKEN_EXPECTED, hidden(len(TOKEN) + 4)),
    ("OFFRAMP_DATABASE_URL", "offramp.db", URL_EXPECTED, hidden(10)),
    ("OFFRAMP_DATABASE_URL", "mysql://me:hunter2@host/db", URL_EXPECTED, hidden(26)),
    ("OFFRAMP_DATABASE_URL", "sqlite://", URL_EXPECTED, hidden(9)),
    ("OFFRAMP_DATABASE_URL", "sqlite:///\udcff", URL_EXPECTED, hidden(11)),
    ("OFFRAMP_PACKS", "/nowhere/at/all", PACKS_EXPECTED, "'/nowhere/at/all'"),
    ("OFFRAMP_PACKS", "x" * 300, PACKS_EXPECTED, repr("x" * 120)),
    ("OFFRAMP_PACKS", "two\nlines", PACKS_EXPECTED, r"'two\nlines'"),
    ("OFFRAMP_PACKS", TOKEN, PACKS_EXPECTED, "'[secret]'"),
    ("OFFRAMP_LOG_LEVEL", "loud", LEVEL_EXPECTED, "'loud'"),
    ("OFFRAMP_LOG_LEVEL", TOKEN, LEVEL_EXPECTED, "'[secret]'"),
    ("OFFRAMP_LOOPBACK_PORT", "0", PORT_EXPECTED, "'0'"),
    ("OFFRAMP_LOOPBACK_PORT", "65536", PORT_EXPECTED, "'65536'"),
    ("OFFRAMP_LOOPBACK_PORT", "discord.com", PORT_EXPECTED, "'discord.com'"),
]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A complete environment; each test spoils its part."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setattr(sys, "argv", ["offramp", "run"])


@pytest.mark.parametrize(("variable", "value", "expected", "found"), CASES)
def test_a_wrong_variable_is_one_line_and_exit_78(
    variable: str,
    value: str,
    expected: str,
    found: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == EXIT_CONFIG == 78
    assert capsys.readouterr() == ("", f"{variable}: expected {expected}, found {found}\n")


def test_a_token_that_is_missing_is_one_line_and_exit_78(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 78
    assert capsys.readouterr().err == f"DISCORD_TOKEN: expected {TOKEN_EXPECTED}, found nothing\n"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, "")
    settings = load(Settings)
    assert (settings.token, settings.packs, settings.log_level, settings.loopback_port) == (None, (), "info", None)
    assert settings.database_url.startswith("sqlite:///")


def test_what_is_set_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", "sqlite:///mine.db")
    monkeypatch.setenv("OFFRAMP_PACKS", f"{one}{os.pathsep}{two}{os.pathsep}")
    monkeypatch.setenv("OFFRAMP_LOG_LEVEL", "debug")
    monkeypatch.setenv("OFFRAMP_LOOPBACK_PORT", "8400")
    assert load(Settings) == Settings(
        DISCORD_TOKEN=SecretStr(TOKEN),
        OFFRAMP_DATABASE_URL="sqlite:///mine.db",
        OFFRAMP_PACKS=(one, two),
        OFFRAMP_LOG_LEVEL="debug",
        OFFRAMP_LOOPBACK_PORT=8400,
    )
    assert load(Settings).require_token() == TOKEN


def test_a_variable_in_small_letters_is_another_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("offramp_log_level", "loud")
    assert load(Settings).log_level == "info"


def test_settings_do_not_show_the_token() -> None:
    assert TOKEN not in repr(load(Settings))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    variable=st.sampled_from(VARIABLES),
    value=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=400),
)
def test_any_value_is_either_taken_or_one_line_that_names_its_variable(variable: str, value: str) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(variable, value)
        said = fault_of_load()
    assert said.partition(":")[0] in ("", variable)
    assert len(said.splitlines()) <= 1


def fault_of_load() -> str:
    try:
        load(Settings)
    except ConfigFault as fault:
        return str(fault)
    return ""
