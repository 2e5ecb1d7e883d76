"""A question is edited, retired and brought back; its versions, and texts too long or hostile to show as they are."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions.actions import CHANGED
from bot.questions.rules import FULL
from bot.questions.ui import TOO_LONG
from content.deck import MOST
from storage.questions import list_versions
from tests.questions.steps import ABOUT, add, choose, find_id, get, ids, log, question, states, suggest, write
from tests.stage import Reply, Stage, button_ids, parts, text_of

RETIRED = "#1 is retired: new rounds do not ask it any more. Scores stay as they are."
NO_QUESTION = "I don't know a question #{} here. /question list shows what there is."


async def edit(stage: Stage, who: str, number: int = 1, /, **given: str) -> Reply:
    """Open a question, change fields of its form, send it in; the card of the draft."""
    card = await stage.slash(who, "question edit", number=number)
    form = await stage.press(who, card.message, "Edit")
    assert form.result.modal is not None
    shown = [part["component"] for part in form.result.modal["components"]]
    filled = {field["custom_id"]: field.get("value") or "" for field in shown}
    return await stage.submit(who, form, **(filled | given))


async def bodies(stage: Stage, number: int = 1) -> list[tuple[int, str]]:
    """(version, prompt) of every version, the newest first."""
    versions = await stage.db.read(list_versions, stage.guild.id, number)
    return [(one.version, one.body.split('"prompt":"')[1].split('"')[0]) for one in versions]


# --- versions ------------------------------------------------------------------------------------------------------


async def test_an_edit_is_a_new_version_and_keeps_the_old_one(stage: Stage) -> None:
    await add(stage)
    card = await edit(stage, "olga", prompt="What shape?")
    assert card.text.startswith("### Question #1 · General\n")
    saved = await stage.press("olga", card.message, "Save")
    assert saved.text.startswith("**#1** is saved in General.")
    assert await bodies(stage) == [(2, "What shape?"), (1, "Which shape is it?")]
    assert ((await get(stage, 1)).version, (await question(stage, 1)).key) == (2, "B")


async def test_the_one_that_is_edited_is_not_called_its_own_duplicate(stage: Stage) -> None:
    await add(stage, prompt="Who built this house here?")
    assert "Reads nearly like" not in (await stage.slash("olga", "question edit", number=1)).text


async def test_of_two_who_edit_at_once_the_second_is_told(stage: Stage) -> None:
    await stage.trust_editors()
    await add(stage)
    mine, theirs = await edit(stage, "olga", prompt="Mine?"), await edit(stage, "dana", prompt="Theirs?")
    await stage.press("olga", mine.message, "Save")
    assert (await stage.press("dana", theirs.message, "Save")).text == CHANGED.format(number=1)
    assert await bodies(stage) == [(2, "Mine?"), (1, "Which shape is it?")]


async def test_an_edit_is_noted_with_what_was_there_before_and_after(stage: Stage) -> None:
    await add(stage)
    before = (await get(stage, 1)).body
    await stage.press("olga", (await edit(stage, "olga", prompt="What shape?")).message, "Save")
    entry = (await log(stage))[-1]
    assert (entry.deed, entry.before, entry.after) == ("question.edit", before, (await get(stage, 1)).body)


async def test_the_history_tells_what_each_version_changed_also_after_a_restart(stage: Stage) -> None:
    await add(stage)
    await stage.press("olga", (await edit(stage, "olga", prompt="What shape?")).message, "Save")
    card = await stage.slash("olga", "question show", number=1)
    await stage.restart()
    history = await stage.press("olga", card.message, "History")
    lines = history.text.splitlines()
    olga = stage.people["olga"].mention
    assert lines[:5] == [
        "### History of #1",
        f"**Version 2** · {olga} <t:1800000000:f>",
        "- Question: Which shape is it? → What shape?",
        f"**Version 1** · {olga} <t:1800000000:f>",
        "- Kind: single",
    ]
    assert lines[-1] == "-# 2 versions"


async def test_a_long_history_has_pages_and_every_version_is_on_one(stage: Stage) -> None:
    texts = {"options": "\n".join(letter * 80 for letter in "abcde"), "explanation": "*" * 1500}
    await add(stage, prompt="p" * 300, **texts)
    for n in range(6):
        changed = {name: value[::-1].replace("a", str(n)) for name, value in texts.items()}
        card = await edit(stage, "olga", prompt=f"{n} " + "*" * 200, source=f"{n}" * 300, **changed)
        await choose(stage, "olga", card, "draft:key", str(n % 5))
        await stage.press("olga", card.message, "Save")
    card = await stage.slash("olga", "question show", number=1)
    history = await stage.press("olga", card.message, "History")
    seen = history.text
    for page in (2, 3):
        await stage.restart()
        history = await stage.press("olga", history.message, "Next")
        assert f"-# Page {page} of 3 · 7 versions" in history.text
        seen += history.text
    assert [f"**Version {n}**" in seen for n in range(1, 8)] == [True] * 7


@pytest.mark.parametrize("command", ["edit", "show", "retire"])
async def test_an_unknown_number_is_refused_kindly(stage: Stage, command: str) -> None:
    assert (await stage.slash("olga", f"question {command}", number=7)).text == NO_QUESTION.format(7)


# --- asked or not --------------------------------------------------------------------------------------------------


async def test_a_question_is_retired_and_asked_again_also_after_a_restart(stage: Stage) -> None:
    await add(stage)
    card = await stage.slash("olga", "question show", number=1)
    await stage.restart()
    retired = await stage.press("olga", card.message, "Retire")
    assert (RETIRED in retired.text, list(button_ids(retired.message))) == (True, ["Edit", "History", "Ask it again"])
    assert await states(stage) == {1: "retired"}
    card = await stage.slash("olga", "question show", number=1)
    assert list(button_ids(card.message)) == ["Edit", "History", "Ask it again"]
    await stage.restart()
    assert "#1 is asked again." in (await stage.press("olga", card.message, "Ask it again")).text
    assert await states(stage) == {1: "live"}
    noted = [(entry.deed, entry.before, entry.after) for entry in await log(stage)]
    assert noted[1:] == [("question.retire", "live", "retired"), ("question.restore", "retired", "live")]


async def test_what_is_retired_or_asked_already_is_told_so(stage: Stage) -> None:
    await add(stage)
    told = await stage.forge("olga", "question:restore:1")
    assert told == "Question #1 is not retired. /question show tells how it stands."
    await stage.slash("olga", "question retire", number=1)
    again = await stage.slash("olga", "question retire", number=1)
    assert again.text == "Question #1 is not asked at the moment. /question show tells how it stands."


async def test_a_retired_question_can_be_edited_and_stays_retired(stage: Stage) -> None:
    await add(stage)
    await stage.slash("olga", "question retire", number=1)
    saved = await stage.press("olga", (await edit(stage, "olga", prompt="What shape?")).message, "Save")
    assert saved.text == "**#1** is saved. As before, it is retired: not asked any more."
    assert await states(stage) == {1: "retired"}


async def test_a_full_server_takes_no_more_whichever_way(stage: Stage) -> None:
    await stage.add_own({})
    await stage.slash("olga", "question retire", number=1)
    await stage.add_own(*({} for _ in range(MOST)))
    told = [
        await stage.forge("olga", "question:restore:1"),
        (await add(stage)).text,
        (await suggest(stage)).text,
    ]
    assert told == [FULL.format(most=MOST)] * 3
    assert (await states(stage)).keys() == set(range(1, MOST + 2))


# --- long and hostile ----------------------------------------------------------------------------------------------

LONG = {
    "prompt": "p" * 300,
    "options": "\n".join(letter * 80 for letter in "abcde"),
    "explanation": "e" * 1500,
    "source": "s" * 300,
    "who": "w" * 100,
}


def letters(card: Reply) -> int:
    return sum(len(part["content"]) for part in parts(card) if "content" in part)


async def test_the_longest_question_fits_its_draft_and_its_card_with_everything_on_it(stage: Stage) -> None:
    card = await write(stage, "olga", "single", **LONG)
    card = await choose(stage, "olga", card, "draft:key", "4")
    assert [text in card.text for text in ("p" * 300, "e" * 80, "e" * 1500, "s" * 300, "w" * 100)] == [True] * 5
    assert (letters(card) <= 4000, len(parts(card)) <= 40) == (True, True)
    await stage.press("olga", card.message, "Save")
    again = await write(stage, "olga", "several", **LONG)
    again = await choose(stage, "olga", again, "draft:key", "0", "1", "2", "3", "4")
    assert (letters(again) <= 4000, f"**Reads nearly like**\n- \\#1 {'p' * 100}" in again.text) == (True, True)
    shown = await stage.slash("olga", "question show", number=1)
    assert (letters(shown) <= 4000, "e" * 1500 in shown.text) == (True, True)


async def test_a_question_of_signs_alone_is_cut_and_can_still_be_saved(stage: Stage) -> None:
    signs = {name: "*".join("*" * len(line) for line in text.split("\n")) for name, text in LONG.items()}
    signs["options"] = "\n".join("*" * n for n in range(80, 75, -1))
    card = await write(stage, "olga", "several", **{name: text[:1500] for name, text in (LONG | signs).items()})
    card = await choose(stage, "olga", card, "draft:key", "0", "1", "2", "3", "4")
    assert (letters(card) <= 4000, card.text.count("…") > 0) == (True, True)
    assert (await stage.press("olga", card.message, "Save")).text.startswith("**#1** is saved")
    await stage.slash("alice", "quiz play", theme="server", questions=1, seconds=5)
    await stage.advance(10)
    assert "✓ right" in text_of(stage.last())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Is @everyone here?", "Is \\@everyone here?"),
        ("[Free](https://evil.example) or not?", "\\[Free\\](https:\\//evil.example) or not?"),
        ("Who wrote \u202eשלום\u202c here?", "Who wrote שלום here?"),
        ("# Is it **big**?", "\\# Is it \\*\\*big\\*\\*?"),
        ("Is it <@1> or <#2>?", "Is it \\<\\@1> or \\<#2>?"),
    ],
)
async def test_what_is_written_can_neither_ping_link_format_nor_turn_round(
    stage: Stage, typed: str, shown: str
) -> None:
    card = await write(stage, "olga", "truefalse", **dict.fromkeys(("prompt", "explanation", "source", "who"), typed))
    card = await choose(stage, "olga", card, "draft:key", "0")
    assert (typed in card.text, card.text.count(shown) >= 3) == (False, True)
    await stage.press("olga", card.message, "Save")
    assert (await question(stage, 1)).prompt == typed
    await stage.slash("alice", "quiz play", theme="server", questions=1, seconds=5)
    await stage.advance(5)
    assert f"### {shown}\n" in text_of(stage.last())


async def test_what_a_form_cannot_show_whole_it_does_not_open_with(stage: Stage) -> None:
    await stage.add_own({"kind": "typed", "key": "it", "accept": [f"{n:080}" for n in range(60)]})
    card = await stage.slash("olga", "question edit", number=1)
    assert (await stage.press("olga", card.message, "Edit")).text == TOO_LONG
    assert find_id(card, "draft:open") in ids(card)


async def test_an_imported_question_without_a_source_has_to_get_one(stage: Stage) -> None:
    await stage.add_own({"source": ""})
    card = await stage.slash("olga", "question edit", number=1)
    assert "**Still to do**\n- Where does it stand?: say where people can look it up." in card.text


async def test_what_the_form_does_not_ask_is_kept(stage: Stage) -> None:
    kept: dict[str, Any] = {"id": "q17", "tags": ["rivers"], "cite": ["1.1"]}
    await stage.add_own(kept)
    await stage.press("olga", (await edit(stage, "olga", **ABOUT)).message, "Save")
    made = await question(stage, 1)
    assert (made.id, made.tags, made.cite, made.prompt) == ("q17", ("rivers",), ("1.1",), ABOUT["prompt"])
