"""YAML to Pack: a folder of files becomes one pack, or every fault in it, each with file:line:column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from content.decode import MAX_BYTES
from content.faults import Fault, Flaw, Loc, PackFaults, Place
from content.fields import describe
from content.pack import Pack
from content.references import Data, broken_references, repeats
from content.sentences import model_flaws
from content.tree import Node, read_tree

A_PACK = "a pack is a folder of *.yaml files"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder: the pack (None with faults), its faults, and where everything stands."""

    root: Node
    pack: Pack | None
    faults: tuple[Fault, ...]


def load_pack(folder: Path) -> Pack:
    """The pack in a folder; PackFaults with everything that is wrong with it."""
    reading = read_pack(folder)
    if reading.pack is None:
        raise PackFaults(reading.faults)
    return reading.pack


def load_packs(folders: Iterable[Path]) -> dict[str, Pack]:
    """The packs of these folders by id, in the order of the folders; PackFaults with the faults of all."""
    readings = [read_pack(folder) for folder in folders]
    faults = [fault for reading in readings for fault in reading.faults] + shared_ids(readings)
    if faults:
        raise PackFaults(faults)
    return {reading.pack.id: reading.pack for reading in readings if reading.pack}


def find_packs(extra: Iterable[Path] = ()) -> list[Path]:
    """The folders of the shipped packs, by name, then those of `extra`: packs, or folders full of packs."""
    return find_folders([Path(str(files("content") / "packs")), *extra])


def find_folders(places: Iterable[Path]) -> list[Path]:
    """The folders of packs in these places, each once; PackFaults for a place that holds none."""
    found: list[Path] = []
    faults = []
    for place in places:
        inside = [place] if _holds_yaml(place) else sorted(filter(_holds_yaml, place.glob("*")))
        if not inside:
            faults.append(Place(_shown(place), 1, 1).fault("pack", f"no pack stands here; {A_PACK}"))
        found += inside
    if faults:
        raise PackFaults(faults)
    return list({folder.resolve(): folder for folder in found}.values())


def read_pack(folder: Path) -> Reading:
    """Read a folder of *.yaml files as one pack, with everything that is wrong with it."""
    root = Node(Place(_shown(folder), 1, 1), {})
    trees, faults = _read_files(folder)
    if not trees:
        faults.append(root.place.fault("pack", f"no pack stands here; {A_PACK}"))
        return Reading(root, None, tuple(faults))
    for tree in filter(None, reversed(trees)):
        root.place = tree.place
    for tree in filter(None, trees):
        faults += _join(root, tree)
    pack, more = _model(root, whole=None not in trees)
    faults = sorted({*faults, *more})
    return Reading(root, None if faults else pack, tuple(faults))


def shared_ids(readings: Iterable[Reading]) -> list[Fault]:
    """A fault for every pack whose id another one has already."""
    first: dict[str, Place] = {}
    faults = []
    for reading in readings:
        node = reading.root.child("id")
        if node is not None and isinstance(node.value, str):
            taken = first.setdefault(node.value, node.place)
            if taken is not node.place:
                message = f"{describe(node.value)} is already the id of the pack at {taken}; choose another"
                faults.append(node.place.fault("id", message))
    return faults


def _holds_yaml(folder: Path) -> bool:
    return any(folder.glob("*.yaml"))


def _shown(path: Path) -> str:
    """The path as people see it: from the current directory if it is below it, else as given."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _read_files(folder: Path) -> tuple[list[Node | None], list[Fault]]:
    """The tree of every file in name order, None for one that can't be relied on, and their faults."""
    trees = []
    faults = []
    for path in sorted(folder.glob("*.y*ml")):
        if path.suffix == ".yml":
            faults.append(Place(_shown(path), 1, 1).fault("file", "is not read; name it *.yaml"))
        elif path.suffix == ".yaml":
            tree, found = _read_file(path)
            trees.append(tree)
            faults += found
    return trees, faults


def _read_file(path: Path) -> tuple[Node | None, list[Fault]]:
    place = Place(_shown(path), 1, 1)
    if not path.is_file():
        return None, [place.fault("file", "is not a regular file; put a text file here")]
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [place.fault("file", f"can't be read ({error.strerror}); check its permissions")]
    return read_tree(data, place.file)


def _join(root: Node, tree: Node) -> Iterator[Fault]:
    """Add the keys of a file to the pack: lists go on from file to file, anything else stands once."""
    assert isinstance(root.value, dict)
    assert isinstance(tree.value, dict)
    for key, node in tree.value.items():
        first = root.value.setdefault(key, node)
        root.keys.setdefault(key, tree.keys[key])
        if first is node:
            continue
        if isinstance(first.value, list) and isinstance(node.value, list):
            first.value.extend(node.value)
        else:
            message = f"stands already at {root.keys[key]}; only a list may go on in a second file"
            yield tree.keys[key].fault(key, message)


def _model(root: Node, whole: bool) -> tuple[Pack | None, Iterable[Fault]]:
    """The pack, if its model takes it, and every fault of model and references.

    When a file could not be read (`whole` is false), what seems to be missing may stand in that file, so
    nothing is said of that.
    """
    data = _data(root)
    pack = None
    flaws: list[Flaw] = []
    try:
        pack = Pack.model_validate(data)
    except ValidationError as error:
        flaws = [flaw for flaw in model_flaws(error) if whole or len(flaw.loc) > 1 or flaw.loc[0] in data]
    broken = list(broken_references(data)) if whole else []
    told = {flaw.loc for flaw in broken}
    flaws = [flaw for flaw in flaws if flaw.loc not in told] + broken
    faults = [root.fault(flaw) for flaw in flaws]
    return pack, faults + [_repeat(root, *repeat) for repeat in repeats(data)]


def _data(root: Node) -> Data:
    data = root.plain()
    assert isinstance(data, dict)
    return data


def _repeat(root: Node, loc: Loc, first: Loc, value: str) -> Fault:
    taken, _ = root.find(first)
    return root.fault(Flaw(loc, f"{describe(value)} stands already at {taken}; choose another"))
