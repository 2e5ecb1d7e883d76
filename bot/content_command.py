"""`offramp content`: questions come in from files of other tools and go out, on the host's own command line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.clock import Clock
from bot.config import DatabaseSettings, PackSettings, load
from bot.content_export import export_file
from bot.errors import Refusal
from bot.questions.parsing import parse_file, refuse_size
from bot.text import clip, count
from content.decode import MAX_BYTES
from content.faults import PackFaults
from content.importers.formats import TITLES
from content.loader import find_packs, load_packs
from content.reading import Duplicate, FileReading
from storage.db import Database, NotSaved

SHOWN = 20  # notes, duplicates and pieces of advice, of each kind; faults are all shown
DISCORD_EPOCH = 1_420_070_400_000  # ms; Discord's ids tell the time from then on, in all but their last 22 bits
HOST = 0  # nobody on Discord has this id
NOWHERE = "Say where the questions go with --server and --deck, or only look at the file with --dry-run."


@click.group(epilog="Example: offramp content import questions.csv --dry-run")
def content() -> None:
    """Bring questions in from files of other tools, and hand them out."""


content.add_command(export_file)


@content.command("import", epilog="Example: offramp content import quiz.gift --server 1234567890 --deck History")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", type=click.Choice(list(TITLES)), help="What the file is in; found out if not given.")
@click.option("--dry-run", is_flag=True, help="Say what is in the file, and save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("--server", type=click.IntRange(1, 2**63 - 1), metavar="ID", help="The server that gets the questions.")
@click.option("--deck", metavar="TITLE", help="Its deck that gets them; made, if there is none of this title.")
@click.pass_context
def import_file(
    context: click.Context,
    file: Path,
    format: str | None,
    dry_run: bool,
    as_json: bool,
    server: int | None,
    deck: str | None,
) -> None:
    """Bring a file of questions into a server's deck: all of them, or none and every fault.

    A question that the file, the server or a pack asks already, word for word, is left out. Exits with 0 if the file
    is sound, with 1 if it has faults.
    """
    if not dry_run and (server is None or not deck):
        raise click.UsageError(NOWHERE)
    try:
        reading = refuse_size(file.stat().st_size, file.name)
        told = ""
        if reading is None:
            reading, told = asyncio.run(_import(_load(file), file.name, format, server, None if dry_run else deck))
    except (Refusal, PackFaults) as error:
        raise click.ClickException(str(error)) from None
    except NotSaved:
        raise click.ClickException("The database did not take the questions. Please try again.") from None
    click.echo(_as_json(reading) if as_json else "\n".join([*_describe(file, reading), told or _count_faults(reading)]))
    context.exit(1 if reading.faults else 0)


def _load(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


async def _import(
    data: bytes, name: str, format: str | None, server: int | None, deck: str | None
) -> tuple[FileReading, str]:
    """Read a file and, if a deck is named, save its questions there; the reading, and what was saved in words."""
    today = datetime.now(UTC).date()
    if server is None:
        return await parse_file(data, name, format, [], today), ""
    from bot.start import open_database  # discord.py takes half a second to import: only where it is needed
    from storage.questions import list_prompts

    db = open_database(load(DatabaseSettings))
    try:
        prompts = [prompt for _, prompt in await db.read(list_prompts, server)]
        reading = await parse_file(data, name, format, prompts + _list_pack_prompts(), today)
        if reading.faults or deck is None:
            return reading, ""
        return reading, await _save(db, server, deck, reading)
    finally:
        db.close()


def _list_pack_prompts() -> list[str]:
    packs = load_packs(find_packs(load(PackSettings).packs))
    return [question.prompt for pack in packs.values() for question in pack.questions]


async def _save(db: Database, server: int, deck: str, reading: FileReading) -> str:
    """Save what the server does not ask yet, and say what that was."""
    from bot.act import Act
    from bot.questions.actions import bring_in

    again = {duplicate.index for duplicate in reading.duplicates if duplicate.exact}
    new = [question for at, question in enumerate(reading.questions) if at not in again]
    left = f"{count(len(again), 'question')} left out, being there already." if again else ""
    if not new:
        return f"Nothing was saved. {left}"
    now = Clock().now()
    act = Act(server, (now - DISCORD_EPOCH) << 22, HOST, now)
    first = await db.write(bring_in, act, [question.model_copy(update={"theme": deck}) for question in new])
    return f"{count(len(new), 'question')} saved, from #{first} on. {left}".rstrip()


def _as_json(reading: FileReading) -> str:
    faults = [
        {"line": fault.line, "column": fault.column, "path": fault.where, "message": fault.message}
        for fault in reading.faults
    ]
    answer = {"format": reading.format, "questions": len(reading.questions), "faults": faults}
    return json.dumps(answer, ensure_ascii=False)


def _describe(file: Path, reading: FileReading) -> Iterator[str]:
    """What is in the file, a line each."""
    if not reading.faults:
        yield f"{file.name}: {count(len(reading.questions), 'question')}, read as {TITLES[reading.format or '']}."
    yield from _some("Left aside", map(str, reading.notes))
    yield from _some("Asked already", (_say_again(file, reading, duplicate) for duplicate in reading.duplicates))
    yield from _some("Worth another look", map(str, reading.advice))


def _some(title: str, lines: Iterable[str]) -> Iterator[str]:
    """The first lines under their title, and how many more there are."""
    every = list(lines)
    if every:
        yield f"{title}:"
        yield from (f"  {line}" for line in every[:SHOWN])
    if len(every) > SHOWN:
        yield f"  and {len(every) - SHOWN} more"


def _say_again(file: Path, reading: FileReading, duplicate: Duplicate) -> str:
    how = "the same" if duplicate.exact else "nearly the same"
    where = "the server or a pack does" if duplicate.of_line is None else f"line {duplicate.of_line}"
    prompt = clip(reading.questions[duplicate.index].prompt, 60)
    return f"{file.name}:{duplicate.line}: asks {how} as {where}: {prompt}"


def _count_faults(reading: FileReading) -> str:
    if not reading.faults:
        return "No faults. Nothing was saved: this was a dry run."
    return "\n".join([f"{count(len(reading.faults), 'fault')}; nothing was saved:", *map(str, reading.faults)])
