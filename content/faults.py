"""What is wrong with a pack, and where: the one form in which everything that reads packs says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NamedTuple

Loc = tuple[str | int, ...]
MOST_FAULTS = 1_000  # of one file: nobody reads on, and a hostile file has one in every byte


class Flaw(NamedTuple):
    """What is wrong at a place in a pack (keys, indexes from 0); `at_key` means the key, not its value."""

    loc: Loc
    message: str
    at_key: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: line and column count from 1; the message says what is wrong and what would be right."""

    file: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.where}: {self.message}"

    def as_json(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; line and column count from 1."""

    file: str
    line: int
    column: int

    def fault(self, where: str, message: str) -> Fault:
        return Fault(self.file, self.line, self.column, where, message)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class PackFaults(Exception):
    """Every fault that was found, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
