"""A file of questions is brought in: read in a child process, shown as a dry run, saved whole or not at all."""

from __future__ import annotations

import discord
from discord import ButtonStyle
from pydantic import BaseModel, ConfigDict

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, custom_id
from bot.press import FAILURES, Press
from bot.questions import actions, rules
from bot.questions.parsing import parse_file, refuse_size
from bot.questions.ui import today
from bot.rights import need_moderator
from bot.text import clip, count, escape
from content.deck import DeckQuestion
from content.faults import Fault
from content.importers.formats import TITLES
from content.reading import Duplicate, FileReading
from storage import drafts, questions

SHOWN = 8  # faults, notes and duplicates on the card; the others are in the file beside it
ALL_THERE = "Every question of this file is there already. Press “Import all again” to have them twice, or Cancel."
NOT_READ = "Discord did not give me the file. Please try again."


class Brought(BaseModel):
    """The questions of a file that waits for its confirmation.

    `again` are the indexes of exact duplicates; `twins` is how many of the server's own they repeat.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    questions: tuple[DeckQuestion, ...]
    again: tuple[int, ...]
    twins: int


async def bring(press: Press, file: discord.Attachment, format: str | None, deck: str | None) -> None:
    """Read a file and show what it holds, or every fault in it. Nothing is saved yet."""
    await need_moderator(press)
    title = rules.check_deck_title(deck) if deck else None
    reading = refuse_size(file.size, file.filename)
    prompts = await _list_prompts(press)
    if reading is None:
        await press.defer()
        texts = [text for _, text in prompts]
        reading = await parse_file(await _download(file), file.filename, format, texts, today(press))
    if reading.faults:
        await press.show(_draw_faults(file.filename, reading))
        return
    placed = [q.model_copy(update={"theme": title or q.theme or rules.DECK}) for q in reading.questions]
    again = tuple(duplicate.index for duplicate in reading.duplicates if duplicate.exact)
    await press.bot.db.read(actions.check_bringing, press.guild_id, placed)
    twins = await press.bot.db.read(actions.count_twins, press.guild_id, placed)
    body = Brought(questions=tuple(placed), again=again, twins=twins).model_dump_json()
    act = press.act
    await press.bot.db.write(drafts.add_draft, act.guild_id, act.id, act.user_id, "import", body, act.now)
    await press.show(_draw_dry_run(press.id, file.filename, reading, placed, prompts))


async def take_pressed(press: Press, draft_id: int, every: int) -> None:
    """Save what the dry run has shown: every question, or those that are not there already."""
    await need_moderator(press)
    act = press.act
    body = await press.bot.db.read(drafts.get_draft, act.guild_id, draft_id, act.user_id, "import")
    if body is None:
        raise Refusal(actions.NO_FILE)
    brought = Brought.model_validate_json(body)
    made = [q for at, q in enumerate(brought.questions) if every or at not in brought.again]
    if not made:
        raise Refusal(ALL_THERE)
    first = await press.bot.db.write(actions.import_all, act, draft_id, made, brought.twins)
    await press.update(
        Card().text(f"{count(len(made), 'question')} saved, from #{first} on. /question list shows them.")
    )


async def cancel_pressed(press: Press, draft_id: int) -> None:
    act = press.act
    if not await press.bot.db.write(drafts.drop_draft, act.guild_id, draft_id, act.user_id, "import"):
        raise Refusal(actions.NO_FILE)
    await press.update(Card().text("Cancelled. Nothing was saved."))


async def _list_prompts(press: Press) -> list[tuple[str, str]]:
    """(name, prompt) of every question that is there already: the server's own, then the packs'."""
    own = await press.bot.db.read(questions.list_prompts, press.guild_id)
    packs = [(pack.title, question.prompt) for pack in press.bot.packs.values() for question in pack.questions]
    return [(f"#{number}", prompt) for number, prompt in own] + packs


async def _download(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except FAILURES:
        raise Refusal(NOT_READ) from None


def _draw_faults(filename: str, reading: FileReading) -> Card:
    card = Card().text(f"### {escape(clip(filename, 80))}: nothing was saved")
    format = f" as {TITLES[reading.format]}" if reading.format in TITLES else ""
    them = "it" if len(reading.faults) == 1 else "them"
    card.text(f"I found {count(len(reading.faults), 'fault')}{format}. Mend {them} and bring the file again.")
    return _add_lines(card, "faults.txt", [_say(fault) for fault in reading.faults])


def _draw_dry_run(
    draft_id: int, filename: str, reading: FileReading, placed: list[DeckQuestion], prompts: list[tuple[str, str]]
) -> Card:
    """What a file without faults holds, and whether to save it."""
    decks = sorted({question.theme for question in placed})
    card = Card().text(f"### {escape(clip(filename, 80))}: {count(len(placed), 'question')}")
    into = ", ".join(map(escape, decks[:SHOWN])) + (f" and {len(decks) - SHOWN} more" if len(decks) > SHOWN else "")
    card.text(f"Read as {TITLES[reading.format or 'offramp']}, into {into}. Nothing is saved yet.")
    lines = [_say(note) for note in reading.notes]
    lines += [_say_again(duplicate, placed, prompts) for duplicate in reading.duplicates]
    if sourceless := sum(not question.source and not question.cite for question in placed):
        lines.append(f"{count(sourceless, 'question')} name{'s' if sourceless == 1 else ''} no source.")
    lines += [f"Worth another look: {_say(fault)}" for fault in reading.advice]
    return _add_lines(card, "notes.txt", lines).buttons(*_choices(draft_id, reading))


def _choices(draft_id: int, reading: FileReading) -> list[Button]:
    again = sum(duplicate.exact for duplicate in reading.duplicates)
    every, new = custom_id("import:take", draft_id, 1), custom_id("import:take", draft_id, 0)
    if not again:
        buttons = [Button("Import", every, ButtonStyle.primary)]
    elif again == len(reading.questions):
        buttons = [Button("Import all again", every)]
    else:
        without = Button(f"Import without {count(again, 'duplicate')}", new, ButtonStyle.primary)
        buttons = [without, Button("Import all, duplicates too", every)]
    return [*buttons, Button("Cancel", custom_id("import:cancel", draft_id))]


def _add_lines(card: Card, name: str, lines: list[str]) -> Card:
    """The first lines on the card, and all of them as a text file where there are more."""
    if lines:
        card.text("\n".join(f"- {escape(clip(line, 300))}" for line in lines[:SHOWN]))
    if len(lines) > SHOWN:
        card.text(f"-# {len(lines) - SHOWN} more stand in {name}.").file(name, "\n".join(lines).encode())
    return card


def _say(fault: Fault) -> str:
    return f"{fault.line}:{fault.column}: {fault.where}: {fault.message}"


def _say_again(duplicate: Duplicate, placed: list[DeckQuestion], prompts: list[tuple[str, str]]) -> str:
    """That a question asks the same as another, and which."""
    other = f"line {duplicate.of_line}" if duplicate.of_line is not None else prompts[duplicate.of][0]
    how = "the same as" if duplicate.exact else "nearly the same as"
    return f"Line {duplicate.line} asks {how} {other}: {clip(placed[duplicate.index].prompt, 100)}"


ROUTES: dict[str, Handler] = {"import:take": take_pressed, "import:cancel": cancel_pressed}
