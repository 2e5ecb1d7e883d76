"""The bot's own process: started, killed and started again."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

HOME = Path(__file__).parents[2]  # the folder that holds the package `bot`
# -P: a folder called `bot` where the demo happens to be started must not be taken for this one.
REAL_BOT = (sys.executable, "-P", "-m", "bot", "run")
STOP_WITHIN = 10.0  # seconds between the polite and the rude way
PR_SET_PDEATHSIG = 1


class Child:
    """A process that is never started again by itself; `changed` is called when it starts and when it ends."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str], log: Path | None = None) -> None:
        self.changed: Callable[[], None] = lambda: None
        self.exit_code: int | None = None
        self._argv = argv
        paths = [path for path in (os.environ.get("PYTHONPATH"), str(HOME)) if path]
        self._environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **environment}
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The id of the running process; None when there is none."""
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Start the process, unless it runs."""
        async with self._one_at_a_time:
            await self._start()

    async def kill(self) -> None:
        """End it as a power cut would: no signal handler runs."""
        async with self._one_at_a_time:
            await self._end(kill=True)

    async def terminate(self) -> int | None:
        """Ask it to end; its exit code. A process that won't is killed after a while."""
        async with self._one_at_a_time:
            await self._end(kill=False)
        return self.exit_code

    async def restart(self) -> None:
        """Kill it and start it again."""
        async with self._one_at_a_time:
            await self._end(kill=True)
            await self._start()

    async def _start(self) -> None:
        if self._process is not None:
            return
        self.exit_code = None
        output = self._log.open("ab") if self._log else None
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._argv,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output or sys.__stderr__,  # standard output belongs to the demo's own address line
                stderr=output,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
                start_new_session=True,  # Ctrl-C reaches only the parent, which then ends this one in order
            )
        finally:
            if output:
                output.close()
        self._watch = asyncio.create_task(self._wait(self._process))
        self.changed()

    async def _end(self, *, kill: bool) -> None:
        process, watch = self._process, self._watch
        if process is None or watch is None:
            return
        with suppress(ProcessLookupError):
            process.kill() if kill else process.terminate()
        done, _ = await asyncio.wait([watch], timeout=STOP_WITHIN)
        if not done:
            process.kill()
            await watch

    async def _wait(self, process: asyncio.subprocess.Process) -> None:
        self.exit_code = await process.wait()
        self._process = None
        self.changed()


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Runs in the new process: when the parent is gone, however it went, this one is killed too."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
