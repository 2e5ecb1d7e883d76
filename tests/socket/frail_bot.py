"""The real bot, but it kills itself, as kill -9 would, at the step of a schedule's time that a file names."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.__main__ import main
from bot.schedule import course
from storage import schedules

STEP = "FRAIL_STEP"  # the variable that names the file; without that file the bot lives on


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(fn: Callable[..., Any]) -> Callable[..., None]:
    """Die after it, with the transaction still open."""
    return lambda *args: die(fn(*args))


def set_trap(step: str) -> None:
    if step == "before the claim":
        schedules.claim = die  # type: ignore[assignment]
    elif step == "after the claim":
        course.perform = die  # type: ignore[assignment]
    elif step == "before the commit":
        course.perform = then_die(course.perform)


if __name__ == "__main__":
    file = Path(os.environ[STEP])
    if file.exists():
        set_trap(file.read_text())
    main()
