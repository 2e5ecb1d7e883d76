"""The child of bot.questions.parsing for many files: imported once and forked for each, since its start takes longest.

The argument names a folder; each file in it holds what the child would find on standard input. For each, in the order
of their names, a line of JSON is written: the exit code, and what the child wrote on standard output.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from content.importers import __main__ as child


def answer(request: str) -> tuple[int, str]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(os.open(request, os.O_RDONLY), 0)
            os.dup2(writing, 1)
            child.main()
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        written = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), written.decode()


def main() -> None:
    for path in sorted(Path(sys.argv[1]).iterdir()):
        sys.stdout.write(json.dumps(answer(str(path))) + "\n")
        sys.stdout.flush()  # before the next fork, which would write what waits here once more


if __name__ == "__main__":
    main()
