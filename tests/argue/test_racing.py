"""Fifty presses at the same instant, over real sockets: one claim, one stance, one rating and one delta are left."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.socket.table import QUIZ, Table
from tests.socket_world import text_of

MOTION = "kaliningrad/public-talk"
WHY = "I had not thought of how words begin what nobody has planned."
AGAIN = "You have said that of this message already. /argue deltas shows it; there you can take it back."


async def test_fifty_presses_on_one_draft_leave_one_claim(tmp_path: Path) -> None:
    async with Table(tmp_path) as table:
        form = await table.slash("alice", QUIZ, "argue add", motion=MOTION, side="for")
        draft = await table.submit("alice", form, {"text": "Words start things."})
        assert draft.message is not None
        told = await asyncio.gather(*(table.press("alice", draft.message, "Post") for _ in range(50)))
        assert [reply.acknowledged for reply in told] == [True] * 50
        assert table.rows("SELECT number, text FROM claims") == [(1, "Words start things.")]


async def test_fifty_presses_on_where_one_stands_leave_one_stance(tmp_path: Path) -> None:
    async with Table(tmp_path) as table:
        asked = await table.slash("bob", QUIZ, "argue rate", motion=MOTION)
        assert asked.message is not None
        presses = (table.press("bob", asked.message, ("For", "Against")[n % 2]) for n in range(50))
        told = await asyncio.gather(*presses)
        assert [reply.acknowledged for reply in told] == [True] * 50
        assert table.rows("SELECT motion_id, count(*) FROM stances GROUP BY motion_id") == [(MOTION, 1)]


async def test_fifty_presses_on_one_claim_leave_one_rating(tmp_path: Path) -> None:
    async with Table(tmp_path) as table:
        form = await table.slash("alice", QUIZ, "argue add", motion=MOTION, side="for")
        draft = await table.submit("alice", form, {"text": "Words start things."})
        assert draft.message is not None
        await table.press("alice", draft.message, "Post")
        asked = await table.slash("bob", QUIZ, "argue rate", motion=MOTION)
        assert asked.message is not None
        dealt = await table.press("bob", asked.message, "Unsure")
        assert dealt.message is not None
        presses = (table.press("bob", dealt.message, ("Agree", "Disagree")[n % 2]) for n in range(50))
        told = await asyncio.gather(*presses)
        assert [reply.acknowledged for reply in told] == [True] * 50
        assert table.rows("SELECT number, count(*) FROM ratings GROUP BY number") == [(1, 1)]


async def test_fifty_forms_on_one_message_leave_one_delta(tmp_path: Path) -> None:
    async with Table(tmp_path) as table:
        await table.say("alice", QUIZ, "Words start things.")
        message = table.messages(QUIZ)[-1]
        forms = [await table.use_on_message("bob", message, "This changed my view") for _ in range(50)]
        values = {"direction": ["weaker"], "why": WHY}
        told = await asyncio.gather(*(table.submit("bob", form, values) for form in forms))
        texts = [text_of(reply.message) for reply in told]
        assert (texts.count(AGAIN), sum(text.startswith("Noted") for text in texts)) == (49, 1)
        assert table.rows("SELECT count(*) FROM deltas") == [(1,)]
