"""JSON over the wire, with the addresses of files turned into addresses that can be fetched here."""

from __future__ import annotations

from typing import Any

import orjson

from bot.demo.engine import CDN

STORED = CDN.encode()


class Wire:
    """Writes and reads JSON for one side: the bot wants absolute addresses, the page paths."""

    def __init__(self, files_at: str) -> None:
        self._files_at = files_at.encode()

    def encode(self, payload: Any) -> bytes:
        return orjson.dumps(payload, default=str).replace(STORED, self._files_at)

    def decode(self, raw: bytes) -> Any:
        """The value; ValueError for what is not JSON."""
        return orjson.loads(raw.replace(self._files_at, STORED))
