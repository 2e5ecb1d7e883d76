"""Logs: one JSON line an event, and no secret in it, whatever is thrown in."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.logs import JsonLines

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz-_0123456789"
PRESS_TOKEN = base64.b64encode(b"interaction:1234567890:" + b"x" * 60).decode()
HOOK_TOKEN = "kQw-3fZ_" * 8

SECRETS = [
    (f"token is {TOKEN}.", TOKEN, "token is [secret]."),
    (f"\n{TOKEN}\n", TOKEN, "\n[secret]\n"),
    (f"\t{TOKEN}", TOKEN, "\t[secret]"),
    (f'{{"Authorization": "Bot {TOKEN}"}}', TOKEN, '{"Authorization": "Bot [secret]"}'),
    (f"POST /interactions/77/{PRESS_TOKEN}/callback", PRESS_TOKEN, "POST /interactions/[secret]/callback"),
    (
        f"PATCH /webhooks/77/{PRESS_TOKEN}/messages/@original",
        PRESS_TOKEN,
        "PATCH /webhooks/[secret]/messages/@original",
    ),
    (f"POST /webhooks/77/{HOOK_TOKEN}?wait=true", HOOK_TOKEN, "POST /webhooks/[secret]?wait=true"),
    (f"token={PRESS_TOKEN}", PRESS_TOKEN, "token=[secret]"),
    ("postgresql://me:hunter2@db:5432/offramp", "hunter2", "postgresql://[secret]@db:5432/offramp"),
    ("postgresql+psycopg://me:hun/ter2@db/offramp", "ter2", "postgresql+psycopg://[secret]@db/offramp"),
    ("redis://:hunter2@cache/0", "hunter2", "redis://[secret]@cache/0"),
    (
        "postgresql:///offramp?user=me&password=hunter2&x=1",
        "hunter2",
        "postgresql:///offramp?user=me&password=[secret]&x=1",
    ),
]


def make(message: str = "something", caught: BaseException | None = None, **extra: Any) -> logging.LogRecord:
    exc_info = None if caught is None else (type(caught), caught, caught.__traceback__)
    return logging.getLogger("offramp").makeRecord("offramp", logging.INFO, "f", 1, message, (), exc_info, extra=extra)


def write(record: logging.LogRecord) -> dict[str, Any]:
    """The one line that a record becomes, read again."""
    line = JsonLines().format(record)
    assert "\n" not in line
    read: dict[str, Any] = json.loads(line, parse_constant=pytest.fail)
    return read


@pytest.fixture
def _logging_as_it_was() -> Iterator[None]:
    names = ["", "discord", "aiohttp", "sqlalchemy", "alembic", "asyncio"]
    levels = [logging.getLogger(name).level for name in names]
    handlers = logging.getLogger().handlers[:]
    logging.getLogger().handlers[:] = []
    yield
    logging.getLogger().handlers[:] = handlers
    for name, level in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(level)


def test_a_record_is_one_json_line_with_its_extras() -> None:
    record = make("quiz over", guild=1, packs=["a", "b"], ratio=0.5, yes=True, nothing=None)
    record.created = 1_800_000_000.25
    assert write(record) == {
        "time": "2027-01-15T08:00:00.250+00:00",
        "level": "info",
        "logger": "offramp",
        "event": "quiz over",
        "guild": 1,
        "packs": ["a", "b"],
        "ratio": 0.5,
        "yes": True,
        "nothing": None,
    }


@pytest.mark.parametrize(("text", "secret", "clean"), SECRETS, ids=range(len(SECRETS)))
def test_a_secret_is_taken_out_by_its_shape(text: str, secret: str, clean: str) -> None:
    assert write(make(text))["event"] == clean
    assert secret not in clean


@pytest.mark.parametrize(("text", "secret", "clean"), SECRETS, ids=range(len(SECRETS)))
def test_a_secret_is_taken_out_of_tracebacks_and_extras(text: str, secret: str, clean: str) -> None:
    try:
        try:
            raise ValueError(text)
        except ValueError as inner:
            raise KeyError("outer") from inner
    except KeyError as error:
        record = make("failed", error, plain=text, nested={text: [text, (text,), {text}]}, error=ValueError(text))
    line = write(record)
    assert secret not in json.dumps(line, ensure_ascii=False)
    assert clean in line["traceback"]
    assert line["plain"] == line["error"] == clean
    assert line["nested"] == {clean: [clean, [clean], [clean]]}


def test_ordinary_words_are_left_alone() -> None:
    text = "GET https://example.org:8080/webhooks/12 took 3.5 s; see storage.migrations.versions and a@b.c"
    assert write(make(text))["event"] == text


def test_a_traceback_is_in_the_line() -> None:
    try:
        raise ValueError("no such shape")
    except ValueError as error:
        line = write(make("failed", error))
    assert line["traceback"].splitlines()[0] == "Traceback (most recent call last):"
    assert line["traceback"].splitlines()[-1] == "ValueError: no such shape"


class Mute:
    def __str__(self) -> str:
        raise RuntimeError("nothing to say")


def test_extras_that_json_does_not_know_do_not_fail() -> None:
    ring: list[Any] = []
    ring.append(ring)
    line = write(make(mute=Mute(), keys={(1, 2): object, None: float("nan")}, ring=ring, bytes=b"\xff", half="\ud800"))
    assert line["mute"] == "[Mute that can't be shown: RuntimeError]"
    assert line["keys"] == {"(1, 2)": "<class 'object'>", "None": "nan"}
    assert line["ring"] == [[["[[...]]"]]]
    assert line["bytes"] == r"b'\xff'"


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner) | st.tuples(inner),
    max_leaves=20,
)


@given(st.text(), st.dictionaries(st.from_regex(r"x_[a-z]{1,8}", fullmatch=True), JSON_LIKE))
def test_whatever_is_logged_is_one_line_of_json(message: str, extra: dict[str, Any]) -> None:
    line = write(make(message.replace("%", "%%"), **extra))
    assert set(line) == {"time", "level", "logger", "event"} | set(extra)


@given(st.text(), st.text())
def test_a_token_is_found_between_any_words(before: str, after: str) -> None:
    line = JsonLines().format(make("%s", words=f"{before} {TOKEN} {after}"))
    assert TOKEN not in line


@pytest.mark.parametrize("level", ["debug", "info"])
@pytest.mark.usefixtures("_logging_as_it_was")
def test_debug_lines_of_the_libraries_never_come_through(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.start(level)
    for name in ("discord", "discord.http", "discord.gateway", "aiohttp.access", "sqlalchemy.engine", "asyncio"):
        logging.getLogger(name).debug("payload with what members typed")
    for name in ("sqlalchemy.engine", "alembic.runtime.migration", "asyncio"):
        logging.getLogger(name).info("chatter")
    assert capsys.readouterr() == ("", "")
    logging.getLogger("discord.http").warning("rate limited")
    assert json.loads(capsys.readouterr().err)["event"] == "rate limited"


@pytest.mark.usefixtures("_logging_as_it_was")
def test_our_own_debug_lines_come_through_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start("debug")
    logging.getLogger("offramp.gate").debug("detail")
    assert json.loads(capsys.readouterr().err)["event"] == "detail"
    logs.start("error")
    logging.getLogger("offramp.gate").warning("detail")
    assert capsys.readouterr() == ("", "")
