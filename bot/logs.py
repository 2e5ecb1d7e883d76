"""Logs: one JSON line an event, in UTC, with what looks like a secret taken out at the door."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

STANDARD = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

# By shape and not by context, so that a token is caught wherever it turns up.
SECRETS = re.compile(
    r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}"  # bot token
    r"|aW50ZXJhY3Rpb246[\w=-]+"  # interaction token: base64 of "interaction:"
    r"|(?<=/webhooks/)\d+/[^/\s\"?]+"
    r"|(?<=/interactions/)\d+/[^/\s\"?]+"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # user and password in an address
)


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, logger, event, then whatever was passed as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {k: v for k, v in record.__dict__.items() if k not in STANDARD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return SECRETS.sub("[secret]", json.dumps(line, ensure_ascii=False, default=str))


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
