"""The balance and quality report that every shipped pack must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content.checks import balance, guessing, room, wording
from content.faults import Fault, Flaw
from content.loader import read_pack, shared_ids
from content.pack import Pack

CHECKS: tuple[Callable[[Pack], Iterator[Flaw]], ...] = (
    guessing.uneven_positions,
    guessing.telling_lengths,
    guessing.telling_longest,
    guessing.telling_truths,
    balance.thin_themes,
    balance.missing_difficulties,
    balance.unequal_sides,
    balance.unequal_motions,
    balance.unmirrored_motions,
    room.crowded_cards,
    room.long_names,
    wording.loaded_words,
    wording.ownerless_opinions,
    wording.unmarked_quotes,
    wording.thin_explanations,
    wording.repeated_prompts,
)


@dataclass(frozen=True, slots=True)
class Report:
    """The packs that could be read, and everything that is wrong with these or the others."""

    packs: tuple[Pack, ...]
    faults: tuple[Fault, ...]


def check_packs(folders: Iterable[Path]) -> Report:
    """Read the packs in these folders and check each that could be read."""
    readings = [read_pack(folder) for folder in folders]
    faults = shared_ids(readings)
    for reading in readings:
        faults += reading.faults
        if reading.pack is not None:
            faults += [reading.root.fault(flaw) for flaw in find_flaws(reading.pack)]
    packs = tuple(reading.pack for reading in readings if reading.pack is not None)
    return Report(packs, tuple(sorted(set(faults))))


def find_flaws(pack: Pack) -> Iterator[Flaw]:
    """Everything that a pack with sound models should still do better."""
    for check in CHECKS:
        yield from check(pack)
