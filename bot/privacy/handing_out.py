"""What is kept about somebody is handed out, as a file that people and programs can read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.errors import Refusal
from storage.privacy import LEFT_OUT

NAME = "offramp-my-data.json"
MOST = 10 * 2**20 - 2**16  # bytes: Discord takes 10 MiB, with what goes around the file
LONG_AGO = 10**11  # ms: what is less is no time
TOO_LARGE = "It is too large for a file on Discord. Please ask whoever runs me to hand it out to you."


def write_file(
    rows: Mapping[str, Sequence[Mapping[str, object]]], about: Mapping[str, object], most: int = MOST
) -> tuple[str, bytes]:
    """The name and content of a file with these rows by table, compressed where it has more than `most` bytes.

    Times are UTC, and ids are texts: programs that take numbers for fractions lose their last digits. Refusal if
    it is too large even so.
    """
    tables = {table: [_make_plain(row) for row in found] for table, found in rows.items()}
    data = json.dumps({**about, "rows": tables}, ensure_ascii=False, indent=1).encode()
    if len(data) <= most:
        return NAME, data
    small = gzip.compress(data)
    if len(small) > most:
        raise Refusal(TOO_LARGE)
    return f"{NAME}.gz", small


def _make_plain(row: Mapping[str, object]) -> dict[str, object]:
    return {name: _read(name, value) for name, value in row.items()}


def _read(name: str, value: object) -> object:
    if isinstance(value, int) and (name == "id" or name.endswith("_id")):
        return str(value)
    if isinstance(value, int) and (name == "at" or name.endswith("_at")) and value > LONG_AGO:
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="milliseconds")
    if isinstance(value, str) and value[:1] in ("{", "["):
        return _leave_out_ids(_parse(value))
    return value


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:  # somebody's words that only begin like that
        return text


def _leave_out_ids(value: Any) -> Any:
    """What was kept as JSON, without the ids of people in it."""
    if isinstance(value, dict):
        return {name: _leave_out_ids(inner) for name, inner in value.items() if name not in LEFT_OUT}
    return [_leave_out_ids(inner) for inner in value] if isinstance(value, list) else value
