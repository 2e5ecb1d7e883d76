"""`offramp check` and `offramp schema`: what people who write packs run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from bot.config import PackSettings, load
from content.check import Report, check_packs
from content.checks import balance, guessing
from content.faults import PackFaults
from content.loader import find_folders, find_packs
from content.pack import LETTERS, Pack
from content.schema import pack_file_schema

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(epilog="Example: offramp check my-packs/history")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Check packs, and print how balanced they are and every fault.

    PATH is the folder of a pack, or a folder full of packs; without it, the shipped packs and those of
    OFFRAMP_PACKS are checked. Exits with 1 if there is a fault.
    """
    try:
        report = check_packs(find_folders(paths) if paths else find_packs(load(PackSettings).packs))
    except PackFaults as error:
        report = Report((), error.faults)
    click.echo(json.dumps(_as_json(report), ensure_ascii=False) if as_json else _as_text(report))
    context.exit(1 if report.faults else 0)


@click.command(epilog="Example: offramp schema > pack.schema.json")
def schema() -> None:
    """Print the JSON Schema of a pack file.

    Editors complete and check YAML with it.

    \b
    Name it in the first line of each file:
    # yaml-language-server: $schema=pack.schema.json
    """
    click.echo(json.dumps(pack_file_schema(), indent=2, ensure_ascii=False))


def _as_json(report: Report) -> dict[str, Any]:
    packs = [{"id": pack.id, **_sizes(pack)} for pack in report.packs]
    return {"packs": packs, "faults": [fault.as_json() for fault in report.faults]}


def _sizes(pack: Pack) -> dict[str, int]:
    parts = ("questions", "motions", "risks", "themes", "speakers", "glossary")
    return {part: len(getattr(pack, part)) for part in parts}


def _as_text(report: Report) -> str:
    blocks = ["\n".join(_describe(pack)) for pack in report.packs]
    faults = len(report.faults)
    ending = "No faults." if not faults else f"{faults} fault{'s' if faults > 1 else ''}:"
    return "\n".join([*(f"{block}\n" for block in blocks), ending, *map(str, report.faults)])


def _describe(pack: Pack) -> Iterator[str]:
    yield f"{pack.id}: {pack.title}"
    yield "  holds               " + _counts(_sizes(pack).items())
    yield from _themes(pack)
    yield "  kinds               " + _counts(Counter(question.kind for question in pack.questions).items())
    yield from _guessing(pack)
    yield "  claims by side      " + (_counts(balance.sides(pack).items()) or "the pack names no sides")
    ratios = [balance.motion_ratio(motion) for motion in pack.motions]
    if ratios:
        yield f"  motions for:against {min(ratios):.2f} to {max(ratios):.2f} in length"
    yield "  § no question cites " + (", ".join(_uncited(pack)) or "none")


def _themes(pack: Pack) -> Iterator[str]:
    """A table of themes by difficulty."""
    counts: Counter[tuple[str, int]] = Counter((item.theme, item.difficulty) for item in pack.questions)
    width = max(len(theme.id) for theme in pack.themes)
    yield f"  questions by difficulty {'':{max(0, width - 22)}}  1   2   3  all"
    for theme in pack.themes:
        row = [counts[theme.id, difficulty] for difficulty in balance.DIFFICULTIES]
        yield f"    {theme.id:{max(width, 22)}}" + "".join(f"{n:4}" for n in (*row, sum(row)))


def _guessing(pack: Pack) -> Iterator[str]:
    """What somebody could guess from the place and the length of options."""
    places = guessing.positions(pack)
    keyed = ", ".join(f"{letter} {n}" for letter, n in zip(LETTERS, places.observed, strict=True))
    yield f"  right options       {keyed} (p = {_number(places.p)})"
    yield f"  length right:wrong  {_number(guessing.length_ratio(pack))}"
    longest = guessing.longest(pack)
    if longest is not None:
        yield f"  right is longest    {longest.share:.0%} of questions (chance explains up to {longest.bound:.0%})"
    yield f"  share of true       {_number(guessing.true_share(pack))}"


def _number(value: float | None) -> str:
    return "too few to say" if value is None else f"{value:.2f}"


def _counts(items: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in items)


def _uncited(pack: Pack) -> list[str]:
    """The § that no question cites, in the order of the source."""
    cited = {cite for question in pack.questions for cite in question.cite}
    return [cite for section in pack.source.sections for cite in section.cites() if cite not in cited]
