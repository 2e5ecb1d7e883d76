"""Many at the same instant: presses, and two who start a round."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from tests.socket.table import QUIZ, Table, is_locked_in, letter_in
from tests.socket_world import text_of

FIFTY = [f"player{n}" for n in range(50)]


async def test_fifty_people_press_two_letters_at_once_and_each_is_counted_once(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True, people=FIFTY) as table:
        await table.play(seconds=30)
        question = await table.asked()
        presses = [(name, letter) for letter in "AB" for name in FIFTY]
        replies = await asyncio.gather(*(table.press(name, question, letter) for name, letter in presses))
        assert [reply.acknowledged for reply in replies] == [True] * 100
        assert table.answers() == sorted((0, name) for name in FIFTY)
        told = [(name, letter_in(reply)) for (name, _), reply in zip(presses, replies, strict=True)]
        assert sorted(told[:50]) == sorted(told[50:])  # both presses of a person name the same letter
        first = [press for press, reply in zip(presses, replies, strict=True) if is_locked_in(reply)]
        assert sorted(first) == sorted(told[:50])  # which is the one that was locked in
        await table.slash("alice", QUIZ, "quiz stop")
        await table.until(lambda: table.is_revealed(1))
        picked = Counter(letter for _, letter in first)
        revealed = text_of(table.cards(1)[0])
        assert [f"· {picked[letter]}\n" in revealed for letter in picked] == [True] * len(picked)


async def test_two_who_start_at_the_same_instant_get_one_round_and_one_sentence(tmp_path: Path) -> None:
    async with Table(tmp_path) as table:
        replies = await asyncio.gather(table.play("alice"), table.play("bob"))
        told = sorted(text_of(reply.message).splitlines()[0] for reply in replies)
        assert told == [
            "## Quiz: Shapes: everything",
            "A round is already going on here. Join it; whoever started it or a moderator can end it with /quiz stop.",
        ]
        assert table.rows("SELECT count(*) FROM rounds") == [(1,)]
        assert len(table.messages(QUIZ)) == 1
