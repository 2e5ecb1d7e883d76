"""A sound pack to spoil, and the fault lines that come of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content.faults import PackFaults
from content.loader import load_pack

SOUND = Path(__file__).parent / "sound"

Faults = Callable[[Path], list[str]]
Spoil = Callable[..., Path]


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sound pack in the current directory, so that its faults start with `sound/`."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(SOUND, tmp_path / "sound"))


@pytest.fixture
def spoil(sound: Path) -> Spoil:
    """Replace the first place where a text stands in a file of the sound pack."""

    def replace(file: str, old: str, new: str) -> Path:
        path = next(sound.glob(f"{file}*"))
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return sound

    return replace


@pytest.fixture
def faults() -> Faults:
    """The fault lines of loading a folder; none for a sound pack."""

    def lines(folder: Path) -> list[str]:
        try:
            load_pack(folder)
        except PackFaults as error:
            return [str(fault) for fault in error.faults]
        return []

    return lines
