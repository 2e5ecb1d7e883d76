"""Parsing a file that somebody brings, in a child process: whatever is in the file, the bot goes on answering."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

from content.deck import QUESTION
from content.decode import MAX_BYTES
from content.faults import Place
from content.reading import READING, FileReading

CHILDREN = 2  # at once; the others wait for their turn
SECONDS = 10.0  # a child limits its own CPU time where it can; this also ends one that only waits
CHILD = ("-I", "-m", "content.importers")
# Nothing else is handed on, above all no token. Windows finds its own libraries by SYSTEMROOT, an interpreter outside
# the usual places those of its own by LD_LIBRARY_PATH.
HANDED_ON = ("SYSTEMROOT", "LD_LIBRARY_PATH")

TOO_LARGE = f"is larger than {MAX_BYTES // 1_000_000} MB; split it into several files"
TOO_HARD = "takes too long or too much memory to read; split it, and leave out what is no question"

log = logging.getLogger("offramp")
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def parse_file(
    data: bytes, filename: str, format: str | None, prompts: Sequence[str], today: date
) -> FileReading:
    """What content.reading.read_file makes of these arguments; a file that can't be read in time is a fault too."""
    too_large = refuse_size(len(data), filename)
    if too_large is not None:
        return too_large
    name = filename.encode("utf-8", "replace").decode()  # a file system's names need not be text
    loop = asyncio.get_running_loop()
    async with _turns.setdefault(loop, asyncio.Semaphore(CHILDREN)):
        arguments = [name, format, list(prompts), today.isoformat()]
        answer = await _run(json.dumps(arguments).encode() + b"\n" + data)
    if answer is None:
        return _refused(name, format, TOO_HARD)
    return await asyncio.to_thread(_understand, answer)


def _understand(answer: bytes) -> FileReading:
    """The reading that a child wrote; a line a question, so that this thread never holds the others up for long."""
    first, *lines = answer.splitlines()
    return replace(READING.validate_json(first), questions=tuple(map(QUESTION.validate_json, lines)))


def refuse_size(size: int, filename: str) -> FileReading | None:
    """The reading of a file with more bytes than are read, to be asked for before it is downloaded; else None."""
    return _refused(filename, None, TOO_LARGE) if size > MAX_BYTES else None


def _refused(filename: str, format: str | None, message: str) -> FileReading:
    return FileReading(format, faults=(Place(filename, 1, 1).fault("file", message),))


async def _run(request: bytes) -> bytes | None:
    """What a child answers; None if it fails, or is still at it after SECONDS."""
    pipe = asyncio.subprocess.PIPE
    environment = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    child = await asyncio.create_subprocess_exec(
        sys.executable, *CHILD, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    )
    try:
        answer, errors = await asyncio.wait_for(child.communicate(request), SECONDS)
    except TimeoutError:
        log.warning("a file took too long to read")
        return None
    finally:
        await _end(child)
    if child.returncode != 0:
        log.warning(
            "reading a file failed",
            extra={"code": child.returncode, "places": errors[-4000:].decode("utf-8", "replace")},
        )
        return None
    return answer


async def _end(child: asyncio.subprocess.Process) -> None:
    """Make sure that the child is gone, and its pipes with it, also when whoever waited was told to stop."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        await child.communicate()
