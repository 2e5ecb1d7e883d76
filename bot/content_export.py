"""`offramp content export`: a pack's questions, or a server's, as a file for another tool."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from bot.config import DatabaseSettings, PackSettings, load
from bot.text import count
from content.deck import QUESTION, DeckQuestion
from content.exporters.pack import deck_questions
from content.exporters.write import FORMATS, Exported, export
from content.faults import PackFaults
from content.fields import fold
from content.loader import find_packs, load_packs
from content.sentences import unknown

ONE_SOURCE = "Say whose questions these are: --pack ID, or --server ID with or without --deck TITLE."


@click.command("export", epilog="Example: offramp content export --pack maps --format csv --output maps.csv")
@click.option("--pack", metavar="ID", help="The pack whose questions are handed out.")
@click.option("--server", type=click.IntRange(1, 2**63 - 1), metavar="ID", help="The server whose questions these are.")
@click.option("--deck", metavar="TITLE", help="Only those of this deck of the server.")
@click.option("--format", required=True, type=click.Choice(list(FORMATS)), help="What the file is for.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where it goes.")
def export_file(pack: str | None, server: int | None, deck: str | None, format: str, output: Path | None) -> None:
    """Hand out the questions of a pack, or those of a server that are asked, as a file.

    Without --output it goes to standard output. What the format does not hold is said on standard error. Exits with 1
    if there is nothing to hand out.
    """
    if (pack is None) == (server is None) or (deck and server is None):
        raise click.UsageError(ONE_SOURCE)
    questions = _of_pack(pack) if pack is not None else asyncio.run(_of_server(server or 0, deck))
    if not questions:
        raise click.ClickException("There are no questions to hand out yet.")
    exported = export(questions, format)
    _write(exported, output)
    for loss in exported.losses:
        click.echo(loss, err=True)
    if output is not None:
        click.echo(f"{count(len(questions), 'question')} in {output}.")


def _of_pack(id: str) -> Sequence[DeckQuestion]:
    try:
        packs = load_packs(find_packs(load(PackSettings).packs))
    except PackFaults as error:
        raise click.ClickException(str(error)) from None
    if id not in packs:
        raise click.ClickException(f"{unknown(id, 'a pack that I know', list(packs))}.")
    return deck_questions(packs[id])


async def _of_server(server: int, deck: str | None) -> Sequence[DeckQuestion]:
    from bot.start import open_database  # discord.py takes half a second to import: only where it is needed
    from storage.questions import Filter, list_decks, list_kept

    db = open_database(load(DatabaseSettings), alone=False)
    try:
        decks = {fold(title): (id, title) for id, title, _ in await db.read(list_decks, server)}
        if deck and fold(deck) not in decks:
            titles = [title for _, title in decks.values()]
            raise click.ClickException(f"{unknown(deck, 'a deck of this server', titles)}.")
        wanted = Filter(deck_id=decks[fold(deck)][0] if deck else None)
        return [QUESTION.validate_json(kept.body) for kept in await db.read(list_kept, server, wanted)]
    finally:
        db.close()


def _write(exported: Exported, output: Path | None) -> None:
    data = exported.text.encode()
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise click.BadParameter(f"{output} can't be written ({error.strerror}).", param_hint="--output") from None
