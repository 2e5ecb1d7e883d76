"""A moderator writes, edits, imports and rules while a round runs: over real sockets, with a kill in the middle."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.demo.acting import Reply, controls
from tests.socket.table import Table, is_locked_in
from tests.socket_world import Message, text_of

DEBATES = "#debates"
THREE = ("alice", "bob", "carol")
FIVE_HUNDRED = "question,correct,wrong1,wrong2,source\n" + "".join(
    f"What stands on page {n}?,the number {n},the number {n + 1},nothing,page {n}\n" for n in range(500)
)


def shown(reply: Reply) -> Message:
    assert reply.message is not None
    return reply.message


async def write(table: Table) -> None:
    """Write a question and save it."""
    form = await table.slash("alice", DEBATES, "question add", kind="single", deck="Shapes of our own")
    typed = {
        "prompt": "Which is written here?",
        "options": "one\ntwo",
        "source": "page 1",
        "explanation": "",
        "who": "",
    }
    draft = shown(await table.submit("alice", form, typed))
    draft = shown(await table.select("alice", draft, "Which is right?", ["1"]))
    saved = await table.press("alice", draft, "Save")
    assert text_of(saved.message).startswith("**#1** is saved in Shapes of our own.")


async def bring(table: Table) -> None:
    """Import a file, after its dry run."""
    reply = await table.slash("alice", DEBATES, "question import", file=("five-hundred.csv", FIVE_HUNDRED.encode()))
    dry_run = await table.until(
        lambda: next((m for m in table.ephemerals("alice") if "500 questions" in text_of(m)), None)
    )
    assert reply.acknowledged
    assert dry_run is not None
    await table.press("alice", dry_run, "Import")
    await table.until(lambda: table.rows("SELECT count(*) FROM questions") == [(501,)])


async def test_a_round_goes_on_while_a_moderator_writes_imports_and_edits(tmp_path: Path) -> None:
    async with Table(tmp_path) as table:
        await table.play(seconds=15)
        question = await table.asked()
        _, answered = await asyncio.gather(_work(table), table.press("bob", question, "A"))
        assert is_locked_in(answered)
        assert is_locked_in(await table.press("carol", question, "B"))
        assert table.answers() == [(0, "bob"), (0, "carol")]
        await table.until(lambda: table.is_revealed(1), 20)
        assert table.rows("SELECT number, version, state FROM questions WHERE number <= 2") == [
            (1, 2, "live"),
            (2, 1, "live"),
        ]


async def _work(table: Table) -> None:
    await write(table)
    await bring(table)
    draft = shown(await table.slash("alice", DEBATES, "question edit", number=1))
    await table.press("alice", shown(await table.select("alice", draft, "Which is right?", ["0"])), "Save")


async def test_a_ruling_in_a_running_round_survives_a_kill_and_counts_for_everybody(tmp_path: Path) -> None:
    async with Table(tmp_path) as table:
        await table.play(seconds=6)
        first = await table.asked()
        await asyncio.gather(*(table.press(name, first, letter) for name, letter in zip(THREE, "ABC", strict=True)))
        await table.until(lambda: table.is_revealed(1), 20)
        await _report(table, table.cards(1)[0])
        preview = await _propose(table)
        await table.kill()
        await table.start_bot()
        assert text_of((await table.press("alice", preview, "Confirm")).message).startswith("### Done")
        scored = table.rows("SELECT given, right, points FROM answers WHERE position = 0 ORDER BY given")
        assert scored == [("[0]", 1, 100), ("[1]", 0, 0), ("[2]", 0, 0)]
        note = (await table.until(lambda: table.lines("### Correction"), 20))[0]
        assert note.splitlines()[2:5] == [
            "The key was: square",
            "Right is now: round",
            "2 answers of 2 people in 1 round now count differently.",
        ]
        await table.podium()


async def _report(table: Table, reveal: Message) -> None:
    form = await table.press("bob", reveal, "Report")
    told = await table.submit("bob", form, {"reason": ["key"], "note": "It is not."})
    assert text_of(told.message).startswith("Thank you.")


async def _propose(table: Table) -> Message:
    """The preview of a ruling that makes “round” the key; nothing is confirmed yet."""
    listed = shown(await table.slash("alice", DEBATES, "reports"))
    menu = next(c for c in controls(listed) if c["custom_id"] == "reports:chosen")
    case = shown(await table.select("alice", listed, "reports:chosen", [menu["options"][0]["value"]]))
    choice = shown(await table.press("alice", case, "Correct the key"))
    (select,) = controls(choice)
    return shown(await table.select("alice", choice, select["custom_id"], ["0"]))
