"""Logs: one JSON line an event, in UTC, with what looks like a secret taken out at the door."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from functools import lru_cache
from math import isfinite
from typing import Any

DEEPEST = 4  # what lies deeper in an extra is written as text; it may hold itself
STANDARD = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

# By shape and not by context, so that a token is caught wherever it turns up.
SECRETS = re.compile(
    r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}"  # bot token
    r"|aW50ZXJhY3Rpb246[\w=-]+"  # interaction token: base64 of "interaction:"
    r"|(?<=/webhooks/)\d+/[^/\s\"?]+"
    r"|(?<=/interactions/)\d+/[^/\s\"?]+"
    r"|(?<=://)[^/\s:@]*:[^\s@]+(?=@)"  # user and password in an address
    r"|(?<=[?&]password=)[^&\s]+"
)
TO_JSON = json.JSONEncoder(ensure_ascii=False).encode


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, logger, event, then whatever was passed as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {k: v for k, v in record.__dict__.items() if k not in STANDARD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return TO_JSON(_clean(line))


def _clean(value: Any, depth: int = 0) -> Any:
    """A value as JSON can hold it, without secrets. Cleaned before it is JSON, whose escapes would hide the shapes."""
    if value is None or isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return value
    if depth < DEEPEST and isinstance(value, dict):
        return {_hide_in_name(str(key)): _clean(inner, depth + 1) for key, inner in value.items()}
    if depth < DEEPEST and isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(inner, depth + 1) for inner in value]
    try:
        return _hide(str(value))
    except Exception as error:
        return f"[{type(value).__name__} that can't be shown: {type(error).__name__}]"


def _hide(text: str) -> str:
    return SECRETS.sub("[secret]", text)


_hide_in_name = lru_cache(maxsize=100)(_hide)  # every line has the same few names, and a press writes a line


def start(level: str) -> None:
    """Send every record of this process to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # At DEBUG discord.py writes whole payloads, which hold what members typed; so do these two.
    for name in ("discord", "aiohttp"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    for name in ("alembic", "asyncio", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
