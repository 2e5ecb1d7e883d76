"""The child process in which a file of questions is read: short of time and memory, and without a way to open a file.

Standard input holds a line of JSON, a list of the other arguments of content.reading.read_file, then the file. Standard
output is a line with the reading as JSON, then a line for each of its questions. If reading fails, standard error names
places in the code, never what the file said.
"""

from __future__ import annotations

import codecs
import gc
import json
import os
import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from content.deck import QUESTION
from content.reading import READING, read_file

try:
    import resource
except ImportError:  # Windows has no such limits; there, only the time that the parent process waits is limited
    resource = None  # type: ignore[assignment]

STATUS = Path("/proc/self/statm")  # on Linux: pages of address space, and of memory in use
CPU_SECONDS = 5
MEMORY = 64 * 2**20  # bytes, the interpreter and everything that is imported by now included


def main() -> None:
    """Read what standard input holds; exit code 0 means that standard output holds a reading."""
    limit()
    filename, format, prompts, today = json.loads(sys.stdin.buffer.readline())
    try:
        reading = read_file(sys.stdin.buffer.read(), filename, format, prompts, date.fromisoformat(today))
        sys.stdout.buffer.write(READING.dump_json(replace(reading, questions=())) + b"\n")
        for question in reading.questions:
            sys.stdout.buffer.write(QUESTION.dump_json(question) + b"\n")
        sys.stdout.flush()
    except MemoryError:
        os._exit(1)  # whatever else is done now needs memory too
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}\n" + "".join(traceback.format_tb(error.__traceback__)))
        sys.exit(1)
    os._exit(0)  # at once: taking a big tree down piece by piece takes longer than growing it


def limit() -> None:
    """Take away what reading needs no more, after everything is imported."""
    codecs.lookup("utf-8-sig")  # imported at its first use, which is too late
    gc.disable()  # looking through a growing tree again and again takes an eighth of the time, and the end is near
    if resource is None:
        return
    os.nice(10)  # a press in the running round goes first
    with suppress(OSError):  # other systems than Linux don't tell how much is in use, and hardly limit it
        size, resident = (int(pages) * resource.getpagesize() for pages in STATUS.read_text().split()[:2])
        _lower(resource.RLIMIT_AS, size + MEMORY - resident)
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, 3)  # standard input, output and error are open already; no other file will be


def _lower(what: int, most: int) -> None:
    """Set a limit, unless there is a lower one already."""
    _, there = resource.getrlimit(what)
    most = most if there == resource.RLIM_INFINITY else min(most, there)
    resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
